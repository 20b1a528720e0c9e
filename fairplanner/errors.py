"""The whole error tree.

    FairplannerError
      UserError              the user's input; exit code 1; carries every problem found, never only the first
        CatalogueError       tables or programme.toml cannot be read or do not agree
        LanguageError        a language file or a template cannot be used
        OutputError          a file cannot be written (open elsewhere, exists already, no space)
        StoreError           (store/errors.py) the store cannot be used
          StoreTaken         somebody else has published meanwhile; says who, when and which number
      NoPlan                 the programme admits no plan; carries the colliding rules; exit code 2
      ModelError             (solver/model.py) numbers too large to be solved exactly; exit code 3
      PlanBroken             a plan we made breaks our own rules; our bug; exit code 3
      PublicationBroken      a file we made does not pass our own lint; our bug; exit code 3

A problem says where, what, value and cure as facts; words come from `fairplanner.words` at the door.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with the user's input.

    `what` is a key of the language files (section `problems`); `facts` fill its placeholders.
    `row` counts as spreadsheet programs do: the header is row 1; 0 means the file as a whole.
    """

    file: str
    row: int
    column: str
    what: str
    value: str = ""
    facts: tuple[tuple[str, str], ...] = field(default=())


class FairplannerError(Exception):
    """Base of every error that fairplanner raises on purpose."""

    exit_code = 3


class UserError(FairplannerError):
    """The user's input cannot be used; `problems` holds everything that was found."""

    exit_code = 1

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.file}:{p.row}:{p.column}: {p.what} {p.value}".strip() for p in self.problems))

    def __reduce__(self) -> tuple[type[UserError], tuple[tuple[Problem, ...]]]:
        """The same error in another process, which typesets for this one."""
        return type(self), (self.problems,)


class CatalogueError(UserError):
    """A table or programme.toml cannot be read, or tables do not agree with one another."""


class LanguageError(UserError):
    """A language file or a template cannot be used."""


class OutputError(UserError):
    """A file cannot be written."""


@dataclass(frozen=True, order=True)
class Blame:
    """One limit or decision that takes part in a collision: rule key, row label, and the amount that is missing."""

    rule: str
    label: str
    amount: int = 0


class NoPlan(FairplannerError):
    """The programme admits no plan, or none was found in the time given.

    `status` is `infeasible` or `unknown`; `guilty` names the rows that collide (empty when unknown).
    """

    exit_code = 2

    def __init__(self, status: str, guilty: Sequence[Blame] = ()) -> None:
        self.status = status
        self.guilty = tuple(guilty)
        super().__init__(f"{status}: " + "; ".join(f"{b.rule} [{b.label}] {b.amount}" for b in self.guilty))


class PlanBroken(FairplannerError):
    """A plan that we solved does not pass our own check."""


class PublicationBroken(FairplannerError):
    """A file that we made does not pass our own lint."""
