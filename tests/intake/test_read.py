"""Programmes as a whole: what overrides what, what the digest depends on, and agreement between tables."""

from __future__ import annotations

import csv
import random
import shutil
from pathlib import Path

import pytest

from fairplanner.domain.tables import TABLES
from fairplanner.errors import CatalogueError
from fairplanner.intake import read_programme, read_reference
from fairplanner.shipped import shipped
from tests.programmes.broken_table import BASE

TINY = Path(__file__).parents[1] / "programmes" / "tiny"
SHARED = "zone_id,name_zh,name_en,kind,parent,place_id,source,confidence\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in BASE.items():
        (tmp_path / name).write_text(str(content), encoding="utf-8")
    return tmp_path


def told(folder: Path, reference: Path | None = None) -> list[tuple[str, int, str, str]]:
    with pytest.raises(CatalogueError) as caught:
        read_programme(folder, reference)
    return [(p.file, p.row, p.column, p.what) for p in caught.value.problems]


def test_the_shipped_reference_reads_without_a_problem_sorted_by_key():
    tables = read_reference()
    assert set(tables) == {t.name for t in TABLES if t.shared}
    assert len(tables["fairs"]) >= 18
    for table in TABLES:
        if table.shared:
            keys = [tuple(getattr(row, k) for k in table.key) for row in tables[table.name]]
            assert keys == sorted(keys)


@pytest.mark.parametrize("name", sorted(p.parent.name for p in shipped("catalogs").glob("*/programme.toml")))
def test_every_shipped_programme_reads_without_a_problem(name: str):
    assert read_programme(shipped("catalogs") / name).settings.id == name


def test_a_row_of_the_programme_replaces_the_reference_row_of_the_same_key(folder: Path):
    (folder / "zones.csv").write_text(SHARED + "gz,示例改名,Renamed,province,,guiyang,示例,sample\n", encoding="utf-8")
    programme = read_programme(folder)
    assert programme.zone["gz"].name_zh == "示例改名"
    assert "gz-p-zunyi" in programme.zone


MOVED = "phase_id,fair_id,edition,phase,year,start,end,status,source,confidence"


def test_a_column_that_a_replacing_row_does_not_have_keeps_what_the_reference_says(folder: Path):
    shipped_one = next(q for q in read_reference()["phases"] if q.phase_id == "canton-138-1")  # type: ignore[attr-defined]
    row = "canton-138-1,canton,138,1,2025,2025-11-05,2025-11-09,announced,示例,sample"
    (folder / "phases.csv").write_text(f"{MOVED}\n{row}\n", encoding="utf-8")
    moved = read_programme(folder).phase["canton-138-1"]
    assert (str(moved.start), moved.status) == ("2025-11-05", "announced")
    assert (moved.place_id, moved.venue_en, moved.name_zh) == (
        shipped_one.place_id, shipped_one.venue_en, shipped_one.name_zh,
    )  # fmt: skip
    (folder / "phases.csv").write_text(f"{MOVED},name_zh,place_id\n{row},,guangzhou\n", encoding="utf-8")
    assert read_programme(folder).phase["canton-138-1"].name_zh == "", "an empty cell says nothing, and is meant"


def test_days_without_a_city_are_a_problem_and_not_a_fair_without_a_date(folder: Path):
    row = "own-1,canton,1,1,2025,2025-11-05,2025-11-09,announced,示例,sample"
    (folder / "phases.csv").write_text(f"{MOVED}\n{row}\n", encoding="utf-8")
    assert told(folder) == [("phases.csv", 2, "place_id", "phase-nowhere")]


def test_a_broken_row_that_replaces_a_reference_row_is_the_only_problem(folder: Path):
    (folder / "zones.csv").write_text(SHARED + "gz,示例改名,,province,,guiyang,示例,sample\n", encoding="utf-8")
    assert told(folder) == [("zones.csv", 2, "name_en", "value-missing")]


def test_the_order_of_rows_and_the_kind_of_file_change_nothing(tmp_path: Path):
    shuffled = tmp_path / "shuffled"
    shutil.copytree(TINY, shuffled)
    for path in shuffled.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        random.Random(7).shuffle(rows)  # noqa: S311 -- only an order, and the same at every run
        with path.open("w", encoding="gb18030", newline="") as file:
            csv.writer(file, delimiter=";").writerows([header, *rows])
    assert read_programme(shuffled) == read_programme(TINY)


