"""Scenarios from a TOML file: the weight of the case in which nothing happens, and what else may, each with its weight."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fairplanner.errors import CatalogueError, Problem
from fairplanner.intake.toml import limit_of, listed, read_toml, what_is_wrong

MOST_WEIGHT = 1_000_000
Weight = Annotated[int, Field(ge=0, le=MOST_WEIGHT)]


class GivenScenario(BaseModel):
    """One scenario as it stands in the file: what is assumed (as after `--set`), its name and its weight."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    assume: Annotated[tuple[str, ...], Field(min_length=1)]
    name: str = ""
    weight: Weight = 1


class ScenarioFile(BaseModel):
    """The file: `base_weight` of the case in which nothing happens, and the scenarios."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    base_weight: Weight = 1
    scenario: Annotated[tuple[GivenScenario, ...], Field(min_length=1)]


def read_scenarios(path: Path) -> ScenarioFile:
    """The scenarios of a file; raises CatalogueError with everything that is wrong with it."""
    problems: list[Problem] = []
    given = read_toml(path, path.name, problems)
    if given is not None:
        try:
            return ScenarioFile.model_validate(given)
        except ValidationError as error:
            # of a list whose rows are wrong pydantic also says that too few are left
            told = [one for one in error.errors() if one["type"] != "too_short" or not one["input"]]
            problems += [_problem(path.name, one) for one in told]
    raise CatalogueError(problems)


def _problem(name: str, error: Any) -> Problem:
    loc = [str(part + 1) if isinstance(part, int) else str(part) for part in error["loc"]]
    what = what_is_wrong(error)
    if error["type"] in ("too_short", "missing") and loc[-1] in ("scenario", "assume"):
        return Problem(name, 0, ".".join(loc), "risk-scenario-empty", loc[-1])
    if error["type"] in ("tuple_type", "list_type"):
        return Problem(name, 0, ".".join(loc), "risk-scenario-list", str(error["input"]))
    if what == "setting-unknown":
        return Problem(name, 0, ".".join(loc), "risk-scenario-key", loc[-1])
    facts = {"limit": limit_of(error), "allowed": ", ".join(listed(error))}
    value = loc[-1] if what == "setting-missing" else str(error["input"])
    return Problem(name, 0, ".".join(loc), what, value, tuple((k, v) for k, v in facts.items() if v))
