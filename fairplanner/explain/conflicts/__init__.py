"""What to do when nothing fits: arithmetic, the smallest sets of limits that cannot be kept together, proven repairs."""
