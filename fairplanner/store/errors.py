"""What can go wrong with a store, as the user must hear it."""

from __future__ import annotations

from datetime import datetime

from fairplanner.domain.published import Revision
from fairplanner.errors import Problem, UserError
from fairplanner.words import languages, words


class StoreError(UserError):
    """The store cannot be used: it is not there, is no store of ours, is newer than this program, or does not answer."""


class StoreTaken(StoreError):
    """Somebody else has published meanwhile; nothing of ours was written.

    `number`, `by`, `at` and `why` tell of the revision that stands now; its instant is said in `zone`.
    """

    def __init__(self, where: str, head: Revision, zone: str = "UTC") -> None:
        self.number: int = head.number
        self.by: str = head.by
        self.at: datetime = head.at
        self.why: str = head.why
        at = tuple((f"at.{lang}", words(lang).instant(head.at, zone)) for lang in languages())
        facts = (*at, ("by", head.by), ("why", head.why))
        super().__init__([Problem(where, 0, "", "store-taken", str(head.number), facts)])


def trouble(where: str, what: str, value: str = "", **facts: str) -> StoreError:
    """A StoreError of one problem."""
    return StoreError([Problem(where, 0, "", what, value, tuple(sorted(facts.items())))])
