"""What a plan pays, cell by cell."""

from __future__ import annotations

from decimal import Decimal

from fairplanner.rules.reckon.tally import tallied
from tests import builders as b
from tests.rules.plans import claim

PROGRAMME = b.packed(b.pack(limits=(b.limit(12_000),)))


def test_cells_come_in_order_of_payment_with_what_they_use_up() -> None:
    claims = [
        claim("f1", phase, amount, entitled=Decimal(10_000), subsidy_id="pk.stand")
        for phase, amount in (("expo-1-1", 2_000), ("abroad-1-1", 10_000))
    ]
    first, second = tallied(PROGRAMME, claims)
    assert (first.cell.phase_id, first.cut, first.room) == ("abroad-1-1", 0, 2_000)
    assert second.limits == (("pk.year · f1 · 2025", Decimal(12_000), Decimal(12_000)),)
    assert (second.cut, second.room) == (8_000, 0)


def test_claims_under_no_subsidy_in_force_are_left_out() -> None:
    assert list(tallied(PROGRAMME, [claim()])) == []


def test_a_cell_without_limits_has_no_room_to_speak_of() -> None:
    (only,) = tallied(b.packed(b.pack()), [claim(subsidy_id="pk.stand")])
    assert only.room is None
