"""Titles of columns, questions and labels: what each is taken for, and which of them a person must decide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Phase
from fairplanner.intake.cells import BadCellError
from fairplanner.intake.fair_names import number_of
from fairplanner.intake.fairs_meant import FairsMeant
from fairplanner.intake.sheet import bare
from fairplanner.intake.signups.fields import (
    FIELDS,
    FIRM_FIELDS,
    asked,
    column_of,
    field_asked,
    header_of,
    is_personal,
    is_quiet,
    known_titles,
    listed_words,
)
from fairplanner.intake.suggest import nearest

LIKE = 72.0
"""From this likeness on (rapidfuzz ratio, 0 to 100) a title may mean a field, and a person decides."""
LEAST_WORD = 4
"""Letters of a Latin word that may be a title within a longer one."""
OPEN = "?"
_RANK = re.compile(r"(?:第?([0-9一二三四五六七八九十]{1,2})志愿|志愿([0-9一二三四五六七八九十]{1,2}))(?:展会|展期)?", re.IGNORECASE)  # fmt: skip
_CHOICE = re.compile(r"(?:choice|preference) ([0-9]{1,2})(?: fair)?|([0-9]{1,2})(?:st|nd|rd|th) (?:choice|preference)", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """What a title is taken for: a field ('' for nothing), perhaps of one phase, of one option of a list, or the wish of a rank."""

    field: str = ""
    phase_id: str = ""
    option: str = ""
    rank: int = 0

    @property
    def is_of_firm(self) -> bool:
        """Whether it says something of the firm and not of what it asks for."""
        return self.field in FIRM_FIELDS

    def written(self, lang: str) -> str:
        """The target as mapping.toml says it."""
        if not self.field:
            return ""
        text = header_of(self.field, lang)
        if self.phase_id:
            return f"{text}: {self.phase_id}"
        return f"{text} = {self.option}" if self.option else f"{text} {self.rank}" if self.rank else text


NOTHING = Target()


@dataclass(frozen=True)
class Proposal:
    """`why` is a key below `signups.why`; an open one is for a person to decide, `near` what it resembles."""

    target: Target
    why: str
    near: str = ""

    @property
    def is_open(self) -> bool:
        """Whether a person must decide."""
        return self.why in ("like", "fairs", "fair-more")


def read_target(text: str, programme: Programme) -> Target | None:
    """What a line of mapping.toml says; None where it is not understood."""
    if not text.strip():
        return NOTHING
    if not any(mark in text for mark in "=：:") and (own := field_asked(text)):
        return Target(own)
    head, mark, rest = next((text.partition(m) for m in ("=", "：", ":") if m in text), (text, "", ""))
    name, rest = field_asked(head), rest.strip()
    if name and mark == "=":
        return Target(name, option=rest) if rest else None
    if name and mark:
        return Target(name, phase_id=rest) if rest in programme.phase and name not in FIRM_FIELDS else None
    if (match := re.fullmatch(r"(.*?)\s*([0-9]{1,2})", text.strip())) and field_asked(match[1]) == "fair":
        return Target("fair", rank=int(match[2]))
    return None


class Titles:
    """Titles to proposals, for one programme; equal titles are understood once."""

    def __init__(self, programme: Programme, fairs: FairsMeant) -> None:
        self.programme, self.fairs = programme, fairs
        usable = (*programme.in_window(), *programme.undated())
        self._usable = {q.phase_id for q in usable}
        self._fair_ids = {q.fair_id for q in usable}
        self._known: dict[str, Proposal] = {}

    def __call__(self, title: str) -> Proposal:
        """What a title is taken for."""
        if title not in self._known:
            self._known[title] = self._proposed(title)
        return self._known[title]

    def _proposed(self, title: str) -> Proposal:
        found = asked(title)
        if own := field_asked(found.text):
            return Proposal(Target(own), "known")
        if is_personal(found.text):
            return Proposal(NOTHING, "personal")
        if is_quiet(title):
            return Proposal(NOTHING, "quiet")
        if rank := _rank(found.text):
            return Proposal(Target("fair", rank=rank), "known")
        return self._option(found.base, found.option) or self._fair(found.text) or self._like(found.text)

    def _option(self, base: str, option: str) -> Proposal | None:
        """A title with brackets: an option of a closed list, a phase as option, a unit or a remark."""
        name = field_asked(base)
        column = column_of(name) if name else None
        if name and option and column and column.listed:
            try:
                column.parse(option)
            except BadCellError:
                return Proposal(Target(name), "known")
            return Proposal(Target(name, option=option), "known")
        phases = self.phases(option) if option else ()
        if len(phases) == 1 and (name in ("", "fair") and (name or not base or self._asks_fair(base))):
            return Proposal(Target("fair", phases[0].phase_id), "known")
        if len(phases) == 1 and name and name not in FIRM_FIELDS:
            return Proposal(Target(name, phases[0].phase_id), "known")
        if len(phases) > 1 and (name or not base) and name not in FIRM_FIELDS:
            return Proposal(NOTHING, "fairs", ", ".join(q.phase_id for q in phases[:6]))
        return Proposal(Target(name), "known") if name else None

    def _asks_fair(self, base: str) -> bool:
        """Whether the question of an option asks which fairs, in whatever words."""
        return any(x in bare(base) for x in listed_words("which"))

    def _fair(self, text: str) -> Proposal | None:
        """A title that names a fair, alone or with what is asked of it."""
        phases = self.phases(text)
        if not phases:
            return None
        if len(phases) > 1:
            return Proposal(NOTHING, "fairs", ", ".join(q.phase_id for q in phases[:6]))
        rest = self._without(bare(text), phases[0])
        name = field_asked(rest) if rest else "fair"
        if name and name not in FIRM_FIELDS:
            return Proposal(Target(name, phases[0].phase_id), "known")
        return Proposal(NOTHING, "fair-more", phases[0].phase_id)

    def _without(self, text: str, phase: Phase) -> str:
        """What a title says beside the fair's name, its edition, year and phase."""
        fair = self.programme.fair[phase.fair_id]
        names = {bare(x) for x in (fair.name_zh, fair.name_en, *fair.aliases, phase.name_zh, phase.name_en) if x}
        for name in sorted(names, key=lambda x: (-len(x), x)):
            text = text.replace(name, "")
        return re.sub(
            r"第?[0-9一二三四五六七八九十百〇零]+[届期]|phase[0-9]|[0-9]+(?:st|nd|rd|th)|20[0-9]{2}年?", "", text
        )

    def phases(self, text: str, edition: str = "", phase: str = "") -> tuple[Phase, ...]:
        """Phases that a text may mean; of several those that the year's list has."""
        found = self.fairs(text, edition, phase).phase_ids
        here = [q for q in found if q in self._usable]
        return tuple(self.programme.phase[q] for q in (here or found))

    def _like(self, text: str) -> Proposal:
        key = bare(text)
        inside = [name for name in self._names if len(name) >= 3 and name in key]
        if text.isascii():
            inside = [name for name in _phrases(text) if known_titles().get(name) in FIELDS]
        best = max(inside, key=lambda x: (len(x), x), default="")
        if not best:
            found = process.extractOne(key, self._names, scorer=fuzz.ratio, score_cutoff=LIKE)
            best = str(found[0]) if found else ""
        if not best and (near := self._like_fair(text)):
            return Proposal(NOTHING, "like", near)
        if not best:
            return Proposal(NOTHING, "unlike")
        return Proposal(NOTHING, "like", known_titles()[best])

    @cached_property
    def _fair_names(self) -> list[str]:
        fairs = [self.programme.fair[fair_id] for fair_id in sorted(self._fair_ids)]
        return [name for fair in fairs for name in (fair.name_zh, fair.name_en, *fair.aliases) if name]

    def _like_fair(self, text: str) -> str:
        """The fair that a title is nearly called, or the field of fairs where it asks which; '' where it does neither."""
        nouns, verbs = listed_words("fair_nouns"), listed_words("fair_verbs")
        key = bare(text)
        if any(x in key for x in nouns) and (near := nearest(text, self._fair_names)):
            return near
        return "fair" if any(x in key for x in nouns) and any(x in key for x in verbs) else ""

    @cached_property
    def _names(self) -> Sequence[str]:
        return sorted(name for name, field in known_titles().items() if field in FIELDS and not name.isascii())


def _phrases(text: str) -> Iterator[str]:
    """Words of a Latin title, one to four in a row, as titles are compared: how many booths do you need."""
    words = [bare(word) for word in text.split()]
    for lo in range(len(words)):
        for hi in range(lo + 1, min(lo + 4, len(words)) + 1):
            phrase = "".join(words[lo:hi])
            if len(phrase) >= LEAST_WORD:
                yield from (phrase, phrase.removesuffix("s"))


def _rank(text: str) -> int:
    match = _RANK.fullmatch(bare(text)) or _CHOICE.fullmatch(text.strip())
    return number_of(match[1] or match[2]) if match else 0
