"""A full table of per-diem rates, as ministries publish it, to the rows of `stays` for the places a programme knows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fairplanner.domain.kinds import Confidence
from fairplanner.domain.money import Stay
from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Place, Territory
from fairplanner.domain.tables import TABLES
from fairplanner.errors import CatalogueError, Problem
from fairplanner.intake.files import read_files, table_files
from fairplanner.intake.read import read_programme
from fairplanner.intake.rows import TableRead, read_sheet
from fairplanner.intake.tariff_table import TariffRow, folded, read_tariff
from fairplanner.words import Words, words

STAYS_FILE = "stays.csv"
STAYS = next(table for table in TABLES if table.name == "stays")


@dataclass(frozen=True)
class Match:
    """A place with its country or region, the row of the table that gives its rates, and whether the row names the city."""

    place: Place
    territory: Territory
    row: TariffRow
    named: bool

    def where(self, w: Words) -> str:
        """What the row is for: the country or region by our own name, with the cities as the table writes them."""
        key = "cli.tariff.cities" if self.row.city else "cli.tariff.whole"
        return w(key, country=w.name(self.territory), city=self.row.city)


@dataclass(frozen=True)
class TariffImport:
    """What a table comes to: the new `stays.csv`, which row gave which place, who was not found, rows left as they were.

    `rates`: currencies for which the programme has no exchange rate yet.
    """

    content: bytes
    matches: tuple[Match, ...]
    missing: tuple[Place, ...]
    kept: int
    rates: tuple[str, ...]


def import_tariff(file: Path, folder: Path, *, replace: bool = False, lang: str = "zh") -> TariffImport:
    """Match every place of the programme in `folder` with a row of the table; writes nothing.

    A place takes the row that names it, else its country's row for other cities, else the country's only row. Rows of
    `stays.csv` for other places are kept. Raises CatalogueError with every problem of the table, where rates stand
    already and `replace` is not given, or where nothing matches.
    """
    programme = read_programme(folder)
    problems: list[Problem] = []
    rows = read_tariff(file, problems)
    matches = [match for place in programme.places if (match := _match(programme, place, rows))]
    found = {match.place.place_id for match in matches}
    if rows and not matches:
        problems.append(Problem(file.name, 0, "", "tariff-none"))
    own = _own(folder, found, problems, replace=replace)
    if problems:
        raise CatalogueError(sorted(set(problems)))
    kept = [row for row in own if row.place_id not in found]
    stays = sorted([*kept, *(_stay(match, file.name, lang) for match in matches)], key=lambda row: row.place_id)
    missing = tuple(place for place in programme.places if place.place_id not in found)
    return TariffImport(_csv(stays), tuple(matches), missing, len(kept), _without_rate(programme, stays))


def _match(programme: Programme, place: Place, rows: Sequence[TariffRow]) -> Match | None:
    """The row for a place, the one that says most about it."""
    territory = programme.territory.get(place.territory_id)
    if territory is None:
        return None
    countries = {folded(n) for n in (territory.name_zh, territory.name_en, territory.territory_id)}
    there = [row for row in rows if folded(row.country) in countries]
    names = {folded(place.name_zh), folded(place.name_en)}
    named = next((row for row in there if names & {folded(city) for city in row.cities}), None)
    other = next((row for row in there if row.others), None) or next((r for r in there if not r.cities), None)
    row = named or other
    return Match(place, territory, row, named is not None) if row else None


def _own(folder: Path, found: set[str], problems: list[Problem], *, replace: bool) -> list[Stay]:
    """The programme's rows of `stays.csv`; problems where they would be lost or contradicted from another file."""
    read = TableRead()
    for sheet in (s for s in read_files(table_files(folder)).sheets if s.table is STAYS):
        part = TableRead()
        read_sheet(sheet, part, problems)
        if sheet.file == STAYS_FILE:
            read = part
        else:
            twice = sorted(str(key[0]) for key in part.keys if key[0] in found)
            problems += [Problem(sheet.file, part.keys[p,][1], "", "tariff-elsewhere", p) for p in twice]
    if read.keys and not replace:
        problems.append(Problem(STAYS_FILE, 0, "", "tariff-exists", str(len(read.keys))))
    return [placed.row for placed in read.rows.values() if isinstance(placed.row, Stay)]


def _stay(match: Match, file: str, lang: str) -> Stay:
    row, w = match.row, words(lang)
    return Stay(
        place_id=match.place.place_id, lodging=row.lodging, meals=row.meals, incidentals=row.incidentals, currency=row.currency,
        note=match.where(w), source=w("cli.tariff.source", file=file, row=row.number),
        confidence=Confidence.USER,
    )  # fmt: skip


def _csv(stays: Sequence[Stay]) -> bytes:
    """`stays.csv` with a mark of UTF-8, field names as headers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    fields = list(Stay.model_fields)
    writer.writerow(fields)
    writer.writerows([_cell(getattr(row, name)) for name in fields] for row in stays)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return ";".join(map(str, value))
    return "" if value is None else str(value)


def _without_rate(programme: Programme, stays: Sequence[Stay]) -> tuple[str, ...]:
    known = {programme.settings.currency, *(rate.currency for rate in programme.rates)}
    return tuple(sorted({row.currency for row in stays} - known))
