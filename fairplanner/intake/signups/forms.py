"""A page with one firm: labels with what was filled in beside or below them, and perhaps a small table of what it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from fairplanner.errors import Problem
from fairplanner.intake.hand_marks import mark_of
from fairplanner.intake.sheet import Cell, bare, is_blank
from fairplanner.intake.sheets.asides import is_remark, money_unit
from fairplanner.intake.sheets.scanning import letters
from fairplanner.intake.signups.fields import is_list_word
from fairplanner.intake.signups.mapping import Meaning
from fairplanner.intake.signups.pages import SignupPage
from fairplanner.intake.signups.records import Fields, Given, Record, put
from fairplanner.intake.signups.tabular import WHO, wishes_of
from fairplanner.intake.signups.titles import Target

MOST_ROWS = 80
"""A form is a page or two; what is longer is a register."""
LONGEST_LABEL = 40
MOST_NAMED = 12
TOLD_APART = ("name_zh", "firm_id")
LEAST_COLUMNS = 2
"""So many columns of wishes make a small table of them."""
BOXES = "□☐○◯〇◻"
TICKS = "☑☒■√✓✔●◉🗹"
_WITH_COLON = re.compile(r"([^:：]{1,40})[:：]\s*(\S.*)", re.DOTALL)
_UNFILLED = re.compile(r"[\s年月日_＿—－\-./／()（）]*")
"""What stands where nothing was filled in: 　　年　月　日, ____."""
_CHOICE = re.compile(f"([{BOXES}{TICKS}])[ \u3000]*([^{BOXES}{TICKS}]*)")

Place = tuple[int, int]


@dataclass
class Form:
    """The cells of a page by row and column (from 1), and which of them are titles."""

    page: SignupPage
    meaning: Meaning
    used: set[Place] = field(default_factory=set)

    @cached_property
    def rows(self) -> dict[int, dict[int, Cell]]:
        """Cells that hold something."""
        found = {}
        for number, cells in self.page.raw.rows[:MOST_ROWS]:
            found[number] = {at: c for at, c in enumerate(cells, 1) if not is_blank(c)}
        return found

    @cached_property
    def titles(self) -> dict[Place, str]:
        """Cells that are surely titles. Where a page asks which fairs, the names of fairs on it are answers, but for those in a list to be ticked."""
        found = {
            (row, at): _one_line(cell)
            for row, cells in self.rows.items()
            for at, cell in cells.items()
            if isinstance(cell, str) and len(cell) <= LONGEST_LABEL and self._is_title(cell)
        }
        meant = {place: self.meaning(title) for place, title in found.items()}
        asks = [place for place, t in meant.items() if t and t.field == "fair" and not t.phase_id]
        answers = any(len(self.rows[row]) > 1 for row, _ in asks)
        named = {
            place for place, t in meant.items() if t and t.phase_id and asks and (answers or not self._ticked(place))
        }
        return {place: title for place, title in found.items() if place not in named}

    def _ticked(self, place: Place) -> bool:
        """Whether a tick, a cross or a number stands beside a cell."""
        row, at = place
        right = next((k for k in sorted(self.rows[row]) if k > at), None)
        return right is not None and mark_of(self.rows[row][right]).goes is not None

    def _is_title(self, cell: str) -> bool:
        """Whether a cell is a title and holds no answer as well (企业名称：示例企业)."""
        if any(mark in cell for mark in BOXES[:2] + TICKS + "┋"):
            return False  # what is ticked is an answer
        if is_list_word(cell):
            return False  # 标准展位 is asked for by some, and answered by more
        return not self._holds_both(cell) and self.meaning.is_title(_one_line(cell))

    def _holds_both(self, cell: Cell) -> bool:
        inside = _WITH_COLON.fullmatch(cell.strip()) if isinstance(cell, str) else None
        return bool(inside) and self.meaning.is_title(_one_line(inside[1] if inside else ""))

    @cached_property
    def fields(self) -> frozenset[str]:
        """Fields that its titles ask for."""
        return frozenset(t.field for title in self.titles.values() if (t := self.meaning(title)) and t.field)

    def widest(self) -> int:
        """How many different fields the fullest row asks for; two rows of titles and little else are one header."""
        found = dict[int, set[str]]()
        for (row, _), title in self.titles.items():
            if (target := self.meaning(title)) and target.field:
                found.setdefault(row, set()).add(f"{target.field}/{target.phase_id}/{target.option}/{target.rank}")
        heads = {row for row in found if sum(r == row for r, _ in self.titles) * 3 >= len(self.rows[row]) * 2}
        joined = (found[row] | found[row + 1] for row in heads if row + 1 in heads)
        return max(map(len, (*found.values(), *joined)), default=0)

    def answer(self, place: Place) -> Place | None:
        """Where what was filled in for a title stands: the next cell to its right, else below where that is the layout of the row."""
        row, at = place
        right = next((k for k in sorted(self.rows[row]) if k > at), None)
        if right is not None and (row, right) not in self.titles:
            return None if self._holds_both(self.rows[row][right]) else (row, right)
        others = [k for k in self.rows[row] if k != at]
        below = self.rows.get(row + 1, {})
        stacked = bool(others) and all((row, k) in self.titles for k in others)
        alone = not others and len(below) == 1
        if (stacked or alone) and at in below and (row + 1, at) not in self.titles:
            return row + 1, at
        return None


def looks_like_form(form: Form) -> bool:
    """Whether a page asks its questions here and there, and not in one row over many answers."""
    if len(form.page.raw.rows) > MOST_ROWS:
        return False
    return (bool(form.fields) and form.widest() * 5 < len(form.fields) * 4) or not form.fields & set(WHO)


def read_form(form: Form, problems: list[Problem]) -> Iterator[Record]:
    """The one record of a page; none where it says nothing of a firm. Where it names two firms, that is a problem."""
    page, firm, base = form.page, Fields(), Fields()
    by_phase: dict[str, Fields] = {}
    ranked, two_firms, twice = list[Fields](), list[Problem](), list[Problem]()
    tables = list(_tables(form))
    for title, target, given in [*_pairs(form), *_inside(form)]:
        form.meaning.meet(title, page.where)
        if not target or not target.field or not given.text:
            continue
        if target.is_of_firm:
            before = firm.setdefault(target.field, given)
            if target.field in TOLD_APART and bare(before.text) != bare(given.text):
                two_firms.append(given.problem("signup-two-firms", None, (("other", before.name),)))
        elif target.phase_id:
            by_phase.setdefault(target.phase_id, {})[target.field] = replace(given, phase_id=target.phase_id)
        elif target.rank:
            ranked.append({"fair": given, "preference": given.saying(target.rank)})
        else:
            put(base, target.field, given, twice)
    problems += two_firms or twice
    own = {f: g for f, g in base.items() if f not in ("fair", "edition", "phase")}
    wishes = [own | wish for wish in tables] or wishes_of(base, by_phase, ranked)
    if any(f in firm for f in WHO):
        first = min(g.row for g in firm.values())
        yield Record(page.where, first, firm, wishes, (*_above(form, first), *page.names))


def unread(form: Form, first: int) -> str:
    """The cells from row `first` on that stand beside others and that nothing was taken of, by their names; '' for none."""
    groups = {(row, at) for row, at, last, _ in form.page.raw.merged if last > row}
    found = [
        f"{letters(at)}{row}"
        for row, cells in form.rows.items()
        if row >= first and len(cells) > 1 and not is_remark(list(cells.values()))
        for at in cells
        if (row, at) not in form.used and (row, at) not in form.titles and (row, at) not in groups
    ]
    return ", ".join(found[:MOST_NAMED]) + (" …" if len(found) > MOST_NAMED else "")


def _tables(form: Form) -> Iterator[Fields]:
    """Wishes from small tables: a row of titles that ask for wishes, and the filled rows under it."""
    numbers = sorted(form.rows)
    for row in numbers:
        heads = _heads(form, row)
        if len(heads) < LEAST_COLUMNS or not any(t.field in ("fair", "phase") for t in heads.values()):
            continue
        for at in heads:
            form.used.add((row, at))
            form.meaning.meet(form.titles[row, at], form.page.where)
        for below in (n for n in numbers if n > row):
            cells = form.rows[below]
            if (below, min(cells)) in form.titles or _is_sentence(cells):
                break
            form.used.update((below, at) for at in cells)
            wish = {
                target.field: Given(cells[at], form.page.where, below, at, form.titles[row, at])
                for at, target in heads.items()
                if at in cells
            }
            if "fair" in wish or "phase" in wish:
                yield wish


def _is_sentence(cells: Mapping[int, Cell]) -> bool:
    """Whether a row holds nothing but a sentence, which no fair's name is."""
    return len(cells) == 1 and any(mark in str(next(iter(cells.values()))) for mark in "：:。；！")


