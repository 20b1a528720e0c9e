"""Fairs and phases by name in cells: understood where one is meant, refused with the candidates where several are, and told."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest

from fairplanner.domain.programme import Programme
from fairplanner.errors import CatalogueError, Problem
from fairplanner.intake import read_programme
from tests.programmes.broken_table import BASE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in BASE.items():
        (tmp_path / name).write_text(str(content), encoding="utf-8")
    return tmp_path


def read(folder: Path, **tables: str) -> tuple[Programme, list[Problem]]:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    told: list[Problem] = []
    return read_programme(folder, told=told), told


def wrong(folder: Path, **tables: str) -> list[tuple[int, str, str, str]]:
    with pytest.raises(CatalogueError) as caught:
        read(folder, **tables)
    return [(p.row, p.what, p.value, dict(p.facts).get("ids", "")) for p in caught.value.problems]


def asks(*phases: str) -> str:
    return "企业编号,展期编号,展区编号,来源,可信度\n" + "".join(f"F1,{q},,示例,sample\n" for q in phases)


@pytest.mark.parametrize(
    ("name", "phase_id"),
    [
        ("第137届广交会第一期", "canton-137-1"), ("广交会137届一期", "canton-137-1"), ("2025年秋季广交会第二期", "canton-138-2"),
        ("第138届中国进出口商品交易会（广交会）第三期", "canton-138-3"), ("Canton Fair 137th, phase 2", "canton-137-2"), ("CANTON-137-1", "canton-137-1"),
    ],
)  # fmt: skip
def test_a_phase_is_known_by_its_printed_name(folder: Path, name: str, phase_id: str):
    cell = f'"{name}"'
    programme, told = read(folder, applications=asks(cell))
    assert [a.phase_id for a in programme.applications] == [phase_id]
    assert [(p.column, p.value) for p in told if p.what == "told-names"] == [
        ("展期编号", f"{normalize('NFKC', name)} → {phase_id}")
    ]


def test_a_fair_is_known_by_its_alias_and_a_phase_alone_is_one_of_the_rows_own_fair(folder: Path):
    text = "展会编号,展期编号,权重,来源,可信度\n广交会,,0.7,示例,sample\n广交会,第137届第一期,0.9,示例,sample\n"
    programme, _ = read(folder, choices=text)
    assert [(c.fair_id, c.phase_id) for c in programme.choices] == [("canton", ""), ("canton", "canton-137-1")]


def test_a_name_that_fits_several_is_refused_with_all_of_them_once(folder: Path):
    six = "canton-137-1, canton-137-2, canton-137-3, canton-138-1, canton-138-2, canton-138-3"
    three = "canton-137-1, canton-137-2, canton-137-3"
    found = wrong(folder, applications=asks("广交会", "第137届广交会"))
    assert found == [(2, "phase-several", "广交会", six), (3, "phase-several", "第137届广交会", three)]


def test_one_phase_by_name_and_by_id_is_there_twice(folder: Path):
    found = wrong(folder, applications=asks("canton-137-1", "第137届广交会第一期"))
    assert [(row, what) for row, what, _, _ in found] == [(3, "row-twice")]


def test_what_names_no_fair_stays_an_unknown_id(folder: Path):
    assert [what for _, what, _, _ in wrong(folder, applications=asks("火星展"))] in (
        ["reference-unknown"],
        ["reference-unknown-near"],
    )


def test_names_and_ids_make_one_programme(folder: Path):
    plain, _ = read(folder, applications=asks("canton-137-1", "canton-138-2"))
    named, _ = read(folder, applications=asks("第137届广交会第一期", "2025年秋季广交会第二期"))
    assert named.digest == plain.digest


def test_look_alike_firms_are_told_and_never_merged(folder: Path):
    head, row = str(BASE["firms.csv"]).splitlines()[:2]
    rows = [row, row.replace("F1,示例企业1", "F2,示例企业(1)"), row.replace("F1,示例企业1", "F3,另一企业")]
    programme, told = read(folder, firms="\n".join([head, *rows]) + "\n", applications=asks("canton-137-1"))
    assert len(programme.firms) == 3
    assert [p.value for p in told if p.what == "told-alike"] == ["示例企业1 (F1), 示例企业(1) (F2)"]


def test_related_firms_make_a_group_and_a_parent_that_is_no_firm_is_told(folder: Path):
    head, row = str(BASE["firms.csv"]).splitlines()[:2]
    rows = [row, row.replace("F1,示例企业1", "F2,另一企业")]
    related = "企业编号,关联企业,关系,来源,可信度\nF1,P9,母公司,示例,sample\nF2,P9,联营,示例,sample\n"
    programme, told = read(
        folder, firms="\n".join([head, *rows]) + "\n", applications=asks("canton-137-1"), related=related
    )
    assert [f.group for f in programme.firms] == ["F1", "F1"]
    assert programme.by_firm.group == {"F1": ("F1", "F2")}
    assert [p.value for p in told if p.what == "told-related"] == ["P9"]
