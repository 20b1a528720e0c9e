"""Ids in whichever case, names, and what is near where nothing fits."""

from __future__ import annotations

import pytest

from fairplanner.amend import promote, withdraw
from fairplanner.amend.find import firm_of, phase_of, phases_of
from fairplanner.errors import UserError
from tests import builders as b
from tests.amend.plans import FIRMS, a_queue, act, firms_at


def test_an_id_is_known_in_whichever_case() -> None:
    programme = b.a_programme(firms=(b.firm("SAMPLE-1"), b.firm("SAMPLE-12")))
    assert firm_of(programme, "sample-1") == "SAMPLE-1"
    assert phases_of(programme, "EXPO-1-1") == ("expo-1-1",)


def test_what_is_near_is_found_in_whichever_case() -> None:
    programme = b.a_programme(firms=(b.firm("SAMPLE-15"), b.firm("OTHER")))
    with pytest.raises(UserError) as error:
        firm_of(programme, "sample-155")
    assert dict(error.value.problems[0].facts)["near"] == "SAMPLE-15"


def test_a_number_with_fewer_noughts_is_nearest() -> None:
    programme = b.a_programme(firms=tuple(b.firm(x) for x in ("SAMPLE-003", "SAMPLE-013", "SAMPLE-103")))
    with pytest.raises(UserError) as error:
        firm_of(programme, "sample-03")
    assert dict(error.value.problems[0].facts)["near"].split(", ")[0] == "SAMPLE-003"


def test_a_fair_with_one_phase_in_the_year_is_that_phase_and_of_several_one_must_be_named() -> None:
    one = b.a_programme(phases=(b.phase(),))
    assert phase_of(one, "expo") == "expo-1-1"
    two = b.a_programme(phases=(b.phase(), b.phase(number=2)))
    with pytest.raises(UserError) as error:
        phase_of(two, "expo")
    assert error.value.problems[0].what == "amend-several-phases"
    assert dict(error.value.problems[0].facts)["has"] == "expo-1-1, expo-1-2"


def test_a_section_is_known_by_its_name_and_lists_are_told_with_theirs() -> None:
    sections = (b.section("expo-tea", name_zh="茶", name_en="Tea"), b.section("expo-tin", name_zh="锡", name_en="Tin"))
    asked = tuple(
        b.application(f, score=90.0 - 10 * n, section_id="expo-tea" if n % 2 else "expo-tin")
        for n, f in enumerate((*FIRMS, "f6"))
    )
    firms = tuple(b.firm(f) for f in (*FIRMS, "f6"))
    quotas = (b.quota(section_id="expo-tea", booths=2), b.quota(section_id="expo-tin", booths=2))
    programme, plan = a_queue(sections=sections, applications=asked, firms=firms, quotas=quotas)
    left = withdraw(programme, plan, "f1", "expo-1-1", act()).after
    with pytest.raises(UserError) as error:
        promote(*left, "expo-1-1", act("promote"))
    facts = dict(error.value.problems[0].facts)
    assert "锡" in facts["lists.zh"]
    assert "Tea" in facts["lists.en"]
    assert firms_at(promote(*left, "EXPO-1-1", act("promote"), section="tin").after[1]) == ["f2", "f3", "f4", "f5"]
