"""The phone pack of a delegation: pictures, texts to paste, one-day calendars and one page that needs no network."""
