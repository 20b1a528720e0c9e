"""The report's page: one file, nothing from elsewhere, the same bytes for the same plan."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise

import pytest

from fairplanner.publish.plan_json import plan_json
from fairplanner.publish.press import Press
from fairplanner.publish.report.report import path_of, report, report_page
from fairplanner.shipped import shipped
from fairplanner.words import words
from tests.publish import plans
from tests.publish.stress import stress

FOLDER = shipped("templates")


def _page(lang: str = "zh", **changes: object) -> str:
    return report_page(Press(plans.programme(), plans.plan(**changes), lang), FOLDER).decode()


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert report_page(Press(*stress(), "zh"), FOLDER) == report_page(Press(*stress(), "zh"), FOLDER)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_one_internal_page_that_names_no_other_file(lang: str) -> None:
    (made,) = report(Press(*stress(), lang), FOLDER)
    text = made.content.decode()
    assert made.path == path_of(lang)
    assert str(made.path).startswith("internal/")
    assert re.findall(r"""<[^>]+\bsrc=|@import|url\((?!#|&quot;#)""", text) == []
    assert re.findall(r'<link (?!rel="icon" href="data:,")', text) == []


def test_its_policy_admits_its_own_scripts_and_nothing_else() -> None:
    text = _page()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1].replace("&#39;", "'")  # type: ignore[index]
    scripts = re.findall(r"<script>(.*?)</script>", text, flags=re.S)
    hashes = [f"'sha256-{b64encode(sha256(x.encode()).digest()).decode()}'" for x in scripts]
    assert len(scripts) == 2
    assert f"script-src {' '.join(hashes)};" in policy
    assert "default-src 'none'" in policy
    assert "connect-src" not in policy


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_headings_are_in_order_and_every_section_and_table_has_a_name(lang: str) -> None:
    text = _page(lang)
    levels = [int(x) for x in re.findall(r"<h(\d)", text)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert text.count("<table") == text.count("<caption>")
    for label in re.findall(r'aria-labelledby="(h-\w+)"', text):
        assert f'<h2 id="{label}">' in text


def test_every_place_of_the_contents_is_on_the_page() -> None:
    text = _page()
    places = re.findall(r'<li><a href="#(\w+)">', text)
    assert len(places) == 14
    assert all(f'<section id="{x}"' in text for x in places)


def test_it_says_that_it_is_internal_and_how_it_can_be_checked() -> None:
    text = _page()
    assert text.count("内部资料，不外传") == 3  # on the page, at its end and under every printed page
    assert sha256(plan_json(plans.plan())).hexdigest() in text


def test_what_a_plan_breaks_stands_among_the_remarks() -> None:
    twice = (plans.journey("f1", journey_id="a"), plans.journey("f1", journey_id="b"))
    name = words("zh")("rules.firm-teams.name")
    assert f"<li>{name}：f1（1）</li>" in _page(journeys=twice)


def test_a_plan_with_nothing_in_it_is_a_page_that_says_so() -> None:
    text = _page(delegations=(), participations=(), journeys=(), claims=(), targets=(), excluded=())
    for says in ("没有团组。", "没有安排参展参会。", "没有未列入的事项。", "没有设定目标。"):
        assert says in text


def test_names_with_markup_in_them_stay_names() -> None:
    base = plans.programme()
    firms = tuple(f.model_copy(update={"name_zh": '<img src=x onerror="1">'}) for f in base.firms)
    text = report_page(Press(plans.programme(firms=firms), plans.plan(), "zh"), FOLDER).decode()
    assert "<img" not in text
    assert "&lt;img" in text
