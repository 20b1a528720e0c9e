"""What is well written in a rule pack and cannot be meant: names, sources, ids, agreement of its parts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from fairplanner.domain.pack_numbers import HEAD, LISTS, items_of, numbers_in, part_id, parts_of
from fairplanner.domain.packs import FirmTest, Part, Subsidy
from fairplanner.errors import Problem
from fairplanner.intake.packs import PackFile
from fairplanner.intake.references import References
from fairplanner.intake.suggest import nearest

PAIRS = ("name", "jurisdiction", "note", "stale", "uses")
SHARES = ("rate", "rate_emerging", "turns", "menu", "booth_shares", "hkmo_share", "car_share", "advance")
FRACTIONS = ("least", "most", "most_below", "official_share")
REFERS = {
    "territories": "territories", "not_territories": "territories", "markets": "markets", "not_markets": "markets",
    "far_markets": "markets", "fairs": "fairs", "fair_m2": "fairs", "sectors": "sectors", "brand_floor_of": "sections",
}  # fmt: skip
"""Table that the values (or the keys) of a field refer to."""
NOT_OF_A_YEAR = {"phase", "edition", "fair", "market", "territory", "market-class"}
"""Keys of limits that a subsidy rounded once a year cannot be counted under."""


class _Judge:
    """Collects the problems of one pack."""

    def __init__(self, read: PackFile, known: References) -> None:
        self.read, self.pack, self.known = read, read.pack, known

    def problem(self, path: str, what: str, value: object = "", **facts: object) -> Problem:
        return Problem(self.read.file, 0, path, what, str(value), tuple((k, str(v)) for k, v in facts.items()))

    def near(self, path: str, what: str, value: str, choices: Iterable[str], **facts: object) -> Problem:
        """A value that is none of the choices, with the one that was probably meant."""
        near = nearest(value, choices)
        return self.problem(path, f"{what}-near" if near else what, value, **facts, **({"near": near} if near else {}))


def odd_pack(read: PackFile, known: References, packs: Mapping[str, PackFile]) -> Iterator[Problem]:
    """Every problem of one pack that its types cannot tell; `packs` are all that were read with it."""
    judge = _Judge(read, known)
    yield from _head(judge)
    yield from _ids(judge)
    for path, part in parts_of(read.pack):
        yield from _names(judge, path, part)
        yield from _cites(judge, path, part)
        yield from _subsidies_of(judge, path, part)
        if isinstance(part, Subsidy):
            yield from _subsidy(judge, path, part)
    yield from _items(judge)
    yield from _limits(judge)
    yield from _others(judge, packs)


def _others(judge: _Judge, packs: Mapping[str, PackFile]) -> Iterator[Problem]:
    """Exclusions that name a subsidy which a pack that is there does not have; of other packs nothing is known."""
    for part in judge.pack.exclusions:
        for other in part.others:
            pack_id, _, subsidy_id = other.partition(".")
            ids = packs[pack_id].ids.get("subsidies", ()) if pack_id in packs else ()
            if pack_id in packs and subsidy_id not in ids:
                full = [f"{pack_id}.{one}" for one in ids]
                yield judge.near(f"exclusions.{part.limit_id}.others", "pack-subsidy-unknown", other, full)


def _head(judge: _Judge) -> Iterator[Problem]:
    pack = judge.pack
    if not re.fullmatch(r"[\w-]+|\?", pack.pack_id):
        yield judge.problem("pack_id", "pack-id-form", pack.pack_id)
    yield from _both_languages(judge, "", pack, needed=("name", "jurisdiction"))
    yield from _order(judge, "", pack)
    if not re.fullmatch(r"[A-Z]{3}|\?", pack.currency):
        yield judge.problem("currency", "currency-code", pack.currency)
    if pack.source and pack.source not in pack.sources:
        yield judge.near("source", "pack-source-unknown", pack.source, pack.sources)
    for key, cite in pack.sources.items():
        if not cite.title:
            yield judge.problem(f"sources.{key}.title", "setting-blank", "title")
        yield from _both_languages(judge, f"sources.{key}.", cite, needed=())


def _both_languages(judge: _Judge, path: str, row: Any, needed: tuple[str, ...]) -> Iterator[Problem]:
    """Text that stands in one language only, or in none where it is needed."""
    for stem in PAIRS:
        zh, en = (getattr(row, f"{stem}_{lang}", None) for lang in ("zh", "en"))
        if zh is None or ((bool(zh) == bool(en)) and (zh or stem not in needed)):
            continue
        for lang, text in (("zh", zh), ("en", en)):
            if not text:
                yield judge.problem(f"{path}{stem}_{lang}", "pack-one-language", f"{stem}_{lang}")


def _order(judge: _Judge, path: str, row: Any) -> Iterator[Problem]:
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        yield judge.problem(f"{path}valid_to", "end-before-start", row.valid_to, first=row.valid_from)


def _ids(judge: _Judge) -> Iterator[Problem]:
    """Ids of parts can stand in a full id, and no two parts of a kind share one; limits of all kinds are one kind."""
    for kind in ({"subsidies"}, {"papers"}, set(LISTS) - {"subsidies", "papers"}):
        found = [(name, part_id(part)) for name in LISTS if name in kind for part in getattr(judge.pack, name)]
        counts = Counter(one for _, one in found)
        for name, one in sorted(set(found)):
            if not re.fullmatch(r"[\w-]+", one):
                yield judge.problem(f"{name}.{one}", "pack-id-form", one)
            elif counts[one] > 1:
                yield judge.problem(f"{name}.{one}", "pack-part-twice", one)


def _names(judge: _Judge, path: str, part: Part) -> Iterator[Problem]:
    yield from _both_languages(judge, f"{path}.", part, needed=("name",))
    quotes = getattr(part, "uses_zh", ()), getattr(part, "uses_en", ())
    if all(quotes) and len(quotes[0]) != len(quotes[1]):
        yield judge.problem(f"{path}.uses_en", "pack-uses", len(quotes[1]), wanted=len(quotes[0]))


def _cites(judge: _Judge, path: str, part: Part) -> Iterator[Problem]:
    sources = judge.pack.sources
    if part.source and part.source not in sources:
        yield judge.near(f"{path}.source", "pack-source-unknown", part.source, sources)
    fields = [name for name in type(part).model_fields if name not in HEAD]
    for name, key in part.cites.items():
        if name.split(".")[0] not in fields:
            yield judge.near(f"{path}.cites.{name}", "pack-cites-unknown", name, fields)
        if key not in sources:
            yield judge.near(f"{path}.cites.{name}", "pack-source-unknown", key, sources)


def _subsidies_of(judge: _Judge, path: str, part: Part) -> Iterator[Problem]:
    ids = judge.read.ids.get("subsidies", ())
    for one in getattr(part, "subsidies", ()):
        if one not in ids:
            yield judge.near(f"{path}.subsidies", "pack-subsidy-unknown", one, ids)


def _items(judge: _Judge) -> Iterator[Problem]:
    """Numbers: each has a source, shares are 0 to 1, fractions are below the line what they should be; ids exist."""
    for item in items_of(judge.pack):
        name = next(step for step in reversed(item.field.split(".")) if not step.isdigit())
        if item.is_number and not item.cite_key:
            yield judge.problem(item.path, "pack-number-unsourced", _text(item.value))
        numbers = list(numbers_in(item.value)) if item.is_number else []
        fraction = name in FRACTIONS and isinstance(item.value, tuple)
        if fraction and not 0 <= numbers[0] <= numbers[1] != 0:
            yield judge.problem(item.path, "pack-fraction", _text(item.value))
        if name in SHARES and max(numbers, default=Decimal(0)) > 1:
            yield judge.problem(item.path, "too-big", _text(max(numbers)), limit=1)
        if not fraction and min(numbers, default=Decimal(0)) < 0:
            yield judge.problem(item.path, "too-small", _text(min(numbers)), limit=0)
        table = REFERS.get(name, "")
        for one in item.value if table else ():
            if judge.known.unknown(table, one):
                near = judge.known.meaning(table, one)
                yield judge.problem(
                    item.path, f"reference-unknown{'-near' if near else ''}", one, table=table,
                    **({"near": near} if near else {}),
                )  # fmt: skip


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_text, value))
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _subsidy(judge: _Judge, path: str, subsidy: Subsidy) -> Iterator[Problem]:
    yield from _order(judge, f"{path}.", subsidy)
    if not (subsidy.rate or subsidy.rate_emerging or subsidy.turns or subsidy.menu):
        yield judge.problem(f"{path}.rate", "pack-pays-nothing", subsidy.rate)
    if subsidy.order == "best" and list(subsidy.turns) != sorted(subsidy.turns, reverse=True):
        yield judge.problem(f"{path}.turns", "pack-turns-rise", _text(subsidy.turns))


def _limits(judge: _Judge) -> Iterator[Problem]:
    pack = judge.pack
    yearly = {s.subsidy_id for s in pack.subsidies if s.round_at == "year"}
    for limit in pack.limits:
        path = f"limits.{limit.limit_id}"
        under = sorted(yearly & set(limit.subsidies or yearly))
        narrow = [each for each in limit.each if each in NOT_OF_A_YEAR]
        if limit.of == "money" and under and narrow:
            yield judge.problem(f"{path}.each", "pack-year-under", ", ".join(under), each=", ".join(narrow))
        if ("window" in limit.each) != (limit.window_months is not None):
            yield judge.problem(f"{path}.window_months", "pack-window", limit.window_months or "")
        if limit.of == "turns" and limit.most != limit.most.to_integral_value():
            yield judge.problem(f"{path}.most", "whole-number", _text(limit.most))
    for share in pack.shares:
        if share.least is None and share.most is None:
            yield judge.problem(f"shares.{share.limit_id}.most", "pack-key-missing", "most")
        if share.of == FirmTest():
            yield judge.problem(f"shares.{share.limit_id}.of", "pack-everyone")
