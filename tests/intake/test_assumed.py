"""An assumed programme is judged as one that was read: ids that are not there, dates the wrong way round."""

from __future__ import annotations

from datetime import date

import pytest

from fairplanner.domain.programme import Programme
from fairplanner.errors import CatalogueError
from fairplanner.explain.assuming import assumed, parsed_all
from fairplanner.intake.assumed import refuse_odd
from tests.builders import a_programme, instalment, pack, pack_choice, pack_subsidy, packed, settings


def refused(*texts: str, programme: Programme | None = None) -> set[tuple[str, str, str]]:
    """Where, what and value of everything that no longer agrees."""
    base = programme or a_programme()
    made = assumed(base, parsed_all(base, texts))
    with pytest.raises(CatalogueError) as caught:
        refuse_odd(made, base)
    return {(p.file, p.what, p.value) for p in caught.value.problems}


@pytest.mark.parametrize(
    "text", ["funds/travel.amount=5", "drop:expo-1-1", "must-go:f1@expo-1-1", "value.delegation=1"]
)
def test_what_agrees_is_left_alone(text: str) -> None:
    base = a_programme()
    refuse_odd(assumed(base, parsed_all(base, [text])), base)


def test_ids_that_are_not_there_are_named_with_the_row_that_names_them() -> None:
    assert refused("firms/f1.zone_id=eest") == {("firms/f1", "reference-unknown-near", "eest")}
    gone = refused("funds/trade=-")
    assert ("subsidies/half", "reference-unknown-near", "trade") in gone


def test_a_row_that_is_taken_away_is_missed_where_it_is_named() -> None:
    base = a_programme(instalments=(instalment(date(2025, 1, 5), 10),))
    assert refused("funds/travel=-", programme=base) == {
        ("instalments/travel/2025-01-05", "reference-unknown-near", "travel")
    }


def test_dates_the_wrong_way_round_and_settings_nobody_means() -> None:
    assert refused("phases/expo-1-1.end=2025-01-01") == {("phases/expo-1-1", "end-before-start", "2025-01-01")}
    assert refused("as_of=2027-01-01") == {("programme.toml", "as-of-late", "2027-01-01")}
    assert refused("root=nowhere") == {("programme.toml", "reference-unknown", "nowhere")}


def test_a_lottery_without_a_draw_is_told_when_the_rest_is_right() -> None:
    assert {what for _, what, _ in refused("choices/abroad/-.policy=lottery")} == {"draw-missing"}


def test_what_was_odd_before_is_not_held_against_the_assumption() -> None:
    base = a_programme()
    odd = base.model_copy(update={"firms": tuple(f.model_copy(update={"zone_id": "xx"}) for f in base.firms)})
    refuse_odd(assumed(odd, parsed_all(odd, ["value.delegation=1"])), odd)


def test_packs_are_known_by_what_they_hold() -> None:
    base = packed(pack(pack_subsidy()))
    chosen = settings(packs=(pack_choice(funds={"stand": "trade"}),))
    fine = base.model_copy(update={"settings": chosen})
    refuse_odd(assumed(fine, parsed_all(fine, ["value.delegation=1"])), fine)
    assert any("trade" in value for _, _, value in refused("funds/trade=-", programme=fine))
