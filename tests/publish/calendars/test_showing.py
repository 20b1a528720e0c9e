from __future__ import annotations

from dataclasses import replace

import pytest

from fairplanner.publish.agendas.agenda import Entry
from fairplanner.publish.calendars.showing import body_of, entry_of, is_sample, showings
from tests.publish import feeds


@pytest.mark.parametrize("entry", [feeds.FAIR_DAYS, feeds.FLIGHT, feeds.DEADLINE, feeds.SPRING], ids=lambda e: e.key)
def test_an_entry_reads_back_as_it_was(entry: Entry) -> None:
    assert entry_of(body_of(entry, sample=True)) == entry


def test_the_same_entry_has_the_same_fingerprint_and_any_visible_difference_another() -> None:
    def fingerprint(entry: Entry, sample: bool = False) -> str:
        (found,) = showings(feeds.an_agenda(entry, sample=sample), "host")
        return found.fingerprint

    base = feeds.FLIGHT
    others = [
        replace(base, title="x"), replace(base, lines=()), replace(base, is_firm=False), replace(base, spot=feeds.HALL),
        replace(base, ends=base.starts), replace(base, last=feeds.NEW_YEAR.last),
    ]  # fmt: skip
    assert fingerprint(base) == fingerprint(replace(base))
    assert len({fingerprint(base), fingerprint(base, sample=True), *map(fingerprint, others)}) == 8


def test_whether_it_is_a_sample_goes_with_it() -> None:
    assert is_sample(body_of(feeds.FAIR_DAYS, sample=True))
    assert not is_sample(body_of(feeds.FAIR_DAYS, sample=False))


def test_a_half_character_does_not_stand_in_the_way_of_writing_it_down() -> None:
    (found,) = showings(feeds.an_agenda(feeds.HARD), "host")
    assert found.body.encode()
    assert "\ud800" not in "".join(entry_of(found.body).lines)
