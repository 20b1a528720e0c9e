"""Which firm a row of somebody's sheet means: by its id (统一社会信用代码 or one's own), or by its name in either language."""

from __future__ import annotations

from collections import defaultdict

from fairplanner.domain.programme import Programme
from fairplanner.errors import Problem
from fairplanner.intake.heading import plain
from fairplanner.intake.suggest import nearest


class FirmsMeant:
    """Firms of one programme by all they are called; where two firms share a name, their zone or id must tell them apart."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self._ids = {plain(f.firm_id): f.firm_id for f in programme.firms}
        self._named: defaultdict[str, list[str]] = defaultdict(list)
        for f in programme.firms:
            for name in {plain(f.name_zh), plain(f.name_en)} - {""}:
                self._named[name].append(f.firm_id)
        self._choices = [x for f in programme.firms for x in (f.name_zh, f.name_en, f.firm_id) if x]
        self._near: dict[str, str] = {}

    def __call__(self, code: str, name: str, zone: str = "") -> str | Problem:
        """The id of the firm, or the problem (`column`: `code` or `firm`) where none or several are meant.

        A code that no firm has is passed over where the name is known: the office may number its firms itself.
        """
        by_code, by_name = self._of(code, zone), self._of(name, zone)
        if by_code and by_name and not set(by_code) & set(by_name):
            return Problem("", 0, "firm", "hand-firm-two", name, (("code", code),))
        both = set(by_code) & set(by_name)
        found = sorted(both or by_code or by_name)
        if len(found) == 1:
            return found[0]
        if found:
            return Problem("", 0, "firm", "hand-firms-several", name or code, (("firms", ", ".join(found[:6])),))
        return self._unknown(code, name)

    def _of(self, text: str, zone: str) -> list[str]:
        """Firms with this id or name, in this zone where one is told and that leaves any."""
        key = plain(text)
        if not key:
            return []
        found = [self._ids[key]] if key in self._ids else self._named.get(key, [])
        there = [f for f in found if zone and self._is_in(f, plain(zone))]
        return there if len(found) > 1 and there else found

    def _is_in(self, firm_id: str, zone: str) -> bool:
        own = self.programme.zone[self.programme.firm[firm_id].zone_id]
        return zone in {plain(own.zone_id), plain(own.name_zh), plain(own.name_en)}

    def _unknown(self, code: str, name: str) -> Problem:
        text, column = (name, "firm") if name else (code, "code")
        if not text:
            return Problem("", 0, "firm", "hand-firm-blank")
        if text not in self._near:
            self._near[text] = nearest(text, self._choices)
        near = self._near[text]
        return Problem(
            "", 0, column, "hand-firm-near" if near else "hand-firm", text, (("near", near),) if near else ()
        )
