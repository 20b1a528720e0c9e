"""A programme to start from: programme.toml with comments, and every table empty with its headers."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from typing import Any

from fairplanner.domain.kinds import Regime
from fairplanner.domain.settings import PROFILES, ScoreWeights
from fairplanner.domain.tables import TABLES
from fairplanner.intake.describe import column_texts
from fairplanner.intake.packs import FOLDER
from fairplanner.intake.programme_file import PROGRAMME_FILE
from fairplanner.intake.starter_book import starter_book
from fairplanner.shipped import shipped
from fairplanner.words import Words, words

EXAMPLE_ROOT = "gz"
"""A zone of the shipped reference, so that a new programme can be read before anything is filled in."""

EXAMPLE_PACK = "cn-official-travel-2013"
"""A pack that needs no fund, for the commented `[[packs]]`."""

BLANK_PACK = "blank.toml"
"""The pack to start one's own from; it says nothing until its lines are uncommented."""

EXAMPLE_YEAR = 2027
"""The year that the shipped projections are for; a template must not ask the clock."""

_SAID_WITH = {"name_zh": "name", "name_en": "", "window_from": "window", "window_to": ""}
_TOGETHER = ("name_zh", "window_from")
"""Settings that share one comment with the next."""


def new_programme(name: str, *, kind: str = "xlsx", lang: str = "zh") -> dict[str, bytes]:
    """File name -> content of a new programme called `name`; `kind` is `csv` (one file a table), `xlsx` (one workbook) or `` (no tables).

    Writes nothing and looks at no folder; the door refuses to overwrite. The result reads without a problem.
    """
    w = words(lang)
    programme_id = re.sub(r"[^\w.-]+", "-", name).strip("-.") or "programme"
    basics = _basics(programme_id, name or programme_id, w)
    settings = _settings({} if kind == "xlsx" else basics, w).encode()
    tables = {f"{programme_id}.xlsx": starter_book(w, basics)} if kind == "xlsx" else _csvs(w) if kind == "csv" else {}
    blank = (shipped("catalogs") / "reference" / FOLDER / BLANK_PACK).read_bytes()
    return {PROGRAMME_FILE: settings, f"{FOLDER}/{BLANK_PACK}": blank, **tables}


def _csvs(w: Words) -> dict[str, bytes]:
    """Each table with a mark of UTF-8, without which spreadsheet programs garble Chinese headers."""
    return {
        f"{table.name}.csv": b"\xef\xbb\xbf" + _line([t.zh if w.lang == "zh" else t.en for t in column_texts(table, w)])
        for table in TABLES
    }


def _line(texts: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow(texts)
    return out.getvalue().encode()


def _basics(programme_id: str, name: str, w: Words) -> dict[str, Any]:
    """The settings that stand on the page of settings of a workbook, and in programme.toml where there is no workbook."""
    return {
        "id": programme_id,
        "name_zh": w("starter.name_zh", name=name),
        "name_en": w("starter.name_en", name=name),
        "root": EXAMPLE_ROOT,
        "window_from": date(EXAMPLE_YEAR, 1, 1),
        "window_to": date(EXAMPLE_YEAR, 12, 31),
        "as_of": date(EXAMPLE_YEAR - 1, 11, 1),
        "revision": 1,
        "currency": "CNY",
        "sample": False,
        "invite": False,
    }


def _toml(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def _settings(basics: dict[str, Any], w: Words) -> str:
    """programme.toml; `basics` is empty where a page of settings holds them."""
    lines = [f"# {w('starter.toml.about')}", ""]
    lines += [] if basics else [f"# {w('starter.toml.page')}", ""]
    for key, value in basics.items():
        said = _SAID_WITH.get(key, key)
        lines += [f"# {w(f'starter.toml.{said}')}"] if said else []
        lines += [f"{key} = {_toml(value)}", *([""] if key not in _TOGETHER else [])]
    lines += [f"# {w('starter.toml.gap')}", "gap = 0.001", ""]
    weights = [f"{field} = {info.default:g}" for field, info in ScoreWeights.model_fields.items()]
    lines += [f"# {w('starter.toml.score')}", "[score]", *weights, "", *_packs(w), f"# {w('starter.toml.profiles')}"]
    return "\n".join([*lines, *_profiles(), ""])


def _packs(w: Words) -> list[str]:
    """How rule packs are chosen, commented out."""
    of_travel, of_subsidies = ["[[packs]]", f'id = "{EXAMPLE_PACK}"'], ["[[packs]]", 'id = "..."', 'fund = "..."']
    return [f"# {w('starter.toml.packs')}", *(f"# {line}" for line in (*of_travel, *of_subsidies)), ""]


def _profiles() -> list[str]:
    """The default rules, commented out, as they would have to be written."""
    lines = []
    for regime in Regime:
        given = PROFILES[regime].model_dump(mode="json", exclude_none=True, exclude={"over_packs"})
        lines += [f"# [profiles.{regime}]", *(f"# {key} = {json.dumps(value)}" for key, value in given.items()), "#"]
    return lines[:-1]
