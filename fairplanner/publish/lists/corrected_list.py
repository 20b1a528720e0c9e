"""The corrected list of a phase with the changes marked (变更处), for the public: page, CSV and XLSX; no score, no reason."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import groupby
from pathlib import Path, PurePosixPath

from fairplanner.domain.amending import Amended
from fairplanner.domain.kinds import Policy, Role
from fairplanner.domain.plan import Participation, Plan
from fairplanner.publish.notices.amend_words import AmendWords
from fairplanner.publish.pages import page
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Publication
from fairplanner.publish.wording.giving_words import GivingWords
from fairplanner.publish.workbooks.xlsx import MEDIA_TYPE, Column, Grid, Kind, Look, Value, workbook
from fairplanner.rules.reckon.lists import PlacesList, State, places_lists

COLUMNS = (("mark", Kind.TEXT), ("section", Kind.TEXT), ("zone", Kind.TEXT), ("outcome", Kind.TEXT), ("turn", Kind.NUMBER),
           ("firm", Kind.TEXT), ("booths", Kind.COUNT), ("note", Kind.TEXT))  # fmt: skip
POST_COLUMNS = (("mark", Kind.TEXT), ("delegation", Kind.TEXT), ("post", Kind.TEXT), ("note", Kind.TEXT))
GONE = ("out", "off-list")


@dataclass(frozen=True)
class Row:
    """One line: `mark` the key of what changed ('' nothing); `gone`: it is there only to be struck through."""

    mark: str
    cells: tuple[Value, ...]

    @property
    def is_gone(self) -> bool:
        """Whether the firm has left."""
        return self.mark in GONE


@dataclass(frozen=True)
class Part:
    """The list of one phase, or the posts of one delegation."""

    title: str
    days: str
    columns: tuple[tuple[str, Kind], ...]
    rows: tuple[Row, ...]

    @property
    def changed(self) -> tuple[Row, ...]:
        """Rows that are marked."""
        return tuple(row for row in self.rows if row.mark)

    @property
    def groups(self) -> tuple[tuple[tuple[Value, ...], tuple[Row, ...]], ...]:
        """Rows one section and zone after the other, those two cells left out of them; one group where there are none."""
        if self.columns is not COLUMNS:
            return (((), self.rows),)
        parted = groupby(self.rows, key=lambda row: row.cells[:2])
        return tuple((at, tuple(Row(r.mark, r.cells[2:]) for r in rows)) for at, rows in parted)

    @property
    def shown(self) -> tuple[tuple[str, Kind], ...]:
        """Columns of the groups."""
        return self.columns if self.columns is not COLUMNS else (COLUMNS[0], *COLUMNS[3:])


def corrected_list(amended: Amended, lang: str, folder: Path) -> Iterator[Publication]:
    """corrected.<lang>.html, .csv and .xlsx; `folder`: the templates. Raises LanguageError."""
    words, press = AmendWords(amended, lang), Press(*amended.after, lang)
    parts = tuple(_parts(amended, words, press))
    w, name = words.w, f"corrected.{lang}"
    facts = {
        "revision": words.plan.revision,
        "replaced": words.before.revision,
        "day": words.dress.day(words.amendment.act.on),
    }
    html = page(
        folder, "places/corrected.html.j2", lang, title=words.title(), parts=parts, w=w, sample=press.sample,
        footer=press.footer, revision=w("amend.list.revision", **facts), blank=_blank,
        where=lambda at: w("giving.where", section=at[0] or w("giving.no_section"), zone=at[1]),
    )  # fmt: skip
    yield Publication(PurePosixPath(f"{name}.html"), "text/html; charset=utf-8", html)
    yield Publication(PurePosixPath(f"{name}.csv"), "text/csv; charset=utf-8", _csv(words, parts))
    note = w("amend.list.revision", **facts)
    grids = [
        Grid(f"{w('amend.sheet')}{n if n > 1 else ''}", f"{part.title} {note} {press.sample}".strip(), _columns(words, part), _values(words, part))
        for n, part in enumerate(parts, 1)
    ]  # fmt: skip
    look = Look("", w("paper.page", page="&P", pages="&N"), press.sample)
    yield Publication(PurePosixPath(f"{name}.xlsx"), MEDIA_TYPE, workbook(grids, look, words.title()))


def _columns(words: AmendWords, part: Part) -> tuple[Column, ...]:
    return tuple(Column(words.w(f"amend.col.{key}"), kind) for key, kind in part.columns)


def _values(words: AmendWords, part: Part) -> tuple[tuple[Value, ...], ...]:
    return tuple((words.w(f"amend.mark.{row.mark}") if row.mark else "", *row.cells) for row in part.rows)


def _blank(value: Value) -> str:
    return "" if value is None else str(value)


def _csv(words: AmendWords, parts: tuple[Part, ...]) -> bytes:
    """The parts one below the other, each with its title and headers; in UTF-8 with a mark that spreadsheets understand."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for part in parts:
        writer.writerow([part.title])
        writer.writerow([c.header for c in _columns(words, part)])
        writer.writerows([[_blank(v) for v in row] for row in _values(words, part)])
    return out.getvalue().encode("utf-8-sig")


