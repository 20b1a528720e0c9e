"""A file of scenarios: read, or refused with everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairplanner.errors import CatalogueError
from fairplanner.intake.scenario_file import read_scenarios


def written(folder: Path, text: str) -> Path:
    path = folder / "bad-luck.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_scenarios_have_names_and_weights_or_go_without(tmp_path: Path) -> None:
    text = 'base_weight = 6\n[[scenario]]\nname = "推迟"\nweight = 3\nassume = ["move:expo-1-1=+14d"]\n[[scenario]]\nassume = ["drop:expo-1-2"]\n'
    found = read_scenarios(written(tmp_path, text))
    assert found.base_weight == 6
    assert [(s.name, s.weight, s.assume) for s in found.scenario] == [
        ("推迟", 3, ("move:expo-1-1=+14d",)),
        ("", 1, ("drop:expo-1-2",)),
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("base_weight = 1\n", {"risk-scenario-empty"}),
        ("[[scenario]]\nweight = 1\n", {"risk-scenario-empty"}),
        ("[[scenario]]\nassume = []\n", {"risk-scenario-empty"}),
        ('[[scenario]]\nassume = "drop:expo"\n', {"risk-scenario-list"}),
        ('[[scenario]]\nassume = ["drop:expo"]\nwieght = 2\n', {"risk-scenario-key"}),
        ('base_weight = -1\n[[scenario]]\nassume = ["drop:expo"]\nweight = 1.5\n', {"too-small", "setting-number"}),
        ("[[scenario]\n", {"toml-line"}),
    ],
)
def test_everything_wrong_with_a_file_is_told(tmp_path: Path, text: str, what: set[str]) -> None:
    with pytest.raises(CatalogueError) as error:
        read_scenarios(written(tmp_path, text))
    assert {p.what for p in error.value.problems} == what
    assert {p.file for p in error.value.problems} == {"bad-luck.toml"}
