"""programme.toml to Settings; every wrong key or value is named by its path."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from fairplanner.domain.packs import PackChoice
from fairplanner.domain.settings import (
    LONGEST_WINDOW_MONTHS,
    Fairness,
    Profile,
    ScoreWeights,
    Settings,
    Travel,
    ValueWeights,
)
from fairplanner.errors import Problem
from fairplanner.intake.cells import FIRST_YEAR, LAST_YEAR, shown
from fairplanner.intake.settings_page import Stated, joined, placed
from fairplanner.intake.suggest import nearest
from fairplanner.intake.toml import limit_of, listed, read_toml, what_is_wrong

PROGRAMME_FILE = "programme.toml"

_PARTS: dict[str, type[BaseModel]] = {
    "score": ScoreWeights,
    "value": ValueWeights,
    "travel": Travel,
    "fairness": Fairness,
    "profiles": Profile,
    "packs": PackChoice,
}


def read_settings(folder: Path, problems: list[Problem], told: Sequence[Stated] = ()) -> Settings | None:
    """The settings of a programme, of programme.toml and of pages (`told`); None, with problems, if they cannot be used."""
    path = folder / PROGRAMME_FILE
    if not path.is_file() and not told:
        problems.append(Problem(PROGRAMME_FILE, 0, "", "settings-missing", folder.name))
        return None
    given = read_toml(path, PROGRAMME_FILE, problems) if path.is_file() else {}
    if given is None:
        return None
    wrong: list[Problem] = []
    settings = settings_of(joined(given, told, problems), wrong)
    problems += placed(wrong, told, PROGRAMME_FILE)
    return settings


def settings_of(given: dict[str, Any], problems: list[Problem]) -> Settings | None:
    """Settings from what stands in the file; None, with problems, if they do not fit."""
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        problems += sorted({*(_problem(one, given) for one in error.errors()), *_window(given)})
        return None
    problems += _odd(settings)
    return settings


def _problem(error: Any, given: dict[str, Any]) -> Problem:
    loc = [str(part) for part in error["loc"] if part != "[key]"]
    path = _path(loc, given)
    value = "" if isinstance(error["input"], dict) else shown(str(error["input"]))
    if error["type"] == "value_error":
        return _ours(path, given)
    what = what_is_wrong(error)
    if what == "setting-missing":
        return Problem(PROGRAMME_FILE, 0, path, what, loc[-1])
    if what == "setting-unknown":
        near = nearest(loc[-1], _names(loc))
        return Problem(
            PROGRAMME_FILE, 0, path, f"{what}-near" if near else what, loc[-1], (("near", near),) if near else ()
        )
    if what == "not-listed":
        return Problem(PROGRAMME_FILE, 0, path, what, value, (("allowed", ", ".join(listed(error))),))
    limit = limit_of(error)
    return Problem(PROGRAMME_FILE, 0, path, what, value, (("limit", limit),) if limit else ())


def _path(loc: list[str], given: dict[str, Any]) -> str:
    """The keys to a value; a chosen pack by its id, else by its number from 1."""
    if loc[:1] == ["packs"] and len(loc) > 1 and loc[1].isdigit():
        chosen = given["packs"][int(loc[1])]
        named = chosen.get("id") if isinstance(chosen, dict) else None
        loc = ["packs", named if isinstance(named, str) else str(int(loc[1]) + 1), *loc[2:]]
    return ".".join(loc)


def _names(loc: list[str]) -> list[str]:
    """Keys that would have been right where `loc` stands."""
    model = _PARTS.get(loc[0], Settings) if len(loc) > 1 else Settings
    return list(model.model_fields)


def _ours(path: str, given: dict[str, Any]) -> Problem:
    """The two agreements between keys that the domain demands: weights that sum to 100, and a window of up to 17 months."""
    if path == "score":
        weights = {name: info.default for name, info in ScoreWeights.model_fields.items()} | given["score"]
        return Problem(PROGRAMME_FILE, 0, path, "score-sum", f"{sum(map(float, weights.values())):g}")
    if path == "fairness":
        return Problem(PROGRAMME_FILE, 0, path, "fairness-order")
    # pydantic looks at the window only when all else is right; `_window` is asked in any case and says more.
    return _window(given)[0]


def _window(given: dict[str, Any]) -> list[Problem]:
    """What is wrong with a window both ends of which are dates."""
    try:
        first, last = (TypeAdapter(date).validate_python(given.get(name)) for name in ("window_from", "window_to"))
    except ValidationError:
        return []
    if last < first:
        return [Problem(PROGRAMME_FILE, 0, "window_to", "window-order", str(last), (("first", str(first)),))]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    limit = (("limit", str(LONGEST_WINDOW_MONTHS)),)
    return (
        [Problem(PROGRAMME_FILE, 0, "window_to", "window-long", str(last), limit)]
        if months > LONGEST_WINDOW_MONTHS
        else []
    )


def _odd(settings: Settings) -> list[Problem]:
    """What is well written and cannot be meant."""
    problems = [
        Problem(PROGRAMME_FILE, 0, name, "setting-blank", name)
        for name in ("id", "name_zh", "name_en", "root")
        if not getattr(settings, name)
    ]
    years = (("first", str(FIRST_YEAR)), ("last", str(LAST_YEAR)))
    far = [(n, getattr(settings, n)) for n in ("window_from", "window_to", "as_of")]
    problems += [Problem(PROGRAMME_FILE, 0, name, "date-far", str(day), years) for name, day in far if not _near(day)]
    if settings.as_of > settings.window_to:
        problems.append(
            Problem(PROGRAMME_FILE, 0, "as_of", "as-of-late", str(settings.as_of), (("last", str(settings.window_to)),))
        )
    if not re.fullmatch(r"[A-Z]{3}", settings.currency):
        problems.append(Problem(PROGRAMME_FILE, 0, "currency", "currency-code", settings.currency))
    if settings.id and not re.fullmatch(r"[\w][\w.-]*", settings.id):
        problems.append(Problem(PROGRAMME_FILE, 0, "id", "id-form", settings.id))
    return problems


def _near(day: date) -> bool:
    return FIRST_YEAR <= day.year <= LAST_YEAR
