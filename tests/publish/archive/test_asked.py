"""Who asked and who got a place."""

from __future__ import annotations

from tests.publish.archive.made import a_record, rows


def test_every_application_of_the_fair_stands_in_the_record() -> None:
    record = a_record()
    own = [a for a in record.press.programme.applications if a.phase_id in record.scope.phase_ids]
    assert len(rows(record, "applications")) == len(own) > 0


def test_a_score_sheet_is_told_item_by_item_and_a_decision_with_post_reason_and_basis() -> None:
    record = a_record()
    assert rows(record, "scores")[0][2:5] == ("出口", 100.0, 63.0)
    (decision,) = rows(record, "decisions")
    assert decision[1:] == ("必须参加", "示例企业f3", "第1届第1期", "处室负责人", "新品首发", "纪要1号")


def test_places_add_up_and_who_was_left_out_is_told_why() -> None:
    record = a_record("expo")
    assert [(row[2], row[6]) for row in rows(record, "places")] == [("示例企业f1", 1), ("示例企业f3", 2)]
    (left,) = rows(record, "left_out")
    assert left[1] == "示例企业f2"
    assert left[5:] == ("规则“deadline-passed”：", "deadline-passed")


def test_the_ranking_tells_who_is_placed_and_who_waits_with_score_and_steps() -> None:
    placed = [row for row in rows(a_record(), "ranking") if row[4] is not None]
    assert placed
    assert all(row[0].startswith("第1届") for row in placed)


def test_an_archive_of_one_phase_has_no_column_that_says_the_same_everywhere() -> None:
    heads = {part.key: [head[0] for head in part.heads] for part in a_record("expo-1-1").parts}
    assert "phase" not in heads["applications"] + heads["ranking"] + heads["places"]
