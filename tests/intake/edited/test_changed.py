"""A workbook of choices that comes back: every edit becomes what it means, nothing else does, and no conflict is passed over."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from fairplanner.domain.choices import ASKED, Choice
from fairplanner.domain.programme import Programme
from fairplanner.errors import UserError
from fairplanner.intake import read_programme
from fairplanner.intake.edited.changed import Changed
from fairplanner.pose import pose
from fairplanner.report import report
from fairplanner.solver import solve
from tests.intake.edited.choosing import WHY, Made, cell_of, edited_book, exported, made, saved, taken
from tests.intake.edited.test_tables_book import again

Edit = tuple[str, str, str, Any]
YES, NO, LOCK = "是", "否", "锁定"
ROWS = {(page.name, row.name): row for page in made().book.pages for row, _ in page.rows}
SINGLE = [key for key, row in ROWS.items() if not row.lock and row.phase_id != "expo-1-1"]
SINGLE += [
    ("places", "f2/expo-1-1/-"),
    ("places", "f3/expo-1-1/-"),
    ("parties", "east/expo-1-1"),
    ("parties", "west/expo-1-1"),
]


def why(page: str, name: str) -> list[Edit]:
    return [(page, name, key, text) for key, text in WHY.items()]


def what(told: Changed) -> set[tuple[str, str]]:
    """Kinds of problems with the cells they name."""
    return {(p.what, p.column) for p in told.problems}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_an_edit_nothing_is_found(tmp_path: Path, lang: str) -> None:
    for content in (made(lang).content, saved(load_workbook(io.BytesIO(made(lang).content)))):
        edits, told = taken(tmp_path, content, lang)
        assert (edits.edits, told.ruled, told.asked, told.problems, told.told) == ((), [], [], [], [])
        assert edits.cells.keys() == ROWS.keys()


def test_the_same_plan_gives_the_same_bytes() -> None:
    kept = made()
    made.cache_clear()
    assert made().content == kept.content


EDITS = st.dictionaries(
    st.sampled_from(SINGLE),
    st.sampled_from(["goes", "state", "people", "preference", "planned"]),
    min_size=1,
    max_size=6,
)


def meant(row: Choice, key: str) -> tuple[list[Edit], tuple[str, str, str] | None, dict[str, int]]:
    """Cells to be written, the decision and the changes of the application that they mean."""
    page, who = ("places", row.firm_id) if row.firm_id else ("parties", row.sponsor)
    if key not in ("goes", "state") and not row.firm_id:
        key = "goes"
    if key == "planned" and not row.goes:
        key = "people"
    if key == "goes":
        kind = "must-not" if row.goes else "must-go"
        return [(page, row.name, "goes", NO if row.goes else YES)], (kind, who, row.phase_id), {}
    if key == "state":
        return [(page, row.name, "state", LOCK)], ("keep" if row.goes else "must-not", who, row.phase_id), {}
    if key == "planned":
        return [(page, row.name, "planned", 2)], None, {"booths": 2, "least_booths": 2}
    return [(page, row.name, key, 7)], None, {key: 7}


Chosen = dict[tuple[str, str], str]


def assert_exactly(of: Made, chosen: Chosen, resaved: Callable[[bytes], bytes] = bytes) -> None:
    """These edits, and nothing else, are found in the workbook."""
    rows = {(page.name, row.name): row for page in of.book.pages for row, _ in page.rows}
    cells: list[Edit] = []
    decided, asked = set(), {}
    for (page, name), key in chosen.items():
        own, decision, application = meant(rows[page, name], key)
        cells += [*own, *why(page, name)]
        decided |= {decision} if decision else set()
        if application:
            asked[name] = application
    with tempfile.TemporaryDirectory() as folder:
        _, told = taken(Path(folder), resaved(edited_book(of.content, cells)), of.book.lang, of=of)
    assert told.problems == []
    found = [(x.decision.kind.value, x.decision.firm_id or x.decision.zone_id, x.decision.phase_id) for x in told.ruled]
    assert sorted(found) == sorted(decided)
    assert {x.was.application_id: dict(x.new) for x in told.asked} == asked
    assert all((x.decision.reason, x.decision.basis, x.decision.by) == ("重点", "纪要1号", "处长") for x in told.ruled)
    assert len({x.decision.decision_id for x in told.ruled}) == len(told.ruled)


@settings(max_examples=25, deadline=None)
@given(EDITS)
def test_random_edits_give_exactly_these_decisions(chosen: Chosen) -> None:
    assert_exactly(made(), chosen)


GUIZHOU = Path(__file__).parents[3] / "catalogs" / "guizhou-2025"


def single(of: Made) -> list[tuple[str, str]]:
    """Open rows whose firm or zone has no other row at the fair."""
    every = [(page.name, row) for page in of.book.pages for row, _ in page.rows]
    rows = Counter((page, row.firm_id or row.sponsor, row.phase_id) for page, row in every)
    return [
        (page, row.name)
        for page, row in every
        if not row.lock and row.of("role") in (None, "exhibit") and row.of("wish") != "refuses"
        and rows[page, row.firm_id or row.sponsor, row.phase_id] == 1
    ]  # fmt: skip


@cache
def guizhou() -> Made:
    programme = read_programme(GUIZHOU)
    return exported(programme, solve(pose(programme), seconds=30).plan, "zh")


KEYS = st.sampled_from(["goes", "state", "people", "preference", "planned"])


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(st.data())
def test_random_edits_of_guizhou_give_exactly_these_decisions(data: st.DataObject) -> None:
    rows = st.sampled_from(single(guizhou()))
    chosen = data.draw(st.dictionaries(rows, KEYS, min_size=1, max_size=40))
    assert_exactly(
        guizhou(), {at: "people" if key == "planned" and _has_two(at) else key for at, key in chosen.items()}
    )


def _has_two(at: tuple[str, str]) -> bool:
    """Whether two booths are what the row says already."""
    row = next(row for page in guizhou().book.pages for row, _ in page.rows if (page.name, row.name) == at)
    return 2 in (row.of("planned"), row.of("booths"), row.of("least_booths"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], bytes]:
    """What LibreOffice makes of a workbook that it opens and saves."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("soffice (LibreOffice Calc) is not installed")
    folder = tmp_path_factory.mktemp("office")

    def resaved(content: bytes) -> bytes:
        (folder / "book.xlsx").write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder / 'profile'}"
        command = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out"), "book.xlsx"]
        subprocess.run(command, cwd=folder, capture_output=True, timeout=300, check=True)  # noqa: S603 - our own file
        return (folder / "out" / "book.xlsx").read_bytes()

    return resaved


