"""What a person means by a firm, a fair, a phase or a delegation on the command line; what is near where nothing fits."""

from __future__ import annotations

import re
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
    """The error of one thing that cannot be done; `where`: the argument or option. Its facts are ids and ISO days, for the door to
    name; `who` is the value."""
    return UserError(
        [Problem(where, 0, "", what, value, tuple((k, str(v)) for k, v in ({"who": value} | said).items()))]
    )


def firm_of(programme: Programme, text: str, where: str = "FIRM") -> str:
    """Id of the firm with that id or name; raises UserError with those that are near."""
    return _known(programme.firm, text, where, "amend-firm-unknown")


def zone_of(programme: Programme, text: str, where: str = "ZONE") -> str:
    """Id of the zone with that id or name; raises UserError with those that are near."""
    return _known(programme.zone, text, where, "why-zone-unknown")


def phases_of(programme: Programme, text: str, where: str = "FAIR") -> tuple[str, ...]:
    """The phase of that id, or every phase of the fair with that id or name; raises UserError with those that are near."""
    if found := _same(programme.phase, text):
        return (found,)
    names = {**programme.fair, **programme.phase}
    fair_id = _known(programme.fair, text, where, "amend-fair-unknown", names)
    return tuple(q.phase_id for q in programme.phases_of[fair_id])


def phase_of(programme: Programme, text: str) -> str:
    """The phase of that id, or the only one of a fair in the year; raises UserError with those that are near, or with the fair's phases."""
    found = phases_of(programme, text)
    year = {q.phase_id for q in programme.in_window()}
    meant = [q for q in found if q in year] if len(found) > 1 else list(found)
    if len(meant) != 1:
        raise refuse("PHASE", "amend-several-phases", text, has=", ".join(meant or found) or "-")
    return meant[0]


def delegation_of(plan: Plan, text: str) -> Delegation | None:
    """The delegation of that id, with or without its days; None where there is none."""
    by_id = {d.delegation_id: d for d in plan.delegations}
    parties = {d.party_id: d for d in plan.delegations}
    found = _same(by_id, text)
    return by_id[found] if found else parties.get(_same(parties, text))


def post_of(programme: Programme, text: str, among: Iterable[str]) -> str | None:
    """The one post of these with that id or title; None where there is none, or several have the title."""
    ids = dict.fromkeys(among)
    if found := _same(ids, text):
        return found
    rows = [programme.post[x] for x in ids if x in programme.post]
    named = [p.post_id for p in rows if _folded(text) in {_folded(p.title_zh), _folded(p.title_en)} - {""}]
    return named[0] if len(named) == 1 else None


def is_called(row: Any, row_id: str, text: str) -> bool:
    """Whether a text is the id or a name of a row, in whichever case."""
    return _folded(text) in {_folded(x) for x in (row_id, *_names(row)) if x}


def _folded(text: str) -> str:
    return text.strip().casefold()


def _same(rows: Iterable[str], text: str) -> str:
    """The id that a text is, in whichever case where that leaves no doubt; '' where it is none."""
    ids = list(rows)
    if text in ids:
        return text
    alike = [x for x in ids if _folded(x) == _folded(text)]
    return alike[0] if len(alike) == 1 else ""


def _known(rows: Mapping[str, Any], text: str, where: str, what: str, among: Iterable[str] | None = None) -> str:
    if found := _same(rows, text):
        return found
    named = [key for key, row in rows.items() if text.strip() and is_called(row, "", text)]
    if len(named) == 1:
        return named[0]
    raise refuse(where, what, text, near=", ".join(named or _near(text, rows, among)) or "-")


def _names(row: Any) -> tuple[str, ...]:
    return row.name_zh, row.name_en, *getattr(row, "aliases", ())


def _near(text: str, rows: Mapping[str, Any], among: Iterable[str] | None) -> list[str]:
    """Ids with the same numbers written otherwise, ids that look alike, then ids of what has the text in its name; in whichever
    case."""
    ids = {_folded(x): x for x in sorted(among or rows)}
    alike = [x for folded, x in ids.items() if _numbered(folded) == _numbered(_folded(text))]
    alike += [ids[x] for x in get_close_matches(_folded(text), ids, MOST_NEAR, UNLIKE)]
    within = [
        key for key, row in rows.items() if text.strip() and any(_folded(text) in _folded(n) for n in _names(row))
    ]
    return list(dict.fromkeys([*alike, *within]))[:MOST_NEAR]


def _numbered(text: str) -> str:
    """A text without the noughts before its numbers: firm-03 is firm-003."""
    return re.sub(r"0+(?=\d)", "", text)


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
        raise refuse("--on", "amend-over", on.isoformat(), phase=wanted[-1], last=last.isoformat(), day=on.isoformat())
    return left


def nowhere(plan: Plan, firm_id: str, text: str) -> UserError:
    """The error of a firm that has no place there, with the phases at which it has one."""
    own = sorted({p.phase_id for p in plan.participations if p.firm_id == firm_id})
    return refuse("FAIR", "amend-no-place", firm_id, phase=text, has=", ".join(own) or "-")
