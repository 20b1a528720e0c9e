import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from fairplanner.cli.typeset_before import typeset_before
from fairplanner.domain.programme import Programme
from fairplanner.errors import LanguageError
from fairplanner.publish.publishing import publications
from fairplanner.publish.typesetter import Typesetter
from tests import builders as b
from tests.publish import plans
from tests.publish.reading import Page, pdf_text, sheets_of

LANGS = ("zh", "en")
BEFORE = typeset_before()
"""What was typeset before: the same plan is published by many tests."""


def files(programme: Programme | None = None, lang: str = "zh", **options: object) -> dict[str, bytes]:
    return plain_files(lang) if programme is None and not options else made_files(programme, lang, **options)


@cache
def plain_files(lang: str) -> dict[str, bytes]:
    """Of the plan as it is; nobody changes what all these tests look at."""
    return made_files(None, lang)


def made_files(programme: Programme | None, lang: str, **options: object) -> dict[str, bytes]:
    made = publications(
        programme or plans.programme(), plans.plan(), lang, typesetter=Typesetter(known=BEFORE), **options
    )  # type: ignore[arg-type]
    return {str(p.path): p.content for p in made}


def text_of(path: str, content: bytes) -> str:
    if path.endswith(".pdf"):
        return pdf_text(content)
    if path.endswith(".html"):
        return Page(content).text
    if path.endswith(".xlsx"):
        return "".join(
            "".join(str(cell).split())
            for rows in sheets_of(content).values()
            for row in rows
            for cell in row
            if cell is not None
        )
    return re.sub(r"\r\n ", "", content.decode("utf-8"))


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])
def test_everything_is_made_once_and_the_same_bytes_twice(lang: str) -> None:
    first = list(publications(plans.programme(), plans.plan(), lang))
    assert len({p.path for p in first}) == len(first)
    assert {str(p.path): p.content for p in first} == files(lang=lang)
    kinds = {p.path.suffix for p in first}
    assert kinds == {".ics", ".html", ".pdf", ".xlsx", ".json"}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("base_url", ["", "https://example.org/f"])
def test_the_index_links_only_what_is_there_and_all_that_readers_look_for(lang: str, base_url: str) -> None:
    made = files(lang=lang, base_url=base_url)
    links = [a for a in Page(made[f"index.{lang}.html"]).addresses if not a.startswith("#")]
    assert set(links) <= set(made)
    assert set(made) - set(links) == {f"index.{lang}.html"}


@pytest.mark.slow
def test_one_date_that_moves_moves_in_calendar_paper_and_page() -> None:
    moved = tuple(
        q.model_copy(update={"start": q.start + timedelta(days=1)}) if q.phase_id == "abroad-1-1" and q.start else q
        for q in plans.programme().phases
    )
    before, after = files(), files(plans.programme(phases=moved))
    name = next(p for p in before if p.startswith("handouts/prov-abroad")).split("/")[1].removesuffix(".zh.pdf")
    shown = {
        f"calendars/delegation/{name}.zh.ics": ("DTSTART;VALUE=DATE:20250318", "DTSTART;VALUE=DATE:20250319"),
        f"handouts/{name}.zh.pdf": ("2025年3月18日—20日", "2025年3月19日—20日"),
        f"briefings/{name}.zh.html": ("2025年3月18日—20日", "2025年3月19日—20日"),
        f"briefings/{name}.zh.pdf": ("2025年3月18日—20日", "2025年3月19日—20日"),
        "list.zh.html": ("2025年3月18日—20日", "2025年3月19日—20日"),
    }
    for path, (old, new) in shown.items():
        assert old in text_of(path, before[path]), path
        assert new in text_of(path, after[path]), path
        assert old not in text_of(path, after[path]), path


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])
def test_hong_kong_macao_and_taiwan_are_always_named_with_china(lang: str) -> None:
    names = {
        "HK": ("中国香港", "Hong Kong, China"),
        "MO": ("中国澳门", "Macao, China"),
        "TW": ("中国台湾", "Taiwan, China"),
    }
    base = plans.programme()
    territories = tuple(
        b.r.Territory(territory_id=code, name_zh=zh, name_en=en, **b.SAMPLE) for code, (zh, en) in names.items()
    )
    for code, (zh, en) in names.items():
        places = tuple(p.model_copy(update={"territory_id": code}) if p.place_id == "lion" else p for p in base.places)
        made = files(plans.programme(places=places, territories=(*base.territories, *territories)), lang)
        bare = {
            "zh": rf"(?<!中国){zh.removeprefix('中国')}",
            "en": rf"{en.split(',')[0].replace(' ', ' ?')}(?!, ?China)",
        }[lang]
        seen = 0
        for path, content in made.items():
            if path == "plan.json":
                continue
            text = text_of(path, content).replace("\\,", ",")
            seen += "".join((zh if lang == "zh" else en).split()) in text.replace(" ", "")
            assert not re.search(bare, text), (path, re.search(bare, text))
        assert seen >= 4


