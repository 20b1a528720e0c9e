"""Whether a client already has what stands: RFC 9110 sections 8.8.3.2, 13.1.2, 13.1.3 and 13.2.2."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_tz
from functools import lru_cache

TAGS = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')


def http_date(at: datetime) -> str:
    """An instant as HTTP writes it: Sun, 22 Nov 2026 16:00:00 GMT."""
    return format_datetime(at.astimezone(UTC), usegmt=True)


def is_known(tag: str, modified: datetime | None, none_match: str, modified_since: str, now: datetime) -> bool:
    """Whether what a client says it has is what stands: then it gets 304.

    `tag` with its quotation marks. `none_match` and `modified_since` are the request's headers, '' where there was none. Tags
    win over dates, and are compared weakly: a proxy that compresses makes ours weak. A date that is none, or is still to
    come, is as good as not said: whoever said it gets everything, which is never wrong.
    """
    if none_match:
        return none_match.strip() == "*" or tag in TAGS.findall(none_match)
    said = instant(modified_since) if modified and modified_since else None
    return said is not None and modified is not None and modified.replace(microsecond=0) <= said <= now


@lru_cache(4096)
def instant(text: str) -> datetime | None:
    """The instant of an HTTP date in any of its three forms; None if it is none. Without a zone it is GMT."""
    told = parsedate_tz(text)
    if told is None:
        return None
    try:
        # a zone other than GMT is not HTTP, but some clients write one, and mean it
        seconds = datetime(*told[:6], tzinfo=UTC).timestamp() - (told[9] or 0)
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
