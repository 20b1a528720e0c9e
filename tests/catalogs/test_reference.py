"""The reference catalogue: well formed, complete, honest about its sources, and right about known facts."""

from __future__ import annotations

import csv
import functools
import math
import re
from collections import Counter
from datetime import date, timedelta

import airportsdata
import pytest

from fairplanner.domain.columns import column_docs
from fairplanner.domain.kinds import Confidence, Role, Status
from fairplanner.domain.tables import TABLES, Table
from fairplanner.intake import read_reference
from tests.catalogs.quotes import SEEDS, documents_of, missing_quotes, plain
from tests.catalogs.reference import REFERENCE, SHARED, by_id, cells, is_tuple, rows

DOSSIER = SEEDS.parent / "domain"
LEFT_IN_2023 = {"gz-fenggang", "gz-anshun", "gz-lubi", "gz-wanshan"}
ADDED_IN_2023 = {"gz-huishui", "gz-songtao", "gz-sansui", "gz-longli"}

each_table = pytest.mark.parametrize("table", SHARED, ids=lambda table: table.name)
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the source documents are not beside this repository")
needs_dossier = pytest.mark.skipif(not DOSSIER.is_dir(), reason="the research dossier is not beside this repository")


# -- form


def test_there_is_one_file_for_each_shared_table_and_no_other() -> None:
    assert {path.name for path in REFERENCE.iterdir() if path.is_file()} == {f"{table.name}.csv" for table in SHARED}


@each_table
def test_files_are_utf8_with_line_feeds_and_the_declared_header(table: Table) -> None:
    content = (REFERENCE / f"{table.name}.csv").read_bytes()
    text = content.decode("utf-8")
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert text.endswith("\n")
    assert "\ufffd" not in text
    assert next(csv.reader(text.splitlines())) == list(table.row.model_fields)


@each_table
def test_every_row_validates_and_keys_are_unique(table: Table) -> None:
    typed = rows(table.name)
    # holidays come with the calendar package; the table is for what a notice says later
    assert typed or table.name == "holidays"
    keys = Counter(tuple(getattr(row, name) for name in table.key) for row in typed)
    assert [key for key, count in keys.items() if count > 1] == []


@each_table
def test_every_reference_resolves(table: Table) -> None:
    docs = column_docs(table.row)
    for row in rows(table.name):
        for name, doc in docs.items():
            if doc.refers_to:
                values = getattr(row, name) if is_tuple(table.row, name) else (getattr(row, name),)
                assert [value for value in values if value and value not in by_id(doc.refers_to)] == [], (row, name)


@each_table
def test_ids_are_plain_ascii_and_cells_have_no_stray_space(table: Table) -> None:
    for raw in cells(table):
        assert all(value == value.strip() and "  " not in value and "\n" not in value for value in raw.values()), raw
        assert all(re.fullmatch(r"[A-Za-z0-9-]+", raw[name]) for name in table.key), raw


@each_table
def test_every_row_says_where_it_is_known_from(table: Table) -> None:
    assert [raw for raw in cells(table) if not raw["source"] or not raw["confidence"]] == []
    assert not {row.confidence for row in rows(table.name)} & {Confidence.USER, Confidence.SAMPLE}


@each_table
def test_no_glossed_or_broken_text_came_along(table: Table) -> None:
    for raw in cells(table):
        assert plain(raw.get("quote", "")).count("(") == raw.get("quote", "").replace("（", "(").count("("), raw
        assert not any("?？" in value or "顚" in value for value in raw.values()), raw


# -- completeness


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("fairs", 18),
        ("phases", 91),
        ("sections", 55),
        ("goals", 22),
        ("markets", 21),
        ("sectors", 30),
        ("memberships", 8),
    ],
)
def test_everything_researched_carried_over(name: str, count: int) -> None:
    assert len(rows(name)) == count


def test_sections_stand_in_their_phases_as_published() -> None:
    assert Counter(row.phase for row in rows("sections")) == {1: 19, 2: 15, 3: 21}
    assert {row.fair_id for row in rows("sections")} == {"canton"}


def test_all_28_deadlines_carried_over() -> None:
    assert len({re.sub(r"-[123]$", "", row.milestone_id) if row.phase_id.startswith("canton") else row.milestone_id for row in rows("milestones")}) == 28  # fmt: skip


