"""What `whatif --prices` says: which limits bind, and what a little more of each is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from fairplanner.cli.said.aligned import aligned
from fairplanner.cli.said.assumption import AssumptionWords
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.domain.programme import Programme
    from fairplanner.explain.changes.pricing import Worth

POINTS = 1000


class PriceWords:
    """What limits are worth, in one language; `left` of them were not planned again."""

    def __init__(self, programme: Programme, found: Sequence[Worth], left: int, w: Words) -> None:
        self.w, self.left, self.says = w, left, AssumptionWords(programme, w)
        self.found = sorted(found, key=lambda x: (-_again(x), -x.price, x.cell))

    def lines(self) -> Iterator[str]:
        """What bounds the plan, those that matter most first; then how to read it."""
        w = self.w
        if not self.found:
            yield w("whatif.prices.none")
            return
        yield w("whatif.prices.head")
        head = tuple(w(f"whatif.prices.{name}") for name in ("again", "price", "remark", "limit"))
        rows = [self._row(x) for x in self.found]
        # the sentence stands last: it is as long as it has to be
        table = aligned([(*x[:2], x[2]) for x in (head, *rows)], lang=w.lang, left=0)
        for line, row in zip(table, (head, *rows), strict=True):
            yield f"  {line}  {row[3]}"
        yield ""
        yield w("whatif.prices.meaning")
        if self.left:
            yield w("whatif.prices.left", count=self.left)

    def _row(self, x: Worth) -> tuple[str, str, str, str]:
        price, said = f"{x.price / POINTS:+,.1f}", self.says.said(x.assumption)
        if x.again is None:
            return self.w("whatif.prices.unknown"), price, "", said
        return (
            "0" if f"{x.again[0] / POINTS:.1f}" == "0.0" else f"{x.again[0] / POINTS:+,.1f}",
            price,
            self.w(f"whatif.prices.{_remark(x)}"),
            said,
        )


def _again(x: Worth) -> int:
    return x.again[0] if x.again else 0


def _remark(x: Worth) -> str:
    """Whether both say the same, and if not, which way they differ."""
    if x.agrees or x.again is None:
        return "same"
    return "less" if x.price > x.again[2] else "more"


def facts(found: Sequence[Worth]) -> list[dict[str, Any]]:
    """The same for a machine: points."""
    return [
        {
            "assumed": str(x.assumption), "before": x.assumption.before, "step": str(x.step),
            "limits": [list(limit) for limit in x.limits], "price": x.price / POINTS,
            "again": None if x.again is None else dict(zip(("found", "least", "most"), (v / POINTS for v in x.again), strict=True)),
            "agrees": x.agrees,
        }
        for x in found
    ]  # fmt: skip
