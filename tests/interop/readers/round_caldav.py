"""Stores every event of calendars on a CalDAV server with the caldav client, reads them back, and prints what came.

Usage: python round_caldav.py URL FILE...
"""

import json
import sys
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import caldav
from icalendar import Calendar


def moment(value):
    return value.timestamp() if isinstance(value, datetime) else value.isoformat()


def single(whole, event):
    """One event with the time zones of its calendar: what a CalDAV server stores."""
    part = Calendar()
    part.add("VERSION", "2.0")
    part.add("PRODID", whole["PRODID"])
    for zone in whole.walk("VTIMEZONE"):
        part.add_component(zone)
    part.add_component(event)
    return part.to_ical().decode()


def seen(principal, number, path):
    whole = Calendar.from_ical(Path(path).read_bytes())
    calendar = principal.make_calendar(name=f"c{number}", cal_id=f"c{number}")
    for event in whole.walk("VEVENT"):
        # else the client counts SEQUENCE up on every save, also of what it has never seen
        calendar.add_event(single(whole, event), increase_seqno=False)
    stored = [Calendar.from_ical(item.data) for item in calendar.events()]
    return [
        {
            "uid": str(event["UID"]),
            "title": str(event["SUMMARY"]),
            "start": moment(event["DTSTART"].dt),
            "end": moment(event["DTEND"].dt),
            "sequence": int(event["SEQUENCE"]),
            "status": str(event["STATUS"]),
        }
        for read in stored
        for event in read.walk("VEVENT")
    ]


address, *files = sys.argv[1:]
with caldav.DAVClient(url=address, username="u", password="p") as client:
    found = [seen(client.principal(), number, path) for number, path in enumerate(files)]
print(json.dumps({"version": version("caldav"), "seen": found}))
