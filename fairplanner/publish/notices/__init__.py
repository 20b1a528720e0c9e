"""What is told to those whose calendar changed, and what changed between two plans."""
