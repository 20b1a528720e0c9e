"""Real seeds: editions, cities and sectors of the reference catalogue, and airports of its other countries and regions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import airportsdata

from fairplanner.domain import reference as r
from fairplanner.domain.kinds import Confidence
from tests.catalogs.reference import by_id, rows

SAMPLE: dict[str, Any] = {"source": "示例 sample", "confidence": Confidence.SAMPLE}
YEAR = 2025
NOT_FAIRS = ("forum", "meeting", "placeholder")
"""Kinds of the catalogue to which no delegation of exhibitors goes."""

# Cities that one round trip can join, the first a city of the catalogue where there is one; IATA codes for the others, whose
# countries or regions are in the catalogue. Inside one round at most one language needs an interpreter.
ROUNDS: tuple[tuple[str, ...], ...] = (
    ("singapore", "KUL", "MNL"),
    ("KUL", "singapore", "BWN"),
    ("singapore", "BKK"),
    ("CGK", "singapore", "SUB"),
    ("SGN", "singapore", "HAN"),
    ("HND", "KIX"),
    ("ICN", "PUS"),
    ("ALA", "TAS"),
    ("yekaterinburg", "ALA", "TAS"),
    ("DEL", "CMB", "DAC"),
    ("anaheim", "YVR"),
    ("hongkong", "singapore"),
)
NAMES = {
    "KUL": ("kuala-lumpur", "吉隆坡", "Kuala Lumpur"), "MNL": ("manila", "马尼拉", "Manila"),
    "BWN": ("bandar-seri-begawan", "斯里巴加湾", "Bandar Seri Begawan"), "BKK": ("bangkok", "曼谷", "Bangkok"),
    "CGK": ("jakarta", "雅加达", "Jakarta"), "SUB": ("surabaya", "泗水", "Surabaya"),
    "SGN": ("ho-chi-minh-city", "胡志明市", "Ho Chi Minh City"), "HAN": ("hanoi", "河内", "Hanoi"),
    "HND": ("tokyo", "东京", "Tokyo"), "KIX": ("osaka", "大阪", "Osaka"), "ICN": ("seoul", "首尔", "Seoul"),
    "PUS": ("busan", "釜山", "Busan"), "ALA": ("almaty", "阿拉木图", "Almaty"), "TAS": ("tashkent", "塔什干", "Tashkent"),
    "DEL": ("delhi", "德里", "Delhi"), "CMB": ("colombo", "科伦坡", "Colombo"), "DAC": ("dhaka", "达卡", "Dhaka"),
    "YVR": ("vancouver", "温哥华", "Vancouver"),
}  # fmt: skip


@dataclass(frozen=True)
class Edition:
    """One real edition: its fair and its dated phases in order; `abroad`: outside the mainland."""

    fair: r.Fair
    phases: tuple[r.Phase, ...]
    abroad: bool

    @property
    def key(self) -> str:
        """Id of its first phase."""
        return self.phases[0].phase_id

    @property
    def days(self) -> int:
        """From its first day to its last."""
        first, last = self.phases[0].start, self.phases[-1].end
        assert first
        assert last
        return (last - first).days

    @property
    def role(self) -> str:
        """What firms do there: exhibit where one can."""
        return "exhibit" if "exhibit" in self.fair.roles else self.fair.roles[0]


@cache
def editions() -> tuple[Edition, ...]:
    """The last dated edition of every real fair up to `YEAR`, of the Canton Fair the spring and the autumn one."""
    dated: dict[tuple[str, str], list[r.Phase]] = {}
    for phase in rows("phases"):
        if phase.start and phase.end and phase.place_id and phase.year <= YEAR:
            dated.setdefault((phase.fair_id, phase.edition), []).append(phase)
    last: dict[tuple[str, str], tuple[r.Phase, ...]] = {}
    for (fair, _), found in sorted(dated.items(), key=lambda one: one[1][0].start):
        season = ("spring" if found[0].start.month < 7 else "autumn") if len(found) > 1 else ""
        last[fair, found[0].place_id + season] = tuple(sorted(found, key=lambda q: q.phase))
    fairs = by_id("fairs")
    return tuple(
        Edition(fairs[fair], phases, by_id("places")[phases[0].place_id].territory_id != "CN")
        for (fair, _), phases in sorted(last.items())
        if fairs[fair].kind not in NOT_FAIRS and set(fairs[fair].roles) & {"exhibit", "buy"}
    )


@cache
def airports() -> dict[str, Any]:
    """Airports by IATA code."""
    return airportsdata.load("IATA")


def place_id(city: str) -> str:
    """Id of a city of `ROUNDS`."""
    return NAMES[city][0] if city in NAMES else city


@cache
def places() -> tuple[r.Place, ...]:
    """The places of the catalogue, and the other cities of `ROUNDS` at the coordinates of their airports."""
    more = []
    for code, (key, zh, en) in NAMES.items():
        at = airports()[code]
        more.append(
            r.Place(
                place_id=key, name_zh=zh, name_en=en, territory_id=at["country"], lat=round(at["lat"], 4), lon=round(at["lon"], 4),
                tz=at["tz"], airport=code, note="coordinates of the airport: airportsdata", **SAMPLE,
            )
        )  # fmt: skip
    return tuple(sorted((*rows("places"), *more), key=lambda p: p.place_id))


@cache
def trading_sectors() -> tuple[str, ...]:
    """Sectors of the largest real fair (the one with most of them), in its order: those that firms and clones are drawn from."""
    return max((e.fair.sectors for e in editions()), key=len)


@cache
def homes() -> tuple[str, ...]:
    """Mainland cities of the catalogue, those with a fair first: the homes of organisers, in turn."""
    hosts = {q.place_id for e in editions() for q in e.phases}
    mainland = [p.place_id for p in rows("places") if p.territory_id == "CN"]
    return tuple(sorted(mainland, key=lambda p: (p not in hosts, p)))
