"""Who is passed over is told with the numbers that stand in its way."""

from __future__ import annotations

from fairplanner.amend import promote, withdraw
from fairplanner.domain.amending import Amended, Passed
from fairplanner.words import words
from tests import builders as b
from tests.amend.plans import FIRMS, a_queue, act


def told(made: Amended) -> list[tuple[str, dict[str, str]]]:
    return [(x.application_id.split("/")[0], dict(x.said)) for x in made.amendment.passed]


def test_who_accepts_more_than_is_free_is_told_how_many_are_free() -> None:
    asked = tuple(
        b.application(f, score=90.0 - 10 * n, booths=2 if f == "f4" else 1, least_booths=2 if f == "f4" else 1)
        for n, f in enumerate(FIRMS)
    )
    made = withdraw(*a_queue(applications=asked), "f2", "expo-1-1", act(), promote=True)
    ((firm, said), *_) = told(made)
    assert (firm, said["free"], said["least"], said["given"], said["available"]) == ("f4", "1", "2", "2", "3")
    for lang in ("zh", "en"):
        sentence = made.amendment.passed[0].in_words("F4", words(lang))
        assert all(x in sentence for x in ("F4", "1", "2", "3"))


def test_who_cannot_pay_the_fewest_booths_it_accepts_is_not_said_to_break_an_allotment() -> None:
    firms = tuple(b.firm(f, own_money=1) if f == "f4" else b.firm(f) for f in FIRMS)
    programme, plan = withdraw(*a_queue(firms=firms), "f2", "expo-1-1", act()).after
    made = promote(programme, plan.model_copy(update={"excluded": ()}), "expo-1-1", act("promote"))
    assert [x for x in told(made) if x[0] == "f4" and x[1]["why"] not in ("money", "")] == []


def test_every_reason_has_a_sentence_in_both_languages() -> None:
    numbers = (("available", "19"), ("free", "4"), ("given", "15"), ("least", "2"), ("most", "1"))
    for why in ("", "few", "least", "full", "share", "base", "threshold", "quota", "money"):
        passed = Passed("f/p/-", 1, ("allotment",), (*numbers, ("why", why)))
        for lang in ("zh", "en"):
            assert "F" in passed.in_words("F", words(lang))
