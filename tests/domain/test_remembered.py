"""What is worked out of a programme is kept with it, and with no other."""

from __future__ import annotations

import gc

import pytest

from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered
from tests import builders as b


def test_a_question_is_worked_out_once_for_its_arguments() -> None:
    asked: list[str] = []

    @remembered
    def firms_of(programme: Programme, zone_id: str) -> int:
        asked.append(zone_id)
        return sum(f.zone_id == zone_id for f in programme.firms)

    programme = b.a_programme()
    zone = programme.firms[0].zone_id
    assert firms_of(programme, zone) == firms_of(programme, zone) > 0
    assert firms_of(programme, "nowhere") == 0
    assert asked == [zone, "nowhere"]


def test_a_copy_begins_with_nothing() -> None:
    @remembered
    def firms(programme: Programme) -> int:
        return len(programme.firms)

    programme = b.a_programme()
    assert firms(programme) == len(programme.firms)
    assert firms(programme.model_copy(update={"firms": ()})) == 0
    assert firms(programme) == len(programme.firms)


def test_what_is_kept_goes_with_the_programme() -> None:
    @remembered
    def rows(programme: Programme) -> list[str]:
        return [f.firm_id for f in programme.firms]

    # a later programme may stand where an earlier one was: it is never taken for it
    for firms in (1, 2, 3):
        programme = b.a_programme(firms=tuple(b.firm(f"f{n}") for n in range(firms)), applications=())
        assert len(rows(programme)) == firms
        del programme
        gc.collect()


def test_what_raises_is_asked_again_and_arguments_by_name_are_not_kept() -> None:
    asked: list[str] = []

    @remembered
    def phase(programme: Programme, phase_id: str) -> str:
        asked.append(phase_id)
        return programme.phase[phase_id].fair_id

    programme = b.a_programme()
    known = programme.phases[0].phase_id
    for _ in range(2):
        with pytest.raises(KeyError):
            phase(programme, "none")
        assert phase(programme, phase_id=known) == programme.phases[0].fair_id
    assert asked == ["none", known, "none", known]