@pytest.mark.slow
def test_what_libreoffice_saved_says_the_same(office: Callable[[bytes], bytes], tmp_path: Path) -> None:
    for lang in ("zh", "en"):
        _, told = taken(tmp_path, office(made(lang).content), lang)
        assert (told.ruled, told.asked, told.problems, told.told) == ([], [], [], [])
    keys = ["goes", "state", "people", "preference", "planned"]
    assert_exactly(made(), {at: keys[n % 5] for n, at in enumerate(SINGLE)}, office)


@pytest.mark.slow
def test_what_libreoffice_saved_of_a_whole_year_says_nothing_new(
    office: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    _, told = taken(tmp_path, office(guizhou().content), of=guizhou())
    assert (told.ruled, told.asked, told.problems, told.told) == ([], [], [], [])


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "folder", ["catalogs/guizhou-2025", "catalogs/guizhou-2027", "catalogs/guangdong-2014", "tests/programmes/tiny"]
)
def test_tables_that_libreoffice_saved_are_the_same_programme(
    office: Callable[[bytes], bytes], tmp_path: Path, folder: str, lang: str
) -> None:
    before, _ = again(GUIZHOU.parents[1] / folder, lang, tmp_path)
    book = tmp_path / "tables.xlsx"
    book.write_bytes(office(book.read_bytes()))
    assert read_programme(tmp_path).digest == before.digest


