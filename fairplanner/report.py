"""Problems as sentences: where, what, value and cure, in the reader's language; used by every door."""

from __future__ import annotations

from collections.abc import Sequence

from fairplanner.errors import Problem
from fairplanner.words import words

OTHER = "other"
"""Key of the sentence for a problem that has no words of its own; the error door itself must never fail."""


def problem_text(problem: Problem, lang: str) -> str:
    """One problem in full: `firms.csv, row 14, sectors: 'guitras' is not in sectors; did you mean 'guitars'?`."""
    where = {"file": problem.file, "row": problem.row, "column": problem.column, "says": problem_says(problem, lang)}
    return words(lang)(f"problem.{_place(problem)}", **where)


def problem_says(problem: Problem, lang: str) -> str:
    """What is wrong and what to do, without where it is."""
    w = words(lang)
    facts = {**_in(lang, dict(problem.facts)), "value": problem.value}
    try:
        return w(f"problems.{problem.what}", **facts)
    except KeyError:
        return w(f"problems.{OTHER}", what=problem.what, value=problem.value)


def report(problems: Sequence[Problem], lang: str) -> list[str]:
    """Every problem in full, in order of file, row and column."""
    return [problem_text(problem, lang) for problem in sorted(problems)]


def _in(lang: str, facts: dict[str, str]) -> dict[str, str]:
    """Facts that differ by language (`near.zh`, `near.en`) under their plain names."""
    return facts | {key.removesuffix(f".{lang}"): text for key, text in facts.items() if key.endswith(f".{lang}")}


def _place(problem: Problem) -> str:
    if problem.row:
        return "cell" if problem.column else "row"
    return "column" if problem.column else "file"