@pytest.mark.parametrize("lang", LANGS)
def test_no_page_asks_the_network_for_anything(lang: str) -> None:
    for path, content in files(lang=lang, base_url="https://example.org/f").items():
        if path.endswith(".html") and not path.startswith("pages/"):  # which name their own address
            page = Page(content)
            assert not {"img", "iframe", "object"} & set(page.tags)
            own = {"script", "link"} if path.startswith("internal/report.") else set()
            assert not {"script", "link"} & set(page.tags) - own
            assert not re.search(rb"url\((?!#)|<script [^>]*src", content)
            assert all("://" not in a for a in page.addresses)


def test_a_user_s_own_template_replaces_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "briefing").mkdir()
    (tmp_path / "briefing" / "briefing.html.j2").write_text("<p>{{ sheet.title }} 本局</p>", encoding="utf-8")
    made = files(templates=tmp_path)
    assert any(
        "本局" in content.decode("utf-8")
        for path, content in made.items()
        if path.startswith("briefings/") and path.endswith(".html")
    )
    assert any(path.startswith("handouts/") for path in made)


def test_a_template_that_asks_for_what_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "briefing").mkdir()
    (tmp_path / "briefing" / "briefing.html.j2").write_text("{{ sheet.nothing }}", encoding="utf-8")
    with pytest.raises(LanguageError) as caught:
        files(templates=tmp_path)
    assert caught.value.problems[0].file == "briefing/briefing.html.j2"


def test_a_templates_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LanguageError) as caught:
        files(templates=tmp_path / "none")
    assert caught.value.problems[0].what == "templates-missing"


def test_a_plan_of_one_day_or_of_nothing_can_be_published() -> None:
    empty = plans.plan(delegations=(), participations=(), journeys=(), claims=(), targets=(), excluded=())
    made = {str(p.path) for p in publications(plans.programme(), empty, "zh")}
    assert {"plan.json", "plan.zh.xlsx", "index.zh.html"} <= made
    day = b.phase("abroad", 1, start=date(2025, 3, 18), end=date(2025, 3, 18), place_id="lion")
    assert any(p.startswith("handouts/") for p in files(plans.programme(phases=(day, *plans.programme().phases[1:]))))


@pytest.mark.parametrize("lang", LANGS)
def test_the_index_marks_what_stays_in_the_office_and_says_whom_each_group_is_for(lang: str) -> None:
    page = Page(files(lang=lang)[f"index.{lang}.html"])
    mark = {"zh": "内部", "en": "internal"}[lang]
    html = files(lang=lang)[f"index.{lang}.html"].decode()
    named = dict(re.findall(r'<a href="([^"]+)">([^<]+)</a>', html))
    inside = {path for path, name in named.items() if mark in name}
    expected = {p for p in named if p.startswith("briefings/")}
    expected |= {p for p in named if p.startswith("internal/") and not p.startswith("internal/due.")}
    expected |= {"plan.json", f"plan.{lang}.xlsx", f"calendars/everything.{lang}.ics"}
    assert inside == expected
    assert page.tags.count("h2") == html.count('<p class="note">') + 1


@pytest.mark.parametrize("lang", LANGS)
def test_no_calendar_tells_the_revision_which_would_change_all_of_them(lang: str) -> None:
    said = {"zh": "第1稿", "en": "revision1,dataasof"}[lang]
    for path, content in files(lang=lang).items():
        if path.endswith(".ics"):
            text = "".join(text_of(path, content).split()).replace("\\,", ",")
            assert said not in text, path
            assert "draft" not in text


def test_no_internal_file_name_is_printed_as_a_source() -> None:
    stem = "004_654261b9e2324c17"
    fairs = tuple(
        f.model_copy(update={"source": f"{stem}.txt ; https://example.org/a"}) for f in plans.programme().fairs
    )
    for lang in LANGS:
        for path, content in files(plans.programme(fairs=fairs), lang).items():
            assert stem not in text_of(path, content), path
