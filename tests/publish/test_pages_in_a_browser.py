"""Pages in two languages and what is written to people, in a real browser, besides those of `test_pages_browser.py`."""

from __future__ import annotations

from functools import cache

import pytest

from fairplanner.publish.design.tokens import design
from fairplanner.publish.notices.outbox import outbox
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Publication
from fairplanner.publish.sheets.briefing import briefings
from fairplanner.shipped import shipped
from tests.browser import PageAt
from tests.publish import stress
from tests.publish.notices import made as notices

pytestmark = pytest.mark.interop
TEMPLATES = shipped("templates")


@cache
def pages() -> dict[str, bytes]:
    second = notices.second()
    found = {str(x.path): x.content for x in outbox(second.programme, second.revision, second.changes)}
    made = {name: next(c for path, c in sorted(found.items()) if path.endswith(f"{name}.html")) for name in ("notice.zh", "index")}  # fmt: skip
    for edition in ("zh", "zh-en"):
        parts = [x for x in briefings(Press(*stress.stress(), edition), TEMPLATES) if isinstance(x, Publication)]
        made[edition] = parts[stress.BIG].content
    return made


@pytest.mark.parametrize("kind", ["zh-en", "notice.zh", "index"])
@pytest.mark.parametrize(
    ("width", "dark"),
    [(390, False), pytest.param(390, True, marks=pytest.mark.slow), pytest.param(1280, True, marks=pytest.mark.slow)],
)
def test_a_page_stands_by_itself_and_whoever_does_not_see_it_can_use_it(
    kind: str, width: int, dark: bool, page_at: PageAt
) -> None:
    opened = page_at(pages()[kind], width, dark=dark)
    assert (opened.errors, opened.requests) == ([], [])
    assert opened.sideways() <= 0
    assert opened.flaws() == []


def test_a_page_is_dark_on_a_dark_screen_and_light_on_paper(page_at: PageAt) -> None:
    look, ground = design(TEMPLATES), "() => getComputedStyle(document.documentElement).backgroundColor"
    page = page_at(pages()["zh"], 1280, dark=True).page
    on_screen = page.evaluate(ground)
    page.emulate_media(media="print")
    assert (on_screen, page.evaluate(ground)) == (rgb(look.dark["ground"]), rgb(look.light["ground"]))


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[n : n + 2], 16)) for n in (1, 3, 5))})"
