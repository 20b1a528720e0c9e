"""Words that depend on more than their key."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import fairplanner
from fairplanner.errors import LanguageError
from fairplanner.words import own_words, words


@pytest.mark.parametrize(
    ("lang", "zone", "told", "brief"),
    [
        ("zh", "Asia/Shanghai", "北京时间 2024年11月26日03:00", "2024-11-26 03:00 北京时间"),
        ("en", "Asia/Shanghai", "26 November 2024, 03:00 Beijing time", "2024-11-26 03:00 Beijing time"),
        ("zh", "Europe/Berlin", "UTC+01:00 2024年11月25日20:00", "2024-11-25 20:00 UTC+01:00"),
        ("en", "UTC", "25 November 2024, 19:00 UTC", "2024-11-25 19:00 UTC"),
    ],
)
def test_an_instant_is_said_in_the_zone_of_its_reader(lang: str, zone: str, told: str, brief: str) -> None:
    at = datetime(2024, 11, 25, 19, tzinfo=UTC)
    assert words(lang).instant(at, zone) == told
    assert words(lang).instant(at, zone, "brief") == brief


def own(tmp_path: Path, text: str) -> Path:
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / "zh.mine.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_words_of_ones_own_stand_in_place_of_the_shipped_ones_and_only_there(tmp_path: Path) -> None:
    shipped_word, other = words("zh")("briefing.why"), words("en")("briefing.why")
    with own_words(own(tmp_path, '[briefing]\nwhy = "为何参加"\n')):
        assert words("zh")("briefing.why") == "为何参加"
        assert words("zh")("briefing.risks") == "风险提示"
        assert words("en")("briefing.why") == other
    assert words("zh")("briefing.why") == shipped_word


def test_a_folder_without_languages_changes_no_word(tmp_path: Path) -> None:
    for folder in (tmp_path, None):
        with own_words(folder):
            assert words("zh")("briefing.why") == "为什么去"


def test_a_word_that_nobody_looks_up_and_a_placeholder_that_nobody_fills_are_problems_all_at_once(
    tmp_path: Path,
) -> None:
    folder = own(tmp_path, '[briefing]\nwy = "为何"\nnext_due = "{day}：{whta}"\nwhy = "为{何"\n')
    with pytest.raises(LanguageError) as caught, own_words(folder):
        pass
    assert [(p.file, p.column, p.what) for p in caught.value.problems] == [
        ("zh.mine.toml", "briefing.wy", "word-unknown"),
        ("zh.mine.toml", "briefing.next_due", "word-placeholder"),
        ("zh.mine.toml", "briefing.why", "word-placeholder"),
    ]
    assert words("zh")("briefing.why") == "为什么去"


def test_words_that_were_edited_are_read_again(tmp_path: Path) -> None:
    folder = own(tmp_path, '[briefing]\nwhy = "一"\n')
    with own_words(folder):
        assert words("zh")("briefing.why") == "一"
    (folder / "languages" / "zh.mine.toml").write_text('[briefing]\nwhy = "二"\n', encoding="utf-8")
    with own_words(folder):
        assert words("zh")("briefing.why") == "二"


def test_a_language_that_there_is_not_and_another_encoding_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "languages"
    folder.mkdir()
    (folder / "zh-CN.mine.toml").write_text("[briefing]\n", encoding="utf-8")
    with pytest.raises(LanguageError) as caught, own_words(tmp_path):
        pass
    assert [(p.file, p.what, p.value) for p in caught.value.problems] == [
        ("zh-CN.mine.toml", "language-missing", "zh-CN")
    ]
    (folder / "zh-CN.mine.toml").rename(folder / "zh.mine.toml")
    (folder / "zh.mine.toml").write_text('[briefing]\nwhy = "为何参加此展"\n', encoding="gb18030")
    with pytest.raises(LanguageError) as caught, own_words(tmp_path):
        pass
    assert [(p.file, p.row, p.what) for p in caught.value.problems] == [("zh.mine.toml", 2, "text-not-utf8")]


def test_a_number_takes_the_form_of_its_noun(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text('firms = "{firms:# firm has|# firms have} {left:.1f}"', encoding="utf-8")
    w = words("en", tmp_path)
    assert w("firms", firms=1, left=2) == "1 firm has 2.0"
    assert w("firms", firms="1", left=2) == "1 firm has 2.0"
    assert w("firms", firms="1,200", left=2) == "1,200 firms have 2.0"
    assert w("firms", firms=0, left=2) == "0 firms have 2.0"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_task_that_a_terminal_shows_has_its_word(lang: str) -> None:
    # seen only where stderr is a terminal, which it is at a double-click and in no test
    sources = Path(fairplanner.__file__).parent.rglob("*.py")
    tasks = {t for p in sources for t in re.findall(r'\bprogress\((?:self\.)?w, "([a-z-]+)"', p.read_text("utf-8"))}
    assert {"read", "plan", "publish"} <= tasks
    for task in tasks:
        assert words(lang)(f"cli.progress.{task}")
