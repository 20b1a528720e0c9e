"""What the answers of `explain` say, in sentences: facts in, lines of text out."""
