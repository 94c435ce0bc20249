"""The teacher: a pretrained encoder fine-tuned on the annotated papers, whose labels train the model that ships."""
