"""The words of a language: templates/languages/<code>.toml, nested sections addressed with dots."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from fairplanner.errors import LanguageError, Problem
from fairplanner.shipped import shipped

_NUMBER = ":#"


class _Numbered(Formatter):
    """`{booths:# booth|# booths}`: the first form for one, the second for any other number, which takes the place of each #."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if not format_spec.startswith("#"):
            return str(super().format_field(value, format_spec))
        one, _, more = format_spec.partition("|")
        return (one if str(value) == "1" else more).replace("#", str(value))


_NUMBERED = _Numbered()


class Words:
    """Looks up a sentence and fills its placeholders; a missing word is an error, never a silent blank."""

    def __init__(self, lang: str, entries: dict[str, str]) -> None:
        self.lang = lang
        self._entries = entries

    def __call__(self, key: str, /, **facts: object) -> str:
        """The words under `key` with `{placeholders}` filled from `facts`; raises KeyError if there are none."""
        text = self._entries[key]
        return _NUMBERED.vformat(text, (), facts) if _NUMBER in text else text.format(**facts)

    def pattern(self, key: str) -> str:
        """The words under `key` with their placeholders still open, for a library that fills them itself."""
        return self._entries[key]

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def entries(self) -> dict[str, str]:
        """Every key with its words, placeholders still open."""
        return dict(self._entries)

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


_OWN: ContextVar[Path | None] = ContextVar("own_words", default=None)


@contextmanager
def own_words(templates: Path | None) -> Iterator[None]:
    """While it lasts, words of `templates`/languages stand in place of the shipped ones, where that folder has any.

    Raises LanguageError for a language or a word that the shipped files do not have, or one with a placeholder that they do not
    fill: all at once.
    """
    folder = templates / "languages" if templates else None
    before = _OWN.get()
    _OWN.set(folder if folder and folder.is_dir() else None)
    try:
        if problems := [*_foreign(), *(problem for lang in languages() for problem in _unusable(lang))]:
            raise LanguageError(problems)
        yield
    finally:
        _OWN.set(before)


def words(lang: str, folder: Path | None = None) -> Words:
    """Every word of `<lang>.toml` and `<lang>.<part>.toml` in the languages folder; raises LanguageError."""
    own = _OWN.get()
    if folder or own is None:
        return _read(lang, folder or shipped("templates") / "languages")
    return _with_own(lang, own)


@lru_cache
def _read(lang: str, where: Path) -> Words:
    paths = _files(lang, where)
    if not paths:
        raise LanguageError(
            [Problem(f"{lang}.toml", 0, "", "language-missing", lang, (("have", ", ".join(languages(where))),))]
        )
    return Words(lang, {key: text for path in paths for key, text in _entries(path).items()})


def _files(lang: str, where: Path) -> list[Path]:
    return sorted([*where.glob(f"{lang}.toml"), *where.glob(f"{lang}.*.toml")])


def _entries(path: Path) -> dict[str, str]:
    try:
        return _flatten(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except tomllib.TOMLDecodeError as error:
        raise LanguageError([Problem(path.name, 0, "", "toml", str(error))]) from error
    except UnicodeDecodeError as error:
        raise LanguageError([not_utf8(path.name, error)]) from error


def not_utf8(file: str, error: UnicodeDecodeError) -> Problem:
    """Where a text is in another encoding, as Chinese Windows writes it unasked: the file and its first such line."""
    return Problem(file, error.object.count(b"\n", 0, error.start) + 1, "", "text-not-utf8")


@lru_cache(maxsize=8)
def _with_own(lang: str, folder: Path) -> Words:
    own = {key: text for path in _files(lang, folder) for key, text in _entries(path).items()}
    return Words(lang, _read(lang, shipped("templates") / "languages").entries() | own)


def _foreign() -> Iterator[Problem]:
    """Files of one's own that nobody would read: no language of ours is called so."""
    own, known = _OWN.get(), languages()
    for path in sorted(own.glob("*.toml")) if own else ():
        if (lang := path.name.split(".")[0]) not in known:
            yield Problem(path.name, 0, "", "language-missing", lang, (("have", ", ".join(known)),))


def _unusable(lang: str) -> Iterator[Problem]:
    """What is wrong with the own words of a language."""
    own = _OWN.get()
    _with_own.cache_clear()  # a folder may have been edited since
    known = _read(lang, shipped("templates") / "languages").entries()
    for path in _files(lang, own) if own else ():
        for key, text in _entries(path).items():
            if key not in known:
                yield Problem(path.name, 0, key, "word-unknown", key)
            elif stray := sorted(_placeholders(text) - _placeholders(known[key])):
                have = ", ".join(f"{{{name}}}" for name in sorted(_placeholders(known[key])))
                yield Problem(path.name, 0, key, "word-placeholder", f"{{{stray[0]}}}", (("have", have or "-"),))


def _placeholders(text: str) -> set[str]:
    """Names between braces; one that no braces can have where they do not match."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return {text}
