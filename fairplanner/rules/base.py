"""What every rule starts from: no columns, no rows, and one way to say what is broken."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.contract import Columns, Rows
from fairplanner.rules.tables import Problem


@dataclass(frozen=True)
class Law(ABC):
    """A rule with one face: `check`. Rules that decide something override `rows`, and `columns` where they need their own."""

    key = ""

    def columns(self, problem: Problem) -> Iterable[Columns]:
        """No columns of its own."""
        return ()

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """No rows: nothing that breaks the rule is ever posed."""
        return ()

    @abstractmethod
    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """What a finished plan breaks."""

    def broken(self, label: str, amount: int, **facts: object) -> Violation:
        """A violation of this rule; facts fill the placeholders of its sentence."""
        return Violation(
            self.key, label, int(amount), tuple(sorted((name, str(value)) for name, value in facts.items()))
        )
