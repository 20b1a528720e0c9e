"""A folder of sign-ups to firms and applications."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from fairplanner.domain.programme import Programme
from fairplanner.errors import CatalogueError, Problem, UserError
from fairplanner.intake.bad_cell import BadCellError
from fairplanner.intake.cells import words_of
from fairplanner.intake.fairs_meant import FairsMeant
from fairplanner.intake.read import own_keys, read_programme
from fairplanner.intake.sheet import bare
from fairplanner.intake.signups.forms import Form, looks_like_form, read_form, unread
from fairplanner.intake.signups.joining import Joiner, Rows
from fairplanner.intake.signups.mapping import Decided, Meaning, mapping_text, read_mapping
from fairplanner.intake.signups.meant import Meant
from fairplanner.intake.signups.own_form import read_own_form
from fairplanner.intake.signups.pages import Files, SignupPage, is_ours, read_files
from fairplanner.intake.signups.records import Fields, Record
from fairplanner.intake.signups.result import Collected
from fairplanner.intake.signups.tabular import heading_of, read_table
from fairplanner.intake.signups.telling import spread
from fairplanner.intake.signups.titles import Titles
from fairplanner.intake.signups.who import Firms
from fairplanner.words import Words, languages, words

FOLDERS = ("报名", "signups")
COLLECTED = "collected.xlsx"


def signup_folder(folder: Path) -> Path | None:
    """Where the sign-ups of a programme lie: its folder 报名 or signups, of both one that holds anything; None where it has neither."""
    found = [folder / name for name in FOLDERS if (folder / name).is_dir()]
    return next(filter(_holds, found), found[0] if found else None)


def _decided_in(folder: Path) -> tuple[str, ...]:
    """Files that `import` wrote beside the tables: decisions, and corrections of applications."""
    begins = tuple(words(lang)("round_trip.file", on="") for lang in languages())
    return tuple(sorted(path.name for path in folder.glob("*.xlsx") if path.name.startswith(begins)))


def _holds(folder: Path) -> bool:
    return folder.is_dir() and any(path.is_file() for path in folder.rglob("*"))


def programme_before(folder: Path) -> Programme:
    """The programme of a folder as it is without what was collected before. Raises CatalogueError."""
    if not (folder / COLLECTED).is_file():
        try:
            return read_programme(folder)
        except CatalogueError:
            # decisions may speak of firms that were collected into a file that was taken away since
            if not (decided := _decided_in(folder)):
                raise
            return read_programme(folder, without=decided)
    try:
        whole = read_programme(folder)
    except CatalogueError:
        # a firm that was collected may since have been typed in; then the rest must be right without it
        return read_programme(folder, without=(COLLECTED,))
    # decisions and scores may speak of firms that were collected, so all was read; only their rows are not the programme's own
    keys = own_keys(folder / COLLECTED)
    firms = [f for f in whole.firms if (f.firm_id,) not in keys["firms"]]
    asked = [a for a in whole.applications if (a.firm_id, a.phase_id, a.section_id) not in keys["applications"]]
    return whole.model_copy(update={"firms": tuple(firms), "applications": tuple(asked)})


def collected(folder: Path, programme: Programme, lang: str = "zh") -> Collected:
    """What the sign-ups of a programme's folder say; `programme` is that of `programme_before`, `lang` the language of sources
    and of a mapping.toml that is proposed.

    Raises UserError where there is no folder of sign-ups. Writes nothing.
    """
    where = signup_folder(folder)
    if where is None:
        raise UserError([Problem(folder.as_posix(), 0, "", "signup-no-folder", "", (("folders", ", ".join(FOLDERS)),))])
    problems: list[Problem] = []
    decided = read_mapping(folder, programme, problems)
    titles = Titles(programme, FairsMeant(programme))
    meaning = Meaning(decided, titles)
    files = Files([], [], [], [])
    for inbox in (folder / name for name in FOLDERS if (folder / name).is_dir()):
        files.add(read_files(inbox, lambda title: "x" if meaning.is_title(title) else ""))
    files.problems += problems
    records = [record for page in files.pages for record in _records(page, meaning, files)]
    return _joined(programme, decided, meaning, files, records, words(lang))


def _records(page: SignupPage, meaning: Meaning, files: Files) -> list[Record]:
    """What one page holds, whatever shape it has."""
    if is_ours(page.raw):
        found = list(read_own_form(page))
    else:
        form = Form(page, meaning)
        head = heading_of(page, meaning)
        if head and not looks_like_form(form):
            return list(_whole(read_table(page, head, meaning, files), files.problems))
        found = list(read_form(form, files.problems))
        if found and (cells := unread(form, found[0].row)):
            files.told.append(Problem(page.where, 0, "", "signup-unread", cells))
    if not found:
        files.problems.append(Problem(page.where, 0, "", "signup-no-firm"))
    return list(_whole(found, files.problems))


def _whole(records: Iterable[Record], problems: list[Problem]) -> Iterator[Record]:
    """Records without what holds an error or a formula that was never worked out, which are told; a firm's own keep all of it back."""
    for record in records:
        wrong = list(_broken(record.firm))
        wishes = [(wish, list(_broken(wish))) for wish in record.wishes]
        problems += [*wrong, *(problem for _, broken in wishes for problem in broken)]
        if not wrong:
            record.wishes = [wish for wish, broken in wishes if not broken]
            if record.wishes or not wishes:
                yield record


