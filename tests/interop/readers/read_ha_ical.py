"""Reads calendars with ical, the reader of Home Assistant, and prints what it sees. Usage: python read_ha_ical.py FILE..."""

import json
import sys
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from ical.calendar_stream import IcsCalendarStream


def moment(value):
    return value.timestamp() if isinstance(value, datetime) else value.isoformat()


def seen(path):
    with Path(path).open(encoding="utf-8", newline="") as file:
        calendar = IcsCalendarStream.calendar_from_ics(file.read())
    return [
        {
            "uid": event.uid,
            "title": event.summary,
            "start": moment(event.dtstart),
            "end": moment(event.dtend),
            "sequence": event.sequence,
            "status": str(event.status.value),
        }
        for event in calendar.events
    ]


print(json.dumps({"version": version("ical"), "seen": [seen(path) for path in sys.argv[1:]]}))
