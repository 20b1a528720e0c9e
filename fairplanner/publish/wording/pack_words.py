"""What a rule pack says, in words: labels, values with their units, how sure each source is; for screen and paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from fairplanner.domain.columns import Row
from fairplanner.domain.kinds import CostLine, FirmKind, Regime, Role, StandKind, Where
from fairplanner.domain.pack_numbers import Item, name_of, unit_of
from fairplanner.domain.packs import Cite, Pack, Part
from fairplanner.words import Words

CLOSED = (Where, Regime, Role, StandKind, CostLine, FirmKind)
REFERENCES = ("territories", "not_territories", "markets", "not_markets", "far_markets", "fairs", "sectors")

Names = Mapping[str, Row]
"""Rows of the reference by id, for the names of markets, fairs and the like."""


def label(w: Words, item: Item) -> str:
    """What a field is called: `rate`, `firms: staff`, `addition 1: firms: tags`."""
    kind, steps = item.path.split(".")[0], item.field.split(".")
    own, any_ = f"packs.field.{kind}-{name_of(item)}", f"packs.field.{name_of(item)}"
    text = w(own if own in w else any_)
    if "of" in steps[:-1] or "firms" in steps[:-1]:
        text = w("packs.of", label=text)
    return w("packs.bonus", number=steps[1], label=text) if steps[0] == "bonus" else text


def value(w: Words, pack: Pack, part: Part, item: Item, names: Names) -> str:
    """What stands in a field, with its unit; amounts in the pack's currency."""
    unit = unit_of(item, part)
    return _value(w, item.value, f"packs.unit.{unit}" if unit else "", pack.currency, names, name_of(item))


def _value(w: Words, given: Any, unit: str, currency: str, names: Names, field: str) -> str:
    if unit == "packs.unit.fraction":
        return w(unit, part=given[0], whole=given[1])
    if isinstance(given, Mapping):
        pairs = [(_text(w, key, names, field), one) for key, one in given.items()]
        parts = [w("packs.pair", key=key, value=_value(w, one, unit, currency, names, field)) for key, one in pairs]
        return w("packs.and").join(parts)
    if isinstance(given, tuple):
        return w("packs.and").join(_value(w, one, unit, currency, names, field) for one in given) or w("packs.none")
    if unit:
        return w(unit, value=_number(given, unit), currency=currency)
    return _text(w, given, names, field)


def _number(given: Any, unit: str) -> str:
    if unit == "packs.unit.share":
        return f"{(Decimal(given) * 100).normalize():f}"
    if unit in ("packs.unit.money", "packs.unit.usd"):
        return f"{Decimal(given):,.2f}"
    return f"{given:,}"


def _text(w: Words, given: Any, names: Names, field: str) -> str:
    for kind in CLOSED:
        if isinstance(given, kind):
            return w(f"enums.{kind.__name__}.{given}")
    if isinstance(given, bool):
        return w("packs.value.true" if given else "packs.value.false")
    if isinstance(given, date):
        return given.isoformat()
    if field == "market_class":
        return w(f"enums.MarketClass.{given}")
    if field in (*REFERENCES, "fair_m2", "brand_floor_of") and given in names:
        return w.name(names[given])
    known = f"packs.value.{given}"
    return w(known) if known in w else str(given)


def validity(w: Words, pack: Pack) -> str:
    """The time a pack is for."""
    key = ("from-to" if pack.valid_to else "from") if pack.valid_from else "to" if pack.valid_to else "open"
    return w(f"packs.valid.{key}", first=pack.valid_from or "", last=pack.valid_to or "")


def marks(w: Words, pack: Pack) -> str:
    """What is to be known before a pack is relied on: sources out of date, read second-hand, or unverified."""
    cites = pack.sources.values()
    found = {
        "stale": any(c.stale_zh for c in cites),
        "second-hand": any(c.reading == "second-hand" for c in cites),
        "unverified": any(c.confidence in ("background", "unknown") for c in cites),
    }
    return w("packs.and").join(w(f"packs.mark.{key}") for key, is_so in found.items() if is_so)


def stale(w: Words, cite: Cite) -> str:
    """Why a source may be out of date, in the language; '' if nothing is known against it."""
    return (cite.stale_zh if w.lang == "zh" else cite.stale_en) or cite.stale_en or cite.stale_zh
