"""What every sheet of one plan in one edition needs, made once: names, dress, agendas, parties and money.

An edition is a language, or two of them (`zh-en`): then every sheet is made in both and printed as one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from functools import cached_property

from fairplanner.domain.plan import Participation, Plan, Stop
from fairplanner.domain.programme import Programme
from fairplanner.domain.published import TOGETHER, Feed, FeedKey
from fairplanner.publish.agendas.agenda import Agenda, AudienceKind
from fairplanner.publish.agendas.book import AgendaBook
from fairplanner.publish.dress import Dress
from fairplanner.publish.money.money_view import MoneyView
from fairplanner.publish.money.money_words import MoneyWords
from fairplanner.publish.money.unclaimed import Unpaid
from fairplanner.publish.naming import Naming, locality
from fairplanner.publish.views import Flow, Party, flows, parties
from fairplanner.publish.wording.reasons import Reasons


class Press:
    """A plan, ready to be printed in one edition; `base_url` is where the files will be found, '' if nowhere.

    `lang` is the language of all words, the first one of a bilingual edition. `feeds`: the calendars as they stand published,
    where a store keeps them. `last_year`: the programme and plan that this year's figures are set against; None: not given.
    """

    def __init__(
        self,
        programme: Programme,
        plan: Plan,
        edition: str,
        base_url: str = "",
        feeds: Mapping[FeedKey, Feed] | None = None,
        last_year: tuple[Programme, Plan] | None = None,
    ) -> None:
        self.programme, self.plan, self.base_url, self.feeds = programme, plan, base_url, feeds
        self.last_year = last_year
        self.edition = edition
        self.lang, _, self._second = edition.partition(TOGETHER)
        self.naming = Naming(programme, self.lang)
        self.w = self.naming.say
        self.dress = Dress(self.w, programme.settings.currency)
        self.reasons = Reasons(self.naming, self.dress)
        self.book = AgendaBook(programme, plan, self.lang)

    @property
    def is_bilingual(self) -> bool:
        """Whether the edition is in two languages."""
        return bool(self._second)

    @cached_property
    def twin(self) -> Press:
        """The same plan in the second language of a bilingual edition. Raises ValueError where there is none."""
        if not self._second:
            raise ValueError(f"{self.edition} is one language")
        return Press(self.programme, self.plan, self._second, self.base_url, self.feeds, self.last_year)

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        """Every delegation with its people."""
        return parties(self.plan)

    @cached_property
    def attended(self) -> frozenset[str]:
        """Phases that somebody goes to."""
        return frozenset(q for party in self.parties for q in party.phase_ids)

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """What every fund pays."""
        return flows(self.programme, self.plan)

    @cached_property
    def money(self) -> MoneyView:
        """What each firm pays and gets back, and what each fund pays when."""
        return MoneyView(self.programme, self.plan)

    @cached_property
    def money_words(self) -> MoneyWords:
        """How that is said."""
        return MoneyWords(self.naming, self.dress)

    @cached_property
    def unpaid(self) -> Unpaid:
        """What the plan leaves unclaimed."""
        return Unpaid(self.programme, self.plan)

    @property
    def timestamp(self) -> int:
        """Instant of the revision in seconds: midnight UTC of the plan's day."""
        return int(datetime.combine(self.plan.as_of, time(), UTC).timestamp())

    @property
    def date(self) -> tuple[int, int, int]:
        """Day of the revision."""
        return self.plan.as_of.year, self.plan.as_of.month, self.plan.as_of.day

    @property
    def footer(self) -> str:
        """Programme, revision and the day whose data it rests on."""
        name = self.w.name(self.programme.settings)
        return self.w("paper.footer", programme=name, revision=self.plan.revision, day=self.dress.day(self.plan.as_of))

    @property
    def revision(self) -> str:
        """Which draft it is, and of what day."""
        return self.w("paper.revision", revision=self.plan.revision, day=self.dress.day(self.plan.as_of))

    @property
    def stamps(self) -> tuple[str, ...]:
        """All that tells one revision from another on a paper that says nothing else new."""
        return (self.footer, self.revision, *(self.twin.stamps if self.is_bilingual else ()))

    @property
    def sample(self) -> str:
        """The notice that every page of a sample carries; '' for real data."""
        return self.w("paper.sample") if self.programme.settings.sample else ""

    @property
    def marks(self) -> str:
        """What stands on every page of a workbook that stays in the office: that it is internal, and the notice of a sample."""
        return " ".join(filter(None, (self.w("duties.internal"), self.sample)))

    @property
    def page(self) -> str:
        """Page x of y, with its placeholders kept."""
        return self.w("paper.page", page="{page}", pages="{pages}")

    def agenda(self, party: Party) -> Agenda:
        """What one delegation sees."""
        return self.book.agenda(AudienceKind.DELEGATION, party.delegation.party_id)

    @cached_property
    def due(self) -> Agenda:
        """Every deadline of the year, those of the office and of officials too: for the office itself."""
        return self.book.agenda(AudienceKind.DEADLINES)

    def title(self, party: Party) -> str:
        """Name of a delegation, by what its firms do."""
        return self.naming.delegation(party.delegation, party.roles)

    def section_of(self, place: Participation) -> str:
        """Name of the section; '' where the firm has named none."""
        section = self.programme.section.get(place.section_id)
        return self.w.name(section) if section else ""

    def stand_of(self, place: Participation) -> str:
        """Kind of stand; '' for none."""
        return "" if place.stand == "none" else self.w(f"enums.StandKind.{place.stand}")

    def where(self, stop: Stop) -> str:
        """Country or region, city and venue of a stop."""
        spot = self.naming.spot(stop.phase_id)
        if spot is None:
            return self.w("paper.undated")
        city = locality(self.w, spot)
        return self.w("paper.place", city=city, venue=spot.venue) if spot.venue else city

    def booths(self, booths: int) -> str:
        """Booths and their area."""
        return self.w("paper.booths", booths=booths, area=9 * booths)
