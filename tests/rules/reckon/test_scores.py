"""Score sheets: which one scores an application, its total and the order of its items."""

from __future__ import annotations

from fairplanner.pose.posing import pose
from fairplanner.rules.reckon.score import score, score_parts
from fairplanner.rules.reckon.scores import sheet_of, total, written
from tests import builders as b

SHEET = (b.score_item("record", 40, 33), b.score_item("empty booth", 0, -3), b.score_item("exports", 60, 52.5))


def test_a_sheet_replaces_the_formula_and_deductions_count() -> None:
    programme = b.a_programme(scores=SHEET)
    assert score_parts(programme, b.application("f1")) == {"sheet": 82.5}
    assert score(programme, b.application("f2")) == 55.0


def test_items_stand_by_full_marks_and_deductions_last() -> None:
    assert [i.item for i in written(SHEET)] == ["exports", "record", "empty booth"]


def test_deductions_never_take_a_score_below_nothing() -> None:
    assert total((b.score_item(points=2), b.score_item("transfer", 0, -10))) == 0.0


def test_a_sheet_of_the_section_goes_before_that_of_the_whole_phase() -> None:
    own = b.score_item(points=70, section_id="expo-tea")
    programme = b.a_programme(scores=(*SHEET, own), sections=(b.section(),))
    assert sheet_of(programme, b.application("f1", section_id="expo-tea")) == (own,)
    assert total(sheet_of(programme, b.application("f1", section_id="expo-ore"))) == 82.5


def test_posing_scores_by_the_same_sheets() -> None:
    programme = b.a_programme(scores=SHEET)
    problem = pose(programme)
    places = set(problem.participations[["application", "score"]].itertuples(index=False, name=None))
    assert places == {(a.application_id, score(programme, a)) for a in programme.applications}
    parts = problem.parts.set_index("application")["part"]
    assert parts["f1/expo-1-1/-"] == "sheet"
