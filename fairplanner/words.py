"""The words of a language: templates/languages/<code>.toml, nested sections addressed with dots."""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fairplanner.errors import LanguageError, Problem
from fairplanner.shipped import shipped


class Words:
    """Looks up a sentence and fills its placeholders; a missing word is an error, never a silent blank."""

    def __init__(self, lang: str, entries: dict[str, str]) -> None:
        self.lang = lang
        self._entries = entries

    def __call__(self, key: str, /, **facts: object) -> str:
        """The words under `key` with `{placeholders}` filled from `facts`; raises KeyError if there are none."""
        return self._entries[key].format(**facts)

    def pattern(self, key: str) -> str:
        """The words under `key` with their placeholders still open, for a library that fills them itself."""
        return self._entries[key]

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def keys(self) -> frozenset[str]:
        """Every key of the language."""
        return frozenset(self._entries)

    def instant(self, at: datetime, zone: str, form: str = "told") -> str:
        """An instant as people read it, in a zone by its IANA name: 北京时间 2024年11月25日17:00; `brief` for lists."""
        local = at.astimezone(ZoneInfo(zone))
        known = f"instants.zone.{zone}"
        offset = f"{local:%z}"
        named = self(known) if known in self else f"UTC{offset[:3]}:{offset[3:5]}"
        facts = {"y": local.year, "m": self(f"calendar.month.{local.month}"), "d": local.day, "day": local.date()}
        return self(f"instants.{form}", **facts, time=f"{local:%H:%M}", zone=named)

    def name(self, row: Any) -> str:
        """The name of a row in this language: `name_zh` or `name_en`, the other where one is blank."""
        own, other = ("name_zh", "name_en") if self.lang == "zh" else ("name_en", "name_zh")
        return str(getattr(row, own) or getattr(row, other))


def _flatten(table: dict[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = str(value)
    return flat


def languages(folder: Path | None = None) -> tuple[str, ...]:
    """Codes of the languages there are files for."""
    where = folder or shipped("templates") / "languages"
    return tuple(sorted({p.name.split(".")[0] for p in where.glob("*.toml")}))


@lru_cache
def words(lang: str, folder: Path | None = None) -> Words:
    """Read `<lang>.toml` and every `<lang>.<part>.toml` of the languages folder; raises LanguageError."""
    where = folder or shipped("templates") / "languages"
    entries: dict[str, str] = {}
    paths = sorted([*where.glob(f"{lang}.toml"), *where.glob(f"{lang}.*.toml")])
    if not paths:
        raise LanguageError(
            [Problem(f"{lang}.toml", 0, "", "language-missing", lang, (("have", ", ".join(languages(where))),))]
        )
    for path in paths:
        try:
            entries |= _flatten(tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise LanguageError([Problem(path.name, 0, "", "toml", str(error))]) from error
    return Words(lang, entries)
