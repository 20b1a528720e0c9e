"""The letter to a firm says everything about it and nothing that is not its own."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from fairplanner.cli.door import read_both
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.intake import read_programme
from fairplanner.pose import pose
from fairplanner.publish.plan_json import plan_json, snapshot_json
from fairplanner.publish.press import Press
from fairplanner.publish.sheets.letter import applicants, letter, letter_lines, letter_page
from fairplanner.shipped import shipped
from fairplanner.solver import solve
from tests import builders as b
from tests.explain import planted

LANGS = pytest.mark.parametrize("lang", ["en", "zh"])
MONEY = re.compile(r"\d[\d,]*\.\d\d ?元|CNY ?\d|\d ?yuan|¥")
INSIDE = ("解", "目标函数", "若", "折减", "净得", "solver", "optimi", "would have", "raised", "worth", "points less")
"""Words of the office's own answer (`why`), and of those who make plans."""


@pytest.fixture(scope="module")
def guizhou() -> tuple[Programme, Plan]:
    programme = read_programme(shipped("catalogs") / "guizhou-2025")
    return programme, solve(pose(programme), gap=0.01).plan


def press(programme: Programme, lang: str = "en") -> Press:
    return Press(programme, solve(pose(programme), gap=0).plan, lang)


@pytest.mark.slow
@LANGS
def test_no_letter_of_a_year_names_another_firm_money_or_what_would_turn_a_decision(
    guizhou: tuple[Programme, Plan], lang: str
) -> None:
    made = Press(*guizhou, lang)
    programme = guizhou[0]
    names = {f.firm_id: {f.firm_id, f.name_zh, f.name_en} for f in programme.firms}
    assert len(applicants(made)) > 150
    for firm_id in applicants(made):
        text = "\n".join(letter_lines(made, firm_id))
        others = [name for other, own in names.items() if other != firm_id for name in own if name and name in text]
        assert others == []
        assert not MONEY.search(text), firm_id
        assert not [word for word in INSIDE if word in text], firm_id
        for a in (a for a in programme.applications if a.firm_id == firm_id):
            assert made.naming.phase(a.phase_id) in text


@LANGS
def test_every_application_is_answered_with_its_own_reason(lang: str) -> None:
    late = planted.loose(
        choices=(b.choice("abroad", closes=date(2024, 9, 20)), b.choice("expo", policy="optimise")),
        applications=tuple(
            b.application("f1", q, **({"state": "withdrawn"} if q == "expo-1-1" else {}))
            for q in ("abroad-1-1", "expo-1-1", "expo-1-2")
        ),
    )
    made = press(late, lang)
    sections = letter(made, "f1").sections
    assert len(sections) == 3
    texts = ["\n".join(s.paragraphs) for s in sections]
    assert made.dress.day(date(2024, 10, 1)) in texts[0]
    assert made.dress.day(date(2024, 9, 20)) in texts[0]
    assert made.w("giving.letter.out.withdrawn") in texts[1]
    assert made.w("giving.letter.placed_booths", booths=1) in texts[2]


@LANGS
def test_a_firm_in_an_order_is_told_its_rank_the_cutoff_and_its_turn(lang: str) -> None:
    made = press(planted.two_booths_in_order(), lang)
    (home,) = [s for s in letter(made, "f3").sections if made.naming.phase("expo-1-1") in s.title]
    text = "\n".join(home.paragraphs)
    assert made.w("giving.answer.waiting", turn=1) in text
    assert "80" in text
    assert home.table is not None
    assert home.table.total[-1] == "70.0"


def test_a_firm_without_applications_gets_a_letter_too() -> None:
    made = press(planted.loose(applications=(b.application("f1", "expo-1-1"),)))
    (section,) = letter(made, "f2").sections
    assert section.paragraphs == (made.w("giving.letter.none"),)
    assert applicants(made) == ("f1",)


def test_the_page_is_the_letter_as_html() -> None:
    made = press(planted.two_booths_in_order(), "zh")
    html = letter_page(made, "f1", shipped("templates")).decode("utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert letter(made, "f1").title in html


def test_a_plan_on_disk_gives_the_same_letter(tmp_path: Path) -> None:
    programme = planted.two_booths_in_order()
    plan = solve(pose(programme), gap=0).plan
    (tmp_path / "plan.json").write_bytes(plan_json(plan))
    (tmp_path / "programme.json").write_bytes(snapshot_json(programme))
    again = Press(*read_both(tmp_path), "en")
    assert list(letter_lines(again, "f3")) == list(letter_lines(Press(programme, plan, "en"), "f3"))
