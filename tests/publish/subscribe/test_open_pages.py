"""Pages in an open folder: they are where the codes say, they link only what is there, and say nothing that nobody knows."""

from __future__ import annotations

import posixpath
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from fairplanner.cli.typeset_before import typeset_before
from fairplanner.domain.published import Feed, FeedKey
from fairplanner.publish.press import Press
from fairplanner.publish.publishing import publications
from fairplanner.publish.subscribe.open_pages import open_pages
from fairplanner.publish.typesetter import Typesetter
from fairplanner.shipped import shipped
from tests.publish import plans
from tests.publish.reading import Page
from tests.publish.subscriptions import first_feeds, named, second_feeds

BASE = "https://example.org/f"
BEFORE = typeset_before()
FOLDER = shipped("templates")


@cache
def published(*editions: str, base_url: str | None = BASE) -> dict[str, bytes]:
    """Files of a publication in some editions."""
    made: dict[str, bytes] = {}
    for edition in editions:
        found = publications(
            plans.programme(), plans.plan(), edition, base_url=base_url, editions=editions, beside=frozenset(made),
            typesetter=Typesetter(known=BEFORE),
        )  # fmt: skip
        made |= {str(one.path): one.content for one in found}
    return made


def pages(feeds: Mapping[FeedKey, Feed] | None = None, lang: str = "zh", base_url: str = BASE) -> dict[str, Page]:
    """The pages alone, nothing else published."""
    press = Press(plans.programme(), plans.plan(), lang, base_url, feeds)
    return {str(one.path): Page(one.content) for one in open_pages(press, FOLDER, {}, ("zh", "en") if base_url else ())}


def targets(path: str, page: Page) -> Iterator[str]:
    """Paths below the output folder of all that a page links."""
    for address in page.addresses:
        if address.startswith(("data:", "#")):
            continue
        whole = address.replace("webcal://", "https://")
        yield (
            unquote(whole.removeprefix(f"{BASE}/"))
            if "://" in whole
            else unquote(posixpath.normpath(posixpath.join(posixpath.dirname(path), address)))
        )


def test_without_an_address_there_is_no_page() -> None:
    assert not [path for path in published("zh", base_url=None) if path.startswith("pages/")]


def test_every_delegation_and_firm_with_a_calendar_has_a_page_and_nobody_else() -> None:
    made = published("zh")
    with_calendar = [p for p in made if p.startswith(("calendars/delegation/", "calendars/firm/"))]
    found = [p for p in made if p.startswith("pages/")]
    assert len(found) == len(with_calendar) == 5
    assert "pages/firms/f4.zh.html" not in made, "a firm that was left out has none"


def test_every_link_of_a_page_is_a_file_of_the_publication() -> None:
    made = published("zh", "en")
    for path, content in made.items():
        if path.startswith("pages/"):
            linked = set(targets(path, Page(content)))
            assert linked <= made.keys(), path
            assert len(linked) >= 3, "the calendar, the other language, papers"
            assert (field := named(Page(content), "input")[0]["value"])
            assert field.removeprefix(f"{BASE}/") in made


def test_a_delegation_finds_its_papers_and_a_firm_its_own_but_no_score() -> None:
    made = published("zh")
    for path, count in (("pages/prov-abroad-1-1", 3), ("pages/firms/f1", 1)):
        (found,) = [p for p in made if p.startswith(path)]
        papers = [p for p in targets(found, Page(made[found])) if not p.endswith(".ics") and p != found]
        assert len(papers) == count, papers
        assert all(p.startswith("handouts/") for p in papers)
    assert "answers/f1.zh.html" in made


def test_one_language_alone_has_no_switch() -> None:
    page = Page(published("zh")["pages/firms/f1.zh.html"])
    assert not named(page, "a", hreflang="en")
    assert named(Page(published("zh", "en")["pages/firms/f1.zh.html"]), "a", hreflang="en", href="f1.en.html")


@pytest.mark.slow
@pytest.mark.parametrize("editions", [("zh-en",), ("zh-en", "zh")])
def test_a_paper_in_two_languages_brings_the_page_that_its_code_leads_to(editions: tuple[str, ...]) -> None:
    made = published(*editions)
    assert {"pages/firms/f1.zh.html", "calendars/firm/f1.zh.ics"} <= made.keys()
    assert set(targets("pages/firms/f1.zh.html", Page(made["pages/firms/f1.zh.html"]))) <= made.keys()


def test_it_speaks_of_no_key_and_of_no_change_that_nobody_can_know() -> None:
    text = pages()["pages/firms/f1.zh.html"].text
    assert "本页对外公开" in text
    assert "钥匙" not in text
    assert "最近变动" not in text
    assert "第1稿" in text


def test_where_a_store_knows_what_changed_the_page_tells_it() -> None:
    found = pages(second_feeds())
    assert "更改" in found["pages/firms/f1.zh.html"].text
    given_up = next(page for path, page in found.items() if path.startswith("pages/prov-abroad"))
    assert "取消" in given_up.text, "who has the paper of a delegation that is given up learns it"


def test_the_same_plan_gives_the_same_page() -> None:
    assert pages()["pages/firms/f1.zh.html"].words == pages()["pages/firms/f1.zh.html"].words
    assert pages(first_feeds()).keys() == pages().keys()


@pytest.mark.slow
@pytest.mark.interop
@pytest.mark.parametrize("kind", ["handouts/prov-", "handouts/firms/f1", "internal/handbooks/prov-"])
def test_a_code_on_paper_leads_to_a_page_that_is_published(kind: str, tmp_path: Path) -> None:
    draw, scan = shutil.which("pdftoppm"), shutil.which("zbarimg")
    if not (draw and scan):
        pytest.skip("needs pdftoppm and zbarimg")
    made = published("zh")
    papers = [p for p in made if p.startswith(kind) and p.endswith(".pdf") and ".print." not in p]
    assert papers
    for path in papers:
        (tmp_path / "x.pdf").write_bytes(made[path])
        page = [draw, "-r", "150", "-f", "1", "-l", "1", "-png", "-singlefile", "x.pdf", "q"]
        subprocess.run(page, cwd=tmp_path, check=True)  # noqa: S603 - a fixed command
        code = [scan, "-q", "--raw", "q.png"]
        done = subprocess.run(code, cwd=tmp_path, check=True, capture_output=True, text=True)  # noqa: S603 - a fixed command
        assert done.stdout.strip().removeprefix(f"{BASE}/") in made, path