def _parts(amended: Amended, words: AmendWords, press: Press) -> Iterator[Part]:
    if amended.amendment.posts:
        yield _posts(amended, words)
        return
    for q in amended.amendment.phases:
        days = press.dress.phase_days(press.programme.phase[q])
        title = words.w("amend.list.title", phase=words.naming.phase(q))
        ordered = press.programme.policy(q) is not Policy.OPTIMISE
        rows = tuple(_Lists(amended, words, q).rows() if ordered else ())
        yield Part(
            title,
            days,
            COLUMNS,
            (
                *rows,
                *_others(amended, words, q, {p.application_id for p in _on_lists(amended, q)} if ordered else set()),
            ),
        )


def _on_lists(amended: Amended, q: str) -> list[Participation]:
    """Places that stand on a published list, before or after: those of exhibitors."""
    plans = (amended.before[1], amended.after[1])
    return [
        p for plan in plans for p in plan.participations if p.phase_id == q and p.role is Role.EXHIBIT and not p.invited
    ]


class _Marks:
    """What changed of each application, by its id."""

    def __init__(self, amended: Amended, words: AmendWords) -> None:
        a = amended.amendment
        came = "replaced" if a.act.verb == "firm" else "came"
        self.words, self.people = words, {new.application_id: (old, new) for old, new in a.differ}
        self.marks = {p.application_id: "out" for p in a.out} | {p.application_id: came for p in a.came}
        self.marks |= dict.fromkeys(self.people, "people")

    def note(self, application_id: str) -> str:
        """The people before and after, where that is what changed."""
        if application_id not in self.people:
            return ""
        old, new = self.people[application_id]
        return self.words.w("amend.was.people", was=old.people, now=new.people)


Seen = tuple[State, int, int]
"""State on a list, number in its order, booths."""


def _seen(lists: tuple[PlacesList, ...], q: str) -> dict[tuple[str, str], dict[str, Seen]]:
    """Applications on the lists of a phase by section and zone: placed ones, then those who wait."""
    found: dict[tuple[str, str], dict[str, Seen]] = {}
    for one in (x for x in lists if x.phase_id == q):
        rows = found.setdefault((one.section_id, one.zone_id), {})
        for n, x in enumerate(one.of(State.PLACED), 1):
            rows[x.application.application_id] = (State.PLACED, n, x.booths)
        for x in one.of(State.WAITING):
            rows[x.application.application_id] = (State.WAITING, x.turn, 0)
    return found


