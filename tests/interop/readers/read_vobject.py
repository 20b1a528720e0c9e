"""Reads calendars with vobject, validates them, and prints what it sees as JSON. Usage: python read_vobject.py FILE..."""

import json
import sys
import warnings
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

warnings.simplefilter("ignore")
import vobject


def moment(value):
    return value.timestamp() if isinstance(value, datetime) else value.isoformat()


def seen(path):
    calendar = vobject.readOne(Path(path).read_text(encoding="utf-8"))
    events = getattr(calendar, "vevent_list", [])
    if events:  # vobject wants an event or a task in every calendar
        calendar.validate(raiseException=True)
    return [
        {
            "uid": event.uid.value,
            "title": event.summary.value,
            "start": moment(event.dtstart.value),
            "end": moment(event.dtend.value),
            "sequence": int(event.sequence.value),
            "status": event.status.value,
        }
        for event in events
    ]


print(json.dumps({"version": version("vobject"), "seen": [seen(path) for path in sys.argv[1:]]}))
