"""Labels of rows."""

from __future__ import annotations

from fairplanner.rules.contract import label


def test_a_label_joins_ids_and_shows_blanks() -> None:
    assert label("expo-1-1", "", "prov") == "expo-1-1 · * · prov"
