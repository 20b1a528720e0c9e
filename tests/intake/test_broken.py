"""Broken programmes: each gives exactly the problems it should, all at once, in words that say where, what and cure."""

from __future__ import annotations

import pytest

from fairplanner.errors import CatalogueError, Problem
from fairplanner.intake import read_programme
from fairplanner.report import report
from tests.programmes.broken_table import BASE, BROKEN, FOLDER, Broken

EACH = pytest.mark.parametrize("broken", BROKEN, ids=[b.name for b in BROKEN])


def problems_of(broken: Broken) -> tuple[Problem, ...]:
    with pytest.raises(CatalogueError) as caught:
        read_programme(FOLDER / broken.name)
    return caught.value.problems


def test_there_are_at_least_25_different_ones_and_no_folder_is_forgotten():
    assert len(BROKEN) >= 25
    assert sorted(p.name for p in FOLDER.iterdir()) == sorted(b.name for b in BROKEN)


def test_the_sample_they_are_made_from_is_not_broken(tmp_path):
    for name, content in BASE.items():
        (tmp_path / name).write_text(str(content), encoding="utf-8")
    assert len(read_programme(tmp_path).applications) == 2


@EACH
def test_exactly_the_expected_problems_are_told(broken: Broken):
    assert [(p.file, p.row, p.column, p.what) for p in problems_of(broken)] == sorted(broken.told)


@EACH
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_reads_as_it_was_proofread(broken: Broken, lang: str):
    lines = (FOLDER / broken.name / f"report.{lang}.txt").read_text(encoding="utf-8").splitlines()
    assert report(problems_of(broken), lang) == lines


@EACH
def test_the_folder_holds_what_its_line_in_the_table_says(broken: Broken):
    content = {name: c for name, c in broken.content().items() if not name.endswith(".xlsx")}
    assert {name: (FOLDER / broken.name / name).read_bytes() for name in content} == content
    there = {p.name for p in (FOLDER / broken.name).iterdir()} - {"report.zh.txt", "report.en.txt"}
    assert there == set(broken.content())