def test_the_digest_changes_with_any_cell_and_any_setting(tmp_path: Path):
    known = {read_programme(TINY).digest}
    for name, old, new in (
        ("firms.csv", "示例企业01", "示例企业91"),
        ("quotas.csv", "tp,2", "tp,3"),
        ("programme.toml", "2024-11-01", "2024-11-02"),
    ):
        changed = tmp_path / name
        shutil.copytree(TINY, changed)
        text = (changed / name).read_text(encoding="utf-8")
        assert old in text
        (changed / name).write_text(text.replace(old, new), encoding="utf-8")
        known.add(read_programme(changed).digest)
    assert len(known) == 4
    assert all(len(digest) == 16 and int(digest, 16) >= 0 for digest in known)


def test_amounts_written_differently_are_the_same_programme(tmp_path: Path):
    shutil.copytree(TINY, tmp_path / "other")
    funds = tmp_path / "other" / "funds.csv"
    funds.write_text(funds.read_text(encoding="utf-8").replace(",100000,", ',"100,000.00",'), encoding="utf-8")
    assert read_programme(tmp_path / "other").digest == read_programme(TINY).digest


def test_a_reference_of_the_users_own_is_read_instead_and_named_in_problems(folder: Path, tmp_path: Path):
    own = tmp_path / "world"
    shutil.copytree(shipped("catalogs") / "reference", own)
    (own / "firms.csv").write_text("firm_id\n", encoding="utf-8")
    places = (own / "places.csv").read_text(encoding="utf-8").replace("Asia/Shanghai", "Qqq/Zzz", 1)
    (own / "places.csv").write_text(places, encoding="utf-8")
    assert [(file, what) for file, _, _, what in told(folder, own)] == [
        ("world/firms.csv", "table-not-shared"),
        ("world/places.csv", "tz-unknown"),
    ]


def test_folders_and_files_that_are_no_programme_say_so(tmp_path: Path):
    assert told(tmp_path / "nowhere")[0][3] == "folder-missing"
    (tmp_path / "plan.pdf").write_bytes(b"")
    assert told(tmp_path / "plan.pdf")[0][3] == "not-a-programme"
    assert told(tmp_path) == [("programme.toml", 0, "", "settings-missing")]


def test_a_row_with_one_problem_still_has_its_references_checked(folder: Path):
    text = str(BASE["firms.csv"]).replace("F1,示例企业1,gz-p-zunyi", "F1,,gz-p-zunyii")
    (folder / "firms.csv").write_text(text, encoding="utf-8")
    assert told(folder) == [
        ("firms.csv", 2, "name_zh", "value-missing"),
        ("firms.csv", 2, "zone_id", "reference-unknown-near"),
    ]


def test_of_a_name_with_a_slip_the_nearest_is_told(folder: Path):
    text = str(BASE["firms.csv"]).replace("F1,示例企业1,gz-p-zunyi", "F1,示例企业1,遵义事")
    (folder / "firms.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        read_programme(folder)
    assert [dict(p.facts)["near"] for p in caught.value.problems] == ["遵义市"]


def test_a_phase_may_have_only_one_of_its_dates(folder: Path):
    (folder / "phases.csv").write_text(
        "phase_id,fair_id,edition,year,start,end,status,source,confidence\nx-1,namm,x,2025,2025-05-01,,初定,示例,sample\n",
        encoding="utf-8",
    )
    assert read_programme(folder).phase["x-1"].end is None


def test_a_phase_of_another_fair_in_prices_and_choices_is_named(folder: Path):
    (folder / "prices.csv").write_text(
        "fair_id,phase_id,stand,per_booth,source,confidence\nnamm,canton-137-1,raw,1,示例,sample\n", encoding="utf-8"
    )
    (folder / "posts.csv").write_text(
        "post_id,title_zh,zone_id,skill,source,confidence\nP1,示例岗,gz,队长,示例,sample\n", encoding="utf-8"
    )
    assert told(folder) == [("posts.csv", 2, "skill", "skill"), ("prices.csv", 2, "phase_id", "phase-elsewhere")]


def test_zones_outside_the_planning_zone_need_no_home_city(folder: Path):
    (folder / "zones.csv").write_text(SHARED + "far,示例远方,Far,region,,,示例,sample\n", encoding="utf-8")
    assert read_programme(folder).home("far") == ""
