"""The change drill on the shipped year: what happens to a published plan between autumn and the fair, one thing after another.

Run with `python -m pytest -m slow -s tests/cli/test_change_drill.py`; it prints what each change took and whom it touched.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from time import perf_counter

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.domain.plan import Plan
from fairplanner.domain.published import Feed, FeedKey
from fairplanner.intake import read_plan
from fairplanner.publish.calendars.lint import lint
from fairplanner.store import open_store

ROOT = Path(__file__).parents[2]
YEAR = ROOT / "catalogs" / "guizhou-2025"
PARTIES = {"firm", "delegation", "zone"}
MOST_DISTURBED = 0.05
"""Share of the people not concerned by the change itself who may be disturbed by the plan that follows from it."""
pytestmark = pytest.mark.slow


def run(*args: str) -> Result:
    result = CliRunner().invoke(build("en"), list(args), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


class Office:
    """A planner's desk: the tables, the last plan, the store, the outbox."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.tables, self.count = folder, folder / "gz", 0
        shutil.copytree(YEAR, self.tables)
        self.phases(("ciftis-2025", {"status": "provisional"}))
        self.plan = folder / "plan-0"
        run("plan", str(self.tables), "--out", str(self.plan))
        self.publish("first")

    def phases(self, *edits: tuple[str, dict[str, str]]) -> None:
        """Overwrite columns of phases, in the programme's own table."""
        shared = ROOT / "catalogs" / "reference" / "phases.csv"
        with shared.open(encoding="utf-8-sig", newline="") as file:
            rows = {row["phase_id"]: row for row in csv.DictReader(file)}
        own = self.tables / "phases.csv"
        with own.open(encoding="utf-8-sig", newline="") as file:
            kept = {row["phase_id"]: row for row in csv.DictReader(file)}
        for phase_id, columns in edits:
            kept[phase_id] = rows[phase_id] | kept.get(phase_id, {}) | columns
        with own.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, next(iter(rows.values())).keys(), restval="")
            writer.writeheader()
            writer.writerows(kept.values())

    def replan(self) -> float:
        """Plan again from the last plan; seconds it took."""
        self.count += 1
        before, self.plan = self.plan, self.folder / f"plan-{self.count}"
        started = perf_counter()
        run("plan", str(self.tables), "--from", str(before), "--out", str(self.plan))
        return perf_counter() - started

    def publish(self, why: str) -> dict[FeedKey, Feed]:
        """Publish the next revision; every feed as it stands then."""
        at = f"2024-12-{self.count + 1:02d}T09:00:00+08:00"
        run(
            "publish", str(self.plan), "--out", str(self.folder / "out"), "--store", self.store, "--by", "office",
            "--why", why, "--outbox", str(self.folder / "outbox"), "--at", at, "--in", "zh",
        )  # fmt: skip
        return self.feeds()

    @property
    def store(self) -> str:
        return str(self.folder / "plan.db")

    def feeds(self) -> dict[FeedKey, Feed]:
        with open_store(self.store, create=False) as store:
            return store.feeds("guizhou-2025")

    def told(self) -> set[tuple[str, str]]:
        """Who has a notice of the last revision."""
        last = sorted((self.folder / "outbox").iterdir())[-1]
        parties = json.loads((last / "outbox.json").read_text(encoding="utf-8"))["parties"]
        return {(p["kind"], p["id"]) for p in parties}

    def read(self) -> Plan:
        return read_plan(self.plan / "plan.json")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("drill"))


def touched(before: dict[FeedKey, Feed], after: dict[FeedKey, Feed]) -> set[tuple[str, str]]:
    """Audiences whose feed is not byte for byte what it was."""
    return {key.scope for key, feed in after.items() if key not in before or before[key].content != feed.content}


def disturbed(before: Plan, after: Plan, phases: set[str]) -> tuple[int, int]:
    """People (not going to the phases that changed) who lose a place or get another one, and all such people."""
    now = {x.application_id: (x.sponsor, x.stand, x.booths) for x in after.participations}
    others = [x for x in before.participations if x.phase_id not in phases]
    hit = [x for x in others if now.get(x.application_id) != (x.sponsor, x.stand, x.booths)]
    return sum(x.people for x in hit), sum(x.people for x in others)


