"""A plan as the next revision: numbered, told apart by what it decides, sealed as the store verifies it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fairplanner.domain.earlier import with_settled
from fairplanner.domain.sealing import seal_of
from fairplanner.publish.calendars.stamping import digest_of, next_number, revision_of
from tests.publish import plans

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def test_a_revision_is_sealed_with_the_very_bytes_that_are_kept() -> None:
    first = revision_of(plans.programme(), plans.plan(revision=1), None, AT, "office", "first")
    assert (first.number, first.parent) == (1, "")
    assert first.seal == seal_of(first)
    second = revision_of(plans.programme(), plans.plan(revision=2), first, AT + timedelta(days=1), "office", "second")
    assert (second.number, second.parent) == (next_number(first), first.seal)
    assert second.seal == seal_of(second) != seal_of(replace(second, plan=first.plan))


def test_the_number_is_no_part_of_what_was_decided() -> None:
    assert digest_of(plans.programme(), plans.plan(revision=1)) == digest_of(plans.programme(), plans.plan(revision=9))


def test_a_plan_that_bears_another_number_is_refused() -> None:
    with pytest.raises(ValueError, match="revision 3 does not follow 0"):
        revision_of(plans.programme(), plans.plan(revision=3), None, AT, "office", "first")


def test_how_a_plan_was_found_and_which_one_it_began_from_are_no_part_of_it_either() -> None:
    plan = plans.plan()
    told = plan.model_copy(update={"bound": plan.value + 7, "gap": 0.5, "engine": "amended", "status": "amended"})
    again = with_settled(plans.programme(), plan)
    assert again.settled
    assert digest_of(plans.programme(), plan) == digest_of(again, told)


def test_whatever_is_decided_or_rests_in_the_tables_is_a_part() -> None:
    plan, programme = plans.plan(), plans.programme()
    fewer = plan.model_copy(update={"participations": plan.participations[1:]})
    later = programme.model_copy(update={"posts": ()})
    assert len({digest_of(programme, plan), digest_of(programme, fewer), digest_of(later, plan)}) == 3