def _heads(form: Form, row: int) -> dict[int, Target]:
    """The titles of a row where they are all it holds and ask for wishes."""
    cells = form.rows[row]
    if not all((row, at) in form.titles for at in cells):
        return {}
    meant = {at: form.meaning(form.titles[row, at]) for at in cells}
    below = form.rows.get(row + 1, {})
    if any((row + 1, at) in form.titles for at in below):
        return {}
    return {at: t for at, t in meant.items() if t and t.field and not t.is_of_firm and not t.phase_id}


def _pairs(form: Form) -> Iterator[tuple[str, Target | None, Given]]:
    """Titles with their answers in cells of their own; then texts that stand before an answer as titles do."""
    for place, title in form.titles.items():
        if place in form.used:
            continue
        there = form.answer(place)
        form.used.add(place)
        cell = form.rows[there[0]][there[1]] if there and there not in form.used else None
        if there:
            form.used.add(there)
        row, at = there or place
        given = Given(chosen(cell), form.page.where, row, at, title.strip(" :："))
        target = form.meaning(title)
        yield title, target, given
    # what stands over several rows names a group of questions
    groups = {(first, at) for first, at, last, _ in form.page.raw.merged if last > first}
    for row, cells in form.rows.items():
        ordered = sorted(at for at in cells if (row, at) not in groups)
        for at, after in pairwise(ordered):
            text = cells[at]
            if {(row, at), (row, after)} & form.used or not isinstance(text, str) or len(text) > LONGEST_LABEL:
                continue
            # a text without a colon may be anything that stands beside something, a name beside its telephone too
            is_label = text.rstrip().endswith(("：", ":"))
            if form.meaning.titles(_one_line(text)).is_open or is_label:
                form.used |= {(row, at), (row, after)}
                yield _one_line(text), form.meaning(_one_line(text)), Given(chosen(cells[after]), form.page.where, row, after, _one_line(text))  # fmt: skip