def judged(
    office: Office, what: str, phases: set[str], seconds: float, before: Plan, feeds: dict[FeedKey, Feed]
) -> None:
    """What every change must keep to, and a line that says what it took."""
    after = office.feeds()
    hit, others = disturbed(before, office.read(), phases)
    changed = touched(feeds, after)
    told = office.told()
    print(  # noqa: T201  seconds are told, and judged by a person: other machines are slower
        f"{what}: {seconds:.1f} s, {hit} of {others} people not concerned disturbed ({hit / others:.1%}), "
        f"{len(changed)} of {len({k.scope for k in after})} audiences touched, {len(told)} told"
    )
    assert hit <= MOST_DISTURBED * others
    assert told == {scope for scope in changed if scope[0] in PARTIES}
    assert all(lint(feed.content) == () for feed in after.values())
    assert not changed & untouched(before, office.read(), phases), "had nothing to do with it"


def untouched(before: Plan, after: Plan, phases: set[str]) -> set[tuple[str, str]]:
    """Delegations that go where nothing changed, with firms that go where they went, as they went."""
    was, now = (
        {(x.firm_id, x.phase_id, x.section_id, x.sponsor, x.stand, x.booths, x.people) for x in p.participations}
        for p in (before, after)
    )
    concerned = {x[0] for x in was ^ now} | {x[0] for x in was if x[1] in phases}
    free = set()
    for d in before.delegations:
        stops = {s.phase_id for s in d.stops}
        members = {x[0] for x in was | now if x[1] in stops and x[3] == d.sponsor}
        if not stops & phases and not members & concerned:
            free.add(("delegation", d.party_id))
    return free


@pytest.mark.parametrize(
    ("what", "edits"),
    [
        ("a fair moves three weeks", {"chtf-27": {"start": "2025-12-05", "end": "2025-12-07"}}),
        ("a fair is cancelled", {"cismef-20": {"status": "cancelled"}}),
        ("a date is confirmed", {"ciftis-2025": {"status": "announced"}}),
    ],
    ids=["moved", "cancelled", "confirmed"],
)
def test_an_edit_of_the_catalogue(office: Office, what: str, edits: dict[str, dict[str, str]]) -> None:
    before, feeds = office.read(), office.feeds()
    office.phases(*edits.items())
    seconds = office.replan()
    office.publish(what)
    judged(office, what, set(edits), seconds, before, feeds)


def amended(office: Office, *verb: str) -> float:
    """The plan changed by hand with one of the verbs of the last weeks; seconds it took."""
    office.count += 1
    before, office.plan = office.plan, office.folder / f"plan-{office.count}"
    started = perf_counter()
    name, *rest = verb
    run(name, str(before), *rest, "--on", "2025-01-02", "--by", "office", "--out", str(office.plan))
    return perf_counter() - started


def test_a_firm_withdraws_after_it_has_paid(office: Office) -> None:
    before, feeds = office.read(), office.feeds()
    leaves = next(x for x in before.participations if x.phase_id == "canton-138-1" and x.booths == 1)
    seconds = amended(office, "withdraw", leaves.firm_id, "canton-138-1", "--reason", "paid, and not coming")
    office.publish("a firm withdraws")
    judged(office, "a firm withdraws after payment", {"canton-138-1"}, seconds, before, feeds)
    assert {f for kind, f in office.told() if kind == "firm"} == {leaves.firm_id}


def test_one_of_two_people_gets_no_visa(office: Office) -> None:
    before, feeds = office.read(), office.feeds()
    short = next(x for x in before.participations if x.phase_id == "namm-2025" and x.people > 1)
    seconds = amended(
        office, "substitute", short.firm_id, "namm-2025", "--people", str(short.people - 1), "--reason", "visa refused"
    )
    office.publish("visa refused")
    judged(office, "a visa is refused", {"namm-2025"}, seconds, before, feeds)
    assert {f for kind, f in office.told() if kind == "firm"} == {short.firm_id}


def test_a_leader_is_replaced_and_no_firm_hears_of_it(office: Office) -> None:
    before, feeds = office.read(), office.feeds()
    party = next(d for d in before.delegations if "gz-lead-1" in d.posts)
    seconds = amended(
        office, "substitute", party.delegation_id, "--post", "gz-lead-1", "--with", "gz-lead-2", "--reason", "ill"
    )
    office.publish("leader replaced")
    judged(office, "a leader is replaced", set(), seconds, before, feeds)
    assert "gz-lead-2" in next(d for d in office.read().delegations if d.delegation_id == party.delegation_id).posts
    assert office.told() == set(), "an official party stands in no feed"
    assert touched(feeds, office.feeds()) == set()
