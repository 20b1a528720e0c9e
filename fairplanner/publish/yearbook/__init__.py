"""The year on paper, for the office and who signs: one page for leaders, a chart for the wall, the programme book."""
