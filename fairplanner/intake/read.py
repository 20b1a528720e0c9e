"""Folders to a Programme: every file is read, every problem of every file is told at once."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from fairplanner.domain.columns import Row
from fairplanner.domain.connected import connected
from fairplanner.domain.packs import Pack
from fairplanner.domain.planning import Firm, Related, Zone
from fairplanner.domain.programme import Programme
from fairplanner.domain.settings import Settings
from fairplanner.domain.tables import TABLES
from fairplanner.errors import CatalogueError, Problem
from fairplanner.intake import packs as pack_files
from fairplanner.intake.date_cells import Window
from fairplanner.intake.edited.corrections import correct
from fairplanner.intake.fairs_by_name import name_fairs
from fairplanner.intake.files import read_files, table_files
from fairplanner.intake.firm_remarks import firm_remarks
from fairplanner.intake.giving_sense import without_draw
from fairplanner.intake.holiday_remarks import holiday_remarks
from fairplanner.intake.money_sense import odd_schemes, odd_uses
from fairplanner.intake.pack_choices import odd_choices
from fairplanner.intake.pack_sense import odd_pack
from fairplanner.intake.programme_file import PROGRAMME_FILE, read_settings
from fairplanner.intake.references import References, unknown_references
from fairplanner.intake.rows import Key, TableRead, merged, read_sheet
from fairplanner.intake.rows_by_name import name_rows
from fairplanner.intake.sense import odd_programme, odd_rows
from fairplanner.intake.settings_page import placed, with_root
from fairplanner.intake.sheet import Found
from fairplanner.intake.sheets.contents import BOOKS
from fairplanner.intake.tree import odd_zones
from fairplanner.shipped import shipped

Tables = dict[str, TableRead]
Packs = dict[str, pack_files.PackFile]


def read_reference(folder: Path | None = None) -> dict[str, list[Row]]:
    """The shared tables (those shipped, or a folder of the user's), rows sorted by key.

    Raises CatalogueError with every problem of every file.
    """
    problems: list[Problem] = []
    tables = _reference(folder, problems)
    known = References(tables)
    problems += _odd(tables, known, "")
    _raise(problems)
    return {
        table.name: [placed.row for _, placed in sorted(tables[table.name].rows.items())]
        for table in TABLES
        if table.shared
    }


def read_programme(
    folder_or_xlsx: Path,
    reference: Path | None = None,
    told: list[Problem] | None = None,
    *,
    without: Collection[str] = (),
) -> Programme:
    """A programme: its folder (CSV, XLSX or both), or one XLSX with programme.toml beside it.

    Rows of the reference come first; a programme's row with the same key replaces them. Raises CatalogueError with
    every problem of every file; nothing is read twice, nothing is written. A lottery without a draw is told last, when the rest is right.
    `told` gathers what was done with sheets that is no problem: rows left out, where a header was found, the unit of money.
    `without` names files of the folder that are passed over.
    """
    problems: list[Problem] = []
    folder, paths = _files(folder_or_xlsx)
    paths = [path for path in paths if path.name not in without]
    found = read_files(paths)
    settings = read_settings(folder, problems, found.settings)
    window = (settings.window_from, settings.window_to) if settings else None
    own = _tables(found, problems, told=told, window=window)
    shared = _reference(reference, problems)
    tables = {table.name: merged(table, own[table.name], shared[table.name]) for table in TABLES}
    settings = settings and with_root(settings, _zone_names(tables["zones"]))
    problems += name_fairs(tables, settings, told)
    problems += name_rows(tables, told)
    if told is not None:
        told += [*firm_remarks(tables), *holiday_remarks(tables["holidays"])]
    known = References(tables)
    problems += _odd(tables, known, settings.root if settings else "")
    packs = _packs(folder, reference, known, problems, shared=bool(settings and settings.packs))
    problems += odd_schemes(packs, tables)
    if settings:
        problems += placed([*odd_programme(settings, tables, known)], found.settings, PROGRAMME_FILE)
        problems += odd_choices(settings, packs, known)
        problems += odd_uses(settings, packs, tables)
    _raise(problems)
    programme = _programme(settings, tables, packs)
    _raise(list(without_draw(programme)))
    return programme


def read_packs(folder: Path | None = None, reference: Path | None = None) -> dict[str, Pack]:
    """Rule packs by id: those shipped (or of the user's reference), and those in `packs/` of a programme's folder.

    A programme's own pack replaces the shared one of the same id. Raises CatalogueError with every problem.
    """
    problems: list[Problem] = []
    tables = _reference(reference, problems)
    if folder:
        where, paths = _files(folder)
        own = _tables(read_files(paths), problems)
        tables = {table.name: merged(table, own[table.name], tables[table.name]) for table in TABLES}
    packs = _packs(where if folder else None, reference, References(tables), problems, shared=True)
    _raise(problems)
    return {pack_id: read.pack for pack_id, read in sorted(packs.items())}


def read_own_settings(folder_or_xlsx: Path, problems: list[Problem]) -> Settings | None:
    """The settings alone, of programme.toml and of pages; None, with problems, if they cannot be used."""
    folder, paths = _files(folder_or_xlsx)
    return read_settings(folder, problems, read_files(paths).settings)


def own_settings(folder_or_xlsx: Path) -> dict[str, Any]:
    """What pages of settings state, by key; where it is wrong, `read_programme` says so."""
    return {one.key: one.value for one in read_files(_files(folder_or_xlsx)[1]).settings}


def own_keys(folder_or_xlsx: Path) -> dict[str, frozenset[Key]]:
    """Keys of the rows that a programme's own files hold, by table; where these are wrong, `read_programme` says so."""
    read = _tables(read_files(_files(folder_or_xlsx)[1]), [])
    return {name: frozenset(one.keys) for name, one in read.items()}


def digest(settings: Settings, tables: Mapping[str, Iterable[Row]], packs: Iterable[Pack] = ()) -> str:
    """First 16 hexadecimal digits of the SHA-256 of settings, rows and packs; the order of rows and files does not matter."""
    total = hashlib.sha256(settings.model_dump_json().encode())
    for pack in packs:
        total.update(f"\n[packs.{pack.pack_id}]\n{pack.model_dump_json()}".encode())
    for table in sorted(tables):
        total.update(f"\n[{table}]".encode())
        for line in sorted(row.model_dump_json() for row in tables[table]):
            total.update(b"\n" + line.encode())
    return total.hexdigest()[:16]


def _files(folder_or_xlsx: Path) -> tuple[Path, list[Path]]:
    """The folder of programme.toml, and the files that hold tables."""
    if folder_or_xlsx.is_dir():
        return folder_or_xlsx, table_files(folder_or_xlsx)
    if not folder_or_xlsx.exists():
        raise CatalogueError([Problem(folder_or_xlsx.as_posix(), 0, "", "folder-missing", folder_or_xlsx.name)])
    if folder_or_xlsx.name == PROGRAMME_FILE:
        return folder_or_xlsx.parent, table_files(folder_or_xlsx.parent)
    if folder_or_xlsx.suffix.lower() not in BOOKS:
        raise CatalogueError([Problem(folder_or_xlsx.as_posix(), 0, "", "not-a-programme", folder_or_xlsx.name)])
    return folder_or_xlsx.parent, [folder_or_xlsx]


def _reference(folder: Path | None, problems: list[Problem]) -> Tables:
    where = folder or shipped("catalogs") / "reference"
    if not where.is_dir():
        raise CatalogueError([Problem(where.as_posix(), 0, "", "folder-missing", where.name)])
    return _tables(read_files(table_files(where), f"{where.name}/"), problems, shared_only=True)


def _tables(
    found: Found,
    problems: list[Problem],
    *,
    shared_only: bool = False,
    told: list[Problem] | None = None,
    window: Window | None = None,
) -> Tables:
    problems += found.problems
    if told is not None:
        told += found.told
    tables = {table.name: TableRead(unsure=table.name in found.unsure) for table in TABLES}
    for sheet in found.sheets:
        if shared_only and not sheet.table.shared:
            problems.append(Problem(sheet.file, 0, "", "table-not-shared", sheet.table.name))
        elif not sheet.is_correction:
            read_sheet(sheet, tables[sheet.table.name], problems, told, window, is_reference=shared_only)
    correct((sheet for sheet in found.sheets if sheet.is_correction), tables, problems, told)
    return tables


def _odd(tables: Tables, known: References, root: str) -> Iterator[Problem]:
    """What does not agree within tables and between them."""
    yield from unknown_references(tables, known)
    yield from odd_rows(tables)
    yield from odd_zones(tables["zones"], root)


def _zone_names(zones: TableRead) -> dict[str, tuple[str, ...]]:
    """What each zone is called."""
    rows = (cast("Zone", one.row) for one in zones.rows.values())
    return {zone.zone_id: (zone.name_zh, zone.name_en) for zone in rows}


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise CatalogueError(sorted(set(problems)))


def _packs(
    folder: Path | None, reference: Path | None, known: References, problems: list[Problem], *, shared: bool
) -> Packs:
    """The packs of a programme's folder, over those of the reference where these are asked for."""
    packs: Packs = {}
    if shared:
        where = reference or shipped("catalogs") / "reference"
        packs |= pack_files.read_pack_files(where / pack_files.FOLDER, f"{where.name}/", problems)
    if folder:
        packs |= pack_files.read_pack_files(folder / pack_files.FOLDER, "", problems)
    for read in packs.values():
        problems += odd_pack(read, known, packs)
    return packs


def _programme(settings: Settings | None, tables: Tables, packs: Packs) -> Programme:
    if settings is None:  # read_settings has then told why, and _raise has raised
        raise CatalogueError([Problem(PROGRAMME_FILE, 0, "", "settings-missing")])
    rows = {table.name: tuple(placed.row for placed in tables[table.name].rows.values()) for table in TABLES}
    rows["firms"] = connected(cast("tuple[Firm, ...]", rows["firms"]), cast("tuple[Related, ...]", rows["related"]))
    chosen = tuple(packs[pack_id].pack for pack_id in sorted({choice.id for choice in settings.packs}))
    return Programme.model_validate(
        {"settings": settings, **rows, "packs": chosen, "digest": digest(settings, rows, chosen)}
    )
