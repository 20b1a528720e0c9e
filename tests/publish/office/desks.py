"""Desks to write papers at; every fact invented for tests."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import docx
from docx.document import Document

from fairplanner.domain.duties import Activity
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.publish.office.desk import Desk
from fairplanner.publish.office.dressing import Manner, dressed
from fairplanner.publish.office.owed import MAKERS
from fairplanner.publish.office.paper import Paper
from fairplanner.publish.office.rendering import document
from fairplanner.publish.press import Press
from fairplanner.rules.reckon.tariff import party_cost
from fairplanner.shipped import shipped
from tests import builders as b
from tests.publish import plans


def activity(on: date, half: str, what: str = "会见采购商", **changes: Any) -> Activity:
    base = {
        "phase_id": "abroad-1-1",
        "zone_id": "prov",
        "on": on,
        "half": half,
        "what_zh": what,
        "what_en": "meeting buyers",
    }
    return Activity(**(base | b.SAMPLE | changes))  # type: ignore[arg-type]


def a_year(**tables: Any) -> tuple[Programme, Plan]:
    """One official party with two half-days of business, a fair at home in two phases with a notice that runs, and a budget by lines."""
    base: dict[str, Any] = {
        "activities": (activity(date(2025, 3, 18), "morning"), activity(date(2025, 3, 18), "afternoon", "推介会")),
        "notices": (b.notice(date(2024, 10, 28), date(2024, 11, 4)),),
        "duties": (
            b.duty("task-apply", -45, anchor="departs", who="officials", regimes=("abroad",)),
            b.duty("report", 20, anchor="returns", who="officials", regimes=("abroad",)),
        ),
        "sections": (b.section(), b.section("expo-tools", name_zh="五金", name_en="Tools")),
    }  # fmt: skip
    programme = plans.programme(**(base | tables))
    party = plans.abroad()
    cost = party_cost(programme, party.home, party.stops, party.depart, party.return_, party.officials)
    priced = party.model_copy(update={"cost": tuple(sorted((k.value, v) for k, v in cost.items()))})
    return programme, plans.plan(delegations=(priced, plans.at_home()))


def desk(lang: str = "zh", year: tuple[Programme, Plan] | None = None) -> Desk:
    programme, plan = year or a_year()
    return Desk(Press(programme, plan, lang))


def papers(kind: str, at: Desk | None = None) -> list[Paper]:
    return list(MAKERS[kind](at or desk()))


def words_of(paper: Paper) -> str:
    """Everything that stands on a paper, without its marks."""
    return text_of(opened(paper))


def made(paper: Paper, manner: Manner = Manner.OFFICIAL) -> bytes:
    at = desk(paper.lang)
    return document(paper, dressed(manner, shipped("templates")), at.w, at.dress, date(2024, 11, 1))


def opened(paper: Paper, manner: Manner = Manner.OFFICIAL) -> Document:
    return docx.Document(BytesIO(made(paper, manner)))


def text_of(document: Document) -> str:
    """Paragraphs and cells, in order."""
    return "\n".join(
        "".join(t.text or "" for t in p.iter(f"{{{p.nsmap['w']}}}t"))
        for p in document.element.body.iter(f"{{{document.element.nsmap['w']}}}p")
    )


def tables_of(document: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
