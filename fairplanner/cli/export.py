"""`fairplanner export DIR|PLAN --out FILE`."""

from __future__ import annotations

from pathlib import Path

import click

from fairplanner.cli.door import errors_at_the_door, lang_option, progress, read_both, replace_option, say, shown, verb
from fairplanner.words import Words, words

BOOK = ".xlsx"


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "export")
    @click.argument("source", type=click.Path(path_type=Path))
    @click.option("--out", type=click.Path(path_type=Path), required=True, help=w("cli.export.out"))
    @replace_option(w)
    @lang_option(w)
    def export(source: Path, out: Path, replace: bool, lang: str) -> None:
        with errors_at_the_door(lang):
            run(source, out, words(lang), replace=replace)

    return export


def run(source: Path, out: Path, w: Words, *, replace: bool) -> None:
    """The choices of a plan, or the tables of a programme where no plan lies there."""
    if source.suffix == ".json" or (source / "plan.json").is_file():
        _choices(source, out, w, replace=replace)
    else:
        _tables(source, out, w, replace=replace)


def _choices(source: Path, out: Path, w: Words, *, replace: bool) -> None:
    from fairplanner.publish.press import Press
    from fairplanner.publish.workbooks.choice_book import choice_book
    from fairplanner.publish.workbooks.choices_xlsx import choices_workbook

    out = out if out.suffix.lower() == BOOK else out.with_name(out.name + BOOK)
    with progress(w, "export"):
        press = Press(*read_both(source), w.lang)
        book = choice_book(press)
        content = choices_workbook(press, book)
    _write(out.parent, {out.name: content}, replace=replace)
    places, parties = (page.rows for page in book.pages)
    locked = sum(bool(row.lock) for row, _ in places)
    say(w("round_trip.done.choices", file=shown(out), places=len(places), locked=locked, parties=len(parties)))
    say(w("round_trip.done.then", plan=shown(source), file=shown(out)))


def _tables(source: Path, out: Path, w: Words, *, replace: bool) -> None:
    from fairplanner.errors import OutputError, Problem
    from fairplanner.intake import read_programme
    from fairplanner.intake.edited.own_tables import own_tables
    from fairplanner.intake.edited.tables_book import tables_book
    from fairplanner.intake.read import own_settings

    with progress(w, "export"):
        programme = read_programme(source)
        own = own_tables(source, programme)
        content = tables_book(programme, own, w, own_settings(source))
    home = source if source.is_dir() else source.parent
    is_book = out.suffix.lower() == BOOK
    folder = out.parent if is_book else out
    if folder.resolve() == home.resolve():
        raise OutputError([Problem(str(out), 0, "", "trip-inside")])
    name = out.name if is_book else f"{programme.settings.id}{BOOK}"
    _write(folder, {name: content} if is_book else {**_beside(home), name: content}, replace=replace)
    said = {"tables": sum(bool(rows) for rows in own.values()), "rows": sum(map(len, own.values()))}
    say(w(f"round_trip.done.{'tables' if is_book else 'folder'}", file=shown(folder / name), **said))


def _beside(home: Path) -> dict[str, bytes]:
    """Settings and rule packs, as they are."""
    from fairplanner.intake.packs import FOLDER
    from fairplanner.intake.programme_file import PROGRAMME_FILE

    packs = sorted((home / FOLDER).glob("*.toml"))
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in (home / PROGRAMME_FILE, *packs)}


def _write(folder: Path, files: dict[str, bytes], *, replace: bool) -> None:
    from fairplanner.cli.files import must_be_closed, write_all

    must_be_closed(folder / name for name in files)
    write_all(folder, files.items(), replace=replace)
