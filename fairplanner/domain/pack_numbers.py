"""What a rule pack says, item by item: every field that its file sets, and the source each number is from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fairplanner.domain.columns import Row
from fairplanner.domain.packs import Cite, Pack, Part

LISTS = ("subsidies", "limits", "shares", "groups", "spreads", "exclusions", "papers")
"""Lists of parts, `[[...]]` in the file."""
SECTIONS = ("travel", "quota", "membership")
"""Single parts, `[...]` in the file."""
IDS = ("subsidy_id", "limit_id", "paper_id")
HEAD = frozenset({*IDS, *Part.model_fields})
"""Fields that name a part and its sources; the others are what it says."""


@dataclass(frozen=True)
class Item:
    """One field of one part: `path` as in a problem (`subsidies.stand.rate`), `field` within the part (`of.most_staff`)."""

    path: str
    field: str
    value: Any
    is_number: bool
    cite_key: str


def part_id(part: Row) -> str:
    """The id of a part; '' for a part that a pack has only once."""
    return next((str(getattr(part, name)) for name in IDS if name in type(part).model_fields), "")


def parts_of(pack: Pack) -> Iterator[tuple[str, Part]]:
    """Every part with its path: `subsidies.stand`, `travel`."""
    for name in LISTS:
        for part in getattr(pack, name):
            yield f"{name}.{part_id(part)}", part
    for name in SECTIONS:
        part = getattr(pack, name)
        if part is not None:
            yield name, part


def items_of(pack: Pack) -> Iterator[Item]:
    """Every field that the file sets, in the order of the types; ids, names, notes and sources themselves left out."""
    for path, part in parts_of(pack):
        for field, value in _fields(part, ""):
            if field.split(".")[0] not in HEAD:
                yield Item(f"{path}.{field}", field, value, is_number(value), cite_key(pack, part, field))


def cite_key(pack: Pack, part: Part, field: str) -> str:
    """The key of the source that a field of a part is from: its own, else the part's, else the pack's; '' if none."""
    return part.cites.get(field) or part.cites.get(field.split(".")[0]) or part.source or pack.source


def cite_of(pack: Pack, item: Item) -> Cite:
    """The source of an item; KeyError where the pack has none."""
    return pack.sources[item.cite_key]


def is_number(value: Any) -> bool:
    """Whether a value is a number, or holds nothing but numbers."""
    if isinstance(value, Mapping):
        return bool(value) and all(is_number(one) for one in value.values())
    if isinstance(value, tuple):
        return bool(value) and all(is_number(one) for one in value)
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def numbers_in(value: Any) -> Iterator[Decimal]:
    """The single numbers of a value."""
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, tuple):
        for one in value:
            yield from numbers_in(one)
    elif is_number(value):
        yield Decimal(value)


def _fields(row: Row, prefix: str) -> Iterator[tuple[str, Any]]:
    for name in type(row).model_fields:
        if name not in row.model_fields_set:
            continue
        value = getattr(row, name)
        if isinstance(value, Row):
            yield from _fields(value, f"{prefix}{name}.")
        elif isinstance(value, tuple) and value and isinstance(value[0], Row):
            for number, one in enumerate(value, start=1):
                yield from _fields(one, f"{prefix}{name}.{number}.")
        else:
            yield prefix + name, value


# Unit of a number by the name of its field; `list.name` where one name has several meanings.
_SHARES = ("rate", "rate_emerging", "turns", "menu", "booth_shares", "hkmo_share", "car_share", "advance")
_MONEY = ("cap_booth", "cap_by_booths", "cap_m2", "cap_person", "cap_phase", "least_cost", "round_to")
UNITS: dict[str, str] = {
    **dict.fromkeys(_SHARES, "share"),
    **dict.fromkeys((*_MONEY, "subsidies.least", "least_turnover", "most_turnover", "limits.most"), "money"),
    **dict.fromkeys(("least_export_usd", "most_export_usd"), "usd"),
    **dict.fromkeys(("official_share", "most_below", "shares.least", "shares.most"), "fraction"),
    **dict.fromkeys(("most_turns", "most_if_markets_differ"), "turns"),
    **dict.fromkeys(("most_booths", "brand_floor", "brand_floor_of"), "booths"),
    **dict.fromkeys(("most_m2", "fair_m2", "least_m2"), "m2"),
    **dict.fromkeys(("most_people", "most_staff", "most_officials"), "people"),
    **dict.fromkeys(
        ("lead_days", "paid_after_days", "claim_within_days", "day_limits", "far_days", "most_tariff_days"), "days"
    ),
    **dict.fromkeys(("window_months", "leader_months"), "months"),
    "notice_working_days": "working-days", "most_years": "years", "groups.least": "firms", "spreads.least": "markets",
    "tiers": "tiers",
}  # fmt: skip


def name_of(item: Item) -> str:
    """The name of an item's field in its own table: `most_staff` of `of.most_staff`, `rate` of `bonus.1.rate`."""
    return next(step for step in reversed(item.field.split(".")) if not step.isdigit())


def unit_of(item: Item, part: Part) -> str:
    """The unit of an item that is a number; '' for anything else."""
    if not item.is_number:
        return ""
    if getattr(part, "of", "") == "turns" and name_of(item) == "most":
        return "turns"
    kind = item.path.split(".")[0]
    return UNITS.get(f"{kind}.{name_of(item)}") or UNITS[name_of(item)]
