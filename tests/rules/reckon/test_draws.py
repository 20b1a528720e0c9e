"""Draws: the order anybody can check with a hash tool."""

from __future__ import annotations

import hashlib
from typing import Any

from fairplanner.domain.programme import Programme
from fairplanner.pose.posing import pose
from fairplanner.rules.reckon.draws import draw_of, ticket, undrawn
from fairplanner.rules.reckon.orders import orders
from tests import builders as b


def by_lot(**tables: Any) -> Programme:
    return b.a_programme(**({"choices": (b.choice("expo", policy="lottery"),), "draws": (b.draw(),)} | tables))


def test_a_ticket_is_the_hash_of_number_and_application_written_together() -> None:
    assert ticket("2024131", "f1/expo-1-1/-") == hashlib.sha256(b"2024131f1/expo-1-1/-").hexdigest()


def test_the_order_is_that_of_the_tickets_and_not_of_scores() -> None:
    programme = by_lot()
    (queue,) = (q for key, q in orders(programme).items() if key[0] == "expo-1-1")
    names = [f"f{i}/expo-1-1/-" for i in (1, 2, 3)]
    assert [a.application_id for a in queue] == sorted(names, key=lambda name: ticket("2024131", name))
    assert {a.firm_id for a in queue} == {"f1", "f2", "f3"}
    places = pose(programme).participations
    ranks = dict(zip(places["application"], places["rank"], strict=True))
    assert [ranks[a.application_id] for a in queue] == [1, 2, 3]


def test_another_number_gives_another_order() -> None:
    by_number = [orders(by_lot(draws=(b.draw(number=str(n)),)))["expo-1-1", "", "prov"] for n in range(12)]
    assert {queue[0].firm_id for queue in by_number} == {"f1", "f2", "f3"}


def test_a_section_has_its_own_draw_before_that_of_the_phase() -> None:
    programme = by_lot(draws=(b.draw(), b.draw(number="7", section_id="expo-tea")))
    own, whole = draw_of(programme, "expo-1-1", "expo-tea"), draw_of(programme, "expo-1-1", "")
    assert own is not None
    assert whole is not None
    assert (own.number, whole.number) == ("7", "2024131")


def test_a_lottery_without_a_draw_is_found() -> None:
    assert undrawn(by_lot()) == (("expo-1-2", ""),)
    assert undrawn(b.a_programme()) == ()
