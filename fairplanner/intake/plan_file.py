"""plan.json and programme.json as they were written by an earlier run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from fairplanner.domain.plan import SCHEMA_VERSION, Plan
from fairplanner.domain.programme import Programme
from fairplanner.domain.uncollected import uncollected
from fairplanner.errors import CatalogueError, Problem
from fairplanner.intake.cells import shown
from fairplanner.intake.files import content_of

Known = TypeVar("Known", bound=BaseModel)
BIGGEST_PLAN = 2_000_000_000
"""Bytes; a nation's plan (47,700 firms) takes some 200 million, indented to be read."""


def read_plan(path: Path) -> Plan:
    """A plan from plan.json (or the folder that holds it); raises CatalogueError, also for another schema version."""
    return _read(path / "plan.json" if path.is_dir() else path, Plan)


def read_snapshot(path: Path) -> Programme:
    """The programme that lies beside a plan, as it was when the plan was made; raises CatalogueError."""
    return _read(path, Programme)


def _read(path: Path, kind: type[Known]) -> Known:
    whole = _at_once(path, kind)
    return _judged(path, kind) if whole is None else whole


def _at_once(path: Path, kind: type[Known]) -> Known | None:
    """What is written as this version writes it, read in one pass; None where anything is amiss, to be told at leisure."""
    content = content_of(path, path.name, [], BIGGEST_PLAN) if path.is_file() else None
    if content is None or (kind is not Plan and b'"schema_version"' in content):
        return None
    try:
        with uncollected():
            made = kind.model_validate_json(content)
    except ValidationError:
        return None
    return made if getattr(made, "schema_version", SCHEMA_VERSION) == SCHEMA_VERSION else None


def _judged(path: Path, kind: type[Known]) -> Known:
    """The same with every problem told."""
    name = path.name
    given = _object(path)
    version = given.pop("schema_version", SCHEMA_VERSION)
    if version != SCHEMA_VERSION:
        raise CatalogueError(
            [
                Problem(
                    name, 0, "schema_version", "schema-version", shown(str(version)), (("known", str(SCHEMA_VERSION)),)
                )
            ]
        )
    try:
        # From JSON text and not from the object: dates, amounts and lists are JSON's, not Python's.
        return kind.model_validate_json(json.dumps(given))
    except ValidationError as error:
        told = {
            (".".join(map(str, one["loc"])), "" if isinstance(one["input"], dict | list) else shown(str(one["input"])))
            for one in error.errors()
        }
        raise CatalogueError([Problem(name, 0, where, "plan-part", value) for where, value in sorted(told)]) from error


def _object(path: Path) -> dict[str, Any]:
    """The JSON object of a file."""
    problems: list[Problem] = []
    if not path.is_file():
        raise CatalogueError([Problem(path.name, 0, "", "plan-missing", path.as_posix())])
    content = content_of(path, path.name, problems, BIGGEST_PLAN)
    if content is None:
        raise CatalogueError(problems)
    try:
        given = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise CatalogueError([Problem(path.name, 0, "", "json-broken")]) from error
    if not isinstance(given, dict):
        raise CatalogueError([Problem(path.name, 0, "", "json-broken")])
    return given
