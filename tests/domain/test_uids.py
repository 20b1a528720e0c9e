"""UIDs of calendar entries never change: what subscribers have once seen must stay one event."""

from __future__ import annotations

from fairplanner.domain.uids import uid


def test_the_uid_of_a_fact_is_the_one_it_always_was() -> None:
    assert uid("test.fairplanner.invalid", "closes:abroad-1-1") == (
        "bd8a14aa-e5a6-5c62-a5a4-28531dc418cc@test.fairplanner.invalid"
    )


def test_another_host_or_another_fact_has_another_uid() -> None:
    made = {uid(host, key).partition("@")[0] for host in ("a.example", "b.example") for key in ("x", "y")}
    assert len(made) == 4
