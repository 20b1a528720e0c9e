"""The publishable list of places of a phase (展位安排名单), for the public: names, order and booths; no score but the last placed.

Before its public notice has ended a list is proposed, never confirmed (planner.md 19, 21).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path, PurePosixPath

from fairplanner.publish.giving_words import GivingWords
from fairplanner.publish.pages import page
from fairplanner.publish.paths import safe_name
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Publication
from fairplanner.publish.sheet import Section, Sheet, Table
from fairplanner.publish.typesetting import pdf
from fairplanner.publish.xlsx import MEDIA_TYPE, Column, Grid, Kind, Look, Value, workbook
from fairplanner.rules.reckon.lists import PlacesList, State, places_lists

HTML, PDF = "text/html; charset=utf-8", "application/pdf"
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


def places_list(press: Press, folder: Path) -> Iterator[Publication]:
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
        content = pdf(folder / "places" / "places.typ", sheet.data(), press.timestamp, folder)
        yield Publication(path_of(phase_id, press.lang, "pdf"), PDF, content)
        yield Publication(path_of(phase_id, press.lang, "xlsx"), MEDIA_TYPE, list_workbook(press, sheet.title, own))


def list_sheet(press: Press, phase_id: str, own: tuple[PlacesList, ...]) -> Sheet:
    """Everything on the public list of one phase."""
    w, words = press.w, GivingWords(press.naming, press.dress)
    phase = press.programme.phase[phase_id]
    firms = {x.application.firm_id for one in own for x in one.of(State.PLACED)}
    facts = [
        ("fair", press.naming.phase(phase_id)),
        ("days", press.dress.phase_days(phase)),
        ("size", w("paper.size", firms=len(firms), booths=press.booths(sum(x.booths for x in own)))),
        ("revision", w("paper.revision", revision=press.plan.revision, day=press.dress.day(press.plan.as_of))),
    ]
    return Sheet(
        lang=press.lang, kind="places", title=w(f"giving.title.{words.stage(own)}", phase=press.naming.phase(phase_id)),
        kicker=w("giving.kicker"), audience=w("giving.audience.public"), facts=tuple((w(f"paper.fact_{k}"), v) for k, v in facts),
        sections=tuple(_section(press, words, x) for x in own), sample=press.sample, footer=press.footer, page=press.page, date=press.date,
    )  # fmt: skip


def _section(press: Press, words: GivingWords, found: PlacesList) -> Section:
    w, at = press.w, words.standing(found)
    said = [*words.notice(at), words.basis(found)]
    if found.cutoff is not None:
        said.append(w("giving.cutoff", score=words.cutoff(found)))
    rows = [
        (words.placed(at.stage), str(n), press.naming.firm(x.application.firm_id), press.w("giving.by_decision") if x.is_decided else "", str(x.booths))
        for n, x in enumerate(found.of(State.PLACED), 1)
    ]  # fmt: skip
    placed = len(rows)
    rows += [
        (w("giving.waiting"), str(x.turn), press.naming.firm(x.application.firm_id), "", "")
        for x in found.of(State.WAITING)
    ]
    shown = tuple((kind if n in (0, placed) else "", *rest) for n, (kind, *rest) in enumerate(rows))
    headers = tuple(w(f"giving.col_{key}") for key in ("outcome", "turn", "firm", "remark", "booths"))
    total = (w("paper.total"), "", w("paper.firms", firms=placed), "", str(found.booths))
    table = Table(headers, shown, (1.4, 0.9, 5, 2, 1.2), (1, 4), total, grouped=False) if rows else None
    return Section(words.where(found), "places", paragraphs=tuple(said), table=table)


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
