"""Who is who in a handbook: division of work, groups, and whom to call, on the back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from fairplanner.domain.people import ROLES, Person
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Card, Section, Table
from fairplanner.publish.views import Party

BLANK = "________"
"""What people fill in by hand."""
NAMED = ("head", "deputy", "guide", "interpreter", "contact")
"""Roles of the people file that have duties of their own; `deputy` and `interpreter` only where there is one."""
ALWAYS = ("head", "guide", "contact", "safety", "evidence")
MOST_IN_ONE = 8
"""Names in one cell: with more of them it could be taller than a page."""
MOST_LINES = 16
"""Lines of text, in two languages, of the rows beside one name of a group."""
SHORTEST_ZH, SHORTEST_EN = 10, 18
"""Characters on a line of the narrowest column that holds a firm."""


def duties(press: Press, party: Party, persons: Sequence[Person]) -> Section:
    """Who does what: people by their roles, the plan's posts where nobody is named, and what each role is there for."""
    w = press.w
    rows = [_duty(press, party, persons, role) for role in _roles(press, party, persons)]
    others = [p for p in persons if p.role not in (*NAMED, "official", "member", "")]
    rows += [(p.role, _who(p), BLANK) for p in others]
    headers = tuple(w(f"handbook.duty_col_{key}") for key in ("role", "who", "what"))
    table = Table(headers, tuple(rows), (1.5, 2.4, 4.2))
    return Section(w("handbook.duties"), "duties", note=w("handbook.duties_note"), table=table, own_page=True)


def _roles(press: Press, party: Party, persons: Sequence[Person]) -> list[str]:
    kinds = {p.role for p in persons} | {_role_of(press, post) for post in party.delegation.posts}
    return [role for role in dict.fromkeys((*NAMED, *ALWAYS)) if role in ALWAYS or role in kinds]


def _role_of(press: Press, post_id: str) -> str:
    return "guide" if press.programme.post[post_id].skill == "leader" else "interpreter"


def _duty(press: Press, party: Party, persons: Sequence[Person], role: str) -> tuple[str, str, str]:
    w = press.w
    posts = [press.naming.post(x) for x in party.delegation.posts if _role_of(press, x) == role]
    who = "\n".join(_who(p) for p in persons if p.role == role) or "\n".join([*posts, BLANK])
    if role == "contact" and sum(p.role == role for p in persons) > MOST_IN_ONE:
        who = w("handbook.see_groups")
    name = f"enums.PersonRole.{role}" if role in ROLES else f"handbook.duty.{role}.name"
    return w(name), who, w(f"handbook.duty.{role}.does")


def _who(person: Person) -> str:
    return "\n".join(x for x in (person.name, person.phone) if x)


@dataclass(frozen=True)
class _Entry:
    """One line of the list; `tall`: how many lines of text it takes in both languages, at most."""

    group: str
    firm: str
    name: str = BLANK
    role: str = ""
    phone: str = BLANK
    tall: int = 2


def groups(press: Press, party: Party, persons: Sequence[Person]) -> Section:
    """Everybody, by the groups of the file, else by firm; firms of whom nobody is named have as many blanks as people."""
    w, by_group = press.w, any(p.group for p in persons)
    grouped: defaultdict[str, list[_Entry]] = defaultdict(list)
    for one in (*(_named(press, p) for p in persons), *_unnamed(press, party, persons)):
        grouped[one.group if by_group else one.firm].append(one)
    if not grouped:
        return Section(w("handbook.groups"), "groups", paragraphs=(w("handout.no_places"),))
    rows = [
        ((title or w("handbook.no_group")) if n == 0 else "", *_cells(one, by_group))
        for title, own in sorted(grouped.items(), key=lambda x: by_group and not x[0])
        for run in (_runs(own) if by_group else _eights(own))
        for n, one in enumerate(run)
    ]
    keys = ("group", "name", "firm", "role", "phone") if by_group else ("firm", "name", "role", "phone")
    headers = tuple(w(f"people.column.{key}") for key in keys)
    count = w("handbook.count", people=len(rows), named=len(persons))
    widths = (1.3, 1.7, 3, 1.6, 2.2) if by_group else (3.4, 1.8, 1.7, 2.3)
    return Section(w("handbook.groups"), "groups", note=count, table=Table(headers, tuple(rows), widths, grouped=True))


