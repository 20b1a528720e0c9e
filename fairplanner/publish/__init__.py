"""From a plan to bytes: one agenda per audience, one file per format; `publishing` makes them all.

Nothing is loaded here: a process that only typesets need not wait for all that makes papers.
"""
