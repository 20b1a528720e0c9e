"""What a person means by a firm, a fair, a phase or a delegation on the command line; what is near where nothing fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from fairplanner.domain.plan import Delegation, Participation, Plan
from fairplanner.domain.programme import Programme
from fairplanner.errors import Problem, UserError
from fairplanner.words import Words, languages, words

MOST_NEAR = 5
UNLIKE = 0.5


def refuse(where: str, what: str, value: str = "", **said: object) -> UserError:
    """The error of one thing that cannot be done; `where`: the argument or option."""
    return UserError([Problem(where, 0, "", what, value, tuple((k, str(v)) for k, v in said.items()))])


def firm_of(programme: Programme, text: str, where: str = "FIRM") -> str:
    """Id of the firm with that id or name; raises UserError with those that are near."""
    return _known(programme.firm, text, where, "amend-firm-unknown")


def phases_of(programme: Programme, text: str) -> tuple[str, ...]:
    """The phase of that id, or every phase of the fair with that id or name; raises UserError with those that are near."""
    if text in programme.phase:
        return (text,)
    names = {**programme.fair, **programme.phase}
    found = _known(programme.fair, text, "FAIR", "amend-fair-unknown", names)
    return tuple(q.phase_id for q in programme.phases_of[found])


def delegation_of(plan: Plan, text: str) -> Delegation | None:
    """The delegation of that id; None where there is none."""
    return next((d for d in plan.delegations if d.delegation_id == text), None)


def _known(rows: Mapping[str, Any], text: str, where: str, what: str, among: Iterable[str] | None = None) -> str:
    if text in rows:
        return text
    named = [key for key, row in rows.items() if text and text in _names(row)]
    if len(named) == 1:
        return named[0]
    raise refuse(where, what, text, near=", ".join(named or _near(text, rows, among)) or "-")


def _names(row: Any) -> tuple[str, ...]:
    return row.name_zh, row.name_en, *getattr(row, "aliases", ())


def _near(text: str, rows: Mapping[str, Any], among: Iterable[str] | None) -> list[str]:
    """Ids that look alike, then ids of what has the text in its name."""
    ids = sorted(among or rows)
    alike = get_close_matches(text, ids, MOST_NEAR, UNLIKE)
    within = [key for key, row in rows.items() if text and any(text in name for name in _names(row))]
    return list(dict.fromkeys([*alike, *within]))[:MOST_NEAR]


def in_words(name: str, told: Callable[[Words], str]) -> dict[str, str]:
    """A fact of a problem in every language."""
    return {f"{name}.{lang}": told(words(lang)) for lang in languages()}


def rules_in_words(name: str, rules: Iterable[str]) -> dict[str, str]:
    """Names of rules as a fact of a problem."""
    keys = list(rules)
    return in_words(name, lambda w: w("calendar.comma").join(w(f"rules.{rule}.name") for rule in keys))


def places_of(plan: Plan, firm_id: str, phases: Iterable[str]) -> tuple[Participation, ...]:
    """The firm's places at these phases."""
    there = set(phases)
    return tuple(p for p in plan.participations if p.firm_id == firm_id and p.phase_id in there)


def still_open(programme: Programme, phases: Iterable[str], on: date) -> tuple[str, ...]:
    """Those of the phases that are not over on the day; raises UserError where all are."""
    wanted = tuple(phases)
    left = tuple(q for q in wanted if (end := programme.phase[q].end) is None or on <= end)
    if wanted and not left:
        last = max(end for q in wanted if (end := programme.phase[q].end))
        raise refuse("--on", "amend-over", on.isoformat(), phase=wanted[-1], last=last.isoformat())
    return left


def nowhere(plan: Plan, firm_id: str, text: str) -> UserError:
    """The error of a firm that has no place there, with the phases at which it has one."""
    own = sorted({p.phase_id for p in plan.participations if p.firm_id == firm_id})
    return refuse("FAIR", "amend-no-place", firm_id, phase=text, has=", ".join(own) or "-")
