"""Our calendars in other people's programs; `python -m tests.interop` runs it all. What was seen stands in README.md."""
