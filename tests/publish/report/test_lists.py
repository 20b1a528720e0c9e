"""The tables of the report, on plans made by hand."""

from __future__ import annotations

from datetime import date

from fairplanner.domain.plan import Excluded
from fairplanner.publish.press import Press
from fairplanner.publish.report import lists
from fairplanner.publish.report.lists import Report
from tests import builders as b
from tests.publish import plans


def _report(lang: str = "zh", programme: dict[str, object] | None = None, **changes: object) -> Report:
    return Report(Press(plans.programme(**(programme or {})), plans.plan(**changes), lang))


def test_delegations_stand_in_the_order_in_which_they_leave_with_public_money_of_party_and_claims() -> None:
    report = _report()
    abroad, at_home = lists.delegation_list(report).lines
    assert abroad.cells[3:] == ("2", "2", "3", "30,165.99")
    assert at_home.cells[3:] == ("2", "3", "0", "0.00")
    assert abroad.anchor == report.anchors["prov/abroad-1-1"]
    assert "13" not in abroad.cells[0]


def test_a_delegation_is_found_by_the_zones_of_its_firms() -> None:
    report = _report()
    (tags,) = {line.tags for line in lists.delegation_list(report).lines if line.anchor == "d1"}
    of_firm = report.tags.of((report.press.programme.firm["f1"].zone_id,))
    assert set(of_firm) <= set(tags)


def test_every_place_is_a_row_sorted_by_the_day_its_fair_opens() -> None:
    made = lists.place_list(_report())
    assert len(made.lines) == 4
    keys = [dict(line.order)[2] for line in made.lines]
    assert keys == sorted(keys)


def test_whatever_was_left_out_has_its_reason_as_a_sentence_and_its_zone() -> None:
    excluded = (
        Excluded(kind="application", rule="travel-dates", firm_id="f2", phase_id="later-2-1", facts=(("reason", "undated"),)),
        Excluded(kind="delegation", rule="nobody-knows", zone_id="east", phase_id="expo-1-2", count=3),
    )  # fmt: skip
    first, second = lists.left_list(_report(excluded=excluded)).lines
    assert first.cells[4] == "展期日期待定"
    assert first.cells[2]
    assert second.cells[1] == ""
    assert second.cells[5] == "3"
    assert "nobody-knows" in second.cells[4]


def test_a_clash_names_its_days_its_delegations_and_whether_a_rule_forbids_it() -> None:
    out = plans.journey("f1", ("abroad-1-1",), depart=date(2025, 4, 1), return_=date(2025, 4, 12))
    (line,) = lists.clash_list(_report(journeys=(out, plans.journey("f1")))).lines
    assert line.cells[0] == "2025年4月11日—12日（周五至周六）"
    assert "同时有 2 支队伍在外，只能派出 1 支" in line.cells[1]
    assert line.cells[3] == "不符合规则"
    assert line.mark == "warn"


def test_what_is_past_is_marked_and_everything_due_is_sorted_by_its_day() -> None:
    made = lists.due_rows(_report())
    assert made.lines
    assert {line.mark for line in made.lines} <= {"", "past"}
    assert all(dict(line.order)[0] == dict(line.order)[1] for line in made.lines)


def test_decisions_stand_with_reason_and_basis() -> None:
    decided = (b.decision("d1", firm_id="f1", phase_id="expo-1-1"),)
    (line,) = lists.decision_list(_report(programme={"decisions": decided})).lines
    assert line.cells[6:] == (decided[0].reason, decided[0].basis)
    assert line.tags


def test_both_languages_have_words_for_every_column() -> None:
    for lang in ("zh", "en"):
        report = _report(lang)
        made = [
            f(report)
            for f in (
                lists.delegation_list,
                lists.place_list,
                lists.left_list,
                lists.unclaimed_list,
                lists.clash_list,
                lists.due_rows,
                lists.decision_list,
            )
        ]
        assert all(report.press.w(f"report.col.{c.key}") for x in made for c in x.columns)
        assert all(len(line.cells) == len(x.columns) for x in made for line in x.lines)
