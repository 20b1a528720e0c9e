"""Subscribes Evolution-Data-Server to a calendar; answers every line `refresh` or `list` on stdin with its events as JSON.

Usage: dbus-run-session -- /usr/bin/python3 eds_client.py URL
"""

import json
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import gi

gi.require_version("ECal", "2.0")
gi.require_version("EDataServer", "1.2")
from gi.repository import ECal, EDataServer, GLib, ICalGLib


def subscribed(url):
    registry = EDataServer.SourceRegistry.new_sync(None)
    source = EDataServer.Source.new_with_uid("fairplanner-interop", None)
    source.set_parent("webcal-stub")
    source.set_display_name("fairplanner")
    source.get_extension(EDataServer.SOURCE_EXTENSION_CALENDAR).set_backend_name("webcal")
    source.get_extension(EDataServer.SOURCE_EXTENSION_WEBDAV_BACKEND).set_uri(GLib.Uri.parse(url, GLib.UriFlags.NONE))
    registry.commit_source_sync(source, None)
    for _ in range(100):
        if registry.ref_source("fairplanner-interop"):
            break
        GLib.usleep(100_000)
    source = registry.ref_source("fairplanner-interop")
    return ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS, 1, None)


def moment(at):
    if at.is_date():
        return f"{at.get_year():04}-{at.get_month():02}-{at.get_day():02}"
    parts = (at.get_year(), at.get_month(), at.get_day(), at.get_hour(), at.get_minute(), at.get_second())
    # its own definition of a zone that it knows stands under a name of libical's
    zone = (at.get_tzid() or "UTC").removeprefix("/freeassociation.sourceforge.net/")
    return datetime(*parts, tzinfo=ZoneInfo(zone)).timestamp()


STATUS = {
    ICalGLib.PropertyStatus.CANCELLED: "CANCELLED",
    ICalGLib.PropertyStatus.TENTATIVE: "TENTATIVE",
    ICalGLib.PropertyStatus.CONFIRMED: "CONFIRMED",
}


def events(client):
    _, found = client.get_object_list_as_comps_sync("#t", None)
    for part in found:
        event = part.get_icalcomponent()
        yield {
            "uid": event.get_uid(),
            "title": event.get_summary(),
            "start": moment(event.get_dtstart()),
            "end": moment(event.get_dtend()),
            "sequence": event.get_sequence(),
            "status": STATUS.get(event.get_status(), ""),
        }


client = subscribed(sys.argv[1])
print(json.dumps("ready"), flush=True)
for line in sys.stdin:
    if line.strip() == "refresh":
        client.refresh_sync(None)
    print(json.dumps(list(events(client))), flush=True)
