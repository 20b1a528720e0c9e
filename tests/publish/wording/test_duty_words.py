from __future__ import annotations

import pytest

from fairplanner.domain.duties import Duty
from fairplanner.domain.kinds import Confidence
from fairplanner.publish.naming import Naming
from fairplanner.publish.wording.duty_words import DutyWords
from fairplanner.rules.reckon.duties import dues, occasion_of
from fairplanner.words import words
from tests import builders as b


def lines(duty: Duty, lang: str, **tables: object) -> tuple[str, ...]:
    programme = b.a_programme(duties=(duty,), **tables)
    occasion = occasion_of(programme, "abroad-1-1")
    assert occasion is not None
    (due,) = dues(programme, occasion)
    return DutyWords(Naming(programme, lang)).lines(due)


def counted_from(who: str, lang: str) -> set[str]:
    told = lines(b.duty(who=who, anchor="departs"), lang)
    return {k for k in ("planned", "unplanned", "unplanned_firms") if words(lang)(f"duties.line_{k}") in told}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_duties_of_firms_and_goods_are_counted_from_exhibitors_days_and_say_so(lang: str) -> None:
    assert counted_from("firms", lang) == counted_from("goods", lang) == {"unplanned_firms"}
    assert counted_from("officials", lang) == {"unplanned"}


def test_where_no_home_is_known_firms_are_taken_to_travel_next_to_the_fair_as_well() -> None:
    nowhere = tuple(z.model_copy(update={"place_id": ""}) for z in b.a_programme().zones)
    told = lines(b.duty(who="firms", anchor="departs"), "en", zones=nowhere)
    assert words("en")("duties.line_unplanned") in told


@pytest.mark.parametrize(
    ("confidence", "source", "is_told"),
    [
        (Confidence.SOURCED, "some notice", True),
        (Confidence.BACKGROUND, "惯例", False),
        (Confidence.UNKNOWN, "惯例", False),
        (Confidence.BACKGROUND, "https://example.org/visa", True),
    ],
)
def test_a_source_is_named_where_it_is_known_or_can_be_looked_up(
    confidence: Confidence, source: str, is_told: bool
) -> None:
    told = lines(b.duty(confidence=confidence, source=source), "en")
    assert (words("en")("duties.line_source", source=source) in told) is is_told
