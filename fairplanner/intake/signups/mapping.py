"""mapping.toml: what each title is taken for, and what people decided of fairs, zones and firms that were not understood."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fairplanner.domain.programme import Programme
from fairplanner.errors import Problem
from fairplanner.intake.cells import shown
from fairplanner.intake.sheet import bare
from fairplanner.intake.signups.fields import FIELDS, header_of
from fairplanner.intake.signups.titles import OPEN, Proposal, Target, Titles, read_target
from fairplanner.intake.toml import read_toml
from fairplanner.words import Words, languages

MAPPING, FURTHER = "mapping.toml", "mapping.new.toml"
SECTIONS = ("titles", "fairs", "zones", "firms")
"""Titles to fields; names of fairs to phase ids, of zones to zone ids, of firms to the firm they are."""


@dataclass
class Decided:
    """What a mapping.toml says, keys bare of punctuation; of a title that is still open, None; `still_open` are names that are. `exists`
    whether there is one."""

    exists: bool = False
    titles: dict[str, Target | None] = field(default_factory=dict)
    fairs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)
    firms: dict[str, str] = field(default_factory=dict)
    still_open: set[str] = field(default_factory=set)


def read_mapping(folder: Path, programme: Programme, problems: list[Problem]) -> Decided:
    """What people decided in a programme's folder; what is wrong with the file is appended."""
    path, found = folder / MAPPING, Decided()
    if not path.is_file():
        return found
    found.exists = True
    given = read_toml(path, MAPPING, problems) or {}
    for name in sorted(given.keys() - set(SECTIONS)):
        problems.append(_wrong(name, "signup-mapping-section", name, (("known", ", ".join(SECTIONS)),)))
    for section, key, value in _lines(given, problems):
        _take(found, section, key, value, programme, problems)
    return found


def _lines(given: Mapping[str, Any], problems: list[Problem]) -> Iterator[tuple[str, str, Any]]:
    for section in SECTIONS:
        rows = given.get(section, {})
        if not isinstance(rows, dict):
            problems.append(_wrong(section, "signup-mapping-section", section, (("known", ", ".join(SECTIONS)),)))
            continue
        for key, value in rows.items():
            yield section, key, value


def _take(found: Decided, section: str, key: str, value: Any, programme: Programme, problems: list[Problem]) -> None:
    """One line of the file."""
    is_list = section == "fairs" and isinstance(value, list) and all(isinstance(x, str) for x in value)
    if not isinstance(value, str) and not is_list:
        problems.append(_wrong(f"{section}.{key}", "signup-mapping-text", str(value)))
    elif section == "titles":
        target = None if value.strip() == OPEN else read_target(value, programme)
        if target is None and value.strip() != OPEN:
            problems.append(_wrong(key, "signup-mapping-field", value))
            return
        found.titles[bare(key)] = target
    elif value == OPEN:
        found.still_open.add(bare(key))  # the cell that says it is told of, with what may be meant
    elif section == "fairs":
        ids = tuple(x.strip() for x in (value if is_list else [value]) if x.strip())
        problems += [_wrong(key, "signup-mapping-fair", x) for x in ids if x not in programme.phase]
        found.fairs[bare(key)] = tuple(x for x in ids if x in programme.phase)
    elif section == "zones":
        if value.strip() not in programme.zone:
            problems.append(_wrong(key, "signup-mapping-zone", value))
        found.zones[bare(key)] = value.strip()
    else:
        found.firms[bare(key)] = value.strip()


def _wrong(key: str, what: str, value: str, facts: tuple[tuple[str, str], ...] = ()) -> Problem:
    return Problem(MAPPING, 0, key, what, shown(value), facts)


class Meaning:
    """What titles mean: as people decided, else as proposed; every title that was met is remembered, with where it first stood."""

    def __init__(self, decided: Decided, titles: Titles) -> None:
        self.decided, self.titles = decided, titles
        self.met: dict[str, tuple[str, str]] = {}

    def __call__(self, title: str) -> Target | None:
        """The target of a title; None where it is open. Nothing is remembered: a row may be looked at and be no header."""
        key = bare(title)
        if key in self.decided.titles:
            return self.decided.titles[key]
        proposal = self.titles(title)
        return None if proposal.is_open else proposal.target

    def meet(self, title: str, where: str) -> None:
        """Remember a title that heads something."""
        if bare(title):
            self.met.setdefault(bare(title), (title, where))

    def is_title(self, text: str) -> bool:
        """Whether a text is surely a title, to whatever it leads."""
        key = bare(text)
        return key in self.decided.titles or self.titles(text).why in ("known", "personal", "quiet")

    def open_titles(self) -> Iterator[Problem]:
        """The titles that a person must decide, where they first stand."""
        for key, (title, where) in self.met.items():
            if self(title) is None:
                near = self.titles(title).near
                facts = (("file", FURTHER if self.decided.exists and key not in self.decided.titles else MAPPING), *self._near(near))  # fmt: skip
                yield Problem(where, 0, "", "signup-title-open" if near else "signup-title-open-bare", shown(title), facts)  # fmt: skip

    def _near(self, near: str) -> Iterator[tuple[str, str]]:
        if near:
            for lang in languages():
                yield f"near.{lang}", near_said(near, lang)

    def left_out(self) -> Iterator[tuple[str, str, str]]:
        """Titles of which nothing is taken: title, where, and why (`personal`, `quiet`, `unlike` or `decided`)."""
        for key, (title, where) in self.met.items():
            target = self(title)
            if target is not None and not target.field:
                yield title, where, "decided" if key in self.decided.titles else self.titles(title).why

    def further(self) -> list[tuple[str, str, Proposal]]:
        """Titles that mapping.toml does not have, with where they first stand and what is proposed."""
        return [
            (title, where, self.titles(title))
            for key, (title, where) in self.met.items()
            if key not in self.decided.titles
        ]


def near_said(near: str, lang: str) -> str:
    """What a proposal is near to, in words: a field by its header, phases by their ids."""
    return header_of(near, lang) if near in FIELDS else near


def mapping_text(
    titles: Iterable[tuple[str, str, Proposal]],
    fairs: Mapping[str, str],
    zones: Mapping[str, str],
    alike: Iterable[tuple[str, str]],
    w: Words,
) -> str:
    """A mapping.toml that says what was proposed; `fairs` and `zones` are names not understood with what may be meant,
    `alike` firms of which one may be the other."""
    lines = [f"# {line}" for line in w("signups.toml.head").splitlines()] + ["", "[titles]"]
    for title, where, proposal in titles:
        said = OPEN if proposal.is_open else proposal.target.written(w.lang)
        near = near_said(proposal.near, w.lang) if proposal.near else ""
        why = w(f"signups.why.{proposal.why}", near=near)
        lines.append(f"{_quoted(title)} = {_quoted(said)}  # {_remark(f'{why}; {where}' if why else where)}")
    for section, rows in (("fairs", fairs), ("zones", zones)):
        lines += ["", *(f"# {line}" for line in w(f"signups.toml.{section}").splitlines()), f"[{section}]"]
        lines += [f"{_quoted(name)} = {_quoted(OPEN)}" + (f"  # {_remark(near)}" if near else "") for name, near in sorted(rows.items())]  # fmt: skip
    lines += ["", *(f"# {line}" for line in w("signups.toml.firms").splitlines()), "[firms]"]
    lines += [f"# {_quoted(one)} = {_quoted(other)}" for one, other in alike]
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _remark(text: str) -> str:
    return " ".join("".join(c for c in text if c.isprintable() or c == " ").split())
