"""One agenda behind everything: a fair that moves by a day moves in calendar, papers of every size and page alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

import pytest

from fairplanner.cli.typeset_before import typeset_before
from fairplanner.domain.programme import Programme
from fairplanner.publish.calendars.ical import calendars
from fairplanner.publish.press import Press
from fairplanner.publish.sheets.briefing import briefings
from fairplanner.publish.sheets.handout import handouts
from fairplanner.publish.sheets.handout_firm import firm_handouts
from fairplanner.publish.sheets.handout_leader import leader_editions
from fairplanner.publish.sheets.handout_small import small_handouts
from fairplanner.publish.typesetter import Typesetter
from fairplanner.shipped import shipped
from tests.publish import plans
from tests.publish.reading import Page, pdf_text

TEMPLATES = shipped("templates")
FORMATS = (handouts, small_handouts, firm_handouts, leader_editions, briefings)


def of_abroad(programme: Programme, lang: str) -> Iterator[tuple[str, str]]:
    """What is made for the party abroad and for one of its firms: path and text without white space."""
    press = Press(programme, plans.plan(delegations=plans.plan().delegations[:1]), lang)
    made = (
        x for make in FORMATS for x in make(press, TEMPLATES) if "abroad" in x.path.name or x.path.name.startswith("f2")
    )
    for x in Typesetter(known=typeset_before()).publications(made, TEMPLATES):
        text = pdf_text(x.content) if x.path.suffix == ".pdf" else Page(x.content).text
        yield str(x.path), "".join(text.split())
    for x in calendars(programme, press.plan, lang):
        if "delegation" in x.path.parts or "f2" in x.path.name:
            yield str(x.path), x.content.decode("utf-8").replace("\r\n ", "")


@lru_cache
def opening(day: date, lang: str) -> dict[str, str]:
    base = plans.programme()
    phases = tuple(q.model_copy(update={"start": day}) if q.phase_id == "abroad-1-1" else q for q in base.phases)
    return dict(of_abroad(plans.programme(phases=phases), lang))


@pytest.mark.parametrize(("lang", "dated"), [("zh", "2025年3月{a}日—{b}日"), ("en", "{a}–{b}March2025")])
def test_a_fair_that_opens_a_day_later_does_so_everywhere(lang: str, dated: str) -> None:
    day = date(2025, 3, 18)
    before, after = opening(day, lang), opening(day + timedelta(days=1), lang)
    assert set(before) == set(after)
    assert {path.split("/")[0] for path in before} == {"handouts", "internal", "briefings", "calendars"}
    assert len(before) == 9
    for path, text in before.items():
        old, new = (dated.format(a=a, b=20) for a in (18, 19))
        if path.endswith(".ics"):
            old, new = "DTSTART;VALUE=DATE:20250318", "DTSTART;VALUE=DATE:20250319"
        assert old in text, path
        assert new in after[path], path
        assert old not in after[path], path
