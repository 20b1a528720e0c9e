"""The publishable list of places of a phase (展位安排名单), for the public: names, order and booths; no score but the last placed.

Before its public notice has ended a list is proposed, never confirmed (planner.md 19, 21).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path, PurePosixPath

from fairplanner.publish.pages import page
from fairplanner.publish.paths import safe_name
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft, Publication
from fairplanner.publish.sheet import Section, Sheet, Table
from fairplanner.publish.wording.giving_words import GivingWords
from fairplanner.publish.workbooks.xlsx import MEDIA_TYPE, Column, Grid, Kind, Look, Value, workbook
from fairplanner.rules.reckon.lists import PlacesList, State, places_lists

HTML = "text/html; charset=utf-8"
COLUMNS = (
    ("section", Kind.TEXT),
    ("zone", Kind.TEXT),
    ("outcome", Kind.TEXT),
    ("turn", Kind.NUMBER),
    ("firm", Kind.TEXT),
    ("booths", Kind.COUNT),
)


def path_of(phase_id: str, lang: str, ending: str) -> PurePosixPath:
    """Where the list of a phase is published."""
    return PurePosixPath(f"places/{safe_name(phase_id)}.{lang}.{ending}")


def by_phase(lists: tuple[PlacesList, ...]) -> Iterator[tuple[str, tuple[PlacesList, ...]]]:
    """The lists of each phase, in date order."""
    for phase_id, own in groupby(lists, key=lambda x: x.phase_id):
        yield phase_id, tuple(own)


def places_list(press: Press, folder: Path) -> Iterator[Publication | Draft]:
    """Page, PDF and XLSX of each phase whose places go in a published order."""
    for phase_id, own in by_phase(places_lists(press.programme, press.plan)):
        sheet = list_sheet(press, phase_id, own)
        html = page(
            folder,
            "places/places.html.j2",
            press.lang,
            sheet=sheet,
            title=sheet.title,
            sample=sheet.sample,
            footer=sheet.footer,
        )
        yield Publication(path_of(phase_id, press.lang, "html"), HTML, html)
        yield Draft(path_of(phase_id, press.lang, "pdf"), "places/places.typ", sheet.data(), press.timestamp)
        yield Publication(path_of(phase_id, press.lang, "xlsx"), MEDIA_TYPE, list_workbook(press, sheet.title, own))


def list_sheet(press: Press, phase_id: str, own: tuple[PlacesList, ...]) -> Sheet:
    """Everything on the public list of one phase; what is the same for all its sections stands once, on top."""
    w, words = press.w, GivingWords(press.naming, press.dress)
    firms = {x.application.firm_id for one in own for x in one.of(State.PLACED)}
    of_each = [_said(words, x) for x in own]
    shared = tuple(x for x in of_each[0] if all(x in said for said in of_each))
    facts = [
        (w("paper.fact_days"), press.dress.phase_days(press.programme.phase[phase_id])),
        (w("paper.fact_size"), w("paper.size", firms=len(firms), booths=press.booths(sum(x.booths for x in own)))),
        *((w(f"giving.fact_{name}"), "\n".join(text for key, text in shared if key == name)) for name in _names(shared)),
        (w("paper.fact_revision"), w("paper.revision", revision=press.plan.revision, day=press.dress.day(press.plan.as_of))),
    ]  # fmt: skip
    sections = (_section(press, words, x, said, shared) for x, said in zip(own, of_each, strict=True))
    return Sheet(
        lang=press.lang, kind="places", title=w(f"giving.title.{words.stage(own)}", phase=press.naming.phase(phase_id)),
        kicker=w("giving.kicker"), audience=w("giving.audience.public"), facts=tuple(facts),
        sections=tuple(sections), sample=press.sample, footer=press.footer, page=press.page, date=press.date,
    )  # fmt: skip


Said = tuple[tuple[str, str], ...]
"""Sentences, each with what it is about: `notice` or `basis`."""


def _said(words: GivingWords, found: PlacesList) -> Said:
    return (*(("notice", text) for text in words.notice(words.standing(found))), ("basis", words.basis(found)))


def _names(said: Said) -> list[str]:
    return list(dict.fromkeys(name for name, _ in said))


def _section(press: Press, words: GivingWords, found: PlacesList, said: Said, shared: Said) -> Section:
    w, at = press.w, words.standing(found)
    own = [text for name, text in said if (name, text) not in shared]
    own += [text for text in (words.procedure(found),) if text]
    if found.cutoff is not None:
        own.append(w("giving.cutoff", score=words.cutoff(found)))
    return Section(
        words.where(found), "places", paragraphs=tuple(own), table=_table(press, found, words.placed(at.stage))
    )


def _table(press: Press, found: PlacesList, called: str) -> Table | None:
    w, placed, waiting = press.w, found.of(State.PLACED), found.of(State.WAITING)
    rows = [
        (called if n == 1 else "", str(n), press.naming.firm(x.application.firm_id),
         w("giving.by_decision") if x.is_decided else "", str(x.booths))
        for n, x in enumerate(placed, 1)
    ]  # fmt: skip
    rows += [
        (w("giving.waiting") if n == 0 else "", str(x.turn), press.naming.firm(x.application.firm_id), "", "")
        for n, x in enumerate(waiting)
    ]
    headers = tuple(w(f"giving.col_{key}") for key in ("outcome", "turn", "firm", "remark", "booths"))
    total = (w("paper.total"), "", w("paper.firms", firms=len(placed)), "", str(found.booths))
    return Table(headers, tuple(rows), (1.2, 0.8, 5, 2, 1.1), (1, 4), total) if rows else None


def list_workbook(press: Press, title: str, own: tuple[PlacesList, ...]) -> bytes:
    """The same list as one sheet, a row a firm."""
    w, words = press.w, GivingWords(press.naming, press.dress)
    rows: list[tuple[Value, ...]] = []
    for found in own:
        section = press.programme.section.get(found.section_id)
        at = (w.name(section) if section else "", press.naming.zone(found.zone_id))
        placed = words.placed(words.standing(found).stage)
        for n, x in enumerate(found.of(State.PLACED), 1):
            rows.append((*at, placed, n, press.naming.firm(x.application.firm_id), x.booths))
        for x in found.of(State.WAITING):
            rows.append((*at, w("giving.waiting"), x.turn, press.naming.firm(x.application.firm_id), None))
    columns = tuple(Column(w(f"giving.col_{key}"), kind) for key, kind in COLUMNS)
    grid = Grid(w("giving.sheet"), f"{title} {press.sample}".strip(), columns, tuple(rows), w("paper.total"))
    look = Look("", w("paper.page", page="&P", pages="&N"), press.sample)
    return workbook([grid], look, title)
