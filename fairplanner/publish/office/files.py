"""Papers as files: names that sort, that every file system takes and that never fall together; documents and workbooks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from fairplanner.publish.office import titles
from fairplanner.publish.office.desk import Desk
from fairplanner.publish.office.dressing import Manner, dressed
from fairplanner.publish.office.owed import KINDS, Owed
from fairplanner.publish.office.package import MEDIA_TYPE as DOCX
from fairplanner.publish.office.paper import Form, Paper
from fairplanner.publish.office.recruiting import Notice
from fairplanner.publish.office.rendering import document
from fairplanner.publish.publication import Publication
from fairplanner.publish.workbooks.xlsx import MEDIA_TYPE as XLSX
from fairplanner.publish.workbooks.xlsx import Look, workbook
from fairplanner.words import Words

UNSAFE = re.compile(r'[\x00-\x1f\x7f\u2028\u2029<>:"/\\|?*\s]+')
LONGEST, LONGEST_BYTES = 80, 180
"""Characters and bytes of a name without its ending: file systems take 255 bytes, Windows 260 characters with all folders."""
KEPT_END, CUT = 24, "--"
"""Characters kept of the end of a name that is cut, and what stands for those left out."""
LONGEST_SHEET = 28
NOT_IN_SHEET = re.compile(r"[\[\]:*?/\\']")
INTERNAL = "internal"


def named(papers: Iterable[Paper], w: Words) -> dict[int, str]:
    """Path below the output folder of each paper by its place in `papers`, without ending; internal ones lie apart."""
    taken: set[str] = set()
    names: dict[int, str] = {}
    for n, paper in enumerate(papers):
        kind = w(f"office.file.{paper.kind}")
        plain = UNSAFE.sub("-", f"{KINDS.index(paper.kind) + 1:02d}_{kind}_{paper.subject}")
        own = _cut(plain).rstrip("-. ")
        name, count = own, 1
        while name.casefold() in taken:
            count += 1
            name = f"{own}_{count}"
        taken.add(name.casefold())
        names[n] = f"{INTERNAL}/{name}" if paper.is_internal else name
    return names


def _cut(text: str) -> str:
    """At most LONGEST characters and LONGEST_BYTES of UTF-8, no character torn; a longer one keeps its end, where edition and phase stand."""
    if len(text) <= LONGEST and len(text.encode("utf-8")) <= LONGEST_BYTES:
        return text
    end = text[-KEPT_END:]
    room = LONGEST_BYTES - len(f"{CUT}{end}".encode())
    return (
        text[: LONGEST - len(CUT) - len(end)].encode("utf-8")[:room].decode("utf-8", "ignore").rstrip("-. ")
        + CUT
        + end.lstrip("-. ")
    )


def files(desk: Desk, wanted: Iterable[Owed], manner: Manner, folder: Path) -> Iterator[tuple[Owed, Publication]]:
    """The DOCX of each paper and, where it has tables that people reckon with, its XLSX; the same papers give the same bytes.

    `folder`: the templates. Raises LanguageError for a design that cannot be read.
    """
    look, day = dressed(manner, folder), desk.press.plan.as_of
    ordered = sorted(wanted, key=lambda x: (KINDS.index(x.paper.kind), x.paper.subject_id))
    for n, name in named((x.paper for x in ordered), desk.w).items():
        paper = ordered[n].paper
        content = document(paper, look, desk.w, desk.dress, day)
        yield ordered[n], Publication(PurePosixPath(f"{name}.docx"), DOCX, content)
        forms = [*paper.forms, *_more(desk, paper)]
        if forms:
            sheet = Publication(PurePosixPath(f"{name}.xlsx"), XLSX, _workbook(desk, paper, forms, manner))
            yield ordered[n], sheet


def _more(desk: Desk, paper: Paper) -> list[Form]:
    """The sheet that applications are gathered in, with the notice that asks for them."""
    own = [e for e in desk.editions if paper.kind == "recruit" and e.edition_id == paper.subject_id]
    return [Notice(desk, e).applications() for e in own]


def _workbook(desk: Desk, paper: Paper, forms: list[Form], manner: Manner) -> bytes:
    marks = [titles.plain(paper.title), *([desk.w("office.internal")] if paper.is_internal else []), paper.sample]
    title, names = " ".join(filter(None, marks)), _sheets(forms)
    page = desk.w("paper.page", page="&P", pages="&N")
    note = desk.w("office.marks").join(filter(None, marks[1:]))
    look = Look(desk.w("office.day_format"), page, note, creator="", coloured=manner is Manner.FRIENDLY)
    grids = [form.grid(title) for form in forms]
    return workbook([replace(grid, name=name) for grid, name in zip(grids, names, strict=True)], look, marks[0])


def _sheets(forms: list[Form]) -> list[str]:
    """Names of sheets: at most 31 characters, none twice."""
    names: list[str] = []
    for form in forms:
        own = NOT_IN_SHEET.sub(" ", form.name)[:LONGEST_SHEET].strip() or "1"
        count = sum(n.casefold() == own.casefold() or n.casefold().startswith(f"{own.casefold()} ") for n in names)
        names.append(f"{own} {count + 1}" if own.casefold() in {n.casefold() for n in names} else own)
    return names
