"""The console of Chinese Windows, code page 936: all that is said there can be shown there, and what cannot ends nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fairplanner.cli import build
from fairplanner.cli.console import LIKE, nearest
from fairplanner.shipped import shipped
from fairplanner.words import languages, words

PACKAGE = Path(__file__).parents[2] / "fairplanner"


def not_shown(text: str) -> str:
    return "".join(sorted({ch for ch in text if ch != "?" and ch.encode("gbk", LIKE) == b"?"}))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("9 m²，¥5、€5、£5", "9 m2，￥5、EUR5、GBP5"),
        ("São Paulo, Köln, Łódź", "Sao Paulo, Koln, ?ódz"),
        ("参加\u200b第141届", "参加第141届"),
        ("㎡ ♥ ཀ 𠮷", "㎡ ? ? ?"),
    ],
)
def test_what_is_nearest_is_shown_instead(text: str, shown: str) -> None:
    assert text.encode("gbk", LIKE).decode("gbk") == shown == nearest(text, "gbk")
    assert text.encode("utf-8", LIKE).decode() == text


@pytest.mark.parametrize("lang", languages())
def test_every_word_of_ours_can_be_shown_on_a_chinese_console(lang: str) -> None:
    strange = {key: lost for key, text in words(lang).entries().items() if (lost := not_shown(text))}
    assert strange == {}


def test_every_character_that_the_command_line_draws_can_be_shown_on_a_chinese_console() -> None:
    strange = {
        path.name: lost
        for path in (PACKAGE / "cli").rglob("*.py")
        if (lost := not_shown(path.read_text(encoding="utf-8")))
    }
    assert strange == {}


def test_every_name_of_the_reference_can_be_shown_on_a_chinese_console() -> None:
    """Names are printed too; those in a language of their own (accents) may become question marks, and Chinese ones may not."""
    lost = {
        f"{path.name}: {ch}"
        for path in (shipped("catalogs") / "reference").glob("*.csv")
        for ch in not_shown(path.read_text(encoding="utf-8-sig"))
        if "\u4e00" <= ch <= "\u9fff"
    }
    assert lost == set()


def at_a_console(*args: str, encoding: str = "gbk", **more: Any) -> subprocess.CompletedProcess[bytes]:
    """The program as its own process, whose console has a code page."""
    env = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    return subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "fairplanner", *args], env=env, capture_output=True, check=False, **more
    )


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])
def test_go_on_a_chinese_console(tmp_path: Path, lang: str) -> None:
    done = at_a_console("go", str(tmp_path / "2027 计划"), "--new", "--no-open", "--lang", lang)
    assert done.returncode == 0, done.stderr.decode("gbk")
    text = done.stdout.decode("gbk")
    assert "?" not in text
    assert words(lang)("cli.go.waits", inbox=words(lang)("go.inbox")) in text


@pytest.mark.parametrize("encoding", ["gbk"])
def test_what_a_console_cannot_show_becomes_question_marks_and_ends_nothing(tmp_path: Path, encoding: str) -> None:
    """A name with a heart and a Tibetan letter, in a complaint of click (which prints by itself) and in one of ours."""
    for args in (("check", "x", "ཀ\u2665"), ("check", str(tmp_path / "ཀ\u2665"))):
        done = at_a_console(*args, "--lang", "zh", encoding=encoding)
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr
        assert b"??" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("lang", languages())
def test_the_help_of_every_verb_on_a_chinese_console(lang: str) -> None:
    for name in build(lang).commands:
        done = at_a_console(name, "--help", "--lang", lang)
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
        assert name in done.stdout.decode("gbk")


def test_progress_is_drawn_in_characters_that_every_console_has() -> None:
    from rich.spinner import Spinner

    text = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "cli").rglob("*.py"))
    spinners = re.findall(r"\.status\((.*)\)", text)
    assert spinners
    for arguments in spinners:
        name = re.search(r'spinner="(\w+)"', arguments)
        assert name, arguments
        assert "".join(Spinner(name[1]).frames).isascii()
