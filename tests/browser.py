"""Opening our pages in a real browser (Chromium, driven by Playwright), and what can be measured there.

Skipped with a reason where Chromium or Playwright is absent. One browser for a session; every page in a context of its own that
can reach nothing: whatever it asks for beyond itself is refused and noted.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import pytest

ADDRESS = "http://paper.invalid/"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip
BAD = {"serious", "critical"}

TEXTS = """selectors => {
  const shown = [];
  for (const root of document.querySelectorAll(selectors)) {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const said = node.textContent.trim(), own = node.parentElement;
      if (!said || own.closest("title, desc, script, style") || !own.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects())
        if (box.width > 1 && box.height > 1) shown.push([said, box.left, box.top, box.right, box.bottom, shown.length]);
    }
  }
  return shown;
}"""
"""Every visible run of text below some elements: what it says and the box it is drawn in."""

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

Overlap = tuple[str, str]
Box = tuple[str, float, float, float, float]


@dataclass
class Opened:
    """A page in the browser, what it complained of and what it asked the network for."""

    page: Any
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def texts(self, selectors: str) -> list[Box]:
        """Visible runs of text below the elements: text, left, top, right, bottom in CSS pixels."""
        return [(str(said), *map(float, box)) for said, *box, _ in self.page.evaluate(TEXTS, selectors)]  # type: ignore[misc]

    def overlaps(self, selectors: str, slack: float = 1.5) -> list[Overlap]:
        """Pairs of texts whose boxes lie over one another by more than `slack` pixels both ways.

        A line's box is taller than its letters: a quarter of its height is taken off above and below.
        """
        boxes = [(t, x0, y0 + (y1 - y0) / 4, x1, y1 - (y1 - y0) / 4) for t, x0, y0, x1, y1 in self.texts(selectors)]
        boxes.sort(key=lambda b: b[2])
        found = []
        for i, a in enumerate(boxes):
            for b in boxes[i + 1 :]:
                if b[2] >= a[4]:
                    break
                if min(a[3], b[3]) - max(a[1], b[1]) > slack and min(a[4], b[4]) - max(a[2], b[2]) > slack:
                    found.append((a[0], b[0]))
        return found

    def until(self, expression: str, seconds: float = 5) -> None:
        """Wait until a JavaScript expression holds; asked from outside, for the page's own policy allows no evaluation."""
        last = time.monotonic() + seconds
        while not self.page.evaluate(f"() => Boolean({expression})"):
            assert time.monotonic() < last, f"not within {seconds} s: {expression}"
            self.page.wait_for_timeout(20)

    def sideways(self) -> int:
        """By how many pixels the page is wider than its window."""
        return int(self.page.evaluate(SIDEWAYS))

    def flaws(self) -> list[str]:
        """What axe-core finds serious or critical: rule, what it is, the first elements."""
        self.page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
        found = self.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{v['id']}: {v['help']}: {[n['html'][:160] for n in v['nodes'][:3]]}"
            for v in found["violations"]
            if v["impact"] in BAD
        ]


PageAt = Callable[..., Opened]


@dataclass(frozen=True)
class Running:
    """A browser and the event loop that drives it."""

    chromium: Any
    loop: asyncio.AbstractEventLoop

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Playwright's loop counts as running only while a page is open: no other test of the process could run one of its own."""
        asyncio.events._set_running_loop(self.loop)
        try:
            yield
        finally:
            asyncio.events._set_running_loop(None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Running]:
    """A headless Chromium."""
    asked = pytest.importorskip("playwright.sync_api", reason="needs playwright (the extra 'test')")
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("needs Chromium")
    playwright = asked.sync_playwright().start()
    loop = asyncio.get_running_loop()
    made = Running(playwright.chromium.launch(executable_path=program, args=list(QUIET)), loop)
    asyncio.events._set_running_loop(None)
    yield made
    with made.at_work():
        made.chromium.close()
        playwright.stop()


@pytest.fixture
def page_at(browser: Running) -> Iterator[PageAt]:
    """Opens a page: `page_at(html, width, dark=False, height=900, script=True)`."""
    contexts = []

    def opened(html: bytes | str, width: int, *, dark: bool = False, height: int = 900, script: bool = True) -> Opened:
        context = browser.chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light",
            java_script_enabled=script, service_workers="block",
        )  # fmt: skip
        contexts.append(context)
        made = Opened(context.new_page())
        made.page.on(
            "console", lambda told: made.errors.append(told.text) if told.type in ("error", "warning") else None
        )
        made.page.on("pageerror", lambda error: made.errors.append(str(error)))
        context.route("**/*", lambda route: _answer(route, html, made.requests))
        made.page.goto(ADDRESS)
        return made

    with browser.at_work():
        try:
            yield opened
        finally:
            for context in contexts:
                context.close()


def _answer(route: Any, html: bytes | str, requests: list[str]) -> None:
    """The page itself; nothing else. A browser asks for a site's icon unasked: that is no request of the page."""
    if route.request.url == ADDRESS:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
        return
    if not route.request.url.endswith("/favicon.ico"):
        requests.append(route.request.url)
    route.abort()
