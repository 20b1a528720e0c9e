"""What stands in place of a subscription that was revoked, so that old dates do not linger unseen in its reader's calendar."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from fairplanner.domain.published import FeedKey
from fairplanner.domain.revising import RETENTION
from fairplanner.publish.agendas.agenda import Agenda, AudienceKind, Entry, EntryKind
from fairplanner.publish.calendars.ical import HOME_TZ, Dresser
from fairplanner.publish.paths import safe_name
from fairplanner.words import words


def stopped(programme_id: str, key: FeedKey, revoked: datetime, host: str, tz: str = HOME_TZ) -> bytes:
    """A calendar with one entry, 此订阅已停用, on every day from that of `revoked` (UTC) for as long as it is kept.

    The same bytes for the same subscription; nothing in it says whose it was. `host` is the store's, `tz` the
    reader's zone. Kept for RETENTION, then the address is gone (research/output.md A2).
    """
    first = revoked.astimezone(ZoneInfo(tz)).date()
    last = first + RETENTION - timedelta(days=1)
    say = words(key.lang)
    text = tuple(say("subscribe.ended.text").split("\n"))
    entry = Entry(
        ":".join(("ended", *key)), EntryKind.ENDED, say("subscribe.ended.title"), first, last, True, lines=text
    )
    agenda = Agenda(
        AudienceKind(key.kind), "", key.lang, say("subscribe.ended.calendar"), text[0], 1, revoked.replace(microsecond=0), False,
        (first.year, last.year), (entry,),
    )  # fmt: skip
    return Dresser(key.lang, f"{safe_name(programme_id)}.{host}", tz).feed(agenda)


def is_kept(revoked: datetime, at: datetime) -> bool:
    """Whether an address that was revoked still says so at `at`; afterwards it is gone."""
    return at - revoked < RETENTION