def _inside(form: Form) -> Iterator[tuple[str, Target | None, Given]]:
    """Titles whose answer stands in the same cell: 企业名称：示例企业."""
    for row, cells in form.rows.items():
        for at, cell in cells.items():
            if (row, at) in form.used or not isinstance(cell, str):
                continue
            match = _WITH_COLON.fullmatch(cell.strip())
            if match and form.meaning.is_title(_one_line(match[1])) and not money_unit(match[2]):
                title = _one_line(match[1])
                form.used.add((row, at))
                yield title, form.meaning(title), Given(chosen(match[2]), form.page.where, row, at, title)


def chosen(cell: Cell) -> Cell:
    """What is ticked of a row of boxes: ☑参展 □观展 is 参展; several joined by ┋; the cell itself where it has no boxes."""
    if isinstance(cell, str) and _UNFILLED.fullmatch(cell):
        return None
    if not isinstance(cell, str) or not any(c in cell for c in BOXES[:2] + "☑☒■"):
        return cell
    parts = _CHOICE.findall(cell)
    ticked = [text.strip(" 、,，;；\n\t") for mark, text in parts if mark in TICKS]
    return "┋".join(t for t in ticked if t) or None


def _above(form: Form, row: int) -> tuple[str, ...]:
    """Texts over the first answer, nearest first."""
    return tuple(
        _one_line(c)
        for n in sorted(form.rows, reverse=True)
        if n < row
        for at, c in form.rows[n].items()
        if isinstance(c, str) and (n, at) not in form.titles and bare(c)
    )


def _one_line(text: object) -> str:
    return " ".join(str(text).split())
