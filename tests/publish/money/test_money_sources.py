"""Every number behind a plan's money is told with its source, or marked sample; nothing that is not used is told."""

from __future__ import annotations

from pathlib import Path

from fairplanner.domain.kinds import Confidence
from fairplanner.intake import read_plan, read_snapshot
from fairplanner.publish.money.money_sources import Sourced, Sources, Used, by_source
from fairplanner.publish.plan_json import plan_json, snapshot_json
from fairplanner.publish.press import Press
from tests.programmes.packs_plan import packs_plan


def found(lang: str = "zh", subsidies: tuple[str, ...] = ()) -> tuple[Sourced, ...]:
    programme, plan = packs_plan()
    claims = tuple(c for c in plan.claims if not subsidies or c.subsidy_id in subsidies)
    used = Used(plan.delegations, plan.participations, claims)
    return Sources(Press(programme, plan, lang).money_words, used).rows()


def test_every_number_has_a_source_and_a_confidence() -> None:
    rows = found()
    assert all(x.source and x.confidence for x in rows)
    assert sum(x.is_sample for x in rows) == len([x for x in rows if x.confidence is Confidence.SAMPLE]) > 20


def test_numbers_of_packs_say_their_own_source_and_assumption() -> None:
    (cap,) = [x for x in found() if x.what == "每次参展限额"]
    assert (cap.value, cap.source, cap.reading) == ("8,000.00 CNY", "示例摘编 / Sample digest", "据转载或摘编")
    assert cap.remark == "示例：2023年的数字；假定 2024-12-31 之后继续有效"
    (limit,) = [x for x in found() if x.value == "15,000.00 CNY"]
    assert limit.used_for == "示例省展位补贴：每企业全年补贴上限"


def test_what_no_claim_rests_on_is_left_out() -> None:
    rows = found(subsidies=("sample-travel.people",))
    assert not [x for x in rows if "示例省展位补贴" in x.used_for]
    assert [x.value for x in rows if x.what == "USD"] == ["7.1（2024-10-31）"]


def test_fares_that_are_only_estimated_say_so() -> None:
    (fares,) = [x for x in found("en") if x.used_for == "fares"]
    assert fares.confidence is Confidence.BACKGROUND


def test_a_stored_programme_tells_the_same_numbers(tmp_path: Path) -> None:
    programme, plan = packs_plan()
    for name, content in (("plan.json", plan_json(plan)), ("programme.json", snapshot_json(programme))):
        (tmp_path / name).write_bytes(content)
    stored, again = read_snapshot(tmp_path / "programme.json"), read_plan(tmp_path / "plan.json")
    used = Used(again.delegations, again.participations, again.claims)
    assert Sources(Press(stored, again, "zh").money_words, used).rows() == found()


def test_numbers_of_one_source_stand_together() -> None:
    groups = by_source(found())
    assert sum(len(rows) for rows in groups.values()) == len(found())
    assert [key[0] for key in groups][:2] == [
        "示例通知〔2023〕1号 / Sample notice 1 of 2023",
        "示例摘编 / Sample digest",
    ]
