"""Where places are given in a published order, nobody lower placed gets more booths while a higher placed one is kept short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from fairplanner.domain.plan import Participation, Plan, Violation
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Block, Columns, Rows, label
from fairplanner.rules.helpers import Entries, at_most, implies, labels_of, widths
from fairplanner.rules.names import Names
from fairplanner.rules.reckon.applications import pinned_firms, stands
from fairplanner.rules.reckon.kept import held
from fairplanner.rules.reckon.orders import orders
from fairplanner.rules.tables import Problem, once
from fairplanner.rules.views import numbered

FILLED: Block = ("booths-in-order", "filled")
Sizes = Mapping[Block, int]
ORDER = ["rank_group", "stand"]


@dataclass(frozen=True)
class BoothsInOrder(Law):
    """An applicant gets more booths than the fewest it accepts only if every higher-placed one of the same phase, section,
    quota zone and kind of stand that has a place has at least as many booths, or all that it asked for.

    The fewest and all that it asked for are the application's own words as far as quotas and the firm's own money allow
    them for it alone (`reckon.applications.stands`). What the firm spends elsewhere in the plan is no excuse: where it
    keeps a higher-placed firm short, those behind stay at that number too. All at their fewest keep the rule, so it
    alone never leaves a programme without a plan. A firm with a must-go or keep decision has its place by that decision
    (机动展位), one that is committed has it already: they neither bind nor are bound. Exhibitors only; policy rank or
    first-confirmed.

    Label phase · section · quota zone. Unit of amount: 1, the order is broken.
    Own columns: `filled`, one an applicant that can be kept short of some number of booths, and that number: everyone
    placed up to there has so many booths or all that it asked for.
    """

    key = "booths-in-order"

    def columns(self, problem: Problem) -> Iterable[Columns]:
        """`filled` where someone behind can ask for that number."""
        offers = _offers(problem)
        if offers.empty:
            return
        links = _links(offers)
        ahead = links[links["filled"] >= 0]
        yield Columns("filled", _names(ahead), np.ones(len(ahead), np.int64))

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """filled <= filled ahead; filled + each place with fewer booths <= 1; place with so many booths <= filled ahead."""
        offers = _offers(problem)
        if offers.empty:
            return
        links = _links(offers)
        ahead = links[links["filled"] >= 0]
        sizes = widths(problem, {FILLED: len(ahead)})
        yield _in_order(ahead, sizes)
        yield _kept_short(ahead, offers, sizes)
        yield _given_more(links, offers, sizes)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Walks each order from the top."""
        places: dict[str, list[Participation]] = defaultdict(list)
        for place in plan.participations:
            places[place.application_id].append(place)
        pinned, kept = pinned_firms(programme), held(programme)
        for name, everyone in sorted(orders(programme).items()):
            free = [a for a in everyone if a.application_id not in kept]
            queue = [a for a in free if (a.firm_id, a.phase_id) not in pinned]
            for kind in sorted({a.stand for a in queue}):
                facts = _preferred(programme, [a for a in queue if a.stand is kind], places)
                if facts:
                    yield self.broken(label(*name), 1, **facts)


@once
def _offers(problem: Problem) -> pd.DataFrame:
    """Packages of ranked applications that can be given more or fewer booths, but for places given by decision.

    Columns of `participations` with `column`, `least` and `wanted` (of the application).
    """
    places = numbered(problem.participations)
    given = pd.MultiIndex.from_tuples(sorted(pinned_firms(problem.programme)) or [("", "")])
    free = places[places["rank_group"] != ""]
    free = free[~pd.MultiIndex.from_frame(free[["firm", "phase"]]).isin(given)]
    free = free[~free["application"].isin(list(held(problem.programme)))]
    booths = free.groupby("application")["booths"]
    free = free.assign(least=booths.transform("min"), wanted=booths.transform("max"))
    return free[free["least"] < free["wanted"]].reset_index(drop=True)


def _links(offers: pd.DataFrame) -> pd.DataFrame:
    """One row per application and number of booths `level`, above its fewest, that it or someone behind it can ask for.

    Those of one order and level are chained: `filled` is the own column (-1 for the last), `before` that of the one ahead.
    """
    asked = offers[offers["booths"] > offers["least"]].rename(columns={"booths": "level"})
    last = asked.groupby([*ORDER, "level"])["rank"].max().rename("last").reset_index()
    links = offers.drop_duplicates("application")[[*ORDER, "rank", "application", "least", "wanted"]].merge(
        last, on=ORDER
    )
    links = links[(links["least"] < links["level"]) & (links["rank"] <= links["last"])]
    links = links.sort_values([*ORDER, "level", "rank"], kind="stable").reset_index(drop=True)
    ends = ~links.duplicated([*ORDER, "level"], keep="last")
    links = links.assign(filled=np.where(ends, -1, (~ends).cumsum() - 1))
    return links.assign(before=links.groupby([*ORDER, "level"])["filled"].shift(1, fill_value=-1).astype("int64"))


def _in_order(ahead: pd.DataFrame, sizes: Sizes) -> Rows:
    behind = ahead[ahead["before"] >= 0]
    at = np.arange(len(behind))
    return implies(_names(behind), {FILLED: [(at, behind["filled"], 1)]}, {FILLED: [(at, behind["before"], 1)]}, sizes)


def _kept_short(ahead: pd.DataFrame, offers: pd.DataFrame, sizes: Sizes) -> Rows:
    short = ahead.merge(offers[["application", "booths", "column"]], on="application")
    short = short[short["booths"] < short[["level", "wanted"]].min(axis=1)]
    at = np.arange(len(short))
    both: Entries = {"participations": [(at, short["column"], 1)], FILLED: [(at, short["filled"], 1)]}
    return at_most(_names(short), both, 1, sizes)


def _given_more(links: pd.DataFrame, offers: pd.DataFrame, sizes: Sizes) -> Rows:
    linked = links[links["before"] >= 0][["application", "level", "before"]]
    more = offers.assign(level=offers["booths"]).merge(linked, on=["application", "level"])
    at = np.arange(len(more))
    place: Entries = {"participations": [(at, more["column"], 1)]}
    return implies(labels_of(more, ["rank_group"]), place, {FILLED: [(at, more["before"], 1)]}, sizes)


def _names(links: pd.DataFrame) -> Names:
    return labels_of(links, ["application", "level"])


def _preferred(
    programme: Programme, queue: Sequence[Application], places: dict[str, list[Participation]]
) -> dict[str, object]:
    """The first who has more than its fewest and than one placed higher that is kept short, and that one; empty: nobody."""
    short: Participation | None = None
    for a in queue:
        numbers = stands(programme, a)
        for place in places[a.application_id]:
            if short is not None and place.booths > max(numbers[0], short.booths):
                return {
                    "short": short.application_id,
                    "booths": short.booths,
                    "given": a.application_id,
                    "more": place.booths,
                }
        kept = [p for p in places[a.application_id] if p.booths < numbers[-1]]
        short = min([*([short] if short else []), *kept], key=lambda p: p.booths, default=None)
    return {}
