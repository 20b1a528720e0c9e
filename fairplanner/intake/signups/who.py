"""Which firm each record is of: one the programme has, one by its code, or one by its name alone."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from fairplanner.domain.programme import Programme
from fairplanner.errors import Problem
from fairplanner.intake.alike import alike
from fairplanner.intake.bad_cell import BadCellError
from fairplanner.intake.cells import code
from fairplanner.intake.credit_codes import problem_of_code
from fairplanner.intake.sheet import bare
from fairplanner.intake.signups.mapping import Decided
from fairplanner.intake.signups.records import Record
from fairplanner.intake.signups.values import value_of

PROVISIONAL = "F-"
"""How the id of a firm without a code begins; the rest is made from its name, so that it stays the same."""


@dataclass
class Who:
    """Firm ids in the order of the records, '' where a record is nobody's; and what is to be said of that.

    `unsure` are ids of firms whose code must be put right first, so that they do not change their id later.
    """

    firm_ids: list[str] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)


class Firms:
    """Finds the firms of records among those of a programme and among one another."""

    def __init__(self, programme: Programme, decided: Decided) -> None:
        self.programme, self.decided = programme, decided
        self._ids = {bare(f.firm_id): f.firm_id for f in programme.firms}
        self._named: defaultdict[str, list[str]] = defaultdict(list)
        for firm in programme.firms:
            for name in {bare(firm.name_zh), bare(firm.name_en)} - {""}:
                self._named[name].append(firm.firm_id)

    def of(self, records: Sequence[Record]) -> Who:
        """Who signed each record."""
        found = Who()
        codes = [self._code(record, found) for record in records]
        by_name: defaultdict[str, set[str]] = defaultdict(set)
        for record, own in zip(records, codes, strict=True):
            if own:
                by_name[_name(record)].add(own)
        told = set[str]()
        for record, own in zip(records, codes, strict=True):
            firm_id = self._one(record, own, by_name, found)
            if "firm_id" in record.firm and firm_id.startswith(PROVISIONAL):
                found.unsure.add(firm_id)
            is_told = firm_id in told or firm_id in self.programme.firm or "firm_id" in record.firm
            if firm_id.startswith(PROVISIONAL) and not is_told:
                told.add(firm_id)
                found.told.append(record.at().problem("signup-no-code", None, (("id", firm_id),)))
            found.firm_ids.append(firm_id)
        return found

    def _code(self, record: Record, found: Who) -> str:
        given = record.firm.get("firm_id")
        if not given:
            return ""
        try:
            return str(value_of("firm_id", given))
        except BadCellError as bad:
            if bare(given.text) not in self.decided.firms:
                found.problems.append(given.problem(bad.what, dict(bad.facts).get("value"), bad.facts))
            return ""

    def _one(self, record: Record, own: str, by_name: dict[str, set[str]], found: Who) -> str:
        name = _name(record)
        given = record.firm.get("firm_id")
        for key in (bare(given.text) if given else "", name):
            if key and (other := self.decided.firms.get(key)):
                return self._decided(other, by_name)
        known = self._known(own, name, record, found)
        if known is not None:
            return known
        if own:
            return own
        if not name:
            found.problems.append(record.at().problem("signup-firm-blank"))
            return ""
        codes = by_name.get(name, set())
        if len(codes) > 1:
            facts = (("firms", ", ".join(sorted(codes)[:6])),)
            found.problems.append(record.at().problem("signup-firms-several", None, facts))
            return ""
        return next(iter(codes), "") or provisional(name)

    def _known(self, own: str, name: str, record: Record, found: Who) -> str | None:
        """The firm of the programme; '' where two are meant, None where none is."""
        by_code, by_name = self._ids.get(bare(own), "") if own else "", self._named.get(name, [])
        if by_code and by_name and by_code not in by_name:
            facts = (("code", own), ("other", ", ".join(sorted(by_name)[:6])))
            found.problems.append(record.at().problem("signup-firm-two", None, facts))
            return ""
        if by_code:
            return by_code
        # a firm that the office keeps under a number of its own has no code there that could differ
        if own:
            by_name = [f for f in by_name if not _is_code(f)]
        if len(by_name) > 1:
            several = (("firms", ", ".join(sorted(by_name)[:6])),)
            found.problems.append(record.at().problem("signup-firms-several", None, several))
            return ""
        return by_name[0] if by_name else None

    def _decided(self, other: str, by_name: dict[str, set[str]]) -> str:
        """The firm that people wrote down: by its id or code, or by its name."""
        key = bare(other)
        if own := self._ids.get(key):
            return own
        if len(named := self._named.get(key, [])) == 1:
            return named[0]
        try:
            text = code(other)
        except BadCellError:
            text = other
        if _is_code(text):
            return text
        return next(iter(sorted(by_name.get(key, set()))), "") or provisional(key)

    def alike(self, names: dict[str, str]) -> list[tuple[str, str]]:
        """Pairs of different firms whose names may be one firm's: first one of these (id to name), then what it may be."""
        mine: defaultdict[str, list[str]] = defaultdict(list)
        for firm_id, name in sorted(names.items()):
            mine[name].append(firm_id)
        theirs = {f.name_zh for f in self.programme.firms} - set(mine)
        pairs = []
        for group in alike([*mine, *theirs]):
            new = [name for name in group if name in mine]
            others = [name for name in group if name not in mine] or new
            pairs += [(name, other) for name in new for other in others[:1] if name != other]
        return pairs


def provisional(name: str) -> str:
    """An id for a firm that is known by its name alone."""
    return PROVISIONAL + hashlib.blake2s(bare(name).encode(), digest_size=4).hexdigest()


def _name(record: Record) -> str:
    given = record.firm.get("name_zh") or record.firm.get("name_en")
    return bare(given.text) if given else ""


def _is_code(text: str) -> bool:
    return len(text) == 18 and text.isalnum() and problem_of_code(text) == "" and sum(c.isdecimal() for c in text) >= 9