FREE = "f1/expo-1-2/-"
GONE_BY = [("places", FREE, "goes", NO)]


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        (GONE_BY, {("trip-no-reason", "reason"), ("trip-no-basis", "basis")}),
        ([*GONE_BY, ("places", FREE, "reason", "重点")], {("trip-no-basis", "basis")}),
        ([("places", FREE, "goes", None)], {("value-missing", "goes")}),
        ([("places", FREE, "goes", "也许")], {("trip-choice", "goes")}),
        ([("places", FREE, "planned", "两个半")], {("number", "planned")}),
        ([("places", FREE, "people", -1)], {("too-small", "people")}),
        ([*why("places", FREE), ("places", FREE, "people", 0)], {("too-small", "people")}),
        ([*why("places", FREE), ("places", FREE, "planned", None)], {("value-missing", "planned")}),
        ([*why("places", FREE), *GONE_BY, ("places", FREE, "planned", 2)], {("trip-planned-stays", "planned")}),
        ([*why("places", FREE), ("places", FREE, "wish", "不参加")], {("trip-goes-refuses", "wish")}),
        ([*why("places", FREE), ("places", FREE, "planned", 2), ("places", FREE, "booths", 3)], {("trip-booths-differ", "booths")}),
        ([*why("places", FREE), ("places", FREE, "least_booths", 3)], {("trip-booths-least", "least_booths")}),
        ([*why("places", FREE), ("places", FREE, "role", "参观"), ("places", FREE, "planned", 2)], {("trip-planned-role", "planned")}),
        ([("places", FREE, "firm", "改名")], {("trip-locked", "firm")}),
        ([("places", FREE, "value", 1.0)], {("trip-locked", "value")}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_with_its_cell(
    tmp_path: Path, edits: list[Edit], expected: set[tuple[str, str]]
) -> None:
    cells, told = taken(tmp_path, edited_book(made().content, edits))
    assert what(told) == {(w, cell_of(cells, FREE, key)) for w, key in expected}
    assert all(report(told.problems, "zh") + report(told.problems, "en"))


@pytest.mark.parametrize(
    ("name", "lock"), [("f3/abroad-1-1/-", "settled"), ("f2/expo-1-2/-", "decided")]
)  # fmt: skip
def test_a_locked_row_says_why_it_is(tmp_path: Path, name: str, lock: str) -> None:
    cells, told = taken(tmp_path, edited_book(made().content, [("places", name, "goes", NO), *why("places", name)]))
    assert (f"trip-locked-{lock}", cell_of(cells, name, "goes")) in what(told)
    assert told.ruled == []


TEA, CUP = "f1/expo-1-1/expo-tea", "f1/expo-1-1/expo-cup"


def test_two_sections_of_a_firm_are_one_decision_if_it_stays_at_home(tmp_path: Path) -> None:
    edits = [(p, n, k, v) for n in (TEA, CUP) for p, n, k, v in [("places", n, "goes", NO), *why("places", n)]]
    _, told = taken(tmp_path, edited_book(made().content, edits))
    assert [(x.decision.kind.value, x.decision.firm_id, x.decision.phase_id) for x in told.ruled] == [
        ("must-not", "f1", "expo-1-1")
    ]
    assert told.problems == []


def test_one_of_two_sections_is_left_only_by_asking_for_it_no_more(tmp_path: Path) -> None:
    edits = [("places", TEA, "goes", NO), *why("places", TEA)]
    cells, told = taken(tmp_path, edited_book(made().content, edits))
    assert what(told) == {("trip-sections-leave", cell_of(cells, TEA, "goes"))}
    _, told = taken(tmp_path, edited_book(made().content, [*edits, ("places", TEA, "wish", "不参加")]))
    assert (told.problems, told.ruled) == ([], [])
    assert [dict(x.new) for x in told.asked] == [{"wish": "refuses"}]


@pytest.mark.parametrize(
    ("home", "edits", "problems", "decided"),
    [
        ((CUP,), [("places", CUP, "goes", YES)], {"trip-sections-two"}, []),
        ((CUP,), [("places", CUP, "goes", YES), ("places", TEA, "goes", NO)], {"trip-sections"}, []),
        ((CUP,), [("places", CUP, "goes", YES), ("places", TEA, "goes", NO), ("places", TEA, "wish", "不参加")], set(), ["must-go"]),
        ((CUP, TEA), [("places", CUP, "goes", YES)], {"trip-sections"}, []),
        ((CUP, TEA), [("places", CUP, "goes", YES), ("places", TEA, "goes", YES)], {"trip-sections-two"}, []),
        ((CUP, TEA), [("places", CUP, "goes", YES), ("places", TEA, "wish", "不参加")], set(), ["must-go"]),
        ((CUP, TEA), [("places", CUP, "state", LOCK)], set(), ["must-not"]),
        ((CUP,), [("places", CUP, "state", LOCK)], {"trip-sections-lock"}, []),
    ],
)  # fmt: skip
def test_a_section_is_chosen_by_a_decision_on_the_firm_and_asking_for_no_other(
    tmp_path: Path, home: tuple[str, ...], edits: list[Edit], problems: set[str], decided: list[str]
) -> None:
    """As the plan is taken to be, the cells of those at home say no already."""
    whole = [("places", n, k, v) for n in home for k, v in (("goes", NO), ("planned", None))]
    named = dict.fromkeys(name for _, name, _, _ in edits)
    whole += [*edits, *(cell for name in named for cell in why("places", name))]
    _, told = taken(tmp_path, edited_book(made().content, whole), home=home)
    assert {p.what for p in told.problems} == problems
    assert [x.decision.kind.value for x in told.ruled] == decided


def test_one_of_two_sections_cannot_be_locked(tmp_path: Path) -> None:
    cells, told = taken(tmp_path, edited_book(made().content, [("places", TEA, "state", LOCK), *why("places", TEA)]))
    assert what(told) == {("trip-sections-lock", cell_of(cells, TEA, "state"))}


def test_two_reasons_for_one_decision_are_a_contradiction(tmp_path: Path) -> None:
    edits = [("places", n, "goes", NO) for n in (TEA, CUP)] + why("places", TEA)
    edits += [("places", CUP, "reason", "别的"), ("places", CUP, "basis", "纪要1号")]
    _, told = taken(tmp_path, edited_book(made().content, edits))
    assert {p.what for p in told.problems} == {"trip-reasons-differ"}


def structure(change: Callable[[Any], None]) -> bytes:
    book = load_workbook(io.BytesIO(made().content))
    change(book.worksheets[1])
    return saved(book)


def row_of(sheet: Any, name: str) -> int:
    return next(n for n in range(1, sheet.max_row + 1) if sheet.cell(n, 1).value == name)


def test_rows_gone_added_twice_or_under_another_key(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        own = row_of(sheet, FREE)
        sheet.cell(row_of(sheet, TEA), 1).value = CUP
        sheet.cell(sheet.max_row + 1, 2).value = "新企业"
        sheet.cell(sheet.max_row + 1, 1).value = "nobody"
        sheet.delete_rows(own)

    _, told = taken(tmp_path, structure(change))
    expected = ["trip-key-changed", "trip-row-added", "trip-row-gone", "trip-row-gone", "trip-row-twice"]
    assert sorted(p.what for p in told.problems) == expected
    assert all(p.row for p in told.problems)
    assert all(report(told.problems, "zh") + report(told.problems, "en"))


def test_a_sheet_or_column_that_is_gone(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(made().content))
    del book[book.sheetnames[2]]
    _, told = taken(tmp_path, saved(book))
    assert [(p.what, p.value) for p in told.problems] == [("trip-sheet-gone", "团组安排")]

    def without_people(sheet: Any) -> None:
        sheet.delete_cols(next(c.column for c in sheet[2] if c.value == "people"))

    _, told = taken(tmp_path, structure(without_people))
    assert ("trip-column-gone", "人数") in {(p.what, p.value) for p in told.problems}


def test_rows_in_another_order_and_remarks_beside_change_nothing(tmp_path: Path) -> None:
    def turn(sheet: Any) -> None:
        rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=4)]
        for n, row in enumerate(reversed(rows), 4):
            for at, value in enumerate(row, 1):
                sheet.cell(n, at).value = value
        sheet.cell(6, 40).value = "待议"
        sheet.insert_rows(1, 2)

    _, told = taken(tmp_path, structure(turn))
    assert (told.ruled, told.asked, told.problems) == ([], [], [])
    assert [(p.what, p.value) for p in told.told] == [("told-trip-beside", "待议")]


