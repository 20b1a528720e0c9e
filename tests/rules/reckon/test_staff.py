"""Pools of posts that delegations need."""

from __future__ import annotations

from fairplanner.domain import reference as r
from fairplanner.rules.reckon.staff import pool, size, skills_needed
from tests import builders as b
from tests.rules.plans import delegation, standing_body


def test_abroad_a_delegation_needs_a_leader_and_at_home_nobody() -> None:
    assert skills_needed(b.a_programme(), delegation()) == ("leader",)
    assert skills_needed(b.a_programme(), standing_body()) == ()


def test_a_language_is_needed_where_the_country_or_region_says_so() -> None:
    base = b.a_programme()
    there = r.Territory(**(base.territory["SG"].model_dump() | {"interpreter": "es"}))
    assert skills_needed(b.a_programme(territories=(base.territory["CN"], there)), delegation()) == (
        "leader",
        "interpreter:es",
    )


def test_the_nearest_zone_with_a_post_serves() -> None:
    programme = b.a_programme(posts=(b.post(), b.post("lead-2"), b.post("lead-3", "west")))
    assert (pool(programme, "east", "leader"), pool(programme, "west", "leader")) == ("prov:leader", "west:leader")
    assert (size(programme, "prov:leader"), size(programme, "west:leader")) == (2, 1)
    assert pool(programme, "west", "interpreter:es") == ""
