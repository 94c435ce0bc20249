"""The student: the tagger's network, trained on the teacher's tags and the annotated papers."""
