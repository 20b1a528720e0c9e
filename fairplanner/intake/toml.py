"""A TOML file of the user's as an object, and the sentences for what pydantic finds wrong in one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fairplanner.errors import Problem
from fairplanner.intake.files import content_of, decoded

_LINE = re.compile(r"at line (\d+), column (\d+)")
# The sentence for each kind of error that pydantic reports; kinds not named here say what type of value is wanted.
_KINDS = {
    "missing": "setting-missing",
    "extra_forbidden": "setting-unknown",
    "greater_than_equal": "too-small",
    "greater_than": "not-above",
    "less_than_equal": "too-big",
    "enum": "not-listed",
    "literal_error": "not-listed",
}
_WANTED = {"date": "setting-date", "string": "setting-text", "bool": "setting-yes-no"}


def read_toml(
    path: Path, name: str, problems: list[Problem], parse_float: Callable[[str], Any] = float
) -> dict[str, Any] | None:
    """What stands in a file called `name` in problems; None, with a problem, if it cannot be read."""
    content = content_of(path, name, problems)
    if content is None:
        return None
    text = decoded(content)
    if text is None:
        problems.append(Problem(name, 0, "", "file-unreadable"))
        return None
    try:
        return tomllib.loads(text, parse_float=parse_float)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = _LINE.search(str(error))
        problems.append(Problem(name, int(at[1]) if at else len(text.splitlines()), "", "toml-line"))
    except ArithmeticError:
        problems.append(Problem(name, 0, "", "toml-number"))
    return None


def what_is_wrong(error: Any) -> str:
    """The key of the sentence for one error of pydantic."""
    kind = str(error["type"])
    return _KINDS.get(kind) or next((s for start, s in _WANTED.items() if kind.startswith(start)), "setting-number")


def limit_of(error: Any) -> str:
    """The limit that a number broke, '' if it broke none."""
    limit = next((error["ctx"][k] for k in ("ge", "gt", "le") if k in error.get("ctx", {})), None)
    return "" if limit is None else f"{float(limit):g}"


def listed(error: Any) -> list[str]:
    """The words that would have been right."""
    return re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
