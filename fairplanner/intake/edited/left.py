"""Who goes where as an edited workbook leaves it: every place with its cells, and those that were changed."""

from __future__ import annotations

from fairplanner.domain.choices import PLACES, YES, Choice
from fairplanner.domain.hand_made import HandPlace, SheetCell
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.intake.edited.changed import Changed
from fairplanner.intake.edited.choices_file import Edit, Edited
from fairplanner.rules.reckon.choices import place_choices

NOWHERE = SheetCell("", 0, 0)


def places_left(
    programme: Programme, plan: Plan, edited: Edited, made: Changed
) -> tuple[tuple[HandPlace, ...], tuple[HandPlace, ...]]:
    """All places, and those that an edit brings about or asks for otherwise; whom a zone that stays at home took along is left open."""
    edits = {e.row.name: e for e in edited.edits if e.page == PLACES and e.new}
    off = {(x.decision.zone_id, x.decision.phase_id) for x in made.ruled if x.decision.zone_id}
    every, theirs = [], []
    for row in place_choices(programme, plan):
        edit = edits.get(row.name)
        if (edit.now("goes") if edit else row.of("goes")) != YES:
            continue
        cells = dict(edited.cells.get((PLACES, row.name), {}))
        place = (
            _edited(row, edit, cells) if edit else _as_planned(row, cells, is_open=(row.sponsor, row.phase_id) in off)
        )
        every.append(place)
        if edit:
            theirs.append(place)
    return tuple(every), tuple(theirs)


def _as_planned(row: Choice, cells: dict[str, SheetCell], *, is_open: bool) -> HandPlace:
    p = row.place
    assert p is not None  # noqa: S101 - only who goes has a place
    return HandPlace(
        row.firm_id, row.phase_id, cells.get("goes", NOWHERE), row.section_id, p.role.value, p.stand.value, p.booths,
        "" if is_open else p.sponsor, _cells(cells),
    )  # fmt: skip


def _edited(row: Choice, edit: Edit, cells: dict[str, SheetCell]) -> HandPlace:
    planned = edit.new.get("planned")
    asks = {"role", "stand", "booths", "least_booths", "planned"} & edit.new.keys()
    role = str(edit.now("role") or (row.place.role if row.place else ""))
    booths = planned if isinstance(planned, int) else row.place.booths if row.place and not asks else None
    return HandPlace(row.firm_id, row.phase_id, cells["goes"], row.section_id, role, "", booths, "", _cells(cells))


def _cells(cells: dict[str, SheetCell]) -> tuple[tuple[str, SheetCell], ...]:
    known = {
        "firm": "firm",
        "fair": "goes",
        "section": "section",
        "role": "role",
        "stand": "stand",
        "booths": "planned",
        "sponsor": "sponsor",
    }
    return tuple(sorted((field, cells[key]) for field, key in known.items() if key in cells))
