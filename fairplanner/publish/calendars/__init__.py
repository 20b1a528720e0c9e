"""Calendars that subscribers follow: written, checked byte by byte, and kept as they were where nothing changed."""