def _broken(fields: Fields) -> Iterator[Problem]:
    for given in fields.values():
        try:
            if isinstance(given.cell, str):
                words_of(given.cell)
        except BadCellError as bad:
            yield given.problem(bad.what, None, bad.facts)


def _joined(
    programme: Programme, decided: Decided, meaning: Meaning, files: Files, records: list[Record], w: Words
) -> Collected:
    firms, meant = Firms(programme, decided), Meant(programme, decided, meaning.titles)
    who = firms.of(records)
    joiner = Joiner(programme, meant, w)
    for record, firm_id in zip(records, who.firm_ids, strict=True):
        if firm_id:
            joiner.add(record, firm_id)
    rows = joiner.joined(who.unsure)
    alike = firms.alike({firm_id: firm.name_zh for firm_id, firm in rows.firms.items()})
    files.told += _left_out(meaning) + who.told
    files.told += [Problem(COLLECTED, 0, "", "signup-alike", one, (("other", other),)) for one, other in alike]
    problems = [*files.problems, *meaning.open_titles(), *who.problems, *rows.problems]
    return _result(files, rows, problems, _texts(decided, meaning, meant, alike, w))


def _left_out(meaning: Meaning) -> list[Problem]:
    """Titles of which nothing was taken; what only numbers rows is not worth a word."""
    found = [(title, where, why) for title, where, why in meaning.left_out() if why in ("personal", "unlike")]
    return [Problem(where, 0, "", f"signup-title-{why}", title) for title, where, why in found]


def _texts(decided: Decided, meaning: Meaning, meant: Meant, alike: list[tuple[str, str]], w: Words) -> tuple[str, str]:
    """The text of a first mapping.toml, or that of mapping.new.toml where there is more to decide."""
    further = meaning.further()
    fairs, zones = (
        {name: near for name, near in names.items() if bare(name) not in decided.still_open}
        for names in (meant.fairs, meant.zones)
    )
    if not further and not fairs and not zones and (decided.exists or not alike):
        return "", ""
    text = mapping_text(further, fairs, zones, alike, w)
    return ("", text) if decided.exists else (text, "")


def _result(files: Files, rows: Rows, problems: list[Problem], texts: tuple[str, str]) -> Collected:
    return Collected(
        firms=tuple(rows.firms.values()),
        applications=tuple(rows.applications.values()),
        problems=tuple(sorted(set(spread(problems)))),
        told=tuple(sorted({*files.told, *rows.told})),
        open=tuple(sorted({*files.open, *spread(rows.open)})),
        files=files.count,
        pages=len(files.pages),
        mapping=texts[0],
        further=texts[1],
    )
