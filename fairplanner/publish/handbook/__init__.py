"""The delegation handbook (团组手册), A5: to read on a screen, and laid out on A4 to print, fold and staple."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from fairplanner.domain.kinds import Regime
from fairplanner.domain.people import People
from fairplanner.publish.bilingual import bilingual
from fairplanner.publish.handbook.handbook import handbook
from fairplanner.publish.paths import safe_name
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft, Publication
from fairplanner.publish.views import Party

FOLDER = "internal/handbooks"
TEMPLATE = "handbook/handbook.typ"
TEXT = "text/plain; charset=utf-8"
NOBODY = People()


def path_of(party_id: str, edition: str) -> PurePosixPath:
    """Where the pages of a delegation's handbook are published, in the order in which they are read."""
    return PurePosixPath(f"{FOLDER}/{safe_name(party_id)}.{edition}.pdf")


def print_path_of(party_id: str, edition: str) -> PurePosixPath:
    """Where the same pages are, laid out to print on both sides and fold."""
    return PurePosixPath(f"{FOLDER}/{safe_name(party_id)}.print.{edition}.pdf")


def handbooks(press: Press, _folder: Path) -> Iterator[Draft]:
    """A handbook with blanks for every delegation that leaves the mainland; at home the handout says what there is to say."""
    for party in press.parties:
        if leaves(party):
            yield _draft(press, party, NOBODY)


def handbooks_of(press: Press, people: People) -> Iterator[Draft | Publication]:
    """The same with names, and for delegations at home that have people; then the note that says whom the folder is for."""
    for party in press.parties:
        if leaves(party) or party.delegation.delegation_id in people.delegations:
            yield _draft(press, party, people)
    for one in (press, press.twin) if press.is_bilingual else (press,):
        note = one.w("handbook.folder_note").encode() + b"\n"
        yield Publication(PurePosixPath(f"{FOLDER}/INTERNAL.{one.lang}.txt"), TEXT, note)


def leaves(party: Party) -> bool:
    """Whether a delegation goes abroad, or to Hong Kong or Macao."""
    return party.delegation.regime is not Regime.HOME


def _draft(press: Press, party: Party, people: People) -> Draft:
    d = party.delegation
    persons = people.of(d.delegation_id)
    sheet = handbook(press, party, persons)
    if press.is_bilingual:
        second = next(p for p in press.twin.parties if p.delegation.delegation_id == d.delegation_id)
        sheet = bilingual(sheet, handbook(press.twin, second, persons))
    return Draft(
        path_of(d.party_id, press.edition), TEMPLATE, sheet.data(), press.timestamp, is_private=bool(persons),
        booklet=print_path_of(d.party_id, press.edition),
    )  # fmt: skip
