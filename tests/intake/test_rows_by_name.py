"""Rows of other tables by their names in cells: whole names only, sections of the row's own phase, what fits several refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairplanner.domain.programme import Programme
from fairplanner.errors import CatalogueError, Problem
from fairplanner.intake import read_programme
from tests.programmes.broken_table import BASE

FIRMS = "firm_id,name_zh,zone_id,sectors,source,confidence\n"
ASKED = "firm_id,phase_id,section_id,source,confidence\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "programme.toml").write_text(str(BASE["programme.toml"]), encoding="utf-8")
    return tmp_path


def read(folder: Path, firms: str, asked: str = "", told: list[Problem] | None = None) -> Programme:
    (folder / "firms.csv").write_text(FIRMS + firms, encoding="utf-8")
    (folder / "applications.csv").write_text(ASKED + asked, encoding="utf-8")
    return read_programme(folder, told=told)


def whats(folder: Path, firms: str, asked: str = "") -> list[tuple[str, int, str, str]]:
    with pytest.raises(CatalogueError) as caught:
        read(folder, firms, asked)
    return [(p.file, p.row, p.column, p.what) for p in caught.value.problems]


@pytest.mark.parametrize("zone", ["遵义市", "遵义", " 遵义市 ", "Zunyi", "gz-p-zunyi"])
def test_a_zone_may_be_called_by_its_name(folder: Path, zone: str) -> None:
    (firm,) = read(folder, f"F1,示例,{zone},茶叶；白酒,示例,sample\n").firms
    assert (firm.zone_id, firm.sectors) == ("gz-p-zunyi", ("tea", "baijiu"))


def test_which_names_were_taken_for_what_is_told(folder: Path) -> None:
    told: list[Problem] = []
    read(folder, "F1,示例,遵义市,tea,示例,sample\n", told=told)
    assert [(p.file, p.column, p.what, p.value) for p in told] == [
        ("firms.csv", "zone_id", "told-names", "遵义市 → gz-p-zunyi")
    ]


def test_a_section_is_one_of_the_phase_that_is_asked_for(folder: Path) -> None:
    firms = "F1,示例茶业,遵义市,tea,示例,sample\n"
    programme = read(folder, firms, "示例茶业,第137届广交会第三期,食品展区,示例,sample\n")
    assert [(a.firm_id, a.phase_id, a.section_id) for a in programme.applications] == [
        ("F1", "canton-137-3", "canton-3-16")
    ]
    assert whats(folder, firms, "F1,canton-137-1,食品,示例,sample\n") == [
        ("applications.csv", 2, "section_id", "reference-unknown-near")
    ]


def test_a_name_of_two_rows_is_refused_with_both_and_a_part_of_a_name_is_none(folder: Path) -> None:
    firms = "F1,示例茶业,遵义市,tea,示例,sample\nF2,示例茶业,贵阳市,tea,示例,sample\n"
    assert whats(folder, firms, "示例茶业,canton-137-3,,示例,sample\n") == [
        ("applications.csv", 2, "firm_id", "name-several")
    ]
    assert whats(folder, "F1,示例,遵,tea,示例,sample\n")[0][:3] == ("firms.csv", 2, "zone_id")


def test_an_id_is_an_id_whatever_else_is_called_so(folder: Path) -> None:
    firms = "F1,F2,遵义市,tea,示例,sample\nF2,F1,贵阳市,tea,示例,sample\n"
    programme = read(folder, firms, "F2,canton-137-3,,示例,sample\n")
    assert [a.firm_id for a in programme.applications] == ["F2"]