class _Lists:
    """The published lists of one phase after the change, row by row, with what stood there before."""

    def __init__(self, amended: Amended, words: AmendWords, q: str) -> None:
        self.words, self.w, self.marks = words, words.w, _Marks(amended, words)
        self.lists = tuple(x for x in places_lists(*amended.after) if x.phase_id == q)
        self.before, self.after = _seen(places_lists(*amended.before), q), _seen(self.lists, q)
        self.giving = GivingWords(words.naming, words.dress)
        stages = {(x.section_id, x.zone_id): self.giving.standing(x).stage for x in self.lists}
        self.placed = {key: self.giving.placed(stage) for key, stage in stages.items()}

    def rows(self) -> Iterator[Row]:
        """List by list: those placed, those who left, those who wait."""
        for key in sorted(self.before.keys() | self.after.keys()):
            before, after = self.before.get(key, {}), self.after.get(key, {})
            yield from (self._row(key, x, now, before.get(x)) for x, now in after.items() if now[0] is State.PLACED)
            yield from (self._gone(key, x, was) for x, was in before.items() if x not in after and self._has_left(x))
            yield from (self._row(key, x, now, before.get(x)) for x, now in after.items() if now[0] is State.WAITING)

    def _has_left(self, application_id: str) -> bool:
        application = self.words.programme.application.get(application_id)
        return application is not None and application.state.is_out

    def _row(self, key: tuple[str, str], application_id: str, now: Seen, was: Seen | None) -> Row:
        state, number, booths = now
        mark, note = self.marks.marks.get(application_id, ""), self.marks.note(application_id)
        if mark in ("came", "replaced") and was is not None:
            note = self.w("amend.was.waiting", turn=was[1])
        elif not mark and was is not None and state is State.WAITING and was[:2] != now[:2]:
            mark, note = "turn", self.w("amend.was.waiting", turn=was[1])
        elif not mark and was is not None and state is State.PLACED and was[2] != booths:
            mark, note = "booths", self.w("amend.was.booths", was=was[2])
        outcome = self.placed.get(key, "") if state is State.PLACED else self.w("giving.waiting")
        return Row(mark, (*self._where(key), outcome, number, self._firm(application_id), booths or None, note))

    def _gone(self, key: tuple[str, str], application_id: str, was: Seen) -> Row:
        state, turn, booths = was
        placed = state is State.PLACED
        note = self.w("amend.was.placed", booths=booths) if placed else self.w("amend.was.waiting", turn=turn)
        mark = "out" if placed else "off-list"
        return Row(mark, (*self._where(key), "", None, self._firm(application_id), None, note))

    def _where(self, key: tuple[str, str]) -> tuple[str, str]:
        section = self.words.programme.section.get(key[0])
        return self.w.name(section) if section else "", self.words.naming.zone(key[1])

    def _firm(self, application_id: str) -> str:
        return self.words.naming.firm(application_id.split("/")[0])


def _others(amended: Amended, words: AmendWords, q: str, listed: set[str]) -> Iterator[Row]:
    """Firms at a phase that stand on no published list, with the zone they go with."""
    marks = _Marks(amended, words)
    now = [p for p in _there(amended.after[1], q) if p.application_id not in listed]
    left = [p for p in amended.amendment.out if p.phase_id == q and p.application_id not in listed]
    for p in now:
        mark = marks.marks.get(p.application_id, "")
        yield Row(mark, _cells(words, p, words.w("amend.list.goes"), marks.note(p.application_id)))
    for p in left:
        note = words.w("amend.was.placed", booths=p.booths) if p.booths else words.w("amend.was.visit")
        yield Row("out", _cells(words, p, "", note, gone=True))


def _there(plan: Plan, q: str) -> list[Participation]:
    own = [p for p in plan.participations if p.phase_id == q]
    return sorted(own, key=lambda p: (p.sponsor, p.section_id, p.firm_id))


def _cells(words: AmendWords, p: Participation, outcome: str, note: str, *, gone: bool = False) -> tuple[Value, ...]:
    section = words.programme.section.get(p.section_id)
    where = (words.w.name(section) if section else "", words.naming.zone(p.sponsor))
    return (*where, outcome, None, words.naming.firm(p.firm_id), None if gone else p.booths or None, note)


def _posts(amended: Amended, words: AmendWords) -> Part:
    """The posts of each delegation in which one was replaced."""
    rows: list[Row] = []
    was = {(d, new): old for d, old, new in amended.amendment.posts}
    for d in (d for d in amended.after[1].delegations if any(d.delegation_id == x for x, _ in was)):
        for post in d.posts:
            old = was.get((d.delegation_id, post))
            note = words.w("amend.was.post", post=words.post(old)) if old else ""
            rows.append(Row("post" if old else "", (words.delegation(d.delegation_id), words.post(post), note)))
    return Part(words.w("amend.list.posts", phase=words.phases()), "", POST_COLUMNS, tuple(rows))
