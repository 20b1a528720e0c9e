"""An address that the user gives, to its bytes: http and https only, with a limit and a time limit."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from fairplanner.errors import Problem

SECONDS_SILENT = 20.0
"""How long a server may say nothing."""
SECONDS_IN_ALL = 60.0
"""How long a calendar may take; a server that sends byte by byte is given up."""
CHUNK = 65_536


def is_address(place: str) -> bool:
    """Whether the user wrote an address; a file name has no `://`."""
    return "://" in place


def without_secrets(address: str) -> str:
    """Scheme and host: the path of a private calendar is the key to it and must not be printed or cited."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.hostname or ''}"


def fetched(address: str, problems: list[Problem], biggest: int) -> bytes | None:
    """The bytes at an address; None, with a problem, where there are none to be had."""
    try:
        parts = urlsplit(address)
        label = without_secrets(address)
    except ValueError:
        problems.append(Problem(address, 0, "", "url-broken"))
        return None
    if parts.scheme.lower() in ("webcal", "webcals"):
        problems.append(Problem(label, 0, "", "url-webcal"))
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        problems.append(Problem(label, 0, "", "url-scheme", parts.scheme))
        return None
    try:
        return _within(address, label, problems, biggest)
    except urllib.error.HTTPError as error:
        what = {401: "url-private", 403: "url-private", 404: "url-gone", 410: "url-gone"}.get(error.code, "url-status")
        problems.append(Problem(label, 0, "", what, str(error.code)))
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        problems.append(Problem(label, 0, "", "url-unreachable", str(reason)))
    return None


def _within(address: str, label: str, problems: list[Problem], biggest: int) -> bytes | None:
    until = time.monotonic() + SECONDS_IN_ALL
    request = urllib.request.Request(address, headers={"Accept": "text/calendar, */*;q=0.5"})  # noqa: S310 - scheme is checked
    content = bytearray()
    with _opener().open(request, timeout=SECONDS_SILENT) as answer:
        while chunk := answer.read1(CHUNK):
            content += chunk
            if len(content) > biggest:
                problems.append(Problem(label, 0, "", "ics-big", "", (("limit", str(biggest // 1_000_000)),)))
                return None
            if time.monotonic() > until:
                problems.append(Problem(label, 0, "", "url-slow", "", (("limit", f"{SECONDS_IN_ALL:.0f}"),)))
                return None
    return bytes(content)


def _opener() -> urllib.request.OpenerDirector:
    """Knows http and https and nothing else, so that no redirect leads to a file or to ftp."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.UnknownHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener
