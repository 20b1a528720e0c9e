"""Who stood behind it."""

from __future__ import annotations

from dataclasses import replace

from tests.publish.archive.made import a_record, a_revision, rows
from tests.publish.archive.made import material as made


def test_a_notice_is_told_with_its_objections_and_what_it_lacks() -> None:
    record = a_record()
    (notice,) = rows(record, "notices")
    assert notice[5:7] == (2, 1)
    assert "公示 n1 没有登记结果" in record.missing
    assert "公示 n1 还有 1 项异议没有答复" in record.missing


def test_a_phase_by_rank_without_a_notice_is_missing_one() -> None:
    assert any("没有公示记录" in text and "第2期" in text for text in a_record().missing)


def test_a_party_abroad_has_its_permit_and_misses_it_where_there_is_none() -> None:
    record = a_record("abroad")
    assert rows(record, "approvals")[0][:3] == ("a1", "任务批件", "示例1号")
    assert not [text for text in record.missing if "没有批件记录" in text]
    programme = record.press.programme.model_copy(update={"approvals": ()})
    press = type(record.press)(programme, record.press.plan, "zh")
    assert any("没有批件记录" in text for text in type(record)(press, record.scope, made()).missing)


def test_revisions_are_told_with_their_seals_and_one_that_was_not_published_is_missing() -> None:
    (row,) = rows(a_record(), "revisions")
    assert row[0] == 1
    assert row[2:4] == ("office", "first")
    assert row[5] == a_revision().seal[:16]
    later = replace(a_revision(), number=2)
    assert "第1稿没有发布" in a_record(revisions=(later,)).missing


def test_only_the_parties_of_the_fair_stand_among_those_told_and_who_was_not_is_missing() -> None:
    record = a_record()
    assert [(row[2], row[4]) for row in rows(record, "told")] == [("示例团", 2)]
    unsent = replace(made().told[0], sent=0, at=None)  # type: ignore[index]
    assert "1 份通知没有发送记录" in a_record(told=(unsent,)).missing


def test_what_nobody_named_is_said_to_be_unknown() -> None:
    missing = a_record(revisions=None, told=None).missing
    assert "没有指明数据库，不知道发布过哪些稿" in missing
    assert "没有指明待发件夹，不知道告知了谁" in missing
