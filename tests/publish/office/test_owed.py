"""What is owed by when, and as which files."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from fairplanner.domain.programme import Programme
from fairplanner.publish.office.dressing import Manner
from fairplanner.publish.office.files import files, named
from fairplanner.publish.office.owed import KINDS, MAKERS, Owed, known, owed
from fairplanner.shipped import shipped
from tests import builders as b
from tests.publish import plans
from tests.publish.office.desks import a_year, desk, papers
from tests.publish.reading import sheets_of
from tests.publish.stress import stress


def of(kind: str, found: tuple[Owed, ...]) -> Owed:
    return next(x for x in found if x.paper.kind == kind)


def due(x: Owed) -> tuple[date, date]:
    """Day and last working day; fails where there is none."""
    assert x.day is not None
    return x.day.due, x.day.working


def test_days_come_from_the_duty_the_notice_and_the_closing_day() -> None:
    found = owed(desk())
    assert due(of("request", found))[0] == date(2025, 1, 31)
    assert due(next(x for x in found if x.paper.kind == "summary" and x.day))[0] == date(2025, 4, 10)
    notice = next(x for x in found if x.paper.kind == "notice" and x.day)
    assert (due(notice)[0], notice.is_overdue) == (date(2024, 10, 28), True)
    assert due(of("recruit", found))[0] == date(2024, 12, 20)


def test_a_day_that_is_no_working_day_is_kept_before() -> None:
    duty = b.duty("task-apply", -44, anchor="departs", who="officials", regimes=("abroad",))
    assert due(of("request", owed(desk(year=a_year(duties=(duty,)))))) == (date(2025, 2, 1), date(2025, 1, 27))


def test_the_stricter_duty_stands_for_the_one_it_replaces() -> None:
    duties = (
        b.duty("task-apply", -45, anchor="departs", who="officials", regimes=("abroad",)),
        b.duty("own", -90, anchor="departs", who="officials", regimes=("abroad",), replaces="task-apply"),
    )
    assert due(of("request", owed(desk(year=a_year(duties=duties)))))[0] == date(2024, 12, 17)


def test_what_comes_next_stands_first_then_what_has_no_day_and_what_is_past_last() -> None:
    found = owed(desk())
    ranks = [(2 if x.is_past else 1 if x.day is None else 0) for x in found]
    assert ranks == sorted(ranks)
    days = [x.day.working for x in found if x.day and not x.is_past]
    assert days == sorted(days)


def test_a_permit_that_is_registered_is_said_and_nothing_is_late() -> None:
    found = owed(desk(year=a_year(approvals=(b.approval(),))))
    request = of("request", found)
    assert (request.state, request.is_overdue) == ("approved", False)
    assert request.approved == b.approval().number


def test_papers_are_found_by_kind_fair_phase_and_delegation() -> None:
    at = desk()
    assert {x.paper.kind for x in owed(at, ["budget", "itinerary"])} == {"budget", "itinerary"}
    for name in ("abroad", "abroad-1-1", "prov/abroad-1-1"):
        assert {x.paper.kind for x in owed(at, (), name)} >= {"request", "budget", "summary"}, name
    assert {x.paper.subject_id for x in owed(at, ["notice"], "expo-1-2")} == {"expo-1-2"}
    assert {"abroad", "expo", "expo-1-1", "expo-1", "prov/abroad-1-1"} <= set(known(at))


def test_a_file_name_that_is_cut_keeps_its_end_where_the_phase_stands() -> None:
    long = "China International Something and Everything Else Fair (CISEEF), edition 137, phase"
    found = [replace(papers("notice", desk("en"))[0], subject=f"{long} {n}") for n in (1, 2)]
    names = list(named(found, desk("en").w).values())
    assert [name[-7:] for name in names] == ["phase-1", "phase-2"]
    assert all(len(name) <= 80 for name in names)


@pytest.mark.parametrize(("lang", "manner"), [("zh", Manner.OFFICIAL), ("en", Manner.FRIENDLY)])
def test_file_names_are_unique_safe_and_in_order(lang: str, manner: Manner) -> None:
    for year in (a_year(), stress()):
        at = desk(lang, year)
        names = [str(p.path) for _, p in files(at, owed(at), manner, shipped("templates"))]
        assert len({name.casefold() for name in names}) == len(names)
        for name in names:
            own = name.removeprefix("internal/")
            assert not re.search(r'[<>:"/\\|?*\x00-\x1f]|\s|[. ]\.', own)
            assert len(own.encode()) < 200
            assert (
                own[:2]
                == f"{KINDS.index(next(k for k in MAKERS if own[3:].startswith(at.w(f'office.file.{k}') + '_'))) + 1:02d}"
            )
        internal = [name.startswith("internal/") for name in names]
        assert [own[:2] for own in (n.removeprefix("internal/") for n in names)] == sorted(
            n.removeprefix("internal/")[:2] for n in names
        )
        assert any(internal)
        assert not all(internal)


def test_the_same_plan_gives_the_same_files() -> None:
    def made(year: tuple[Programme, object]) -> list[tuple[str, bytes]]:
        at = desk("zh", year)  # type: ignore[arg-type]
        return [(str(p.path), p.content) for _, p in files(at, owed(at), Manner.OFFICIAL, shipped("templates"))]

    assert made(a_year()) == made(a_year())


def test_the_workbook_of_the_budget_adds_up_and_names_nobody() -> None:
    at = desk()
    (book,) = (
        p.content
        for _, p in files(at, owed(at, ["budget"]), Manner.OFFICIAL, shipped("templates"))
        if p.path.suffix == ".xlsx"
    )
    rows = next(iter(sheets_of(book).values()))
    amounts = [Decimal(str(row[-1])) for row in rows[2:]]
    assert rows[-1][0] == "合计"
    assert sum(amounts[:-1]) == amounts[-1]
    assert b"fairplanner" not in book


def test_a_programme_without_plan_for_anybody_owes_calls_only() -> None:
    empty = plans.plan(delegations=(), participations=(), journeys=(), claims=())
    kinds = {x.paper.kind for x in owed(desk(year=(plans.programme(), empty)))}
    assert kinds <= {"recruit", "scores", "notice"}
