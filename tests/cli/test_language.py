"""The language of the door: the option, then the environment, then the locale."""

from __future__ import annotations

import pytest

from fairplanner.cli.language import chosen


@pytest.mark.parametrize(("argv", "lang"), [(["plan", "--lang", "zh"], "zh"), (["plan", "--lang=en"], "en")])
def test_the_option_wins(argv: list[str], lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRPLANNER_LANG", "en" if lang == "zh" else "zh")
    assert chosen(argv) == lang


@pytest.mark.parametrize(
    ("name", "lang"), [("zh_CN.UTF-8", "zh"), ("en_GB.UTF-8", "en"), ("de_DE.UTF-8", "en"), ("C", "en")]
)
def test_the_locale_decides_without_an_option(name: str, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FAIRPLANNER_LANG", raising=False)
    monkeypatch.setenv("LC_ALL", name)
    assert chosen(["plan", "somewhere"]) == lang


def test_an_unknown_language_is_left_to_click_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRPLANNER_LANG", "en")
    assert chosen(["--lang", "fr"]) == "en"