@needs_dossier
def test_every_edition_of_the_dossier_is_here_with_its_dates() -> None:
    with (DOSSIER / "editions.csv").open(encoding="utf-8", newline="") as file:
        known = Counter((r["fair_id"], r["phase"] or "1", r["start"], r["end"]) for r in csv.DictReader(file))
    known[("tuole", "1", "", "")] += known.pop(("tuole", "1", "2018-11", ""))  # a month is no date
    ours = Counter((q.fair_id, str(q.phase), str(q.start or ""), str(q.end or "")) for q in rows("phases"))
    assert ours == known


def test_each_fair_but_the_placeholder_has_a_phase() -> None:
    held = {phase.fair_id for phase in rows("phases")}
    assert set(by_id("fairs")) - held == {"generic-overseas"}


def test_guizhou_has_its_nine_prefectures_and_the_ten_zones_of_the_notice() -> None:
    zones = rows("zones")
    prefectures = {z.zone_id for z in zones if z.parent == "gz" and z.kind == "prefecture"}
    named = {z.zone_id for z in zones if z.kind == "zone" and z.parent in prefectures}
    assert len(prefectures) == 9
    assert len(named) == 10
    assert named >= LEFT_IN_2023 | ADDED_IN_2023


# -- quotes


@functools.cache
def seed_texts() -> dict[str, str]:
    return {path.name: plain(path.read_text(encoding="utf-8")) for path in sorted(SEEDS.glob("*.txt"))}


@each_table
def test_every_row_from_a_source_document_has_a_quote_and_names_the_document(table: Table) -> None:
    for raw in cells(table):
        if raw["confidence"] == Confidence.SEED:
            assert raw["quote"], raw
        if raw.get("quote"):
            assert documents_of(raw["source"]), raw


@needs_seeds
@each_table
def test_every_quote_stands_in_the_document_it_names(table: Table) -> None:
    for raw in cells(table):
        named = [seed_texts()[name] for name in documents_of(raw["source"])]
        assert missing_quotes(raw.get("quote", ""), named) == [], raw


@needs_seeds
@each_table
def test_every_document_named_is_quoted(table: Table) -> None:
    for raw in cells(table):
        for name in documents_of(raw["source"]):
            quotes = raw.get("quote", "")
            assert len(missing_quotes(quotes, [seed_texts()[name]])) < len(quotes.split("|")), (name, raw)


@needs_seeds
def test_words_that_do_not_stand_in_a_document_are_found_out() -> None:
    guizhou = seed_texts()["004_654261b9e2324c17.txt"]
    guangdong = seed_texts()["001_6c4452ac09735d13.txt"]
    assert missing_quotes("赴外招商15次以上", [guizhou]) == []
    assert missing_quotes("赴外招商16次以上", [guizhou]) == ["赴外招商16次以上"]
    assert missing_quotes("赴外招商15次以上", [guangdong]) == ["赴外招商15次以上"]
    assert missing_quotes("赴外招商15次以上 | 凤冈不得参展", [guizhou, guangdong]) == ["凤冈不得参展"]
    assert missing_quotes("赴外招商15次以上", []) == ["赴外招商15次以上"]


def test_glosses_go_and_text_in_brackets_stays() -> None:
    assert plain("請(qǐng)各市(州)商務(wù)局 于４月") == "請各市(州)商務局于4月"


# -- names


def test_hong_kong_macao_and_taiwan_are_named_as_parts_of_china() -> None:
    for row in (*rows("territories"), *rows("places")):
        assert not re.search(r"(?<!中国)(香港|澳门|台湾)", row.name_zh), row
        assert not re.search(r"(Hong Kong|Maca[ou]|Taiwan)(?!, China)", row.name_en), row
    names = by_id("territories")
    assert [names[code].name_zh for code in ("HK", "MO", "TW")] == ["中国香港", "中国澳门", "中国台湾"]


def test_no_header_says_country_without_region() -> None:
    headers = [table.zh for table in TABLES] + [doc.zh for table in TABLES for doc in column_docs(table.row).values()]
    assert [zh for zh in headers if re.search(r"国家(?!（地区）)", zh)] == []
    english = [table.en for table in TABLES] + [doc.en for table in TABLES for doc in column_docs(table.row).values()]
    assert [en for en in english if re.search(r"countr", en, re.IGNORECASE) and "region" not in en] == []


