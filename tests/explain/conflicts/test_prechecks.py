"""What arithmetic shows before anything is solved: each planted slip by its kind, with figures that are right, and no false alarm."""

from __future__ import annotations

from datetime import date

import pytest

from fairplanner.domain.programme import Programme
from fairplanner.explain.conflicts.prechecks import Precheck, prechecks
from fairplanner.pose import pose
from tests.builders import a_programme, application, approval, choice, decision, quota, settings, target, zone
from tests.explain.independent import can_be
from tests.explain.planted import loose
from tests.explain.planted_conflicts import COLLISIONS

KINDS = {
    "two pins and one booth": ["quota"],
    "two pins and one booth in reserve": ["quota"],
    "two pins on the same days": ["teams"],
    "must and must not": ["opposite"],
    "a firm must, and nobody who could take it may": ["barred"],
    "two pins and one fair a year": ["most-phases"],
    "two pins beyond own money": ["own-money"],
    "a pin beyond own money": ["own-money"],
    "two pins and a delegation of one": ["most-firms"],
    "two pins and a permit for three people": ["permit-people"],
    "two pins and nine square metres": ["quota"],
    "a pin on a firm that came too late": ["impossible-firm"],
    "a pin on a firm that has not applied": ["impossible-firm"],
    "a pin on a phase without dates": ["impossible-firm"],
    "a zone that must go has too few firms": ["impossible-zone"],
    "a zone that must go has too few booths for its firms": ["impossible-zone"],
    "two parties and one leader": ["staff"],
    "a pin beyond the fund": ["fund"],
    "a permit and a decision against it": ["permit-kept-away"],
    "a floor beyond the quota": ["target"],
    "a floor of booths beyond a section's quota": ["target"],
    "a place paid for and a permit taken back": ["permit-people"],
    "two places paid for on the same days": ["teams"],
    "two places paid for and one booth": ["quota"],
    "two phases, at each two pins and one booth": ["quota", "quota"],
    "a quota and, apart from it, a fund": ["quota"],
    "leaders and, apart from them, must and must not": ["opposite", "staff"],
    "a quota, a fund and a firm's own money": ["own-money", "quota"],
}
"""By case; of all other collisions arithmetic alone shows nothing."""


def fatal(programme: Programme) -> list[Precheck]:
    return [check for check in prechecks(pose(programme)) if check.is_fatal]


def facts(programme: Programme, kind: str) -> dict[str, str]:
    return next(dict(check.facts) for check in prechecks(pose(programme)) if check.kind == kind)


@pytest.mark.parametrize("case", COLLISIONS, ids=lambda case: case.name)
def test_each_planted_slip_is_shown_by_its_kind(case: object) -> None:
    found = fatal(case.made())  # type: ignore[attr-defined]
    assert sorted(check.kind for check in found) == KINDS.get(case.name, [])  # type: ignore[attr-defined]
    # the limits that arithmetic names are those that were planted
    planted = case.members | {("decisions", "d1")}  # type: ignore[attr-defined]
    assert {(b.rule, b.label) for check in found for b in check.members} <= planted


def test_nothing_is_shown_where_everybody_can_go() -> None:
    assert fatal(loose()) == []
    assert fatal(a_programme()) == []


def test_the_least_that_pins_take_is_told_with_what_there_is() -> None:
    programme = loose(
        quotas=(quota(booths=4),),
        applications=tuple(application(f, booths=3, least_booths=2) for f in ("f1", "f2", "f3")),
        decisions=tuple(decision(f"d{n}", firm_id=f"f{n}") for n in (1, 2, 3)),
    )
    assert facts(programme, "quota") == {
        "phase": "expo-1-1", "section": "", "zone": "prov", "unit": "booths", "firms": "3", "needed": "6", "bound": "4",
    }  # fmt: skip
    assert not can_be(programme)


def test_pins_that_just_fit_are_no_finding() -> None:
    pins = (decision("d1", firm_id="f1"), decision("d2", firm_id="f2"))
    programme = loose(quotas=(quota(booths=2),), decisions=pins)
    assert fatal(programme) == []
    assert can_be(programme)


def test_a_firm_that_has_not_applied_has_no_reason_but_that() -> None:
    programme = loose(applications=(application("f2"),), decisions=(decision("d1", firm_id="f1"),))
    assert [(check.kind, check.reasons) for check in fatal(programme)] == [("impossible-firm", ())]


def test_two_fairs_that_no_journey_takes_in_are_paid_for_apart() -> None:
    """Two stands of 20,000 and 10,000, and a journey to each; the firm has 40,000."""
    programme = next(c for c in COLLISIONS if c.name == "two pins beyond own money").made()
    assert facts(programme, "own-money")["needed"] == "5948200"
    assert facts(programme, "own-money")["bound"] == "4000000"


def test_a_floor_within_reach_is_no_finding_and_one_more_is() -> None:
    for wanted, kinds in ((9, []), (10, ["target"])):
        assert [check.kind for check in fatal(loose(targets=(target("t", wanted, floor=True),)))] == kinds


def test_a_floor_of_firms_is_held_against_the_quota_as_well() -> None:
    two = loose(
        quotas=(quota(booths=4),), applications=tuple(application(f, booths=2, least_booths=2) for f in ("f1", "f2", "f3")),
        targets=(target("t", 3, floor=True, counts="firms", fair_id="expo"),),
    )  # fmt: skip
    assert facts(two, "target") == {"target": "t", "wanted": "3", "most": "2"}
    assert not can_be(two)


def test_a_wish_beyond_reach_is_worth_a_look_only() -> None:
    programme = loose(targets=(target("t", 50),))
    assert [(check.kind, check.is_fatal) for check in prechecks(pose(programme))] == [("target-wish", False)]
    assert can_be(programme)


def test_quotas_that_promise_more_than_there_is_are_worth_a_look() -> None:
    programme = loose(quotas=(quota(booths=3), quota(booths=2, zone_id="east"), quota(booths=2, zone_id="west")))
    assert facts(programme, "quota-tree") == {
        "phase": "expo-1-1", "section": "", "zone": "prov", "needed": "4", "bound": "3",
    }  # fmt: skip


def test_a_fair_to_which_no_zone_has_firms_enough_is_worth_a_look() -> None:
    programme = loose(choices=(choice("abroad", least_firms=4), choice("expo", policy="optimise")))
    assert facts(programme, "least-firms") == {"phase": "abroad-1-1", "firms": "3", "least": "4"}


def test_a_permit_that_no_party_fits_is_shown() -> None:
    programme = loose(
        approvals=(approval(depart=date(2025, 3, 18), back=date(2025, 3, 18), people=3),),
        settings=settings(
            profiles={"abroad": {"least_firms": 0, "officials": 2, "needs_leader": False, "policy": "optimise"}}
        ),
    )
    assert [check.kind for check in fatal(programme)] == ["approval"]
    assert not can_be(programme)


def test_the_order_of_rows_changes_nothing() -> None:
    programme = next(c for c in COLLISIONS if c.name == "leaders and, apart from them, must and must not").made()
    turned = programme.model_copy(
        update={name: getattr(programme, name)[::-1] for name in ("decisions", "firms", "applications", "posts")}
    )
    assert prechecks(pose(programme)) == prechecks(pose(turned))


def test_zones_that_do_not_send_are_no_takers() -> None:
    zones = (zone("east", "prov", sends=False), zone("prov"), zone("west", "prov", sends=False))
    pins = (decision("d1", firm_id="f1"), decision("d2", "must-not", zone_id="east"))
    assert not [check for check in fatal(loose(zones=zones, decisions=pins)) if check.kind == "barred"]
