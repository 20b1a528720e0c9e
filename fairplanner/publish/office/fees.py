"""费用表: what a stand costs and what else is asked of every firm, as far as anybody knows it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fairplanner.domain.kinds import Confidence, StandKind
from fairplanner.domain.money import Cost, Price
from fairplanner.publish.office.desk import Desk, Edition
from fairplanner.publish.office.paper import Field, Form
from fairplanner.publish.workbooks.xlsx import Kind, Value

UNSURE = (Confidence.BACKGROUND, Confidence.PROJECTED, Confidence.UNKNOWN)


def prices(desk: Desk, edition: Edition) -> tuple[Price, ...]:
    """Prices of stands of an edition: those of its phases, and those of the fair that no phase has of its own."""
    rows = [x for x in desk.programme.prices if x.fair_id == edition.fair.fair_id]
    own = [x for x in rows if x.phase_id in edition.phase_ids]
    kept = {x.stand for x in own}
    order = list(StandKind)
    found = [*own, *(x for x in rows if not x.phase_id and x.stand not in kept)]
    return tuple(
        sorted((x for x in found if x.stand is not StandKind.NONE), key=lambda x: (order.index(x.stand), x.phase_id))
    )


def stands(desk: Desk, edition: Edition) -> tuple[StandKind, ...]:
    """Kinds of stands that have a price or were asked for."""
    own = {x.stand for x in prices(desk, edition)}
    own |= {a.stand for a in desk.programme.applications if a.phase_id in edition.phase_ids}
    return tuple(k for k in StandKind if k in own and k is not StandKind.NONE)


def fees(desk: Desk, edition: Edition) -> Form:
    """One line a kind of stand and a cost that every firm has; ____ where no price is known."""
    w = desk.w
    rows = [*_stands(desk, edition), *(_cost(desk, x) for x in _costs(desk, edition))]
    if not rows:
        rows = [
            (w("office.fees.stand", stand=w("enums.StandKind.standard")), w("office.fees.per_booth"), None, None, "")
        ]
    fields = (
        Field(w("office.col.item"), 3.2), Field(w("office.col.unit"), 2.2), Field(w("office.col.price"), 2, Kind.MONEY, blank=True),
        Field(w("office.col.currency"), 1.4, blank=True), Field(w("office.col.note"), 2.6),
    )  # fmt: skip
    return Form(fields, tuple(rows), name=w("office.fees.sheet"), note=w("office.fees.note"))


def _stands(desk: Desk, edition: Edition) -> Iterator[tuple[Value, ...]]:
    w, known = desk.w, prices(desk, edition)
    for x in known:
        yield _row(
            desk,
            w("office.fees.stand", stand=w(f"enums.StandKind.{x.stand}")),
            w("office.fees.per_booth"),
            x.phase_id,
            x.confidence,
            x.currency,
            x.per_booth,
        )
    for kind in stands(desk, edition):
        if kind not in {x.stand for x in known}:
            yield w("office.fees.stand", stand=w(f"enums.StandKind.{kind}")), w("office.fees.per_booth"), None, None, ""


def _costs(desk: Desk, edition: Edition) -> list[Cost]:
    fair, phases = edition.fair.fair_id, ("", *edition.phase_ids)
    return [x for x in desk.programme.costs if x.fair_id == fair and x.phase_id in phases and not x.firm_id]


def _cost(desk: Desk, x: Cost) -> tuple[Value, ...]:
    w = desk.w
    return _row(
        desk,
        w(f"enums.CostLine.{x.line}"),
        w(f"enums.Per.{x.per}"),
        x.phase_id,
        x.confidence,
        x.currency,
        x.amount,
    )


def _row(
    desk: Desk, item: str, unit: str, phase_id: str, sure: Confidence, currency: str, price: Decimal
) -> tuple[Value, ...]:
    w, key = desk.w, f"travel.currency.{currency}"
    remarks = [desk.naming.phase(phase_id)] if phase_id else []
    remarks += [w("office.fees.unsure")] if sure in UNSURE else []
    return item, unit, price, w(key) if key in w else currency, "\n".join(remarks)