def _cells(one: _Entry, by_group: bool) -> tuple[str, ...]:
    return (one.name, *((one.firm,) if by_group else ()), one.role, one.phone)


def _runs(entries: Sequence[_Entry]) -> Iterator[Sequence[_Entry]]:
    """Rows that one name of a group may stand beside and that still fit on a page: it is said again where another begins."""
    run, height = list[_Entry](), 0
    for one in entries:
        if run and height + one.tall > MOST_LINES:
            yield run
            run, height = [], 0
        run.append(one)
        height += one.tall
    yield run


def _eights(entries: Sequence[_Entry]) -> Iterator[Sequence[_Entry]]:
    """The same where the firm itself is what stands beside."""
    yield from (entries[n : n + MOST_IN_ONE] for n in range(0, len(entries), MOST_IN_ONE))


def _named(press: Press, p: Person) -> _Entry:
    role = press.w(f"enums.PersonRole.{p.role}") if p.role in ROLES else p.role
    return _Entry(p.group, whence(press, p), p.name, role, p.phone or BLANK, _tall(press, p.firm_id))


def _unnamed(press: Press, party: Party, persons: Sequence[Person]) -> Iterator[_Entry]:
    """A line for each traveller that the plan counts of a firm of whom the file names nobody."""
    named, people = {p.firm_id for p in persons}, dict[str, int]()
    for place in party.participations:
        people[place.firm_id] = max(people.get(place.firm_id, 0), place.people)
    for firm_id, count in people.items():
        if firm_id not in named:
            yield from [_Entry("", press.naming.firm(firm_id), tall=_tall(press, firm_id))] * count


def _tall(press: Press, firm_id: str) -> int:
    """Alike in every edition, so that two languages of one page have their breaks in the same place."""
    firm = press.programme.firm.get(firm_id)
    return ceil(len(firm.name_zh) / SHORTEST_ZH) + ceil(len(firm.name_en) / SHORTEST_EN) if firm else 2


def whence(press: Press, person: Person) -> str:
    """The firm of a person, or the post; '' for whoever has neither."""
    if person.firm_id:
        return press.naming.firm(person.firm_id)
    return press.naming.post(person.post_id) if person.post_id else ""


def back(press: Press, party: Party, persons: Sequence[Person]) -> Section:
    """The outside of the back: whom to call, at one glance; what nobody knows is a line to fill."""
    w = press.w
    cities = tuple(dict.fromkeys(q for p in party.phase_ids if (q := press.programme.phase[p].place_id)))
    facts = [(w("handbook.back_emergency", city=press.naming.city(c)), _known(press, c, "emergency")) for c in cities]
    consular = dict.fromkeys(_known(press, c, "consular") for c in cities if press.programme.is_foreign(c))
    facts += [(w("enums.LocalTopic.consular"), text) for text in consular]
    facts += [
        (
            w(f"enums.PersonRole.{r}"),
            "\n".join(" ".join(filter(None, (p.name, p.phone))) for p in persons if p.role == r),
        )
        for r in ("head", "guide")
    ]
    facts += [(w("handbook.back_hotel"), _hotels(persons)), (w("handbook.back_office"), "")]
    return Section(w("handbook.back"), "back", cards=(Card(w("handbook.back"), facts=tuple(facts)),))


def _known(press: Press, city: str, topic: str) -> str:
    rows = press.programme.local_facts_of(city, topic)
    return "\n".join(map(press.naming.local, rows))


def _hotels(persons: Sequence[Person]) -> str:
    hotels = dict.fromkeys(s.hotel for p in persons for s in p.stays if s.hotel.phone)
    return "\n".join(" ".join(x for x in (h.name or h.name_en, h.phone) if x) for h in hotels)
