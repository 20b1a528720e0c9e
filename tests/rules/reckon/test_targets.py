"""What targets count."""

from __future__ import annotations

from typing import Any

import pytest

from fairplanner.rules.reckon.targets import reached
from tests import builders as b
from tests.rules.plans import delegation, place, standing_body

PLACES = (
    place("f1", booths=2), place("f1", "abroad-1-1", booths=1), place("f2", "expo-1-2", booths=1), place("f3", "abroad-1-1", booths=3),
)  # fmt: skip
SENT = (delegation("prov"), delegation("west"), standing_body("east"))


@pytest.mark.parametrize(
    ("what", "count"),
    [
        ({"counts": "participations"}, 4),
        ({"counts": "participations", "zone_id": "east"}, 3),
        ({"counts": "participations", "fair_id": "expo"}, 2),
        ({"counts": "participations", "abroad_only": True}, 2),
        ({"counts": "participations", "market_class": "emerging"}, 2),
        ({"counts": "participations", "market_class": "key"}, 0),
        ({"counts": "firms"}, 3),
        ({"counts": "firms", "zone_id": "east"}, 2),
        ({"counts": "booths"}, 7),
        ({"counts": "fairs"}, 2),
        ({"counts": "fairs", "zone_id": "west"}, 1),
        ({"counts": "delegations"}, 2),
        ({"counts": "delegations", "zone_id": "west"}, 1),
        ({"counts": "promotion-trips"}, 3),
        ({"counts": "promotion-trips", "abroad_only": True}, 2),
        ({"counts": "promotion-trips", "fair_id": "expo"}, 1),
        ({"counts": "participations", "already": 3}, 7),
    ],
)
def test_counts_of_a_zone_and_all_below(what: dict[str, Any], count: int) -> None:
    fairs = (b.fair("abroad", markets=("asean",), promotes=True), b.fair("expo", promotes=True))
    programme = b.a_programme(fairs=fairs, targets=(b.target(at_least=9, **what),))
    (told,) = reached(programme, SENT, PLACES)
    assert (told.target_id, told.reached, told.wanted) == ("t1", count, 9)
