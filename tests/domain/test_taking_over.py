"""What was done by hand and the tables do not say is found row by row, and taken over."""

from __future__ import annotations

from datetime import date
from typing import Any

from fairplanner.domain.by_hand import cell
from fairplanner.domain.kinds import ApplicationState, Role
from fairplanner.domain.programme import Programme
from fairplanner.domain.taking_over import Entry, entries, taken_over, unsaid, with_hand
from tests import builders as b

SAID: dict[str, Any] = {"verb": "withdraw", "on": date(2025, 1, 5), "reason": "ill", "by": "", "basis": ""}


def programme(*applications: Any, **tables: Any) -> Programme:
    return b.a_programme(applications=applications or (b.application("f1"),), **tables)


def by_hand(before: Programme, **tables: Any) -> Programme:
    own = {name: getattr(before, name) for name in Programme.model_fields}
    return with_hand(before, Programme(**(own | tables)), **SAID)


def gone() -> Programme:
    return by_hand(programme(), applications=(b.application("f1", state=ApplicationState.WITHDRAWN, note="2025 ill"),))


def only(rows: Any) -> Entry:
    (row,) = rows
    assert isinstance(row, Entry)
    return row


def test_a_cell_that_the_table_has_as_before_is_not_said_and_its_note_is_not_asked_for() -> None:
    found = only(unsaid(gone(), programme()))
    assert (found.kind, found.hand.table, found.hand.key) == ("changed", "applications", "f1/expo-1-1/")
    assert found.cells == (("state", "applied", "withdrawn"),)
    assert {name for name, _, _ in only(entries(gone())).cells} == {"state", "note"}


def test_a_table_that_says_it_or_has_thought_anew_holds() -> None:
    for state in (ApplicationState.WITHDRAWN, ApplicationState.PAID):
        assert list(unsaid(gone(), programme(b.application("f1", state=state)))) == []
    assert list(unsaid(gone(), programme(b.application("f2")))) == []


def test_what_is_taken_over_keeps_what_the_office_has_changed_since_and_is_remembered_for_the_plan_after() -> None:
    tables = programme(b.application("f1", people=1))
    made = taken_over(gone(), tables)
    (row,) = made.applications
    assert (row.state, row.people, row.note) == (ApplicationState.WITHDRAWN, 1, "2025 ill")
    assert only(unsaid(made, tables)).cells == (("state", "applied", "withdrawn"),)
    assert taken_over(made, tables).applications == made.applications
    assert list(unsaid(taken_over(made, made), made)) == []


def test_changes_one_after_the_other_are_held_against_the_tables_and_what_leads_back_is_forgotten() -> None:
    first = gone()
    second = by_hand(first, applications=(b.application("f1", state=ApplicationState.ADMITTED),))
    assert only(unsaid(second, programme())).cells == (("state", "applied", "admitted"),)
    assert by_hand(first, applications=(b.application("f1"),)).by_hand == ()


def test_rows_that_are_new_or_gone_are_told_as_rows() -> None:
    made = by_hand(programme(), applications=(b.application("f2"),))
    kinds = {x.kind: x for x in unsaid(made, programme())}
    assert set(kinds) == {"new", "gone"}
    assert {name: text for name, _, text in kinds["new"].cells}["firm_id"] == "f2"
    assert [a.firm_id for a in taken_over(made, programme()).applications] == ["f2"]
    assert list(unsaid(made, programme(b.application("f2")))) == []


def test_booths_that_will_stand_empty_are_asked_of_no_table_before_the_fair() -> None:
    row = b.ledger_row("f1", on=date(2025, 4, 19), empty=1, role=Role.EXHIBIT)
    made = by_hand(programme(), ledger=(row,))
    assert only(unsaid(made, programme())).kind == "later"
    settings = programme().settings.model_copy(update={"as_of": date(2025, 5, 1)})
    assert only(unsaid(made, programme().model_copy(update={"settings": settings}))).kind == "new"
    assert taken_over(made, programme()).ledger == (row,)


def test_a_cell_is_written_as_a_table_has_it() -> None:
    row = b.ledger_row("f1", on=date(2025, 4, 19), amount=100)
    told = [cell(x) for x in (None, True, date(2025, 1, 2), ("a", "b"), row.amount, Role.EXHIBIT)]
    assert told == ["", "1", "2025-01-02", "a;b", "100", "exhibit"]