def test_a_reason_without_a_change_and_a_sheet_of_ones_own_are_told(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(edited_book(made().content, [("places", FREE, "reason", "忘了")])))
    book.create_sheet("我的", 0)["A1"] = 1
    _, told = taken(tmp_path, saved(book))
    assert {(p.what, p.value) for p in told.told} == {("told-trip-idle", "忘了"), ("told-trip-sheet", "我的")}
    assert told.problems == []


def test_words_of_either_language_and_other_ways_to_say_yes(tmp_path: Path) -> None:
    for no in ("no", "N", "０", "否 "):
        _, told = taken(tmp_path, edited_book(made().content, [("places", FREE, "goes", no), *why("places", FREE)]))
        assert [x.decision.kind.value for x in told.ruled] == ["must-not"], no


def test_one_that_only_shows_other_words_is_read_all_the_same(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(edited_book(made().content, [*GONE_BY, *why("places", FREE)])))
    own = book["_fairplanner"]
    next(row for row in own.iter_rows() if row[0].value == "mark")[1].value = "0" * 16
    sheet = book.worksheets[1]
    sheet.cell(5, next(c.column for c in sheet[2] if c.value == "why")).value = "旧版的说明"
    _, told = taken(tmp_path, saved(book))
    assert (len(told.ruled), told.problems, [p.what for p in told.told]) == (1, [], ["told-trip-drifted"])


