"""Answers about plans, by posing and solving again: why, why not, what if, what to do when nothing fits."""
