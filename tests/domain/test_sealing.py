"""The seal of a revision covers every field, and fields cannot flow into one another."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from fairplanner.domain.published import Revision
from fairplanner.domain.sealing import seal_of, sealed

BASE = Revision("p", 1, "d", "", "", datetime(2026, 11, 22, 8, tzinfo=UTC), "计划岗", "初稿", b"plan", b"programme")
OTHER = {
    "programme_id": "q", "number": 2, "digest": "e", "parent": "x", "at": BASE.at + timedelta(seconds=1), "by": "岗", "why": "二稿",
    "plan": b"plan2", "programme": b"programme2",
}  # fmt: skip


def test_every_field_is_sealed() -> None:
    assert set(OTHER) == {f.name for f in fields(Revision)} - {"seal"}


@pytest.mark.parametrize("name", sorted(OTHER))
def test_a_change_of_any_field_breaks_the_seal(name: str) -> None:
    assert seal_of(replace(BASE, **{name: OTHER[name]})) != seal_of(BASE)


def test_nothing_can_be_moved_from_one_field_into_the_next() -> None:
    assert seal_of(replace(BASE, by="ab", why="c")) != seal_of(replace(BASE, by="a", why="bc"))
    assert seal_of(replace(BASE, plan=b"ab", programme=b"c")) != seal_of(replace(BASE, plan=b"a", programme=b"bc"))


def test_the_seal_does_not_hang_on_the_zone_or_on_an_earlier_seal() -> None:
    beijing = BASE.at.astimezone(timezone(timedelta(hours=8)))
    assert seal_of(replace(BASE, at=beijing, seal="x")) == seal_of(BASE)
    assert sealed(BASE).seal == seal_of(BASE)
