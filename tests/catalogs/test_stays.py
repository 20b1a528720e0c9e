"""Rates for nights and meals of the reference: one for every place, as the notices have them, each saying where it was read."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from tests.catalogs.reference import by_id, rows
from tests.catalogs.test_reference import DOSSIER, needs_dossier

CITY = {
    "anaheim": ("美国", "其他城市"),
    "hongkong": ("香港", ""),
    "singapore": ("新加坡", ""),
    "yekaterinburg": ("俄罗斯", "叶卡捷琳堡、圣彼得堡"),
}
AT_HOME = {  # row of the dossier's domestic table: region, cities
    "beijing": ("北京", "全市"), "shanghai": ("上海", "全市"), "shenzhen": ("深圳", "全市"), "qingdao": ("青岛", "全市"),
    "dalian": ("大连", "全市"), "guiyang": ("贵州", "贵阳市"), "zunyi": ("贵州", "其他地区"), "nanning": ("广西", "南宁市"),
    "chengdu": ("四川", "成都市"), "harbin": ("黑龙江", "哈尔滨市"), "shantou": ("广东", "其他地区"),
}  # fmt: skip


def test_every_place_has_its_rates() -> None:
    assert {row.place_id for row in rows("stays")} == {row.place_id for row in rows("places")}


def test_rates_abroad_cite_the_ministrys_notices_and_where_they_were_read() -> None:
    abroad = [row for row in rows("stays") if by_id("places")[row.place_id].territory_id != "CN"]
    assert len(abroad) == len(CITY)
    for row in abroad:
        assert "财行〔2013〕516号" in row.source
        assert "财行〔2017〕434号" in row.source
        assert "2019" in row.source
        assert row.note


def test_what_is_not_named_in_the_tariff_says_so() -> None:
    assert "其他城市" in by_id("stays")["anaheim"].note
    assert "其他地区" in by_id("stays")["zunyi"].note


@pytest.mark.parametrize(
    ("place", "usual", "peak"), [("dalian", 350, 420), ("qingdao", 380, 450), ("harbin", 350, 420)]
)
def test_cities_with_a_season_are_dearer_from_july_to_september(place: str, usual: int, peak: int) -> None:
    row = by_id("stays")[place]
    assert (row.lodging, row.peak_months, row.peak_lodging) == (usual, (7, 8, 9), peak)
    assert {r.place_id for r in rows("stays") if r.peak_months} == {"dalian", "qingdao", "harbin"}


@needs_dossier
@pytest.mark.parametrize("place", sorted(CITY))
def test_rates_abroad_are_those_of_the_dossier(place: str) -> None:
    with (DOSSIER / "perdiem_overseas.csv").open(encoding="utf-8", newline="") as file:
        (found,) = [r for r in csv.DictReader(file) if (r["country_zh"], r["city_zh"]) == CITY[place]]
    row = by_id("stays")[place]
    assert (str(row.lodging), str(row.meals), str(row.incidentals)) == (
        found["lodging_per_day"],
        found["meals_per_day"],
        found["misc_per_day"],
    )
    assert row.currency == found["currency"]


@needs_dossier
@pytest.mark.parametrize("place", sorted(AT_HOME))
def test_rates_at_home_are_those_of_the_dossier(place: str) -> None:
    with (DOSSIER / "perdiem_domestic.csv").open(encoding="utf-8", newline="") as file:
        found = next(r for r in csv.DictReader(file) if (r["region_zh"], r["cities_zh"]) == AT_HOME[place])
    row = by_id("stays")[place]
    assert row.lodging == Decimal(found["class3"])
    assert (str(row.peak_lodging or ""), row.meals, row.incidentals) == (found["peak3"], 100, 80)
