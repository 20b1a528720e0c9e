"""Records to rows: what several files say of one firm, or of one wish, becomes one; what contradicts is told with both cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from fairplanner.domain.columns import Row
from fairplanner.domain.kinds import Confidence
from fairplanner.domain.planning import Application, Firm
from fairplanner.domain.programme import Programme
from fairplanner.errors import Problem
from fairplanner.intake.bad_cell import BadCellError
from fairplanner.intake.cells import shown
from fairplanner.intake.secret_numbers import masked
from fairplanner.intake.sheet import bare
from fairplanner.intake.signups.fields import FAIR_FIELDS, FREE
from fairplanner.intake.signups.meant import Meant, Unknown
from fairplanner.intake.signups.records import Fields, Given, Record
from fairplanner.intake.signups.telling import in_words, same
from fairplanner.intake.signups.values import least_of, moment_of, personal_in, says_nothing, value_of, without_stand
from fairplanner.words import Words, languages

NAMES = ("name_zh", "name_en")
LISTS = ("sectors", "markets")
LOOSE = ("kind", "sme")
"""Columns a firm answers in words of its own; what is not understood is left blank and told."""
MOST_SOURCES = 4

Said = tuple[Any, Given, datetime | None]
"""A value, where it stands, and when it was handed in."""


@dataclass
class Rows:
    """What was made of records, and what is said of it."""

    firms: dict[str, Firm] = field(default_factory=dict)
    applications: dict[tuple[str, str, str], Application] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)
    open: list[Problem] = field(default_factory=list)


class Joiner:
    """Gathers what records say, then joins it. `w` says in which words sources are written."""

    def __init__(self, programme: Programme, meant: Meant, w: Words) -> None:
        self.programme, self.meant, self.w = programme, meant, w
        self.rows = Rows()
        self._spoiled: set[tuple[str, str, str]] = set()
        self._asked = {(a.firm_id, a.phase_id, a.section_id): a for a in programme.applications}
        self._firms: defaultdict[str, defaultdict[str, list[Said]]] = defaultdict(lambda: defaultdict(list))
        self._wishes: defaultdict[tuple[str, str, str], defaultdict[str, list[Said]]] = defaultdict(lambda: defaultdict(list))  # fmt: skip

    def add(self, record: Record, firm_id: str) -> None:
        """Take in what a record says of its firm and of what it asks for."""
        record.received = self._received(record)
        said = self._firms[firm_id]
        for name, given in record.firm.items():
            if name != "firm_id":
                self._firm_cell(said, name, given, record)
        if (
            "zone_id" not in record.firm
            and firm_id not in self.programme.firm
            and (zone := self.meant.zone_over(record.over))
        ):
            said["zone_id/over"].append((zone, record.at(), record.received))
        if not record.wishes:
            self.rows.open.append(record.at().problem("signup-nothing-asked"))
        for wish in record.wishes:
            self._wish(record, firm_id, wish)

    def _received(self, record: Record) -> datetime | None:
        given = next((wish["received"] for wish in record.wishes if "received" in wish), None)
        try:
            return moment_of(given) if given else None
        except BadCellError:
            return None  # the cell is complained of where it is read as a value

    def _firm_cell(self, said: dict[str, list[Said]], name: str, given: Given, record: Record) -> None:
        if name == "zone_id":
            zone = self.meant.zone(given.text)
            if isinstance(zone, Unknown):
                self.rows.problems.append(given.problem(zone.what, given.text, zone.facts))
            said[name].append((zone if isinstance(zone, str) else None, given, record.received))
        elif name in LISTS:
            ids, strange = self.meant.listed(name, given)
            if strange:
                self.rows.open.append(given.problem("signup-left-blank", "、".join(strange)))
            if ids:
                said[name].append((ids, given, record.received))
        elif (value := self._value(name, given)) is not None:
            said[name].append((value, given, record.received))

    def _value(self, name: str, given: Given) -> Any:
        """The value of a cell; None where it says nothing, and, with a word about it, where it is not understood or not for planning."""
        if says_nothing(name, given.text):
            return None
        if name in (*FREE, *NAMES) and (secret := personal_in(given)):
            self.rows.told.append(given.problem("signup-personal-cell", masked(secret)))
            return None
        try:
            return value_of(name, given)
        except BadCellError as bad:
            told = dict(bad.facts)
            value = told.pop("value", None)
            if name in LOOSE:
                self.rows.open.append(given.problem("signup-left-blank", given.text))
            else:
                self.rows.problems.append(given.problem(bad.what, value, tuple(sorted(told.items()))))
            return None

    def _wish(self, record: Record, firm_id: str, wish: Fields) -> None:
        fair = wish.get("fair")
        if fair and not fair.phase_id and says_nothing("fair", fair.text):
            return  # n/a, or a stroke, for the third choice
        for part in self.meant.parts(fair) if fair and not fair.phase_id else [fair]:
            own = wish if part is None else wish | {"fair": part}
            phases = self.meant.phases(own, record.over)
            if isinstance(phases, Unknown):
                at = part or wish.get("phase") or record.at()
                self.rows.problems.append(at.problem(phases.what, phases.text or at.text, phases.facts))
                self._values(own, record, defaultdict(list))
                continue
            for phase_id in phases:
                self._for_phase(record, firm_id, own, phase_id)

    def _for_phase(self, record: Record, firm_id: str, wish: Fields, phase_id: str) -> None:
        section = ""
        if given := wish.get("section_id"):
            found = self.meant.section(given, phase_id)
            if isinstance(found, Unknown):
                self.rows.problems.append(given.problem(found.what, given.text, found.facts))
                return
            section = found
        at = wish.get("fair") or wish.get("booths") or record.at()
        said = self._wishes[firm_id, phase_id, section]
        said["phase_id"].append((phase_id, at, record.received))
        before = len(self.rows.problems)
        self._values(wish, record, said)
        if len(self.rows.problems) > before:
            self._spoiled.add((firm_id, phase_id, section))

    def _values(self, wish: Fields, record: Record, said: dict[str, list[Said]]) -> None:
        """The values of a wish beside its phase and section; of a wish whose phase is not understood too, so that all its cells are judged."""
        for name, given in wish.items():
            if (name in FAIR_FIELDS and name != "area") or name == "section_id":
                continue
            if name == "recommended_by":
                self._recommended(said, given, record)
            elif (value := self._value(name, given)) is not None:
                said["booths" if name == "area" else name].append((value, given, record.received))
                if name == "booths" and "least_booths" not in wish and (least := least_of(given)) is not None:
                    said["least_booths"].append((least, given, record.received))

    def _recommended(self, said: dict[str, list[Said]], given: Given, record: Record) -> None:
        zone = self.meant.zone(given.text)
        if isinstance(zone, Unknown):
            self.rows.problems.append(given.problem(zone.what, given.text, zone.facts))
        else:
            said["recommended_by"].append((zone, given, record.received))

    def joined(self, unsure: Collection[str] = ()) -> Rows:
        """The rows that the programme does not have already, in order of key; firms that are `unsure` are judged and left out."""
        for firm_id, said in sorted(self._firms.items()):
            self._join_firm(firm_id, said)
        for key, said in sorted(self._wishes.items()):
            self._join_wish(key, said)
        rows = self.rows
        rows.firms = {k: row for k, row in rows.firms.items() if k not in unsure or k in self.programme.firm}
        rows.applications = {
            k: row for k, row in rows.applications.items() if k[0] not in unsure or k[0] in self.programme.firm
        }
        return rows

    def _join_firm(self, firm_id: str, said: Mapping[str, list[Said]]) -> None:
        known = self.programme.firm.get(firm_id)
        said = {name: self._called(all_said) if name in NAMES else all_said for name, all_said in said.items()}
        values = {name: value for name, all_said in said.items() if name != "zone_id/over" and (value := self._one(name, all_said)) is not None}  # fmt: skip
        if known:
            self._differs(known, values, said)
            return
        at = next((s[1] for name in ("name_zh", "name_en") for s in said.get(name, ())), None)
        at = at or next((s[1] for all_said in said.values() for s in all_said), None)
        if at is None:
            return
        if "zone_id" not in said:
            over = {value for value, _, _ in said.get("zone_id/over", ())}
            if len(over) != 1:
                self.rows.problems.append(at.problem("signup-no-zone"))
                return
            values["zone_id"] = next(iter(over))
            self.rows.told.append(at.problem("signup-zone-over", None, self._zone_facts(values["zone_id"])))
        values.setdefault("name_zh", values.get("name_en"))
        if not values["name_zh"] or "zone_id" not in values:
            if "name_zh" not in said and "name_en" not in said:
                self.rows.problems.append(at.problem("signup-name-blank", firm_id))
            return
        self._keep(Firm, self.rows.firms, firm_id, {"firm_id": firm_id, **values}, said, at)

    def _called(self, all_said: list[Said]) -> list[Said]:
        """Names without those that people said are another's, as far as that leaves any."""
        kept = [one for one in all_said if bare(one[1].text) not in self.meant.decided.firms]
        return kept or all_said

    def _zone_facts(self, zone_id: str) -> tuple[tuple[str, str], ...]:
        zone = self.programme.zone[zone_id]
        return (("zone.en", zone.name_en or zone.name_zh), ("zone.zh", zone.name_zh))

    def _join_wish(self, key: tuple[str, str, str], said: Mapping[str, list[Said]]) -> None:
        firm_id, phase_id, section_id = key
        own = {name: all_said for name, all_said in said.items() if name != "phase_id"}
        before = len(self.rows.problems)
        values = {name: value for name, all_said in own.items() if (value := self._one(name, all_said)) is not None}
        if key in self._spoiled or len(self.rows.problems) > before:
            return  # a blank in place of what is not understood would be read as what goes without saying
        at = said["phase_id"][0][1]
        known = self._asked.get(key)
        values = without_stand(values)
        if known:
            self._differs(known, {k: v for k, v in values.items() if k in own}, own)
            return
        if firm_id not in self.rows.firms and firm_id not in self.programme.firm:
            return  # what is wrong with its firm is told
        if values.get("least_booths", 0) > values.get("booths", 1):
            facts = (("booths", str(values.get("booths", 1))),)
            self.rows.problems.append(at.problem("signup-least", values["least_booths"], facts))
            return
        keys = {"firm_id": firm_id, "phase_id": phase_id} | ({"section_id": section_id} if section_id else {})
        self._keep(Application, self.rows.applications, key, keys | values, said, at)

    def _keep(
        self,
        kind: type[Row],
        into: dict[Any, Any],
        key: Any,
        values: dict[str, Any],
        said: Mapping[str, list[Said]],
        at: Given,
    ) -> None:
        values |= {"source": self._source(said), "confidence": Confidence.USER}
        try:
            into[key] = kind(**values)
        except ValidationError as error:
            for one in error.errors():
                self.rows.problems.append(at.problem("not-valid", str(one["input"])))

    def _source(self, said: Mapping[str, list[Said]]) -> str:
        places: dict[str, int] = {}
        for _, given, _ in (one for all_said in said.values() for one in all_said):
            places[given.page] = min(given.row, places.get(given.page, given.row))
        told = [self.w("signups.at", page=page, row=row) for page, row in sorted(places.items())]
        more = [self.w("signups.more", count=len(told) - MOST_SOURCES)] if len(told) > MOST_SOURCES else []
        return self.w("signups.join").join([*told[:MOST_SOURCES], *more])

    def _one(self, name: str, all_said: Sequence[Said]) -> Any:
        """The value that all say; where they differ, the latest that says when; else None, with both cells told."""
        known = [s for s in all_said if s[0] is not None]
        apart: dict[str, Said] = {}
        for one in known:
            apart.setdefault(same(one[0]), one)
        if len(apart) < 2:
            return known[0][0] if known else None
        if name == "received":
            return max(value for value, _, _ in known)
        dated = [s for s in known if s[2] is not None]
        newest = max((s[2] for s in dated if s[2]), default=None)
        latest = {same(s[0]): s for s in dated if s[2] == newest}
        if len(dated) == len(known) and len(latest) == 1:
            kept = next(iter(latest.values()))
            for other in apart.values():
                if same(other[0]) != same(kept[0]):
                    self.rows.told.append(
                        kept[1].problem("signup-latest", None, (("other", other[1].place), ("was", other[1].text)))
                    )
            return kept[0]
        first, second = list(apart.values())[:2]
        facts = (("other", first[1].place), ("was", shown(first[1].text)))
        self.rows.problems.append(second[1].problem("signup-contradiction", second[1].text, facts))
        return None

    def _differs(self, known: Row, values: Mapping[str, Any], said: Mapping[str, list[Said]]) -> None:
        """What a sign-up says otherwise than the programme, which stays as it is."""
        for name, value in values.items():
            has = getattr(known, name, None)
            if name in ("received", "note") or same(has) == same(value) or not said.get(name):
                continue
            given = said[name][0][1]
            facts = tuple(("has." + lang, in_words(known, name, has, lang)) for lang in languages())
            self.rows.open.append(given.problem("signup-differs", given.text, facts))
