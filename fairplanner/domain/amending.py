"""What a change made by hand in the last two weeks comes to: who leaves, who comes, which doors have shut, what is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from fairplanner.domain.plan import Participation, Plan
from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Door

Verb = Literal["withdraw", "promote", "firm", "people", "post"]
DOORS: tuple[Door, ...] = ("catalogue", "fascia", "visa", "people", "freight")
"""The doors that are always spoken of, in this order (planner.md 37): 会刊、楣板、签证、批件人数、货运."""

Facts = tuple[tuple[str, str], ...]


def facts(**said: object) -> Facts:
    """Facts in order of name; ids, ISO days and numbers, never words of a language."""
    return tuple(sorted((name, str(value)) for name, value in said.items()))


@dataclass(frozen=True)
class Act:
    """Who wants what changed, why and on whose word; `by` a post, never a name; `basis` minutes or a document number."""

    verb: Verb
    on: date
    reason: str
    by: str = ""
    basis: str = ""

    @property
    def is_decided(self) -> bool:
        """Whether a post answers for it with a document: only then may a decision of people be undone or an order left."""
        return bool(self.by.strip() and self.basis.strip())


@dataclass(frozen=True)
class Passed:
    """One in the order who could not take the place: its turn on the reserve list and the rules that stood in its way; turn 0: the
    published list has it as left out for a reason of its own, which stands in `rules` (a key of `Excluded.rule`). `said`: `why` (a key of the words,
    '' where the rules say it all) and its numbers: booths free, given, available, accepted at the least."""

    application_id: str
    turn: int
    rules: tuple[str, ...]
    said: Facts = ()

    def in_words(self, firm: str, w: Callable[..., str]) -> str:
        """One sentence with the numbers; `firm`: its name, `w`: the words of a language. For those only that stand on the list in turn."""
        said = {"least": "1", "why": ""} | dict(self.said)
        key = said.pop("why") or ("free" if "free" in said else "rules")
        rules = w("calendar.comma").join(w(f"rules.{rule}.name") for rule in self.rules)
        return w("amend.passed", firm=firm, turn=self.turn, why=w(f"amend.why.{key}", rules=rules, **said))


@dataclass(frozen=True)
class DoorAt:
    """A door at one phase: the duty or milestone that shuts it and the last working day at or before the day it is due.

    `state`: shut (that day is past), open, unknown (nothing says when), none (there is no such door: nobody leaves home).
    `kept`: 'duty' or 'milestone' with `source_id`; '' where nothing is known. `unsure`: the time allowed is background.
    """

    phase_id: str
    door: Door
    state: Literal["shut", "open", "unknown", "none"]
    kept: Literal["duty", "milestone", ""] = ""
    source_id: str = ""
    due: date | None = None
    working: date | None = None
    unsure: bool = False


@dataclass(frozen=True)
class Loss:
    """Something that is or may be lost, programme currency; `amount` None: not known. `what` is a key of the words."""

    what: str
    amount: Decimal | None
    said: Facts = ()


@dataclass(frozen=True)
class Told:
    """Somebody who must be told, and what for; `who` and `why` are keys of the words, `subject` an id ('' for none)."""

    who: str
    subject: str
    why: str


@dataclass(frozen=True)
class Consequence:
    """Something that follows and that people must know or decide; `what` is a key of the words."""

    what: str
    said: Facts = ()


@dataclass(frozen=True)
class Amendment:
    """One change: participations that left, came, or differ (before, after); posts replaced (delegation, old, new).

    `passed`: those on the reserve list who were passed over, in their order.
    """

    act: Act
    phases: tuple[str, ...]
    out: tuple[Participation, ...] = ()
    came: tuple[Participation, ...] = ()
    differ: tuple[tuple[Participation, Participation], ...] = ()
    posts: tuple[tuple[str, str, str], ...] = ()
    passed: tuple[Passed, ...] = ()
    doors: tuple[DoorAt, ...] = ()
    losses: tuple[Loss, ...] = ()
    told: tuple[Told, ...] = ()
    consequences: tuple[Consequence, ...] = ()


@dataclass(frozen=True)
class Amended:
    """A programme and its plan before and after a change; the new plan passes every rule."""

    before: tuple[Programme, Plan]
    after: tuple[Programme, Plan]
    amendment: Amendment
