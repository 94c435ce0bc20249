"""From text to facts: spaCy components, their patterns and lexicon as data."""
