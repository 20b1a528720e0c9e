"""A firm is supported no more often than a limit on turns allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fairplanner.domain.by_firm import rows_by
from fairplanner.domain.packs import Limit
from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Columns, Rows, label
from fairplanner.rules.counted import counted
from fairplanner.rules.reckon.coupled import (
    PastVisit,
    all_differ,
    group_keys,
    last_day,
    meant,
    past_visits,
    turn_limits,
)
from fairplanner.rules.reckon.limits import market_key, months_before, owner_of
from fairplanner.rules.tables import Problem

Turn = tuple[date, str]
"""Last fair day and market key of a supported visit."""


@dataclass(frozen=True)
class ClaimCounts(Law):
    """Visits (firm × phase with any claim under a limit's subsidies) and those of the ledger paid under them stay within `most`
    in each of the limit's groups; within `most_if_markets_differ` where no two of them, the ledger's included, open the
    same market. `most_turns` of a subsidy is such a limit on it alone: for life, or at each fair by `turn_of`.

    A past visit whose market is not known counts in every market and differs from none. A window of n months ends with each
    visit (its last fair day, however `window_of` counts) and begins after the same day n months before.
    Limits never ask more than no visit. Label limit · firm (or group of connected firms) · group keys. Unit of amount: visits.
    Own columns: `visit` a visit is supported; `spread` the markets of a group are known to differ.
    """

    key = "claim-counts"

    def columns(self, problem: Problem) -> Iterable[Columns]:
        """Two blocks a limit that can bind."""
        for limit in turn_limits(problem.programme):
            yield from counted(self.key, problem, limit).columns()

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Visits <= what the ledger leaves; with the switch where markets may differ."""
        for limit in turn_limits(problem.programme):
            yield from counted(self.key, problem, limit).rows()

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Counts each firm's supported visits again."""
        for limit in turn_limits(programme):
            before_now = rows_by(past_visits(programme, limit), "owner")
            for (owner, *keys), turns in sorted(_visits(programme, limit, plan).items()):
                past = _past(before_now.get(owner, ()), keys)
                over, used, before, most = max(_counts(limit, turns, past))
                if over > 0:
                    name = label(limit.limit_id, owner, *keys)
                    yield self.broken(name, over, used=used, past=before, most=most)


def _visits(programme: Programme, limit: Limit, plan: Plan) -> dict[tuple[str, ...], list[Turn]]:
    found: dict[tuple[str, ...], list[Turn]] = defaultdict(list)
    claimed = {(c.firm_id, c.phase_id) for c in plan.claims if c.subsidy_id in limit.subsidies}
    for firm_id, phase_id in sorted(claimed):
        if meant(programme, limit.firms, firm_id, phase_id):
            key = (owner_of(programme, limit, firm_id), *group_keys(programme, limit, phase_id))
            found[key].append((last_day(programme, phase_id), market_key(programme, phase_id)))
    return found


def _past(visits: Sequence[PastVisit], keys: list[str]) -> list[Turn]:
    """The visits of the ledger that share a group."""
    return [(v.day, v.market) for v in visits if all(a in (None, b) for a, b in zip(v.keys, keys, strict=True))]


def _counts(limit: Limit, turns: list[Turn], past: list[Turn]) -> Iterator[tuple[int, int, int, int]]:
    """Over, visits, past visits and what is allowed, in each window (in all of them at once where there is none)."""
    ends = sorted({day for day, _ in (*turns, *past)}) if "window" in limit.each else [date.max]
    for end in ends:
        first = months_before(end, limit.window_months or 0) if "window" in limit.each else date.min
        now = [market for day, market in turns if first < day <= end]
        then = [market for day, market in past if first < day <= end]
        most = int(limit.most)
        if limit.most_if_markets_differ is not None and all_differ([*now, *then]):
            most = max(most, limit.most_if_markets_differ)
        yield len(now) - max(0, most - len(then)), len(now), len(then), most