def test_markets_and_territories_tell_the_same_story() -> None:
    listed = {(m.market_id, code) for m in rows("markets") for code in m.territories}
    belongs = {(market, t.territory_id) for t in rows("territories") for market in t.markets}
    assert listed == belongs


# -- zones and money


def test_memberships_are_those_of_2023_and_of_no_other_year() -> None:
    told = {(m.zone_id, m.member) for m in rows("memberships")}
    assert told == {(z, True) for z in ADDED_IN_2023} | {(z, False) for z in LEFT_IN_2023}
    assert {(m.scheme, m.year) for m in rows("memberships")} == {("gz-upgrade-2023", 2023)}


def test_nothing_reads_as_if_a_zone_were_barred_from_a_fair() -> None:
    for row in (*rows("memberships"), *rows("zones")):
        assert not re.search(r"must not|barred|refus|forbid|exclud|不得|禁止|取消资格", row.note, re.IGNORECASE), row
    for zone_id in LEFT_IN_2023:
        zone = by_id("zones")[zone_id]
        assert zone.sends
        assert "may attend any fair" in zone.note
        assert "較差" not in zone.quote  # the reason stands with the money, not with the zone


def test_the_zone_tree_has_no_circle_and_senders_have_a_home() -> None:
    zones = by_id("zones")
    for zone in zones.values():
        chain = [zone.zone_id]
        while parent := zones[chain[-1]].parent:
            assert parent not in chain
            chain.append(parent)
        assert zone.place_id or not zone.sends, zone


# -- places


def test_airports_exist_near_their_city_and_share_its_time_zone() -> None:
    airports = airportsdata.load("IATA")
    for place in rows("places"):
        airport = airports[place.airport]
        assert (airport["country"], airport["tz"]) == (place.territory_id, place.tz), place
        north = math.radians(airport["lat"] - place.lat)
        east = math.radians(airport["lon"] - place.lon) * math.cos(math.radians(place.lat))
        assert 6371 * math.hypot(north, east) < 130, place  # km


# -- dates


def phase_dates(phase_id: str) -> tuple[date, date]:
    phase = by_id("phases")[phase_id]
    assert phase.start
    assert phase.end
    return phase.start, phase.end


def test_dates_are_in_order_and_in_their_year() -> None:
    for phase in rows("phases"):
        if phase.start and phase.end:
            assert timedelta(0) <= phase.end - phase.start <= timedelta(days=6), phase
        if phase.start:
            assert phase.start.year == phase.year, phase


def test_a_phase_without_both_days_says_so() -> None:
    for phase in rows("phases"):
        if not (phase.start and phase.end):
            assert phase.status == Status.UNKNOWN or "cannot be scheduled" in phase.note, phase
        if phase.status == Status.UNKNOWN:
            assert phase.start is None, phase
            assert phase.end is None, phase


def test_projected_dates_are_marked_in_status_and_confidence() -> None:
    projected = {q.phase_id for q in rows("phases") if q.status == Status.PROJECTED}
    assert projected == {q.phase_id for q in rows("phases") if q.confidence == Confidence.PROJECTED}
    assert projected == {f"canton-{n}-{k}" for n in (139, 140, 141, 142) for k in (1, 2, 3)} | {"ciie-9", "ciie-10"}


def test_a_firm_status_never_rests_on_a_projection() -> None:
    for phase in rows("phases"):
        if phase.status.is_firm:
            assert Confidence.PROJECTED not in (phase.confidence, phase.start_confidence, phase.end_confidence), phase


def test_dates_announced_but_not_confirmed_have_their_own_status() -> None:
    phases = by_id("phases")
    assert phases["ciftis-2026"].status == Status.ANNOUNCED
    assert phases["cabis-23"].status == Status.PROVISIONAL


@pytest.mark.parametrize(("edition", "month"), [(n, 4 if n % 2 else 10) for n in range(133, 143)])
def test_canton_phases_keep_the_pattern_with_three_changeover_days(edition: int, month: int) -> None:
    first, second, third = (phase_dates(f"canton-{edition}-{k}") for k in (1, 2, 3))
    assert (first[0].month, first[0].day) == (month, 15)
    assert second[0] - first[1] == timedelta(days=4)
    assert third[0] - second[1] == timedelta(days=4)
    assert all(end - start == timedelta(days=4) for start, end in (first, second, third))


