"""The nouns. Frozen types; no files, no solver, no clock."""
