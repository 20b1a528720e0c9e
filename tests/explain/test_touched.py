"""Whom assumptions are about."""

from __future__ import annotations

import pytest

from fairplanner.explain.assuming import parsed_all
from fairplanner.explain.touched import touched
from tests.builders import a_programme


@pytest.mark.parametrize(
    ("texts", "firms", "phases", "zones"),
    [
        (["drop:expo-1-1"], (), ("expo-1-1",), ()), (["firms/f1.teams=2"], ("f1",), (), ()),
        (["applications/f2/expo-1-2/-.booths=2"], ("f2",), ("expo-1-2",), ()), (["must-go:f1@abroad-1-1"], ("f1",), ("abroad-1-1",), ()),
        (["must-not:west@expo-1-1"], (), ("expo-1-1",), ()), (["quotas/expo-1-1/-/prov.booths=9"], (), ("expo-1-1",), ()),
        (["choices/abroad/-.least_firms=1"], (), ("abroad-1-1",), ()), (["zones/west.sends=no"], (), (), ("west",)),
        (["value.delegation=1", "funds/travel.amount=1", "targets/t1.at_least=9"], (), (), ()),
        (["prices/expo/-/standard.per_booth=1", "drop:abroad-1-1"], (), ("abroad-1-1", "expo-1-1", "expo-1-2"), ()),
    ],
)  # fmt: skip
def test_keys_and_new_rows_say_whom_an_assumption_is_about(
    texts: list[str], firms: tuple[str, ...], phases: tuple[str, ...], zones: tuple[str, ...]
) -> None:
    programme = a_programme()
    found = touched(programme, parsed_all(programme, texts))
    assert (found.firms, found.phases, found.zones) == (firms, phases, zones)
    assert found.is_nothing == (not firms and not phases and not zones)
