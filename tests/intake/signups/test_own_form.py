"""Our own form filled in and come back: what was chosen is what is read, whatever program saved it."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from fairplanner.domain import signup_form as form
from fairplanner.domain.kinds import Role, StandKind, Wish
from fairplanner.publish.lists.signup_form import signup_form
from fairplanner.words import words
from tests.signups import code, inbox, programme, said, taken

LANGS = ("zh", "en")
SOFFICE = shutil.which("soffice") or ""


@cache
def blank(lang: str) -> bytes:
    return signup_form(programme(), lang).content


def lists(book: Workbook) -> dict[str, list[tuple[str, str]]]:
    """The hidden lists: by name the lines and what they stand for."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, text, own in book.worksheets[1].iter_rows(min_row=2, max_col=3, values_only=True):
        found.setdefault(str(name), []).append((str(text), str(own or "")))
    return found


def fill(content: bytes, firm: dict[str, Any], wishes: list[dict[str, Any]]) -> Workbook:
    """A form with these answers, as a person would put them."""
    book = load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    columns: list[str] = []
    for row in range(1, page.max_row + 1):
        key = str(page.cell(row, 1).value or "")
        if key.startswith(form.WISHES):
            columns = key.removeprefix(form.WISHES).split(",")
        elif key.startswith((form.FIRM, form.ONCE)):
            page.cell(row, 4).value = firm.get(key.partition(".")[2])
        elif key.startswith(form.WISH):
            number = int(key.removeprefix(form.WISH))
            for name, value in wishes[number - 1].items() if number <= len(wishes) else ():
                page.cell(row, columns.index(name) + 2).value = value
    return book


def word(lang: str, value: Any) -> str:
    return words(lang)(f"enums.{type(value).__name__}.{value}")


WISHES = st.fixed_dictionaries(
    {"at": st.integers(0, 9)},
    optional={
        "wish": st.sampled_from(list(Wish)), "role": st.sampled_from(list(Role)), "stand": st.sampled_from(list(StandKind)),
        "booths": st.integers(1, 20), "people": st.integers(1, 9), "exhibits": st.sampled_from(["茶", "茶、茶具"]),
    },
)  # fmt: skip
SECTIONS = {"expo-tea": 1, "expo-tools": 1, "expo-toys": 2}


@settings(max_examples=12, deadline=None)
@given(lang=st.sampled_from(LANGS), wishes=st.lists(WISHES, max_size=form.MOST_WISHES, unique_by=lambda w: w["at"]))
def test_a_form_filled_at_random_reads_the_same(
    tmp_path_factory: pytest.TempPathFactory, lang: str, wishes: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("x")
    named = lists(load_workbook(io.BytesIO(blank(lang))))
    places = [
        (fair, section)
        for fair in named["fair"]
        for section in [("", ""), *named["section"]]
        if fits(fair[1], section[1])
    ]
    cells, wanted = [], {}
    for number, wish in enumerate(wishes, start=1):
        (fair, phase_id), (section, section_id) = places[wish["at"] % len(places)]
        own = {k: v for k, v in wish.items() if k != "at"}
        shown = {k: word(lang, v) if isinstance(v, Wish | Role | StandKind) else v for k, v in own.items()}
        cells.append({"fair": fair, **({"section_id": section} if section else {}), **shown})
        wanted[phase_id, section_id] = {"preference": number, "received": date(2025, 1, 5), **own}
    zone, zone_id = named["zone"][0]
    firm = {
        "firm_id": code(1),
        "name_zh": "示例甲公司",
        "zone_id": zone,
        "sectors": "茶叶",
        "received": date(2025, 1, 5),
    }
    fill(blank(lang), firm, cells).save(inbox(folder, "a.xlsx"))
    found = taken(folder)
    assert found.problems == ()
    assert {f.firm_id: said(f) for f in found.firms} == {
        code(1): {"name_zh": "示例甲公司", "zone_id": zone_id, "sectors": ("tea",)}
    }
    got = {(a.phase_id, a.section_id): said(a) for a in found.applications}
    for one in got.values():
        one.pop("section_id", None)
    assert got == {key: whole(one) for key, one in wanted.items()}


def fits(phase_id: str, section_id: str) -> bool:
    return not section_id or (phase_id.startswith("expo") and phase_id.endswith(f"-{SECTIONS[section_id]}"))


def whole(values: dict[str, Any]) -> dict[str, Any]:
    """What goes without saying: who does not exhibit and asks for no stand gets none."""
    if values.get("role") not in (None, Role.EXHIBIT) and not values.keys() & {"stand", "booths"}:
        return values | {"stand": StandKind.NONE, "booths": 0, "least_booths": 0}
    return values


def test_a_blank_form_says_nothing(tmp_path: Path) -> None:
    inbox(tmp_path, "报名表.xlsx").write_bytes(blank("zh"))
    found = taken(tmp_path)
    assert (found.firms, found.applications) == ((), ())
    assert [p.what for p in found.problems] == ["signup-no-firm"]


def test_a_form_whose_keys_were_deleted_is_read_by_its_labels(tmp_path: Path) -> None:
    firm = {"firm_id": code(1), "name_zh": "示例甲公司", "zone_id": "东江市", "received": date(2025, 1, 5)}
    wish = {"fair": "第137届样交会第一期", "booths": 2, "role": "参展"}
    book = fill(blank("zh"), firm, [wish])
    page = book.worksheets[0]
    for row in range(1, page.max_row + 1):
        page.cell(row, 1).value = None
    del book[book.sheetnames[1]]
    book.save(inbox(tmp_path, "a.xlsx"))
    found = taken(tmp_path)
    assert found.problems == ()
    assert [(a.firm_id, a.phase_id, a.booths, a.preference) for a in found.applications] == [
        (code(1), "expo-137-1", 2, 1)
    ]


@pytest.mark.slow
@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not here")
def test_a_form_that_another_program_saved_reads_the_same(tmp_path: Path) -> None:
    named = lists(load_workbook(io.BytesIO(blank("zh"))))
    firm = {"firm_id": code(1), "name_zh": "示例甲公司", "zone_id": "东江市"}
    wishes = [{"fair": text, "booths": n + 1} for n, (text, _) in enumerate(named["fair"])]
    filled = tmp_path / "filled.xlsx"
    fill(blank("zh"), firm, wishes).save(filled)
    for kind in ("xlsx", "xls"):
        out = inbox(tmp_path / kind, "x").parent
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [SOFFICE, "--headless", profile, "--convert-to", kind, "--outdir", str(out), str(filled)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - a file of ours
        found = taken(tmp_path / kind)
        assert found.problems == ()
        assert {a.phase_id: a.booths for a in found.applications} == {
            own: n + 1 for n, (_, own) in enumerate(named["fair"])
        }
