"""Values of programme.toml by their dotted path, read and assumed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from fairplanner.domain.kinds import Regime
from fairplanner.domain.settings import LONGEST_WINDOW_MONTHS, OF_TRAVEL_PACKS, Profile, Settings
from fairplanner.explain.cells import NOT_VALID, BadValueError, checked, refused, typed

OLDER = "cn-"
"""Profiles are spoken of as cn-home, cn-hkmo and cn-abroad as well."""


def setting_of(settings: Settings, path: str) -> Any:
    """The value at a dotted path, `value.delegation` or `profiles.abroad.least_firms`; raises BadValueError."""
    part, name = _part(settings, path)
    return getattr(part, name)


def set_in(settings: Settings, changes: Sequence[tuple[str, str]]) -> Settings:
    """The settings with values at dotted paths as a user would type them, all at once; raises BadValueError."""
    if not changes:
        return settings
    given = settings.model_dump()
    for path, text in changes:
        part, name = _part(settings, path)
        value = typed(type(part), name, text)
        above, *below = path.split(".")
        if not below:
            given[name] = value
        elif above == "profiles":
            _set_in_profile(given["profiles"], _regime(below[0]), part, name, value)
        else:
            given[above] = given[above] | {name: value}
    return _agreed(given, changes)


def _set_in_profile(profiles: dict[Regime, Any], regime: Regime, part: BaseModel, name: str, value: Any) -> None:
    own = profiles.setdefault(regime, part.model_dump())
    own[name] = value
    if name in OF_TRAVEL_PACKS:
        own["over_packs"] = tuple(sorted({*own["over_packs"], name}))


def _agreed(given: dict[str, Any], changes: Sequence[tuple[str, str]]) -> Settings:
    """Settings that agree with one another; where they do not, what does not is said as the reader of programme.toml says it."""
    try:
        made: Settings = checked(Settings, given)
    except BadValueError as bad:
        if bad.what != NOT_VALID:
            raise
        touched = {path.partition(".")[0] for path, _ in changes}
        if "score" in touched:
            total = sum(float(points) for points in given["score"].values())
            raise BadValueError("score-sum", f"{total:g}") from bad
        if "fairness" in touched:
            raise BadValueError("fairness-order", "") from bad
        if given["window_to"] < given["window_from"]:
            raise BadValueError("window-order", str(given["window_to"]), first=str(given["window_from"])) from bad
        raise BadValueError("window-long", str(given["window_to"]), limit=str(LONGEST_WINDOW_MONTHS)) from bad
    return made


def _part(settings: Settings, path: str) -> tuple[BaseModel, str]:
    """The part of the settings in which a value stands, and its name there."""
    names = path.split(".")
    part: BaseModel = settings
    if names[0] == "profiles" and len(names) == 3:
        part = settings.profile_of(_regime(names[1]))
    elif len(names) == 2 and isinstance(getattr(settings, names[0], None), BaseModel):
        part = getattr(settings, names[0])
    elif len(names) != 1:
        raise refused("setting-unknown", path, paths())
    name = names[-1]
    if name not in type(part).model_fields or name in ("packs", "profiles", "over_packs") or _is_part(part, name):
        raise refused("setting-unknown", path, paths())
    return part, name


def _is_part(part: BaseModel, name: str) -> bool:
    return isinstance(getattr(part, name), BaseModel)


def _regime(name: str) -> Regime:
    try:
        return Regime(name.removeprefix(OLDER))
    except ValueError as error:
        raise BadValueError("not-listed", name, allowed=", ".join(r.value for r in Regime)) from error


def paths() -> list[str]:
    """Every path that may be assumed."""
    plain = [n for n in Settings.model_fields if n not in ("packs", "profiles")]
    found = []
    for name in plain:
        kind = Settings.model_fields[name].annotation
        below = kind.model_fields if isinstance(kind, type) and issubclass(kind, BaseModel) else {}
        found += [f"{name}.{one}" for one in below] or [name]
    return found + [f"profiles.{r.value}.{one}" for r in Regime for one in Profile.model_fields if one != "over_packs"]
