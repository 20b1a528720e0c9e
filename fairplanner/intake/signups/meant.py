"""Texts of sign-ups to rows of the programme: which phase, section, zone, sectors and markets are meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Phase
from fairplanner.intake.fair_names import names_several, states, states_phase
from fairplanner.intake.sheet import bare
from fairplanner.intake.signups.mapping import Decided
from fairplanner.intake.signups.records import Facts, Fields, Given
from fairplanner.intake.signups.titles import Titles
from fairplanner.intake.suggest import nearest

MOST_NAMED = 6
_ALWAYS = re.compile(r"[┋│;；\n\r|]+")
_COMMAS = re.compile(r"[、,，]|(?<=[期展会])[和及与](?=第)")
_SEVERAL = re.compile(r"第?([0-9一二三四五])((?:[、,，和及]第?[0-9一二三四五])+)期")
_BLANKS = re.compile(r"[\s+＋/和及与]+")
_NO_FAIR = re.compile(r"(?:第?[0-9一二三四五六七八九十百]{1,5}届)?(?:第?[0-9一二三四五]期)?")
"""An edition and a phase of a fair that stands somewhere else."""
_RANK_OF_ZONE = re.compile(r"\s+(?:city|prefecture|county|district|province)\b\.?\s*$", re.IGNORECASE)
_LIST = re.compile(r"[┋│;；\n\r|、,，/]+")


@dataclass(frozen=True)
class Unknown:
    """A text that means nothing here, or several things: a key of the problems and its facts."""

    what: str
    facts: Facts = ()
    text: str = ""


class Meant:
    """Understands texts against one programme; what is not understood is kept for mapping.toml, with what it may mean."""

    def __init__(self, programme: Programme, decided: Decided, titles: Titles) -> None:
        self.programme, self.decided, self.titles = programme, decided, titles
        self.fairs: dict[str, str] = {}
        self.zones: dict[str, str] = {}
        self._zones = _named(programme.zones, "zone_id")
        self._lists = {
            "sectors": _named(programme.sectors, "sector_id"),
            "markets": _named(programme.markets, "market_id"),
        }

    def parts(self, given: Given) -> list[Given]:
        """The several fairs that a cell names; one that is not understood stays whole."""
        found: list[str] = []
        for piece in _ALWAYS.split(str(given.cell)):
            text = _SEVERAL.sub(_each, " ".join(piece.split()))
            if text:
                found += self._between(text, _COMMAS)
        return [given.saying(text) for text in found] if len(found) > 1 else [given]

    def _between(self, text: str, marks: re.Pattern[str]) -> list[str]:
        """Parts between commas, else between blanks where several are named, if each is a fair, or what is left of one (第二期)."""
        found: list[str] = []
        before: Phase | None = None
        for part in filter(None, (x.strip() for x in marks.split(text))):
            phases = self.titles.phases(part)
            if not phases and before and states(part):
                fair = self.programme.fair[before.fair_id]
                if found and (narrowed := self._narrowed(found[-1], part)):
                    found[-1] = narrowed
                    continue
                if names_several(part):
                    return [text]
                part = f"{fair.name_zh}第{before.edition}届{part}"
                phases = self.titles.phases(part)
            if not phases and bare(part) not in self.decided.fairs:
                return self._between(text, _BLANKS) if marks is _COMMAS and names_several(text) else [text]
            before = phases[0] if phases else None
            found.append(part)
        whole = len(found) < 2 and marks is _COMMAS and names_several(text)
        return self._between(text, _BLANKS) if whole else found

    def _narrowed(self, fair: str, part: str) -> str:
        """A fair and what says which edition or phase of it (Canton Fair, 141st) as one text; '' where it was clear without."""
        both, may_be = f"{fair}, {part}", self.titles.phases(fair)
        is_one = len(may_be) > 1 and not names_several(both) and 0 < len(self.titles.phases(both)) < len(may_be)
        return both if is_one and not (states_phase(fair) and states_phase(part)) else ""

    def phases(self, wish: Fields, over: Iterable[str]) -> tuple[str, ...] | Unknown:
        """The phase a wish is for; several where mapping.toml says so, none where it says that the fair is left out."""
        given = wish.get("fair")
        edition, phase = (wish[f].text if f in wish else "" for f in ("edition", "phase"))
        if own_phase := next((g.phase_id for g in wish.values() if g.phase_id), ""):
            return (own_phase,)
        text = given.text if given else phase
        if not text:
            return self._over(over, edition, phase, wish)
        if (own := self.decided.fairs.get(bare(text))) is not None:
            return own
        if names_several(text):
            self.fairs.setdefault(text, "")
            return Unknown("signup-fair-more", (), text)
        found = self._one(self.titles.phases(text, edition, phase if given else ""), wish)
        if not found and not given and states(phase):
            return self._over(over, edition, phase, wish)
        if not found and _NO_FAIR.fullmatch(bare(text)):
            return self._over(over, edition, " ".join(filter(None, (text, phase if given else ""))), wish)
        return self._told(text, found)

    def _over(self, over: Iterable[str], edition: str, phase: str, wish: Fields) -> tuple[str, ...] | Unknown:
        """The phase that what stands above a table is about."""
        for text in over:
            if own := self.decided.fairs.get(bare(text)):
                return own
            if found := self._one(self.titles.phases(text, edition, phase), wish):
                return self._told(text, found)
        return Unknown("signup-fair-blank")

    def _one(self, phases: tuple[Phase, ...], wish: Fields) -> tuple[Phase, ...]:
        """Of several phases those that have the section that is asked for."""
        if len(phases) > 1 and "section_id" in wish:
            key = bare(wish["section_id"].text)
            having = [q for q in phases if key in self._sections(q)]
            return tuple(having) or phases
        return phases

    def _told(self, text: str, found: tuple[Phase, ...]) -> tuple[str, ...] | Unknown:
        if len(found) == 1:
            return (found[0].phase_id,)
        ids = ", ".join(q.phase_id for q in found[:MOST_NAMED])
        near = ids or self.titles.fairs(text).near
        self.fairs.setdefault(text, near)
        if ids:
            return Unknown("signup-fair-several", (("phases", ids),), text)
        return Unknown("signup-fair-near", (("near", near),), text) if near else Unknown("signup-fair", (), text)

    def _sections(self, phase: Phase) -> Mapping[str, str]:
        rows = [s for s in self.programme.sections if (s.fair_id, s.phase) == (phase.fair_id, phase.phase)]
        return {bare(x): s.section_id for s in rows for x in (s.name_en, s.name_zh, s.section_id) if x}

    def section(self, given: Given, phase_id: str) -> str | Unknown:
        """The section of a phase that a text names, with 展区 behind it or without."""
        names = self._sections(self.programme.phase[phase_id])
        key = bare(given.text)
        for name in (key, key.removesuffix("展区"), key.removesuffix("区")):
            if name in names:
                return names[name]
        near = nearest(given.text, [s.name_zh for s in self.programme.sections if s.section_id in names.values()])
        return Unknown("signup-section-near", (("near", near),)) if near else Unknown("signup-section")

    def zone(self, text: str) -> str | Unknown:
        """The zone that a text names, whole or as its one part."""
        key = bare(text)
        if own := self.decided.zones.get(key):
            return own
        found = self._zones.get(key) or self._zones.get(bare(_RANK_OF_ZONE.sub("", text))) or self._zones_like(key)
        if len(found) == 1:
            return found[0]
        self.zones.setdefault(text, ", ".join(found[:MOST_NAMED]))
        if found:
            return Unknown("signup-zone-several", (("zones", ", ".join(found[:MOST_NAMED])),))
        near = nearest(text, [z.name_zh for z in self.programme.zones])
        return Unknown("signup-zone-near", (("near", near),)) if near else Unknown("signup-zone")

    def _zones_like(self, key: str) -> list[str]:
        """Zones whose name is a part of the text, the lowest of a line (贵州省遵义市); else those of whose name the text is one."""
        known = {name: ids for name, ids in self._zones.items() if len(name) >= 2 and not name.isascii()}
        inside = {z for name, ids in known.items() if name in key for z in ids}
        above = {x for z in inside for x in self.programme.zones_above(z)[1:]}
        around = {z for name, ids in known.items() if len(key) >= 2 and key in name for z in ids}
        return sorted((inside - above) or around)

    def zone_over(self, over: Iterable[str]) -> str:
        """The one zone that stands in a title above, or in the name of a page, file or folder; '' where none or several do."""
        for text in over:
            key = bare(text)
            long = {name: ids for name, ids in self._zones.items() if len(name) >= 3 and not name.isascii()}
            inside = {z for name, ids in long.items() if name in key for z in ids}
            found = inside - {x for z in inside for x in self.programme.zones_above(z)[1:]}
            found = found | ({own} if (own := self.decided.zones.get(key)) else set())
            if len(found) == 1:
                return next(iter(found))
        return ""

    def listed(self, field: str, given: Given) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Ids of the sectors or markets that a cell names, and the words that name none."""
        names = self._lists[field]
        found: dict[str, None] = {}
        strange = []
        for part in filter(None, (x.strip() for x in _LIST.split(str(given.cell)))):
            ids = names.get(bare(part)) or names.get(bare(part).removesuffix("市场").removesuffix("行业"), [])
            if len(ids) == 1:
                found[ids[0]] = None
            else:
                strange.append(part)
        return tuple(found), tuple(strange)


def _named(rows: Iterable[object], key: str) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        own = str(getattr(row, key))
        for name in {bare(own), bare(str(getattr(row, "name_zh", ""))), bare(str(getattr(row, "name_en", "")))} - {""}:
            found[name].append(own)
    return dict(found)


def _each(match: re.Match[str]) -> str:
    """第一、二期 as 第一期、第二期."""
    numbers = [match[1], *re.findall("[0-9一二三四五]", match[2])]
    return "、".join(f"第{n}期" for n in numbers)
