"""Which of the published files an audience may fetch beside its calendar: its own papers, and the office alone an internal one.

A briefing shows money and stays inside (research/planner.md 21); a delegation gets its itinerary, a firm the answer to it, and who may
see everything the planner's report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from fairplanner.domain.published import Document, Scope
from fairplanner.publish.agendas.agenda import AudienceKind
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Publication
from fairplanner.publish.report.report import path_of as report_path
from fairplanner.publish.sheets.answer import path_of as answer_path
from fairplanner.publish.sheets.handout import path_of as handout_path
from fairplanner.publish.sheets.handout_firm import path_of as firm_path
from fairplanner.publish.typesetter import Standing

Paper = tuple[Scope, str, PurePosixPath]


def papers_of(press: Press) -> Iterator[Paper]:
    """Whose it is, what kind of paper, and where it is published; in order of audience."""
    if not press.is_bilingual:
        yield Scope(AudienceKind.EVERYTHING.value, ""), "report", report_path(press.edition)
    for party in press.parties:
        scope = Scope(AudienceKind.DELEGATION.value, party.delegation.party_id)
        yield scope, "handout", handout_path(party.delegation.party_id, press.edition)
    for firm_id in sorted(f.firm_id for f in press.programme.firms):
        scope = Scope(AudienceKind.FIRM.value, firm_id)
        yield scope, "itinerary", firm_path(firm_id, press.edition)
        if not press.is_bilingual:
            yield scope, "answer", answer_path(firm_id, press.edition)


def _name(kind: str, press: Press, path: PurePosixPath) -> str:
    return f"{kind}.{press.edition}{path.suffix}"


def _title(kind: str, press: Press) -> str:
    """What it is called, in both languages where it is written in both."""
    own = press.w(f"revise.document.{kind}")
    return f"{own} / {_title(kind, press.twin)}" if press.is_bilingual else own


def documents_of(press: Press, published: Mapping[str, Publication]) -> Iterator[Document]:
    """The papers of one edition that somebody may fetch, of those that were `published` (by path), in order of audience."""
    for scope, kind, path in papers_of(press):
        if (made := published.get(str(path))) is not None:
            title, name = _title(kind, press), _name(kind, press, path)
            yield Document(scope, press.edition, name, title, made.media_type, made.content, made.said)


def standing_papers(press: Press, documents: Iterable[Document]) -> Standing:
    """The papers of a store, by where they would be published now: whoever has one that says nothing new keeps it."""
    known = {(d.scope, d.name): d for d in documents if d.said and d.lang == press.edition}
    found = {}
    for scope, kind, path in papers_of(press):
        if (before := known.get((scope, _name(kind, press, path)))) is not None:
            found[str(path)] = Publication(path, before.media_type, before.content, before.said)
    return Standing(found, press.stamps)
