"""The earlier plan that a new one begins from, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fairplanner.cli.door import say, shown
from fairplanner.domain.kinds import ApplicationState
from fairplanner.errors import CatalogueError
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.prices import Prices
    from fairplanner.domain.programme import Programme
    from fairplanner.rules.reckon.refiling import Refiling


@dataclass(frozen=True)
class Earlier:
    """A plan, the prices that lie beside it, if any, and the programme it was made from, if that is known."""

    plan: Plan
    prices: Prices | None = None
    snapshot: Programme | None = None

    def settle(self, programme: Programme, take_over: bool | None = None) -> Programme:
        """The programme with the plan's places in its table `settled`, and with what was done to the plan by hand.

        Raises UserError where the tables do not have that and nobody says what is to be done (`take_over` None).
        """
        from fairplanner.cli.by_hand import with_what_was_done
        from fairplanner.domain.earlier import with_settled

        return with_settled(with_what_was_done(programme, self.snapshot, take_over), self.plan, self.snapshot)

    def forgotten(self, programme: Programme) -> tuple[list[str], list[str]]:
        """Applications that the earlier plan's programme has as withdrawn and the tables do not, and decisions of it that the
        tables do not have; nothing where its programme remembers what was done by hand, which `settle` sees to."""
        if self.snapshot is None or self.snapshot.by_hand:
            return [], []
        withdrawn = [a.application_id for a in self.snapshot.applications if a.state is ApplicationState.WITHDRAWN]
        asked = {a.application_id for a in programme.applications if a.state is not ApplicationState.WITHDRAWN}
        known = {d.decision_id for d in programme.decisions}
        decided = [d.decision_id for d in self.snapshot.decisions if d.decision_id not in known]
        return [name for name in withdrawn if name in asked], decided


def say_forgotten(earlier: Earlier, programme: Programme, w: Words) -> None:
    """What the new plan does not know though the earlier one did, on stderr."""
    for key, rows in zip(("withdrawals", "decisions"), earlier.forgotten(programme), strict=True):
        if rows:
            say(w(f"cli.plan.forgotten.{key}", rows=w("calendar.comma").join(rows)), err=True)


def prices_beside(plan: Path) -> Path:
    """Where the prices of a plan lie: `plan.prices.json.gz` beside `plan.json`."""
    return plan.with_name(f"{plan.stem}.prices.json.gz")


def read_earlier(path: Path, w: Words) -> Earlier:
    """Read an earlier plan, or the folder that holds it; says on stderr where what lies beside it is damaged, or its programme
    is missing. Of prices that are not there nothing is said: most plans have none, and nothing is to be done about it.

    Raises CatalogueError where there is no plan or it cannot be read.
    """
    from fairplanner.intake import read_plan, read_prices

    path = path / "plan.json" if path.is_dir() else path
    plan = read_plan(path)
    beside = prices_beside(path)
    prices = read_prices(beside)
    if prices is None and beside.exists():
        say(w("cli.plan.prices-damaged"), err=True)
    return Earlier(plan, prices, _snapshot(path.with_name("programme.json"), w))


def _snapshot(path: Path, w: Words) -> Programme | None:
    """The programme beside a plan; without it the fair days are known only as far as the plan tells them."""
    programme = snapshot_at(path)
    if programme is None:
        say(w("cli.plan.snapshot-missing", file=shown(path)), err=True)
    return programme


def snapshot_at(path: Path) -> Programme | None:
    """A programme as it was written, None where there is none that can be read."""
    from fairplanner.intake import read_snapshot

    try:
        return read_snapshot(path)
    except CatalogueError:
        return None


def facts_since(earlier: Earlier, programme: Programme, plan: Plan, vanished: dict[str, int]) -> dict[str, Any]:
    """What `--json` says of the way from the earlier plan: decisions that no longer exist, differences (as `diff`), and people
    (each counted at every place): those concerned by reason, of the others those disturbed, and those who are new."""
    from fairplanner.domain.compared import compared
    from fairplanner.rules.reckon.disturbance import tally

    told = tally(programme, plan)
    people = {"earlier": told.people, "concerned": dict(told.concerned), "others": told.others, "new": told.new}
    people |= {"disturbed": {"lost": told.lost, "changed": told.changed, "unclaimed": told.unclaimed}}
    people |= {"parties": told.parties}
    counts = compared(earlier.plan, plan).counts
    return {"vanished": vanished, "changes": sum(counts.values()), "counts": counts, "people": people}


def say_since(facts: dict[str, Any], w: Words) -> None:
    """The same in words; nothing of what vanished where nothing did."""
    vanished = facts["vanished"]
    if any(vanished.values()):
        say(w("cli.plan.vanished", count=sum(vanished.values()), **vanished))
    say(w("cli.diff.found", **facts["counts"]) if facts["changes"] else w("cli.diff.same"))
    for line in people_in_words(facts["people"], w):
        say(line)


def people_in_words(people: dict[str, Any], w: Words) -> Iterator[str]:
    """Whom the fairs or they themselves concern, whom the plan disturbs beyond that, and who is new."""
    concerned, disturbed = people["concerned"], people["disturbed"]
    if concerned:
        reasons = w("calendar.comma").join(w(f"replan.count.{why}", people=n) for why, n in concerned.items())
        yield w("cli.plan.concerned", people=sum(concerned.values()), earlier=people["earlier"], reasons=reasons)
    moved = disturbed["lost"] + disturbed["changed"]
    share = f"{moved / people['others']:.1%}" if people["others"] else "-"
    key = "cli.plan.disturbed" if moved or disturbed["unclaimed"] else "cli.plan.undisturbed"
    yield w(key, others=people["others"], moved=moved, share=share, **disturbed)
    if people["parties"]:
        yield w("cli.plan.parties", count=people["parties"])
    if people["new"]:
        yield w("cli.plan.new", people=people["new"])


def refiled(programme: Programme, plan: Plan, w: Words) -> tuple[list[dict[str, Any]], list[str]]:
    """Permits that must be filed again: as facts for `--json`, and in words."""
    from fairplanner.rules.reckon.refiling import refilings

    found = refilings(programme, plan)
    return [_facts(x) for x in found], [refiling_in_words(x, programme, w) for x in found]


def _facts(x: Refiling) -> dict[str, Any]:
    return {
        "approval": x.approval.approval_id, "number": x.approval.number, "delegation": x.party.delegation_id if x.party else "",
        "from": x.first.isoformat() if x.first else "", "working_days": x.working_days, "duties": [d.duty.duty_id for d in x.asked],
        "overdue": x.is_overdue, "forecast": x.is_forecast,
    }  # fmt: skip


def refiling_in_words(x: Refiling, programme: Programme, w: Words) -> str:
    """One permit, what goes instead, and how long a new request takes."""
    from fairplanner.publish.dress import Dress
    from fairplanner.publish.naming import Naming

    naming, dress = Naming(programme, w.lang), Dress(w, programme.settings.currency)
    if x.party is None:
        return w("cli.plan.refile.dropped", number=x.approval.number)
    who = {
        "number": x.approval.number,
        "party": naming.delegation(x.party),
        "days_out": dress.span(x.party.depart, x.party.return_),
    }
    if x.first is None:
        return w("cli.plan.refile.unknown", **who)
    key = "overdue" if x.is_overdue else "forecast" if x.is_forecast else "known"
    duties = naming.listed([w.name(d.duty) for d in x.asked])
    return w(f"cli.plan.refile.{key}", first=dress.day(x.first), days=x.working_days, duties=duties, **who)
