"""Tables to a programme; the only reader of user files."""
