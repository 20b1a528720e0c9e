"""The record of a fair in one language: everything an auditor asks for, as one PDF and one workbook from the same rows."""

from __future__ import annotations

from pathlib import PurePosixPath

from fairplanner.publish.archive import asked, official, spent
from fairplanner.publish.archive.actual import Actual
from fairplanner.publish.archive.material import Material
from fairplanner.publish.archive.parts import Part
from fairplanner.publish.archive.scope import Scope
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft, Publication
from fairplanner.publish.sheet import Section, Sheet
from fairplanner.publish.workbooks.xlsx import MEDIA_TYPE, Look, workbook

TEMPLATE = "archive/record.typ"


class Record:
    """All parts in one language."""

    def __init__(self, press: Press, scope: Scope, material: Material) -> None:
        self.press, self.scope, self.material = press, scope, material
        known = Actual(press.programme, scope, (*press.programme.ledger, *material.ledger))
        own = (
            asked.applications,
            asked.scores,
            official.rules,
            asked.ranking,
            asked.places,
            asked.left_out,
            asked.decisions,
        )
        stood = (official.notices, official.approvals)
        parts: tuple[Part, ...] = (
            *(make(press, scope) for make in own), *(make(press, scope) for make in stood), official.revisions(press, material),
            official.told(press, scope, material), spent.budget(press, scope, known), spent.outcome(press, scope, known), spent.claims(press, scope, known),
            spent.papers(press, scope),
        )  # fmt: skip
        self.parts = parts if len(scope.phase_ids) > 1 else tuple(part.without("phase") for part in parts)

    @property
    def title(self) -> str:
        """The archive of a fair."""
        fair = self.press.w.name(self.press.programme.fair[self.scope.fair_id])
        return self.press.w("archive.title", fair=fair)

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Programme, phases with their days, plan and how it was found, digests."""
        w, press, plan = self.press.w, self.press, self.press.plan
        days = [
            w("archive.phase_days", phase=press.naming.phase(q), days=press.dress.phase_days(press.programme.phase[q]))
            for q in self.scope.phase_ids
        ]
        facts = {
            "programme": w.name(press.programme.settings), "phases": "\n".join(days),
            "revision": w("paper.revision", revision=plan.revision, day=press.dress.day(plan.as_of)),
            "digest": plan.programme_digest or w("archive.unknown"), "parties": str(len(self.scope.delegations)),
        }  # fmt: skip
        return tuple((w(f"archive.fact_{key}"), value) for key, value in facts.items())

    @property
    def missing(self) -> tuple[str, ...]:
        """Everything that is not there, part by part: first what came in, then what was decided, told and paid."""
        w, material = self.press.w, self.material
        found = [] if material.inputs is not None else [w("archive.missing.inputs")]
        if material.is_as_planned is False:
            found.append(w("archive.missing.changed"))
        found += [text for part in self.parts for text in part.missing]
        return tuple(found if material.extras else [*found, w("archive.missing.extras")])

    def sheet(self) -> Sheet:
        """The record on paper."""
        press, w = self.press, self.press.w
        lacking = Section(
            w("archive.missing_title"),
            "missing",
            items=self.missing,
            paragraphs=() if self.missing else (w("archive.missing_none"),),
        )
        return Sheet(
            lang=press.lang, kind="archive", title=self.title, kicker=w("archive.kicker"), audience=w("archive.audience"), facts=self.facts,
            sections=(lacking, *(part.section(press) for part in self.parts)), sample=press.sample, footer=press.footer, page=press.page, date=press.date,
        )  # fmt: skip

    def draft(self) -> Draft:
        """The PDF."""
        return Draft(
            PurePosixPath(f"record.{self.press.lang}.pdf"), TEMPLATE, self.sheet().data(), self.press.timestamp
        )

    def workbook(self) -> Publication:
        """The same rows as XLSX, a sheet a part."""
        w = self.press.w
        look = Look(w("workbook.day_format"), w("paper.page", page="&P", pages="&N"), self.press.marks)
        content = workbook([part.grid(self.press) for part in self.parts], look, self.title)
        return Publication(PurePosixPath(f"record.{self.press.lang}.xlsx"), MEDIA_TYPE, content)
