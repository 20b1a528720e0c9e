"""Problems as sentences: every key that we raise has its words, and a key without words still gives a sentence."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import fairplanner
from fairplanner.errors import Problem
from fairplanner.report import problem_text, report
from fairplanner.shipped import shipped
from fairplanner.words import words

# Which argument of each of these calls is the key of a sentence.
_KEY_OF = {"Problem": 3, "BadCellError": 0, "problem": 1, "_complain": 2}


def keys_raised(path: Path) -> set[str]:
    """Keys spelt out in the calls of a module that raise problems, also where one of two is chosen."""
    keys = set()
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call):
            at = _KEY_OF.get(getattr(call.func, "id", getattr(call.func, "attr", "")), 99)
            chosen = [node for argument in call.args[at : at + 1] for node in _chosen(argument)]
            keys |= {node.value for node in chosen if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return keys


def _chosen(node: ast.expr) -> list[ast.expr]:
    return [*_chosen(node.body), *_chosen(node.orelse)] if isinstance(node, ast.IfExp) else [node]


def test_every_problem_we_raise_has_its_sentence():
    raised = {key for path in Path(fairplanner.__path__[0]).rglob("*.py") for key in keys_raised(path)}
    assert {"toml-line", "number", "quota-blank", "exists", "tz-unknown-near"} <= raised
    assert {f"problems.{key}" for key in raised} <= words("en").keys()


def test_sentences_say_where_what_and_cure():
    problem = Problem(
        "firms.csv", 14, "sectors", "reference-unknown-near", "guitras", (("near", "guitars"), ("table", "sectors"))
    )
    assert (
        problem_text(problem, "en")
        == "firms.csv, row 14, sectors: 'guitras' is not in sectors; did you mean 'guitars'?"
    )
    assert problem_text(problem, "zh") == "firms.csv 第 14 行“sectors”：“guitras”不在 sectors 表中；是否应为“guitars”？"


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("a.csv", 0, "", "file-empty"), "a.csv: is empty"),
        (Problem("a.csv", 3, "", "csv-broken"), "a.csv, row 3: a quotation mark"),
        (
            Problem("programme.toml", 0, "score", "score-sum", "90"),
            "programme.toml, score: the weights of the score sum to 90",
        ),
    ],
)
def test_the_place_is_told_as_far_as_it_is_known(problem: Problem, text: str):
    assert problem_text(problem, "en").startswith(text)


def test_a_problem_without_words_or_without_its_facts_still_gives_a_sentence():
    for what in ("nobody-wrote-this", "reference-unknown"):
        assert "guitras" in problem_text(Problem("firms.csv", 2, "x", what, "guitras"), "zh")


def test_facts_may_differ_by_language():
    problem = Problem("a.csv", 2, "x", "not-listed", "v", (("allowed.en", "yes"), ("allowed.zh", "是")))
    assert "是" in problem_text(problem, "zh")
    assert "yes" in problem_text(problem, "en")


def test_a_report_is_sorted_by_place():
    problems = [
        Problem("b.csv", 2, "x", "number", "1"),
        Problem("a.csv", 10, "x", "number", "2"),
        Problem("a.csv", 9, "x", "number", "3"),
    ]
    assert [line.split(":")[0] for line in report(problems, "en")] == [
        "a.csv, row 9, x",
        "a.csv, row 10, x",
        "b.csv, row 2, x",
    ]


@pytest.mark.parametrize("part", ["problems", "tables", "enums"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_sentence_can_be_shown_on_a_chinese_console(lang: str, part: str):
    text = (shipped("templates") / "languages" / f"{lang}.{part}.toml").read_text(encoding="utf-8")
    assert text.encode("cp936").decode("cp936") == text


def test_both_languages_say_the_same_things_with_the_same_facts():
    folder = shipped("templates") / "languages"
    for part in ("problems", "tables", "enums"):
        zh, en = ((folder / f"{lang}.{part}.toml").read_text(encoding="utf-8") for lang in ("zh", "en"))
        assert [(k, sorted(re.findall(r"{\w+}", v))) for k, v in lines(zh)] == [
            (k, sorted(re.findall(r"{\w+}", v))) for k, v in lines(en)
        ]


def lines(text: str) -> list[tuple[str, str]]:
    return [
        (k.strip(), v)
        for line in text.splitlines()
        if " = " in line and not line.startswith("#")
        for k, _, v in [line.partition(" = ")]
    ]
