"""The small encoder of the accurate model: trained on the teacher's tags and the annotated papers, exported as int8."""
