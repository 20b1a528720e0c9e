"""From a plan to bytes: one agenda per audience, one file per format."""
