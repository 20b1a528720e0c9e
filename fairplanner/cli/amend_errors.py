"""What stands in the way of a change, with names beside the ids and days in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.errors import Problem, UserError
from fairplanner.publish.dress import Dress
from fairplanner.publish.naming import Naming
from fairplanner.words import languages, words

IDS = ("who", "phase", "firm", "next", "section", "zone", "serves", "has", "near", "old", "delegation", "places")
DAYS = ("day", "first", "last", "out", "back")


def in_names(error: UserError, programme: Programme, plan: Plan) -> UserError:
    """The same problems; ids that stand among their facts are told with names in each language, days in words."""
    return UserError([_named(p, programme, plan) for p in error.problems])


def _named(problem: Problem, programme: Programme, plan: Plan) -> Problem:
    facts = dict(problem.facts)
    for lang in languages():
        known = _names(programme, plan, lang)
        dress = Dress(words(lang), programme.settings.currency)
        told = {name: _each(facts[name], known, words(lang)("calendar.comma")) for name in IDS if name in facts}
        told |= {name: dress.day(date.fromisoformat(facts[name])) for name in DAYS if name in facts}
        told |= {name: _skill(facts[name], lang) for name in ("skill", "wanted") if name in facts}
        facts |= {f"{name}.{lang}": text for name, text in told.items()}
    return replace(problem, facts=tuple(sorted(facts.items())))


def _skill(skill: str, lang: str) -> str:
    kind, _, code = skill.partition(":")
    key = f"amend.skill.{kind}"
    return words(lang)(key, code=code) if key in words(lang) else skill


def _each(text: str, name: Callable[[str], str], comma: str) -> str:
    """Ids one after another, each with its name; several that belong together are parted by a blank."""
    return comma.join(name(part) or " ".join(name(x) or x for x in part.split(" ")) for part in text.split(", "))


def _names(programme: Programme, plan: Plan, lang: str) -> Callable[[str], str]:
    """Name and id of whatever has an id; '' for what has none."""
    naming, w = Naming(programme, lang), words(lang)
    parties = {d.delegation_id: d for d in plan.delegations}

    def name(text: str) -> str:
        if text in programme.phase:
            return w("amend.with_id", name=naming.phase(text), id=text)
        if text in programme.post:
            return w("amend.with_id", name=naming.post(text), id=text)
        if text in parties:
            return w("amend.with_id", name=naming.delegation(parties[text]), id=text)
        rows = (programme.firm, programme.fair, programme.section, programme.zone)
        row = next((own[text] for own in rows if text in own), None)
        return w("amend.with_id", name=w.name(row), id=text) if row is not None else ""

    return name
