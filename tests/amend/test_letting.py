"""A firm comes in by name where no order is published, and alternates are tried with the very commands."""

from __future__ import annotations

import pytest

from fairplanner.amend import coming_by_name, coming_in_order, let_in, promote, withdraw
from fairplanner.amend.letting import Coming
from fairplanner.errors import UserError
from fairplanner.explain.mishaps.alternates import reserves
from fairplanner.rules import check
from tests import builders as b
from tests.amend.plans import a_queue, act, firms_at
from tests.explain.mishaps.test_alternates import by_value


def test_a_firm_comes_in_by_name_once_a_place_is_free() -> None:
    after = withdraw(*by_value(), "f2", "expo-1-1", act()).after
    made = let_in(*after, "expo-1-1", "f4", act("promote"))
    programme, plan = made.after
    assert firms_at(plan) == ["f1", "f4"]
    assert check(programme, plan) == ()
    assert [p.firm_id for p in made.amendment.came] == ["f4"]


@pytest.mark.parametrize(
    ("firm", "what"), [("f3", "amend-cannot-come"), ("f1", "amend-not-asking"), ("nobody", "amend-firm-unknown")]
)
def test_who_cannot_come_in_by_name_is_refused_with_the_reason(firm: str, what: str) -> None:
    with pytest.raises(UserError) as error:
        let_in(*by_value(), "expo-1-1", firm, act("promote"))
    assert [p.what for p in error.value.problems] == [what]


def test_nobody_comes_in_by_name_where_the_order_is_published() -> None:
    with pytest.raises(UserError) as error:
        let_in(*a_queue(), "expo-1-1", "f5", act("promote"))
    assert [p.what for p in error.value.problems] == ["amend-in-order"]


def test_every_alternate_of_a_published_list_comes_in_turn_by_the_command_named() -> None:
    programme, plan = a_queue()
    (found,) = reserves(programme, plan)
    leavers = [p.firm_id for p in found.alternates[0].leavers]
    coming = coming_in_order(programme, plan, ("expo-1-1", "", "prov"), leavers, act(), most=5)
    assert [(c.application_id.split("/")[0], c.leaver) for c in coming] == [("f4", "f3"), ("f5", "f2")]
    state = programme, plan
    for one in coming:
        state = promote(
            *withdraw(*state, one.leaver, "expo-1-1", act()).after, "expo-1-1", act("promote"), "-", "prov"
        ).after
        assert one.application_id.split("/")[0] in firms_at(state[1])


def test_every_alternate_by_value_comes_by_the_command_named() -> None:
    programme, plan = by_value()
    (found,) = reserves(programme, plan)
    for x in found.alternates:
        coming = coming_by_name(programme, plan, x.application_id, [p.firm_id for p in x.leavers], act())
        assert coming == Coming(x.application_id, "f2")
        after = withdraw(programme, plan, "f2", "expo-1-1", act()).after
        assert x.firm_id in firms_at(let_in(*after, "expo-1-1", x.firm_id, act("promote")).after[1])


def test_a_free_place_needs_nobody_to_leave_and_what_stands_in_the_way_is_told() -> None:
    free = withdraw(*by_value(), "f2", "expo-1-1", act()).after
    assert coming_by_name(*free, "f3/expo-1-1/-", ["f1"], act()) == Coming("f3/expo-1-1/-")
    programme, plan = by_value()
    barred = programme.model_copy(update={"decisions": (b.decision(kind="must-not", firm_id="f3"),)})
    assert coming_by_name(barred, plan, "f3/expo-1-1/-", ["f2"], act()) == ("decisions",)
