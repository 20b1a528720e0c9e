from __future__ import annotations

from datetime import date
from typing import Any

from fairplanner.domain import reference as r
from fairplanner.domain.kinds import CostLine
from fairplanner.domain.plan import Excluded
from fairplanner.pose import pose
from tests import builders as b

AT = "abroad-1-1"


def sent(**changes: object) -> dict[str, dict[Any, Any]]:
    """The shortest delegation of each sponsor abroad."""
    rows = pose(b.a_programme(**changes)).delegations
    short = rows[(rows["regime"] == "abroad") & rows["delegation"].str.endswith("0319")]
    return {row["sponsor"]: row for row in short.to_dict("records")}


def told(rule: str, **changes: object) -> list[Excluded]:
    return [e for e in pose(b.a_programme(**changes)).excluded if e.rule == rule and e.kind == "delegation"]


def test_a_sponsor_with_too_few_firms_sends_no_delegation() -> None:
    assert set(sent()) == {"east", "prov"}
    (one,) = told("delegation-size")
    assert (one.zone_id, one.phase_id, dict(one.facts)) == ("west", AT, {"firms": "1", "least": "2"})


def test_a_least_number_of_firms_at_home_binds_too() -> None:
    rows = pose(b.a_programme(choices=(b.choice("expo", least_firms=2), b.choice("abroad", least_firms=2)))).delegations
    assert "west" not in set(rows["sponsor"])


def test_fewest_and_most_firms_are_those_of_the_office() -> None:
    row = sent(choices=(b.choice("abroad", least_firms=2, most_firms=9),))["prov"]
    assert (row["least_firms"], row["most_firms"]) == (2, 9)


def test_the_leader_comes_from_the_nearest_zone_that_has_one() -> None:
    posts = (b.post("a", "prov"), b.post("b", "east"))
    assert {s: row["leader_pool"] for s, row in sent(posts=posts).items()} == {
        "east": "east:leader",
        "prov": "prov:leader",
    }


def test_without_a_leader_nobody_is_sent_abroad() -> None:
    assert {(e.zone_id, e.count, dict(e.facts)["skill"]) for e in told("staff", posts=())} == {
        ("east", 2, "leader"),
        ("prov", 2, "leader"),
    }


def territories(language: str) -> dict[str, object]:
    names = {"CN": "中国", "SG": "新加坡"}
    return {
        "territories": tuple(
            r.Territory(territory_id=t, name_zh=z, name_en=z, markets=("asean",) if t == "SG" else (), interpreter=language if t == "SG" else "", **b.SAMPLE)
            for t, z in names.items()
        )
    }  # fmt: skip


def test_an_interpreter_is_needed_where_the_country_or_region_says_so() -> None:
    posts = (b.post(), b.post("i", "prov", "interpreter:ms"))
    assert sent(posts=posts, **territories("ms"))["prov"]["interpreter_pool"] == "prov:interpreter:ms"
    assert {dict(e.facts)["skill"] for e in told("staff", **territories("ms"))} == {"interpreter:ms"}


def test_the_nearest_fund_that_may_pay_every_line_pays() -> None:
    lines = (CostLine.FARE, CostLine.LODGING, CostLine.MEALS, CostLine.INCIDENTALS)
    funds = (
        b.fund("own", zone_id="east", pays=lines),
        b.fund("above"),
        b.fund("narrow", zone_id="east", pays=lines[:1]),
    )
    assert {s: row["fund"] for s, row in sent(funds=funds, subsidies=()).items()} == {"east": "own", "prov": "above"}


def test_where_no_fund_may_pay_there_is_no_delegation() -> None:
    late = b.fund(period_from=date(2025, 6, 1))
    assert {e.zone_id for e in told("fund-use", funds=(late,), subsidies=())} == {"east", "prov"}


def test_participations_of_a_sponsor_that_cannot_go_are_dropped_and_the_others_stay() -> None:
    problem = pose(b.a_programme())
    rows = problem.participations[problem.participations["phase"] == AT]
    assert set(zip(rows["firm"], rows["sponsor"], strict=True)) == {
        (f, s) for f in ("f1", "f2") for s in ("east", "prov")
    } | {("f3", "prov")}
    assert not [e for e in problem.excluded if e.rule == "hosting"]


def test_an_application_left_without_a_sponsor_says_which_rule_was_in_the_way() -> None:
    problem = pose(b.a_programme(posts=(), applications=(b.application("f1", AT), b.application("f2", AT))))
    assert [(e.firm_id, dict(e.facts)["because"]) for e in problem.excluded if e.rule == "hosting"] == [
        ("f1", "staff"),
        ("f2", "staff"),
    ]
