"""Which fair, edition and phase the title of somebody else's calendar entry speaks of.

A title names a fair if it holds one of its names or aliases, whole; if it holds none, the nearest name counts only where it
is very like and clearly ahead of the next. Nothing is guessed: what fits several is handed back as several.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from rapidfuzz import fuzz

from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Fair, Phase

LEAST_LIKENESS = 88.0
"""Below this (rapidfuzz token_set_ratio, 0 to 100) two names are two names; a letter or two may differ in a long one."""
LEAST_LEAD = 6.0
"""How far the nearest fair must be ahead of the next."""
SHORTEST = 3
"""Characters; shorter names (a city's, an abbreviation's) occur in titles of anything."""
LONGEST_NUMBER = 9
LARGEST_EDITION = 999  # above it, the number is a year

NOT_FAIR_DAYS = re.compile(
    "截止|报名|预登记|筹展|布展|撤展|说明会|启动会|推介会|发布会|开幕式|闭幕式|晚宴|招待会|去程|返程"
    r"|deadline|registration|register by|move.?in|move.?out|set.?up|build.?up|dismantl|tear.?down|early bird|webinar"
    r"|ceremony|reception|press conference|briefing|travel|flight",
    re.IGNORECASE,
)
"""What stands in titles that name a fair and are about something else than its days."""
CANCELLED = re.compile(
    r"^\W*(?:已?取消|cancell?ed)(?=\W|$)|[(（【\[]\s*(?:已?取消|cancell?ed)\s*[)）】\]]", re.IGNORECASE
)
_CHINESE = "零一二三四五六七八九"
_NUMBER = f"([0-9]+|[{_CHINESE}十百〇]+)"
_EDITIONS = (
    re.compile(f"第? ?{_NUMBER} ?届"),
    re.compile(r"\b([0-9]+)(?:st|nd|rd|th)\b(?! phase)"),
    re.compile(r"edition ([0-9]+)"),
    re.compile(r"\b(?:fair|expo|exhibition)\)? ([1-9][0-9]{2})\b"),
    re.compile(r"\b([1-9][0-9]{2}),? phase\b"),
)
_PHASES = (
    re.compile(f"第? ?{_NUMBER} ?期"),
    re.compile(r"phase ([0-9]|i{1,3})\b"),
    re.compile(r"\b([0-9])(?:st|nd|rd|th) phase"),
)
_TOLD_APART = (
    re.compile(r"第? ?([0-9一二三四五六七八九十百]+) ?届"),
    re.compile(r"第? ?([0-9一二三四五六七八九十]+) ?期"),
    re.compile(r"(?<![a-z])phase ([0-9]|i{1,3})\b", re.IGNORECASE),
    re.compile(r"\b([1-9][0-9]{2})(?:st|nd|rd|th)\b", re.IGNORECASE),
)
_SPAN = re.compile(
    r"(?<![0-9])[0-9一二三四五] ?期? ?[-—–~～至到/和及与&＋+、] ?第? ?[0-9一二三四五] ?期|[一二三四五]{2,}期"
    r"|(?<![a-z])phases? [0-9] ?(?:,|and|&|/|\+|[-–—~]|to) ?[0-9]\b(?! ?(?:[-–] ?[0-9]+ )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)
"""Several phases in one word: 第一至三期, 一二期, phase 1 and 2; no day that follows a phase."""
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_SEASONS = ((re.compile(r"春季|春交会|\bspring\b"), range(1, 8)), (re.compile(r"秋季|秋交会|\bautumn\b"), range(8, 13)))
"""Which months a fair that is held in spring and in autumn opens in."""
_TRAILING = re.compile(r"^(.+?)[(（]([^()（）]+)[)）]\s*$")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_MARKS = re.compile(r"[^\w]+|_+")
_AROUND_CHINESE = re.compile("(?<=[\u3400-\u9fff]) +| +(?=[\u3400-\u9fff])")


def plain(text: str) -> str:
    """Text without differences of width, case and punctuation; words of Latin letters stay apart."""
    folded = _MARKS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
    return _AROUND_CHINESE.sub("", folded)


def number_of(text: str) -> int:
    """A number in digits, Roman (to III) or Chinese numerals to 999; 0 if it is none."""
    if text.isdecimal():
        return int(text) if len(text) <= LONGEST_NUMBER else 0
    if set(text) == {"i"}:
        return len(text)
    total, digit = 0, 0
    for mark in text.replace("〇", "零"):
        if mark in "十百":
            total, digit = total + (digit or 1) * (10 if mark == "十" else 100), 0
        elif mark in _CHINESE:
            digit = _CHINESE.index(mark)
        else:
            return 0
    return total + digit


def states(text: str) -> bool:
    """Whether a text states an edition, a year or a phase, of whatever fair."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return bool(_stated(_EDITIONS, folded) or _stated(_PHASES, folded) or _YEAR.search(folded))


