"""Whom to call first, by role; telephone numbers come from the table of local facts or stay a line to fill by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Card, Section

AT_HOME = ("emergency", "medical")
ABROAD = ("emergency", "medical", "embassy", "consular")
"""Topics of local facts that stand here."""
STEPS = {
    "firm": ("emergency", "call_leader", "call_organiser", "embassy", "call_insurer", "call_family"),
    "leader": ("emergency", "call_organiser", "embassy", "call_insurer"),
    "official": ("emergency", "call_head", "call_foreign_office", "embassy"),
}
"""In which order each role calls; a mission (`embassy`) only where the journey leads to another country."""
FIRMS = ("firm", "leader")
EVERYBODY = ("firm", "leader", "official")


def emergency(press: Press, phase_ids: Sequence[str], roles: Sequence[str]) -> Section:
    """Local numbers of every city, then a card for each role; what is not known is blank and never guessed."""
    cities = tuple(dict.fromkeys(q for q in (press.programme.phase[p].place_id for p in phase_ids) if q))
    is_abroad = any(press.programme.is_foreign(city) for city in cities)
    cards = [_local(press, city) for city in cities] + [_role(press, role, is_abroad) for role in roles]
    return Section(press.w("itinerary.help.title"), "help", note=press.w("itinerary.help.note"), cards=tuple(cards))


def _local(press: Press, city: str) -> Card:
    topics = ABROAD if press.programme.is_foreign(city) else AT_HOME
    facts = tuple(x for topic in topics for x in _facts(press, city, topic))
    return Card(press.w("itinerary.help.local", city=press.naming.city(city)), facts=facts)


def _facts(press: Press, city: str, topic: str) -> Iterator[tuple[str, str]]:
    known = press.programme.local_facts_of(city, topic)
    text = "\n".join(map(press.naming.local, known))
    yield press.w(f"itinerary.help.{topic}"), text


def _role(press: Press, role: str, is_abroad: bool) -> Card:
    w = press.w
    steps = [step for step in STEPS[role] if is_abroad or step != "embassy"]
    facts = tuple(
        (w("itinerary.help.step", n=n, what=w(f"itinerary.help.{step}")), "" if step.startswith("call_") else w("itinerary.help.see_local"))
        for n, step in enumerate(steps, 1)
    )  # fmt: skip
    return Card(w(f"itinerary.help.{role}"), facts=facts)
