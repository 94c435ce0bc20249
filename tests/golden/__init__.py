"""Sentences with the relations and results that a careful annotator gives, and checks of that file."""