def names_several(text: str) -> bool:
    """Whether a text states two editions or two phases: to read the one alone would lose the other."""
    return bool(_SPAN.search(text)) or any(len({x[1] for x in pattern.finditer(text)}) > 1 for pattern in _TOLD_APART)


def states_phase(text: str) -> bool:
    """Whether a text states a phase, of whatever fair."""
    return bool(_stated(_PHASES, unicodedata.normalize("NFKC", text).casefold()))


class FairNames:
    """Finds the phases that a title speaks of among those of one programme."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme

    @cached_property
    def _places(self) -> frozenset[str]:
        pairs = [(row.name_zh, row.name_en) for row in self.programme.places]
        pairs += [(row.name_zh, row.name_en) for row in self.programme.territories]
        return frozenset(plain(name) for pair in pairs for name in pair)

    @cached_property
    def _forms(self) -> tuple[tuple[str, re.Pattern[str], str], ...]:
        """Every way a fair is called: plain form, pattern that finds it whole, fair; longest first."""
        forms = {(form, fair.fair_id) for fair in self.programme.fairs for form in self._forms_of(fair)}
        ordered = sorted(forms, key=lambda f: (-len(f[0]), f))
        return tuple((form, _whole(form), fair_id) for form, fair_id in ordered)

    def _forms_of(self, fair: Fair) -> Iterator[str]:
        for name in (fair.name_zh, fair.name_en, *fair.aliases):
            found = _TRAILING.match(name)
            for text in (name, _BRACKETS.sub("", name), *(found.groups() if found else ())):
                form = plain(text).removeprefix("the ")
                if len(form) >= SHORTEST and form not in self._places:
                    yield form

    def fairs(self, title: str) -> tuple[tuple[str, ...], bool]:
        """Ids of the fairs that a title may mean, and whether it names them (else it is only very like)."""
        text = plain(title)
        spans: list[tuple[int, int, str]] = []
        for _, pattern, fair_id in self._forms:
            for found in pattern.finditer(text):
                lo, hi = found.span()
                # a short name inside a longer one that was found is a part of that one
                if not any(a <= lo and hi <= b and (a, b) != (lo, hi) for a, b, _ in spans):
                    spans.append((lo, hi, fair_id))
        if spans:
            return tuple(sorted({fair_id for _, _, fair_id in spans})), True
        return self._like(text), False

    def _like(self, text: str) -> tuple[str, ...]:
        best: dict[str, float] = {}
        for form, _, fair_id in self._forms:
            if len(form) >= 2 * SHORTEST:
                best[fair_id] = max(best.get(fair_id, 0.0), _likeness(form, text))
        ranked = sorted(best.items(), key=lambda x: (-x[1], x[0]))
        if not ranked or ranked[0][1] < LEAST_LIKENESS:
            return ()
        return tuple(sorted(f for f, score in ranked if score > ranked[0][1] - LEAST_LEAD))

    def stated(self, fair_ids: Sequence[str], title: str) -> tuple[Phase, ...]:
        """The phases of these fairs that fit the edition, year, phase or name that the title states; all where it states nothing, or several."""
        rows = [q for fair_id in fair_ids for q in self.programme.phases_of.get(fair_id, ())]
        text = unicodedata.normalize("NFKC", title).casefold()
        if names_several(text):
            return tuple(rows)
        rows = [q for q in rows if _fits_edition(q, text)]
        rows = _of_season(rows, text)
        if number := _stated(_PHASES, text):
            return tuple(q for q in rows if q.phase == number)
        named = [q for q in rows if _names_phase(q, plain(title))]
        return tuple(named if len(named) == 1 else rows)

    def phases(self, fair_ids: Sequence[str], title: str, first: date, last: date) -> tuple[Phase, ...]:
        """The phases of these fairs that fit the title's edition, phase, name and year, and where it states none, the days."""
        rows = [q for fair_id in fair_ids for q in self.programme.phases_of.get(fair_id, ())]
        rows = _of_edition(rows, title, first)
        text = unicodedata.normalize("NFKC", title).casefold()
        if number := _stated(_PHASES, text):
            rows = [q for q in rows if q.phase == number]
        elif len(named := [q for q in rows if _names_phase(q, plain(title))]) == 1:
            rows = named
        if len({(q.fair_id, q.edition) for q in rows}) > 1:
            rows = _in_season(rows, first, last)
        exact = [q for q in rows if (q.start, q.end) == (first, last)]
        return tuple(exact if len(exact) == 1 else rows)


