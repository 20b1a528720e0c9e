"""How fast papers are made: `python -m tests.bench.papers PLAN`, PLAN being the folder of a plan, e.g. `out/guizhou-2025`.

The plan is repeated until there are enough delegations and firms, each copy with zones and firms of its own. Measured, in wall
seconds from the plan to the bytes, with the memory of this process and of all it started:

- `handouts`: one itinerary handout for each delegation;
- `editions`: one for each firm, and its calendar;
- `again`: the handouts once more, from what was typeset before.

Nothing is asserted: the machine decides.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from fairplanner.domain.plan import Plan
from fairplanner.domain.planning import Firm, Zone
from fairplanner.domain.programme import Programme
from fairplanner.intake.plan_file import read_plan, read_snapshot
from fairplanner.publish.agendas.agenda import AudienceKind
from fairplanner.publish.calendars.ical import Dresser, path_of
from fairplanner.publish.overlay import overlay
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft, Publication
from fairplanner.publish.sheets.handout import handouts
from fairplanner.publish.sheets.handout_firm import firm_handouts
from fairplanner.publish.typesetter import Typesetter

MEBIBYTE = 1 << 20


def repeated(programme: Programme, plan: Plan, copies: int) -> tuple[Programme, Plan]:
    """The same year for `copies` times as many zones and firms; claims and what is excluded are left out."""
    zones, firms, made = [], [], plan.model_copy(update={"claims": (), "excluded": ()})
    tables: dict[str, list[object]] = {"delegations": [], "participations": [], "journeys": []}
    for n in range(copies):
        end = f"-{n}" if n else ""
        for zone in programme.zones:
            parent = zone.parent and zone.parent + end
            zones.append(zone.model_copy(update={"zone_id": zone.zone_id + end, "parent": parent, **_named(zone, n)}))
        for firm in programme.firms:
            ids = {"firm_id": firm.firm_id + end, "zone_id": firm.zone_id + end}
            firms.append(firm.model_copy(update=ids | _named(firm, n)))
        for name, changes in _changes(end).items():
            tables[name] += [row.model_copy(update=changes(row)) for row in getattr(plan, name)]
    own = programme.model_copy(update={"zones": tuple(zones), "firms": tuple(firms), "applications": ()})
    return own, made.model_copy(update={name: tuple(rows) for name, rows in tables.items()})


def _named(row: Zone | Firm, n: int) -> dict[str, str]:
    """Names of its own: a paper that says the same as another is typeset faster."""
    return {"name_zh": f"{row.name_zh}第{n}", "name_en": f"{row.name_en} no. {n}"}


def _changes(end: str) -> dict[str, Callable[..., dict[str, str]]]:
    return {
        "delegations": lambda d: {"delegation_id": d.sponsor + end + d.delegation_id.removeprefix(d.sponsor), "sponsor": d.sponsor + end},
        "participations": lambda p: {
            "participation_id": p.participation_id + end, "firm_id": p.firm_id + end, "sponsor": p.sponsor + end,
        },
        "journeys": lambda j: {"journey_id": j.journey_id + end, "firm_id": j.firm_id + end},
    }  # fmt: skip


def _calendars(press: Press, count: int) -> Iterator[Publication]:
    dresser = Dresser(press.lang)
    firms = [subject for kind, subject in press.book.audiences() if kind is AudienceKind.FIRM]
    for firm_id in firms[:count]:
        content = dresser.feed(press.book.agenda(AudienceKind.FIRM, firm_id))
        yield Publication(path_of(AudienceKind.FIRM, firm_id, press.lang), "text/calendar", content)


def measured(name: str, made: Iterable[Publication | Draft], typesetter: Typesetter, folder: Path) -> dict[str, object]:
    """Make them all and say how long it took; nothing is kept but sizes."""
    began, files, size = time.perf_counter(), 0, 0
    for one in typesetter.publications(made, folder):
        files, size = files + 1, size + len(one.content)
    own, children = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        "what": name, "files": files, "seconds": round(time.perf_counter() - began, 1), "mebibytes": size // MEBIBYTE,
        "memory": own, "largest_child": children, "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def main() -> None:
    """Measure, print one JSON object a run."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.papers", description=__doc__)
    parser.add_argument("plan", type=Path, help="folder of a plan")
    parser.add_argument("--handouts", type=int, default=500)
    parser.add_argument("--firms", type=int, default=1500)
    parser.add_argument("--lang", default="zh")
    parser.add_argument("--workers", type=int, default=0, help="processes; 0: one for each core")
    asked = parser.parse_args()
    programme, plan = read_snapshot(asked.plan / "programme.json"), read_plan(asked.plan / "plan.json")
    copies = (
        -(
            -max(
                asked.handouts // max(1, len(plan.delegations)),
                asked.firms // len({p.firm_id for p in plan.participations}),
            )
            // 1
        )
        + 1
    )
    known: dict[str, bytes] = {}
    with overlay(None) as folder:
        for name, kept in (("handouts", known), ("editions", None), ("again", known)):
            with Typesetter(asked.workers or None, kept) as typesetter:
                press = Press(*repeated(programme, plan, copies), asked.lang)
                made: Iterable[Publication | Draft] = islice(handouts(press, folder), asked.handouts)
                if name == "editions":
                    made = [*_calendars(press, asked.firms), *islice(firm_handouts(press, folder), asked.firms)]
                print(json.dumps(measured(name, made, typesetter, folder)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
