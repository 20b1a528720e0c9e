"""A page with one firm a row, or one wish a row: a register that an office keeps, or what a questionnaire exports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from fairplanner.errors import Problem
from fairplanner.intake.hand_marks import mark_of
from fairplanner.intake.sheet import Cell, bare, is_blank
from fairplanner.intake.sheets.laid import Laid, laid_out
from fairplanner.intake.signups.fields import known_titles
from fairplanner.intake.signups.mapping import Meaning
from fairplanner.intake.signups.pages import Files, SignupPage
from fairplanner.intake.signups.records import Fields, Given, Record, put
from fairplanner.intake.signups.titles import Target
from fairplanner.words import languages, words

LONGEST_HEADER = 20
WHO = ("name_zh", "name_en", "firm_id")
EXAMPLES = frozenset({"例", "例如", "示例", "样例", "填写示例", "填报示例", "example", "sample"})
"""What stands before a row that only shows how to fill in the others."""


@dataclass(frozen=True)
class Head:
    """The header of a page: the title over each column and what it means."""

    laid: Laid
    titles: dict[int, str]
    targets: dict[int, Target]

    @cached_property
    def ranks(self) -> dict[int, int]:
        """Columns that stand once for each choice (第一志愿 展位数 第二志愿 展位数), with the choice before them."""
        found, rank = dict[int, int](), 0
        asked = [t.field for t in self.targets.values() if not (t.is_of_firm or t.phase_id or t.option or t.rank)]
        for at, target in sorted(self.targets.items()):
            rank = target.rank or rank
            if rank and not target.rank and asked.count(target.field) > 1:
                found[at] = rank
        return found


def heading_of(page: SignupPage, meaning: Meaning) -> Head | None:
    """The header of a page that has a column for firms and rows under it; None where it has none."""
    laid = laid_out(page.raw, lambda header: _named(header, meaning), _titles_on(page))
    titles = {at: " ".join(str(c).split()) for at, c in enumerate(laid.header) if not is_blank(c)}
    targets = {at: target for at, title in titles.items() if (target := meaning(title)) and target.field}
    if not any(t.field in WHO for t in targets.values()) or not laid.rows:
        return None
    return Head(laid, titles, targets)


def _titles_on(page: SignupPage) -> frozenset[str]:
    """Texts on a page that are what a column is called, by which the header of a second table is known."""
    known = known_titles()
    texts = {c for _, cells in page.raw.rows for c in cells if isinstance(c, str) and len(c) <= LONGEST_HEADER}
    return frozenset(text for text in texts if bare(text) in known)


def _named(header: str, meaning: Meaning) -> str:
    """A header as the finder of headers counts it: by what it surely means, else by itself where it is surely a title."""
    target = meaning(header) if meaning.is_title(header) else None
    if target and target.field:
        return f"{target.field}/{target.phase_id}/{target.option}/{target.rank}"
    return f"~{bare(header)}" if meaning.is_title(header) else ""


def read_table(page: SignupPage, head: Head, meaning: Meaning, files: Files) -> Iterator[Record]:
    """A record for each row; rows that name no firm go on with the one above."""
    told = files.told
    if head.laid.second:
        number, text = head.laid.second
        files.problems.append(Problem(page.where, number, "", "sheet-two-tables", text))
    for title in head.titles.values():
        meaning.meet(title, page.where)
    told += _told(page, head.laid)
    before: Record | None = None
    for number, cells in head.laid.rows:
        if _is_example(cells):
            told.append(Problem(page.where, number, "", "signup-example"))
            continue
        record = _record(page, head, number, cells, files.problems)
        if before and not any(f in record.firm for f in WHO) and record.wishes:
            before.wishes += record.wishes
            before.firm |= {f: g for f, g in record.firm.items() if f not in before.firm}
            continue
        if record.firm or record.wishes:
            before = record
            yield record


def _told(page: SignupPage, laid: Laid) -> Iterator[Problem]:
    if laid.unit:
        yield Problem(page.where, 0, "", "told-unit", laid.unit)
    if laid.asides:
        rows = ", ".join(map(str, laid.asides[:20]))
        yield Problem(page.where, 0, "", "told-asides", "", (("rows", rows),))
    if hidden := sum(n in page.raw.hidden_rows for n, _ in laid.rows):
        yield Problem(page.where, 0, "", "told-hidden", "", (("count", str(hidden)),))


def _is_example(cells: Sequence[Cell]) -> bool:
    first = next((c for c in cells if not is_blank(c)), None)
    return isinstance(first, str) and bare(first) in EXAMPLES


def _record(page: SignupPage, head: Head, number: int, cells: Sequence[Cell], problems: list[Problem]) -> Record:
    over = tuple(t for row in _above(page, head) for t in row)
    record = Record(page.where, number, over=(*over, *page.names))
    base: Fields = {}
    by_phase: dict[str, Fields] = {}
    by_rank: dict[int, Fields] = {}
    for at, target in head.targets.items():
        cell = cells[at] if at < len(cells) else None
        if is_blank(cell):
            continue
        given = Given(cell, page.where, number, at + 1, head.titles[at], head.laid.unit, target.phase_id)
        if target.option:
            _chosen(record.firm if target.is_of_firm else base, target, given)
        elif target.is_of_firm:
            put(record.firm, target.field, given, problems)
        elif target.phase_id:
            by_phase.setdefault(target.phase_id, {})[target.field] = given
        elif target.rank:
            record.wishes.append({"fair": given, "preference": given.saying(target.rank)})
        else:
            rank = head.ranks.get(at, 0)
            put(by_rank.setdefault(rank, {}) if rank else base, target.field, given, problems)
    record.wishes = [wish | by_rank.get(int(str(wish["preference"].cell)), {}) for wish in record.wishes]
    record.wishes = wishes_of(base, by_phase, record.wishes)
    return record


def _chosen(into: Fields, target: Target, given: Given) -> None:
    """One option of a question: where it is ticked, its text joins those of the same question."""
    if not mark_of(given.cell).goes:
        return
    before = into.get(target.field)
    into[target.field] = given.saying(f"{before.text}┋{target.option}" if before else target.option)


def wishes_of(base: Fields, by_phase: dict[str, Fields], ranked: list[Fields]) -> list[Fields]:
    """Wishes from what is said of all (`base`), of each phase, and of each rank; base alone is one wish where it names or asks anything."""
    own = {f: g for f, g in base.items() if f not in ("fair", "edition", "phase")}
    found = [own | ticked for fields in by_phase.values() if (ticked := _ticked(fields))]
    found += [own | {f: g for f, g in base.items() if f in ("edition", "phase")} | wish for wish in ranked]
    if "fair" in base or (not by_phase and not ranked and base.keys() - {"received", "note"}):
        found.append(dict(base))
    return found


def _ticked(fields: Fields) -> Fields:
    """What is said of one phase, where it is asked for: ticked, or with a number of booths; nothing otherwise."""
    tick = fields.get("fair")
    mark = mark_of(tick.cell) if tick else None
    if mark and mark.goes is False:
        return {}
    booths = fields.get("booths") or fields.get("area")
    if not mark and booths and (mark_of(booths.cell).goes is False):
        return {}
    if mark and tick and mark.booths and not (mark.is_bare and mark.booths == 1) and "booths" not in fields:
        return fields | {"booths": tick.saying(mark.booths)}
    return fields


def _above(page: SignupPage, head: Head) -> tuple[tuple[str, ...], ...]:
    """Texts of the rows over the header, nearest first."""
    rows = page.raw.rows[: head.laid.titles]
    return tuple(
        tuple(dict.fromkeys(" ".join(c.split()) for c in cells if isinstance(c, str) and c.strip()))
        for _, cells in reversed(rows)
    )


@lru_cache(maxsize=1)
def ends() -> tuple[str, ...]:
    """How lines below a form begin that are no answers: remarks, seals."""
    return tuple(bare(x) for lang in languages() for x in words(lang)("sheets_in.remarks").split("|"))