def _likeness(form: str, text: str) -> float:
    """How like a name and a title are; Chinese has no words, so the whole counts."""
    if form.isascii():
        return fuzz.token_set_ratio(form, text) if " " in form else 0.0
    return fuzz.partial_ratio(form, text) if len(text) >= len(form) else fuzz.ratio(form, text)


def _whole(form: str) -> re.Pattern[str]:
    before = r"(?<![0-9a-z])" if form[0].isascii() else ""
    after = r"(?![0-9a-z])" if form[-1].isascii() else ""
    return re.compile(before + re.escape(form) + after)


def _stated(patterns: Sequence[re.Pattern[str]], text: str) -> int:
    return next((n for p in patterns for found in p.finditer(text) if (n := number_of(found[1]))), 0)


def _of_edition(rows: list[Phase], title: str, first: date) -> list[Phase]:
    """Phases of the edition that is stated, else of the year that is stated, else of the year of its days."""
    text = unicodedata.normalize("NFKC", title).casefold()
    edition = _stated(_EDITIONS, text)
    if 0 < edition <= LARGEST_EDITION:
        return [q for q in rows if str(edition) in re.findall(r"[0-9]+", q.edition)]
    year = next((int(y) for y in _YEAR.findall(text)), first.year)
    return [q for q in rows if year == q.year or (q.start is not None and q.start.year == year)]


def _fits_edition(phase: Phase, text: str) -> bool:
    """Whether a phase is of the edition, else of the year, that a text states; any where it states neither."""
    edition = _stated(_EDITIONS, text)
    if 0 < edition <= LARGEST_EDITION:
        return str(edition) in re.findall(r"[0-9]+", phase.edition)
    years = [int(y) for y in _YEAR.findall(text)]
    return not years or phase.year in years or (phase.start is not None and phase.start.year in years)


def _of_season(rows: list[Phase], text: str) -> list[Phase]:
    """Phases of the season that a text states (春季, autumn); all of them where it states none, or where none fits."""
    months = next((months for pattern, months in _SEASONS if pattern.search(text)), range(0))
    return [q for q in rows if q.start and q.start.month in months] or rows


def _names_phase(phase: Phase, text: str) -> bool:
    return any(name and plain(name) in text for name in (phase.name_zh, phase.name_en))


def _in_season(rows: list[Phase], first: date, last: date) -> list[Phase]:
    """Of several editions in a year, the one whose days meet these; all of them where none or several do."""
    met = {(q.fair_id, q.edition) for q in rows if q.start and q.end and q.start <= last and first <= q.end}
    return [q for q in rows if (q.fair_id, q.edition) in met] if len(met) == 1 else rows
