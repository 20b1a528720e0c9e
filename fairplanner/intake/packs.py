"""Rule packs: TOML files to Pack, money never through float; every problem of every file is named by its path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from fairplanner.domain.pack_numbers import IDS, LISTS, SECTIONS
from fairplanner.domain.packs import Pack
from fairplanner.errors import Problem
from fairplanner.intake.cells import shown
from fairplanner.intake.suggest import nearest, share_meant
from fairplanner.intake.toml import limit_of, listed, read_toml, what_is_wrong

FOLDER = "packs"
OF_PROGRAMME = ("fund_id", "pack_id", "zone_id")
"""Fields of a subsidy that the programme fills; a file must not."""

# What stands in for a part of the head that cannot be used, so that the rest of the file can still be judged.
_UNUSABLE = "?"
_CITE = {"title": _UNUSABLE, "confidence": "unknown", "reading": "second-hand"}


@dataclass(frozen=True)
class PackFile:
    """A pack as it was read from `file`.

    `ids` are the ids that the file gives to parts of each list, those of parts that could not be used included.
    """

    file: str
    pack: Pack
    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_pack_files(folder: Path, label: str, problems: list[Problem]) -> dict[str, PackFile]:
    """The packs of the TOML files in a folder by id, `label` before file names; a file with only comments is no pack."""
    found: dict[str, PackFile] = {}
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        name = f"{label}{FOLDER}/{path.name}"
        given = read_toml(path, name, problems, parse_float=Decimal)
        read = pack_of(name, given, problems) if given else None
        if read is None:
            continue
        first = found.setdefault(read.pack.pack_id, read)
        if first is not read:
            problems.append(Problem(name, 0, "pack_id", "pack-twice", read.pack.pack_id, (("first", first.file),)))
    return found


def pack_of(name: str, given: dict[str, Any], problems: list[Problem]) -> PackFile | None:
    """A pack from what stands in its file; what can be used of it where there are problems, None if that is nothing."""
    told = sorted({*_booleans(name, given, Pack, ()), *_of_programme(name, given)})
    try:
        pack = Pack.model_validate(given)
    except ValidationError as error:
        told += sorted({_problem(name, one, given) for one in error.errors()} - set(told))
        problems += told
        return _usable(name, given, error)
    problems += told
    return PackFile(name, pack, _ids(given))


def _problem(name: str, error: Any, given: dict[str, Any]) -> Problem:
    loc = [part for part in error["loc"] if part != "[key]"]
    path, last = _path(loc, given), str(loc[-1])
    value = "" if isinstance(error["input"], dict | list) else shown(str(error["input"]))
    if error["type"] == "value_error":
        return Problem(name, 0, f"{path}.lines", "pack-lines", _written(error["input"]))
    what = what_is_wrong(error)
    if what == "setting-missing":
        return Problem(name, 0, path, "pack-key-missing", last)
    if what == "setting-unknown":
        near = nearest(last, _names(loc[:-1]))
        what = "pack-key-unknown-near" if near else "pack-key-unknown"
        return Problem(name, 0, path, what, last, (("near", near),) if near else ())
    if what == "not-listed":
        near = nearest(value, listed(error))
        allowed = ("allowed", ", ".join(listed(error)))
        return (
            Problem(name, 0, path, "not-listed-near", value, (allowed, ("near", near)))
            if near
            else Problem(name, 0, path, what, value, (allowed,))
        )
    limit = limit_of(error)
    what = "pack-value" if what == "setting-number" else what
    if what == "too-big" and (share := share_meant(error["input"], limit)):
        return Problem(name, 0, path, "too-big-share", value, (("limit", limit), *share.items()))
    return Problem(name, 0, path, what, value, (("limit", limit),) if limit else ())


def _written(subsidy: Any) -> str:
    return ", ".join(map(str, subsidy.get("lines", ()))) if isinstance(subsidy, dict) else ""


def _path(loc: list[Any], given: dict[str, Any]) -> str:
    """The keys to a value, parts of a list by their id (by their number from 1 where they have none)."""
    steps, here = [], given
    for step in loc:
        here = _within(here, step)
        if not isinstance(step, int):
            steps.append(str(step))
        else:
            steps.append(_id_of(here) or str(step + 1))
    return ".".join(steps)


def _within(here: Any, step: Any) -> Any:
    if isinstance(here, dict):
        return here.get(step)
    return here[step] if isinstance(here, list) and isinstance(step, int) and step < len(here) else None


def _id_of(part: Any) -> str:
    ids = [part[name] for name in IDS if isinstance(part.get(name), str)] if isinstance(part, dict) else []
    return str(ids[0]) if ids else ""


def _ids(given: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    lists = {name: given[name] for name in LISTS if isinstance(given.get(name), list)}
    return {name: tuple(_id_of(part) for part in parts) for name, parts in lists.items()}


def _names(loc: list[Any]) -> list[str]:
    """Keys that would have been right in the table at `loc`."""
    model = _model(Pack, loc)
    return [name for name in model.model_fields if name not in OF_PROGRAMME or model is Pack] if model else []


def _model(annotation: Any, loc: list[Any]) -> type[BaseModel] | None:
    """The type of the table at `loc` below an annotation; None where there is none."""
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(one for one in get_args(annotation) if one is not type(None))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        info = annotation.model_fields.get(str(loc[0])) if loc else None
        return annotation if not loc else _model(info.annotation, loc[1:]) if info else None
    inner = get_args(annotation)
    if not loc or not inner:
        return None
    return _model(inner[0] if isinstance(loc[0], int) else inner[-1], loc[1:])


def _booleans(name: str, given: Any, annotation: Any, loc: tuple[Any, ...], root: Any = None) -> Iterator[Problem]:
    """true and false where a number belongs, which pydantic would read as 1 and 0."""
    root = given if root is None else root
    if isinstance(given, dict | list):
        for step, value in given.items() if isinstance(given, dict) else enumerate(given):
            yield from _booleans(name, value, annotation, (*loc, step), root)
    elif isinstance(given, bool):
        model = _model(annotation, list(loc[:-1]))
        info = model.model_fields.get(str(loc[-1])) if model else None
        if info is None or info.annotation is not bool:
            yield Problem(name, 0, _path(list(loc), root), "pack-value", str(given).lower())


def _of_programme(name: str, given: dict[str, Any]) -> Iterator[Problem]:
    parts = given.get("subsidies")
    for number, part in enumerate(parts if isinstance(parts, list) else ()):
        for key in OF_PROGRAMME if isinstance(part, dict) else ():
            if key in part:
                yield Problem(name, 0, _path(["subsidies", number, key], given), "pack-filled", key)


def _usable(name: str, given: dict[str, Any], error: ValidationError) -> PackFile | None:
    """The pack without the parts that are wrong, and with a stand-in for what is wrong in its head."""
    wrong = {(loc[0], loc[1]) if len(loc) > 1 else (loc[0], None) for loc in (one["loc"] for one in error.errors())}
    whole = {key for key, step in wrong if step is None}
    kept = {
        key: value for key, value in given.items() if key not in whole and key not in {*SECTIONS} & dict(wrong).keys()
    }
    for key in LISTS:
        if isinstance(kept.get(key), list):
            kept[key] = [part for number, part in enumerate(kept[key]) if (key, number) not in wrong]
    if isinstance(kept.get("sources"), dict):
        kept["sources"] = {key: _CITE if ("sources", key) in wrong else cite for key, cite in kept["sources"].items()}
    head = {key: _UNUSABLE for key, info in Pack.model_fields.items() if info.is_required()} | {
        "sources": {},
        "source": "",
    }
    try:
        return PackFile(name, Pack.model_validate(head | kept), _ids(given))
    except ValidationError:
        return None
