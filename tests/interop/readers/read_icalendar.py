"""Reads calendars with icalendar (any version) and prints what it sees as JSON. Usage: python read_icalendar.py FILE..."""

import json
import sys
from datetime import datetime
from importlib.metadata import version
from pathlib import Path


def moment(value):
    return value.timestamp() if isinstance(value, datetime) else value.isoformat()


def seen(path):
    from icalendar import Calendar

    calendar = Calendar.from_ical(Path(path).read_bytes())
    return [
        {
            "uid": str(event["UID"]),
            "title": str(event["SUMMARY"]),
            "start": moment(event["DTSTART"].dt),
            "end": moment(event["DTEND"].dt),
            "sequence": int(event["SEQUENCE"]),
            "status": str(event["STATUS"]),
        }
        for event in calendar.walk("VEVENT")
    ]


print(json.dumps({"version": version("icalendar"), "seen": [seen(path) for path in sys.argv[1:]]}))