@pytest.mark.parametrize(("canton", "ciie"), [(134, 6), (136, 7), (138, 8), (140, 9), (142, 10)])
def test_canton_autumn_ends_the_day_before_ciie_opens(canton: int, ciie: int) -> None:
    end, start = phase_dates(f"canton-{canton}-3")[1], phase_dates(f"ciie-{ciie}")[0]
    assert ((end.month, end.day), (start.month, start.day)) == ((11, 4), (11, 5))
    assert start - end == timedelta(days=1)


@pytest.mark.parametrize(("ciie", "chtf"), [(7, 26), (8, 27)])
def test_chtf_opens_four_days_after_ciie_closes(ciie: int, chtf: int) -> None:
    assert phase_dates(f"chtf-{chtf}")[0] - phase_dates(f"ciie-{ciie}")[1] == timedelta(days=4)


def test_cismef_2025_opens_the_day_after_summer_davos_closes() -> None:
    assert phase_dates("cismef-20")[0] - phase_dates("sdavos-16")[1] == timedelta(days=1)


def test_ciftis_2026_and_caexpo_2026_leave_three_free_days() -> None:
    assert phase_dates("ciftis-2026") == (date(2026, 9, 9), date(2026, 9, 13))
    assert phase_dates("cabis-23") == (date(2026, 9, 17), date(2026, 9, 21))


@pytest.mark.parametrize("edition", [133, 135, 137, 139, 141])
def test_canton_spring_phase_3_lies_in_the_labour_day_days(edition: int) -> None:
    start, end = phase_dates(f"canton-{edition}-3")
    assert ((start.month, start.day), (end.month, end.day)) == ((5, 1), (5, 5))


def test_the_fairs_of_2014_are_dated() -> None:
    assert phase_dates("cismef-11") == (date(2014, 10, 11), date(2014, 10, 14))
    assert phase_dates("chtf-16") == (date(2014, 11, 16), date(2014, 11, 21))


# -- deadlines


def test_deadlines_that_close_applications_are_dated_sourced_and_before_the_opening() -> None:
    closing = [m for m in rows("milestones") if m.closes]
    assert {m.phase_id for m in closing} == {f"canton-{n}-{k}" for n in (133, 136, 138) for k in (1, 2, 3)}
    for milestone in closing:
        assert milestone.due
        assert milestone.confidence == Confidence.SOURCED
        assert milestone.due < phase_dates(milestone.phase_id)[0]


def test_canton_applications_close_138_days_ahead_in_autumn_and_146_in_spring() -> None:
    def ahead(milestone_id: str, phase_id: str) -> int:
        return (phase_dates(phase_id)[0] - by_id("milestones")[milestone_id].due).days

    assert ahead("D-CF138-G-1", "canton-138-1") == 138
    assert ahead("D-CF136-G-1", "canton-136-1") == 138
    assert ahead("D-CF133-G-1", "canton-133-1") == 146


def test_stated_deadlines_are_not_moved_off_weekends() -> None:
    stated = [by_id("milestones")[f"D-GZ-Q{n}"].due for n in (1, 2, 3, 4)]
    assert stated == [date(2023, 4, 22), date(2023, 7, 15), date(2023, 10, 15), date(2024, 1, 15)]
    assert [day.weekday() for day in stated] == [5, 5, 6, 0]


def test_undated_milestones_say_when_in_words() -> None:
    undated = {m.milestone_id: m.relation for m in rows("milestones") if m.due is None}
    assert [key for key, relation in undated.items() if relation in ("", "before", "by", "from", "in")] == []


# -- roles


def test_chinese_delegations_buy_at_ciie_and_do_not_exhibit() -> None:
    assert by_id("fairs")["ciie"].roles == (Role.BUY,)


def test_only_the_hong_kong_week_counts_as_promotion() -> None:
    assert [fair.fair_id for fair in rows("fairs") if fair.promotes] == ["gz-hk"]


def test_emerging_and_key_markets_are_those_of_the_documents() -> None:
    classes = {m.market_id: m.market_class for m in rows("markets")}
    assert {m for m, c in classes.items() if c == "key"} == {"europe", "n-america"}
    assert {m for m, c in classes.items() if c == "emerging"} == {"asean", "c-asia", "s-america", "africa", "mideast"}


# -- the reader


def test_the_intake_room_reads_the_same_rows() -> None:
    read = read_reference()
    for table in SHARED:
        assert sorted(read[table.name], key=repr) == sorted(rows(table.name), key=repr), table.name
