"""One-day calendars: the entries of a day as the delegation's own feed has them, so that importing twice adds nothing twice."""

from __future__ import annotations

from dataclasses import replace

from fairplanner.domain.published import Feed, FeedKey
from fairplanner.publish.agendas.agenda import Agenda, AudienceKind
from fairplanner.publish.calendars.ical import Dresser, home_tz, host_of
from fairplanner.publish.calendars.showing import stamps_of
from fairplanner.publish.phone.pack import Day, Pack
from fairplanner.publish.press import Press
from fairplanner.publish.views import Party


class DayCalendars:
    """Makes the calendars of one delegation's pack; UIDs and stamps are those of its feed."""

    def __init__(self, press: Press, party: Party, pack: Pack) -> None:
        self.pack, self.agenda = pack, press.agenda(party)
        self.say = press.w
        key = FeedKey(AudienceKind.DELEGATION.value, party.delegation.party_id, press.lang)
        self.feed: Feed | None = press.feeds.get(key) if press.feeds else None
        host = (
            self.feed.states[0].uid.rpartition("@")[2] if self.feed and self.feed.states else host_of(press.programme)
        )
        self.dresser = Dresser(press.lang, host, home_tz(press.programme))
        self.stamps = stamps_of(self.feed.states) if self.feed else None

    def everything(self) -> bytes:
        """The delegation's whole feed: what was cancelled stands in it as cancelled."""
        return self.feed.content if self.feed else self.dresser.feed(self.agenda)

    def of(self, day: Day) -> bytes:
        """One day; an entry of several days stands whole in the calendar of each. Raises PublicationBroken for a defect."""
        title = self.say("phone.calendar_title", who=self.pack.who, day=day.full)
        about = self.say("phone.calendar_about", day=day.full)
        agenda: Agenda = replace(self.agenda, title=title, about=about, entries=day.entries)
        return self.dresser.feed(agenda, self.stamps)
