"""What each audience of a plan sees, computed once; every format only dresses it."""
