"""评分表 and 公示: the order in which places go, for the office; and for the public only names and booths (planner.md 18, 19, 21)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fairplanner.domain.giving import ScoreItem
from fairplanner.domain.kinds import Policy
from fairplanner.publish.office.desk import Desk
from fairplanner.publish.office.paper import BLANK, Attachment, Block, Field, Form, Heading, Paper, Paragraph
from fairplanner.publish.workbooks.xlsx import Kind, Value
from fairplanner.rules.reckon.lists import Line, PlacesList, State
from fairplanner.rules.reckon.notices import Stage, Standing

STAGES = list(Stage)


def scoring(desk: Desk) -> Iterator[Paper]:
    """One list a phase whose places go in an order; internal."""
    w, press = desk.w, desk.press
    for phase_id, own in desk.lists.items():
        name = desk.naming.phase(phase_id)
        shared = dict.fromkeys(desk.giving.basis(found) for found in own)
        blocks: list[Block] = [Paragraph("".join(shared))]
        for found in own:
            said = _says(desk, found)
            blocks += [Heading(desk.giving.where(found)), *([Paragraph(said)] if said else []), _order(desk, found)]
        sheets = tuple(_sheets(desk, own))
        if sheets:
            blocks += [Heading(w("office.scores.items")), *sheets]
        policy = own[0].policy
        lacks = () if sheets or policy is not Policy.RANK else (w("office.lack.scores"),)
        yield Paper(
            "scores", press.lang, name, phase_id, w(f"office.scores.title_{policy}", phase=name), tuple(blocks), is_internal=True,
            wide=True, sample=press.sample, footer=press.footer, lacks=lacks,
        )  # fmt: skip


def _says(desk: Desk, found: PlacesList) -> str:
    """What can be given there, the last score, and the procedure."""
    w, said = desk.w, []
    if found.available is not None:
        said.append(w("office.scores.available", booths=found.available))
    if found.cutoff is not None:
        said.append(w("giving.cutoff", score=desk.giving.cutoff(found)))
    if procedure := desk.giving.procedure(found, internal=True):
        said.append(procedure)
    return w("office.space").join(said)


def _order(desk: Desk, found: PlacesList) -> Form:
    """Everybody who applied, in the written order."""
    w = desk.w
    called = desk.giving.placed(desk.giving.standing(found).stage)
    rows = tuple(_row(desk, x, called) for x in found.lines)
    fields = (
        Field(w("giving.col_rank"), 1, Kind.NUMBER), Field(w("giving.col_firm"), 4.6), Field(w("office.col.zone"), 3),
        Field(w("giving.col_score"), 1.1, Kind.FIGURE), Field(w("office.col.received"), 2.9), Field(w("giving.col_outcome"), 1.6, centred=True),
        Field(w("giving.col_booths"), 1.2, Kind.COUNT), Field(w("giving.col_steps"), 3.2),
    )  # fmt: skip
    return Form(fields, rows, name=desk.giving.where(found), total=w("paper.total"))


def _row(desk: Desk, x: Line, called: str) -> tuple[Value, ...]:
    w, a = desk.w, x.application
    said = {
        State.PLACED: called,
        State.WAITING: w("office.scores.waiting", turn=x.turn),
        State.OUT: w("giving.left_out"),
    }
    received = desk.dress.day(a.received) if a.received else BLANK
    zone = desk.naming.zone(desk.programme.firm[a.firm_id].zone_id)
    return (
        x.rank, desk.naming.firm(a.firm_id), zone, x.score, received, said[x.state], x.booths or None, desk.giving.steps(x),
    )  # fmt: skip


def _sheets(desk: Desk, own: tuple[PlacesList, ...]) -> Iterator[Form]:
    """What each score is made of, where score sheets are known."""
    w, p = desk.w, desk.programme
    for found in own:
        rows = [
            (desk.naming.firm(x.application.firm_id) if n == 0 else "", *_item(desk, item))
            for x in found.lines
            for n, item in enumerate(
                p.by_firm.sheets.get((x.application.firm_id, found.phase_id, found.section_id), ())
            )
        ]
        if rows:
            fields = (
                Field(w("giving.col_firm"), 4), Field(w("giving.col_item"), 2.6), Field(w("giving.col_marks"), 1, Kind.FIGURE),
                Field(w("giving.col_points"), 1, Kind.FIGURE), Field(w("giving.col_figure"), 3), Field(w("giving.col_figure_on"), 2.4, Kind.DAY),
                Field(w("giving.col_figure_source"), 2.4),
            )  # fmt: skip
            yield Form(fields, tuple(rows), caption=desk.giving.where(found))


def _item(desk: Desk, x: ScoreItem) -> tuple[Value, ...]:
    read = desk.naming.readable
    return (
        read(x.item) or x.item,
        x.full_marks,
        x.points,
        x.figure,
        x.figure_on,
        read(x.figure_source) or x.figure_source,
    )


def noticing(desk: Desk) -> Iterator[Paper]:
    """One public notice a phase: days, whom to write to, and the list; nothing on it is confirmed, and no score stands there."""
    w, press = desk.w, desk.press
    for phase_id, own in desk.lists.items():
        name, at = desk.naming.phase(phase_id), least(desk, own)
        listed = Attachment(w("office.notice.list_title", phase=name), _listed(desk, own))
        basis = dict.fromkeys(desk.giving.basis(x) for x in own)
        blocks: tuple[Block, ...] = (
            Paragraph(w("office.notice.lead", phase=name, basis="".join(basis))),
            Paragraph(_days(desk, at)),
            Paragraph(w("office.notice.object")),
            Paragraph(w("giving.proposed_note")),
            *(Paragraph(w(f"office.notice.{x}")) for x in ("contact", "address")),
        )
        lacks = () if at.notice else (w("office.lack.notice"),)
        yield Paper(
            "notice", press.lang, name, phase_id, w("office.notice.title", phase=name), blocks, attachments=(listed,), is_signed=True,
            sample=press.sample, footer=press.footer, lacks=lacks, by_hand=tuple(w(f"office.by_hand.{x}") for x in ("contact", "issuer")),
        )  # fmt: skip


def least(desk: Desk, own: tuple[PlacesList, ...]) -> Standing:
    """The least advanced notice of several lists."""
    return min((desk.giving.standing(x) for x in own), key=lambda x: STAGES.index(x.stage))


def _days(desk: Desk, at: Standing) -> str:
    """From when to when, and how many working days that is."""
    w, n = desk.w, at.notice
    if n is None:
        return w("office.notice.days_open")
    said = w("office.notice.days", days=desk.dress.span(n.first, n.last), working=at.working_days)
    return said + (w("office.space") + w("giving.notice.forecast") if at.forecast else "")


def _listed(desk: Desk, own: tuple[PlacesList, ...]) -> tuple[Block, ...]:
    """Those with a proposed place, then those who wait, one table each over all sections."""
    w = desk.w
    start = [Field(w("paper.col_no"), 1, Kind.NUMBER)]
    start += [Field(w("giving.col_section"), 3.4)] if any(x.section_id for x in own) else []
    start += [Field(w("giving.col_zone"), 2)] if len({x.zone_id for x in own}) > 1 else []
    start.append(Field(w("giving.col_firm"), 5))
    placed: list[tuple[Value, ...]] = [(*_where(desk, own, found), desk.naming.firm(x.application.firm_id), x.booths, w("giving.by_decision") if x.is_decided else "")
              for found in own for x in found.of(State.PLACED)]  # fmt: skip
    waiting: list[tuple[Value, ...]] = [
        (*_where(desk, own, found), desk.naming.firm(x.application.firm_id), x.turn)
        for found in own
        for x in found.of(State.WAITING)
    ]
    made: list[Block] = [Paragraph(w("office.notice.nobody"))]
    if placed:
        fields = (
            *start,
            Field(w("giving.col_booths"), 1.4, Kind.COUNT),
            Field(w("giving.col_remark"), 1.7, centred=True),
        )
        made = [Form(fields, _numbered(placed), total=w("paper.total"), name=w("office.notice.sheet_placed"))]
    if waiting:
        queue = (*start, Field(w("office.col.turn"), 1.8, Kind.NUMBER))
        made.append(
            Form(queue, _numbered(waiting), caption=w("office.notice.waiting"), name=w("office.notice.sheet_waiting"))
        )
    return tuple(made)


def _numbered(rows: Iterable[tuple[Value, ...]]) -> tuple[tuple[Value, ...], ...]:
    return tuple((n, *row) for n, row in enumerate(rows, 1))


def _where(desk: Desk, own: tuple[PlacesList, ...], found: PlacesList) -> tuple[str, ...]:
    """Section and zone of a list, as far as the lists of the phase differ in them."""
    said = [desk.section(found.section_id) or desk.w("giving.no_section")] if any(x.section_id for x in own) else []
    return (*said, *([desk.naming.zone(found.zone_id)] if len({x.zone_id for x in own}) > 1 else []))
