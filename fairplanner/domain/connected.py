"""Groups of connected firms: those that share a group in the table of firms, and those that the table of relations connects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from fairplanner.domain.planning import Firm, Related


def connected(firms: Iterable[Firm], related: Iterable[Related]) -> tuple[Firm, ...]:
    """The firms with `group` filled in, in the order given; what only one of the two tables says counts.

    A group keeps the first of the names it has; one that only relations make is called after its first firm. Rows without a
    relation stay as they are, and the answer is the same when it is asked again of its own result.
    """
    rows, pairs = tuple(firms), tuple(related)
    if not pairs:
        return rows
    above: dict[str, str] = {}
    for pair in pairs:
        _join(above, f"firm {pair.firm_id}", f"firm {pair.related_id}")
    for firm in rows:
        if firm.group:
            _join(above, f"firm {firm.firm_id}", f"group {firm.group}")
    members: defaultdict[str, list[Firm]] = defaultdict(list)
    for firm in rows:
        members[_root(above, f"firm {firm.firm_id}")].append(firm)
    names = {root: _name(found) for root, found in members.items()}
    return tuple(
        firm
        if firm.group == (name := names[_root(above, f"firm {firm.firm_id}")])
        else firm.model_copy(update={"group": name})
        for firm in rows
    )


def _name(found: list[Firm]) -> str:
    groups = sorted({firm.group for firm in found if firm.group})
    if groups:
        return groups[0]
    return min(firm.firm_id for firm in found) if len(found) > 1 else ""


def _root(above: dict[str, str], one: str) -> str:
    while (upper := above.get(one, one)) != one:
        one = upper
    return one


def _join(above: dict[str, str], one: str, other: str) -> None:
    a, b = sorted((_root(above, one), _root(above, other)))
    above[b] = a
