"""What the browser harness measures, on pages made to be measured."""

from __future__ import annotations

import asyncio

import pytest

from tests.browser import PageAt, Running

pytestmark = pytest.mark.interop

PAGE = """<!doctype html><html lang="en"><head><title>t</title></head><body><main><h1>h</h1>
<svg role="img" aria-label="x" viewBox="0 0 100 40" width="100" height="40">
<text x="0" y="10" font-size="10">first</text><text x="{x}" y="12" font-size="10">second</text></svg>
{more}</main></body></html>"""


@pytest.mark.parametrize(("x", "found"), [(10, [("first", "second")]), (60, [])])
def test_texts_that_lie_over_one_another_are_found(page_at: PageAt, x: int, found: list[tuple[str, str]]) -> None:
    assert page_at(PAGE.format(x=x, more=""), 400).overlaps("svg") == found


def test_a_request_and_a_console_error_are_noted(page_at: PageAt) -> None:
    more = '<img alt="" src="http://elsewhere.invalid/a.png"><script>console.error("sorry")</script>'
    opened = page_at(PAGE.format(x=60, more=more), 400)
    opened.page.wait_for_load_state("load")
    assert opened.requests == ["http://elsewhere.invalid/a.png"]
    assert "sorry" in opened.errors


def test_a_page_wider_than_its_window_and_a_picture_without_words_are_found(page_at: PageAt) -> None:
    opened = page_at(PAGE.format(x=60, more='<div style="width: 500px">w</div><img src="data:,">'), 400)
    assert opened.sideways() > 0
    assert [flaw.split(":")[0] for flaw in opened.flaws()] == ["image-alt"]


def test_other_tests_can_still_run_a_loop_of_their_own(browser: Running) -> None:
    assert asyncio._get_running_loop() is None
    assert asyncio.run(asyncio.sleep(0, result=3)) == 3
