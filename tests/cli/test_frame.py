"""The frame that click puts around every verb, in the language of the door."""

from __future__ import annotations

import re

import click
import pytest
from click.testing import CliRunner

from fairplanner.cli import build

ENGLISH = re.compile(r"Usage|Options|Commands|Error|Missing|No such|Invalid|is not|Show this|Try '|Did you")


def said(*args: str, lang: str = "zh") -> str:
    return CliRunner().invoke(build(lang), list(args)).output


@pytest.mark.parametrize("args", [("--lang", "zh", "--help"), ("feeds", "--lang", "zh", "--help")])
def test_the_language_can_be_given_before_a_verb_and_on_a_group(args: tuple[str, ...]) -> None:
    result = CliRunner().invoke(build("zh"), args)
    assert result.exit_code == 0
    assert result.output.startswith("用法：")
    assert "显示本帮助后退出。" in result.output


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("send", "x"), "错误：缺少选项 '--to'"),
        (("send",), "错误：缺少参数 'OUTBOX'"),
        (("revisions", "0"), "取值有误：0 超出范围 x>=1。"),
        (("revisions", "x"), "“x”不是有效的数"),
        (("plan", "--nope"), "错误：没有选项 --nope。"),
        (("plam",), "错误：没有命令 plam。"),
        (("--lang", "fr", "plan"), "'--lang' 取值有误：“fr”不在可选值之中：'en', 'zh'。"),
        (("due", "a", "b"), "错误：多余的参数（b）"),
    ],
)
def test_what_is_wrong_with_a_command_line_is_said_in_chinese(args: tuple[str, ...], expected: str) -> None:
    text = said(*args)
    assert expected in text
    assert not ENGLISH.search(text)
    text.encode("cp936")


def test_the_help_of_every_verb_has_a_chinese_frame() -> None:
    group = build("zh")
    verbs: list[tuple[str, ...]] = [(name,) for name in group.commands]
    for name, verb in group.commands.items():
        verbs += [(name, below) for below in verb.commands] if isinstance(verb, click.Group) else []
    for path in verbs:
        text = said(*path, "--help")
        assert text.startswith("用法：")
        assert not re.search(r"Usage:|Options:|Commands:|Show this|\[OPTIONS\]|INTEGER|TEXT\b|DIRECTORY", text), path


def test_english_stays_as_click_has_it() -> None:
    assert "Error: Missing option '--to'." in said("send", "x", lang="en")
    assert "Invalid value for '[NUMBER]': 0 is not in the range x>=1." in said("revisions", "0", lang="en")
    assert said("--help", lang="en").startswith("Usage: fairplanner [OPTIONS] COMMAND [ARGS]...")
