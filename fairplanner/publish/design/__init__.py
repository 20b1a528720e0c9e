"""The look that paper, page and chart share: colours and sizes from one file, and drawings (SVG) that both show."""
