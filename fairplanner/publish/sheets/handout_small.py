"""A handout for the pocket: the same sheet on A5 with fewer columns, and a card of one A4 page folded to eight.

Both are made of the sheet of the handout itself, so they cannot say anything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

from fairplanner.publish.paths import safe_name
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft
from fairplanner.publish.sheet import Section, Sheet, Table
from fairplanner.publish.sheets.handout import course_of, handout, paper
from fairplanner.publish.sheets.handout_days import short_days
from fairplanner.publish.views import Party

FOLDS = ("fold_1", "fold_2")


def a5_path(party_id: str, edition: str) -> PurePosixPath:
    """Where the A5 edition of a handout is published."""
    return PurePosixPath(f"handouts/{safe_name(party_id)}.a5.{edition}.pdf")


def card_path(party_id: str, edition: str) -> PurePosixPath:
    """Where the pocket card is published."""
    return PurePosixPath(f"handouts/{safe_name(party_id)}.card.{edition}.pdf")


def small_handouts(press: Press, _folder: Path) -> Iterator[Draft]:
    """An A5 edition and a card for each delegation."""
    for party in press.parties:
        own = party.delegation.party_id
        yield paper(press, a5_path(own, press.edition), "handout-a5.typ", partial(a5_handout, party=party))
        yield paper(press, card_path(own, press.edition), "handout-card.typ", partial(card, party=party))


@dataclass(frozen=True)
class Fold:
    """How a table loses columns on small paper: `under` says which columns stand in the cell of another one, below it."""

    under: dict[int, tuple[int, ...]]
    widths: tuple[float, ...]


NARROW = {
    ("deadlines", 3): Fold({1: (2,)}, (2.6, 5.2)),
    ("places", 7): Fold({1: (2, 3)}, (0.8, 6, 1.1, 1.3, 1)),
    ("places", 6): Fold({1: (2,)}, (0.8, 6, 1.1, 1.3, 1)),
    ("journeys", 4): Fold({0: (1,)}, (2.6, 0.9, 5.6)),
    ("claim-days", 3): Fold({1: (2,)}, (3, 4.4)),
}
"""By the key of the section and its number of columns: those that A5 has no room for (research/output.md B)."""


def a5_handout(press: Press, party: Party) -> Sheet:
    """The handout with tables for small paper."""
    return narrowed(handout(press, party))


def narrowed(sheet: Sheet) -> Sheet:
    """The same sheet with the tables of `NARROW` folded."""
    sections = tuple(
        replace(s, table=folded(s.table, fold)) if s.table is not None and (fold := _fold_of(s)) else s
        for s in sheet.sections
    )
    return replace(sheet, sections=sections)


def _fold_of(section: Section) -> Fold | None:
    return NARROW.get((section.key, len(section.table.headers))) if section.table else None


def folded(table: Table, fold: Fold) -> Table:
    """A table with some columns below others; no cell is lost."""
    gone = {j for below in fold.under.values() for j in below}
    kept = [j for j in range(len(table.headers)) if j not in gone]

    def row(cells: tuple[str, ...]) -> tuple[str, ...]:
        return tuple("\n".join(filter(None, (cells[j], *(cells[k] for k in fold.under.get(j, ()))))) for j in kept)

    numeric = tuple(n for n, j in enumerate(kept) if j in table.numeric)
    total = row(table.total) if table.total else ()
    return replace(
        table,
        headers=row(table.headers),
        rows=tuple(map(row, table.rows)),
        widths=fold.widths,
        numeric=numeric,
        total=total,
    )


def card(press: Press, party: Party) -> Sheet:
    """What one wants in the pocket: days in short, addresses for the driver, whom to call, what to have, how to fold."""
    sheet, w = handout(press, party), press.w
    by_key = {s.key: s for s in sheet.sections}
    facts = tuple(fact for fact in sheet.facts if fact[0] in _wanted(press))
    folding = Section(w("itinerary.card.fold_title"), "fold", items=tuple(w(f"itinerary.card.{key}") for key in FOLDS))
    # the template puts the number of days for which there is no room
    rest = w("itinerary.card.rest", count="{count}")
    own = short_days(press, course_of(press, party, press.agenda(party)))
    days = replace(by_key["days"], title=w("itinerary.card.days"), days=own, note=rest)
    # the leader has an edition of his own; whom to call comes before numbers, should there be no room for all
    order = [w(f"itinerary.help.{role}") for role in ("leader", "firm")]
    helped = tuple(sorted((c for c in by_key["help"].cards if c.title != order[0]), key=lambda c: c.title != order[1]))
    shown = (replace(by_key["help"], cards=helped, note=rest), replace(by_key["driver"], note=rest))
    notes = Section(w("itinerary.card.notes"), "notes")
    kept = (days, *shown, by_key["checklist"], notes, folding)
    return replace(sheet, kind="card", kicker=w("itinerary.card.kicker"), facts=facts, sections=kept)


def _wanted(press: Press) -> frozenset[str]:
    return frozenset(press.w(f"paper.fact_{key}") for key in ("days", "where", "travel", "revision"))
