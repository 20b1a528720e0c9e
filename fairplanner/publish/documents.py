"""Which of the published files an audience may fetch beside its calendar: its own papers, never an internal one.

A briefing shows money and stays inside (research/planner.md 21); a delegation gets its itinerary, a firm the answer to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fairplanner.domain.published import Document, Scope
from fairplanner.publish.agendas.agenda import AudienceKind
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Publication
from fairplanner.publish.sheets.answer import path_of as answer_path
from fairplanner.publish.sheets.handout import path_of as handout_path


def documents_of(press: Press, published: Mapping[str, Publication]) -> Iterator[Document]:
    """The outward papers of one language, of those that were `published` (by path), in order of audience."""
    for party in press.parties:
        scope = Scope(AudienceKind.DELEGATION.value, party.delegation.party_id)
        path = handout_path(party.delegation.delegation_id, press.lang)
        yield from _document(press, scope, "handout", published.get(str(path)))
    for firm_id in sorted(f.firm_id for f in press.programme.firms):
        scope = Scope(AudienceKind.FIRM.value, firm_id)
        yield from _document(press, scope, "answer", published.get(str(answer_path(firm_id, press.lang))))


def _document(press: Press, scope: Scope, kind: str, made: Publication | None) -> Iterator[Document]:
    if made is not None:
        title = press.w(f"revise.document.{kind}")
        yield Document(
            scope, press.lang, f"{kind}.{press.lang}{made.path.suffix}", title, made.media_type, made.content
        )