@pytest.mark.parametrize("lock", [".~lock.choices.xlsx#", "~$choices.xlsx", ".~choices.xlsx"])
def test_one_that_is_open_must_be_closed_first(tmp_path: Path, lock: str) -> None:
    (tmp_path / lock).write_bytes(b"")
    with pytest.raises(UserError) as caught:
        taken(tmp_path, made().content)
    assert "请先关闭“choices.xlsx”" in report(caught.value.problems, "zh")[0]


def test_other_workbooks_are_not_taken_for_ours(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(made().content))
    del book["_fairplanner"]
    for content, expected in ((saved(book), "trip-not-ours"), (b"no book", "xlsx-broken")):
        with pytest.raises(UserError) as caught:
            taken(tmp_path, content)
        assert caught.value.problems[0].what == expected


def test_every_open_column_of_an_application_is_one_of_its_fields() -> None:
    row = ROWS["places", FREE]
    assert row.application is not None
    assert set(ASKED) <= type(row.application).model_fields.keys()
    assert set(row.open) == {"goes", "state", "planned", "reason", "basis", *ASKED}


@pytest.mark.parametrize("name", ["_x0041_示例", "示例\x07企业", "=1+1", "示例\n企业", " 示 例 "])
def test_names_that_spreadsheets_show_otherwise_are_no_edits(tmp_path: Path, name: str) -> None:
    programme = made().programme
    firms = (programme.firms[0].model_copy(update={"name_zh": name}), *programme.firms[1:])
    tables = {field: getattr(programme, field) for field in Programme.model_fields}
    of = exported(Programme(**(tables | {"firms": firms})), made().plan, "zh")
    assert name in {cells[0] for _, cells in of.book.pages[0].rows}
    _, told = taken(tmp_path, saved(load_workbook(io.BytesIO(of.content))), of=of)
    assert (told.ruled, told.problems, told.told) == ([], [], [])
    _, told = taken(tmp_path, of.content, of=of)
    assert (told.ruled, told.problems, told.told) == ([], [], [])
