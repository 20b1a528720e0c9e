from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from fairplanner.domain.kinds import Role, StandKind, Status
from fairplanner.domain.plan import Plan, Stop
from fairplanner.domain.programme import Programme
from fairplanner.publish.agenda import Agenda, AudienceKind, Entry, EntryKind
from fairplanner.publish.book import AgendaBook, agenda
from tests import builders as b
from tests.publish import plans

K, E = AudienceKind, EntryKind
STAFF_KEYS = ("trip-out:", "trip-back:", "presence:")


def seen(
    kind: AudienceKind,
    subject: str = "",
    lang: str = "zh",
    programme: Programme | None = None,
    plan: Plan | None = None,
) -> Agenda:
    return agenda(programme or plans.programme(), plan or plans.plan(), kind, subject, lang)


def one(found: Agenda, key: str) -> Entry:
    (match,) = [e for e in found.entries if e.key == key]
    return match


def with_expo(**changes: Any) -> Programme:
    base = plans.programme()
    return plans.programme(phases=tuple(b.phase(**changes) if q.phase_id == "expo-1-1" else q for q in base.phases))


def days(found: Agenda) -> list[tuple[str, date, date]]:
    return [(e.key, e.first, e.last) for e in found.entries if e.kind is not E.DEADLINE]


def test_a_firm_sees_its_journey_set_up_fair_days_and_strike_in_date_order() -> None:
    assert days(seen(K.FIRM, "f3")) == [
        ("journey-out:f3/expo-1-1", date(2025, 4, 11), date(2025, 4, 11)),
        ("move-in:expo-1-1", date(2025, 4, 12), date(2025, 4, 14)),
        ("fair-days:expo-1-1", date(2025, 4, 15), date(2025, 4, 19)),
        ("move-out:expo-1-1", date(2025, 4, 20), date(2025, 4, 20)),
        ("journey-back:f3/expo-1-1", date(2025, 4, 20), date(2025, 4, 20)),
    ]


def test_a_delegation_abroad_shows_the_officials_travel_and_presence() -> None:
    found = days(seen(K.DELEGATION, "prov/abroad-1-1"))
    assert ("trip-out:prov/abroad-1-1", date(2025, 3, 17), date(2025, 3, 17)) in found
    assert ("presence:prov/abroad-1-1:abroad-1-1", date(2025, 3, 17), date(2025, 3, 20)) in found
    assert ("trip-back:prov/abroad-1-1", date(2025, 3, 20), date(2025, 3, 21)) in found


def test_officials_travel_stands_in_no_other_agenda() -> None:
    book = AgendaBook(plans.programme(), plans.plan(), "zh")
    for kind, subject in book.audiences():
        if kind is not K.DELEGATION:
            found = book.agenda(kind, subject)
            assert not [e.key for e in found.entries if e.key.startswith(STAFF_KEYS)], (kind, subject)
            assert not [e for e in found.entries if any("公务" in line or "带队" in line for line in e.lines)]


def test_a_standing_body_at_home_does_not_travel() -> None:
    assert {e.kind for e in seen(K.DELEGATION, "prov/expo-1-1").entries} == {
        E.MOVE_IN,
        E.FAIR_DAYS,
        E.MOVE_OUT,
        E.DEADLINE,
    }


def test_a_delegation_abroad_without_staff_has_no_trip_of_its_own() -> None:
    plan = plans.plan(delegations=(plans.abroad(officials=0, posts=()),))
    assert not [e for e in seen(K.DELEGATION, "prov/abroad-1-1", plan=plan).entries if e.key.startswith(STAFF_KEYS)]


def test_a_trip_over_two_countries_shows_presence_at_each_stop_and_the_whole_route() -> None:
    base = plans.programme()
    second = b.phase(
        "abroad", 2, phase_id="abroad-1-2", start=date(2025, 3, 24), end=date(2025, 3, 26), place_id="harbour"
    )
    stops = (
        Stop(phase_id="abroad-1-1", arrive=date(2025, 3, 17), leave=date(2025, 3, 20)),
        Stop(phase_id="abroad-1-2", arrive=date(2025, 3, 23), leave=date(2025, 3, 25)),
    )
    plan = plans.plan(delegations=(plans.abroad(stops=stops, return_=date(2025, 3, 26)),))
    found = seen(K.DELEGATION, "prov/abroad-1-1", programme=plans.programme(phases=(*base.phases, second)), plan=plan)
    assert [e.first for e in found.entries if e.kind is E.PRESENCE] == [date(2025, 3, 17), date(2025, 3, 23)]
    assert one(found, "trip-out:prov/abroad-1-1").lines[0] == "路线：hills→lion→harbour→hills"


@pytest.mark.parametrize("role", [Role.BUY, Role.VISIT, Role.NEGOTIATE])
def test_those_who_do_not_exhibit_see_no_set_up(role: Role) -> None:
    part = plans.place("f1", role=role, stand=StandKind.NONE, booths=0)
    found = seen(K.FIRM, "f1", plan=plans.plan(participations=(part,), journeys=(), claims=()))
    assert {e.kind for e in found.entries} == {E.FAIR_DAYS, E.DEADLINE}
    assert not any("展位" in line for line in one(found, "fair-days:expo-1-1").lines)


def test_a_firm_in_the_fairs_own_city_does_not_travel() -> None:
    base = plans.programme()
    zones = tuple(b.zone("west", "prov", place_id="harbour") if z.zone_id == "west" else z for z in base.zones)
    assert {e.kind for e in seen(K.FIRM, "f3", programme=plans.programme(zones=zones)).entries} == {
        E.MOVE_IN,
        E.FAIR_DAYS,
        E.MOVE_OUT,
        E.DEADLINE,
    }


def test_days_of_set_up_that_the_organiser_has_stated_are_firm_and_default_ones_are_not() -> None:
    assumed = one(seen(K.FIRM, "f3"), "move-in:expo-1-1")
    stated = one(seen(K.FIRM, "f3", programme=with_expo(move_in_days=2)), "move-in:expo-1-1")
    assert (assumed.is_firm, assumed.title) == (False, "筹展：第1届expo展第1期（暂定，天数为推算）")
    assert (stated.is_firm, stated.title, stated.first) == (True, "筹展：第1届expo展第1期", date(2025, 4, 13))


def test_default_days_of_set_up_at_projected_dates_say_both() -> None:
    entry = one(seen(K.FIRM, "f3", programme=with_expo(status=Status.PROJECTED)), "move-in:expo-1-1")
    assert entry.title == "筹展：第1届expo展第1期（暂定，据往届推算）"
    assert [("据往届推算" in line, "默认天数" in line) for line in entry.lines] == [(True, False), (False, True)]


def test_a_fair_without_booths_counts_firms_alone() -> None:
    part = plans.place("f1", role=Role.BUY, stand=StandKind.NONE, booths=0)
    found = seen(K.FAIR, "expo", plan=plans.plan(participations=(part,), journeys=(), claims=()))
    assert one(found, "fair-days:expo-1-1").lines == ("1 家企业",)


def test_no_set_up_days_make_no_entry() -> None:
    found = seen(K.FIRM, "f3", programme=with_expo(move_in_days=0, move_out_days=0))
    assert not {e.kind for e in found.entries} & {E.MOVE_IN, E.MOVE_OUT}


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("zh", "第1届expo展第1期（暂定，据往届推算）"),
        ("en", "expo fair, edition 1, phase 1 (provisional, projected from past editions)"),
    ],
)
def test_projected_dates_are_tentative_and_every_title_says_so(lang: str, title: str) -> None:
    found = seen(K.FIRM, "f3", lang, with_expo(status=Status.PROJECTED, move_in_days=1, move_out_days=1))
    entry = one(found, "fair-days:expo-1-1")
    assert (entry.is_firm, entry.title) == (False, title)
    marks = ("暂定", "provisional")
    assert all(any(m in e.title for m in marks) and not e.is_firm for e in found.entries if e.kind is not E.DEADLINE)


def test_a_journey_is_as_sure_as_its_least_sure_phase() -> None:
    base = plans.programme()
    phases = tuple(
        b.phase("expo", 2, start=date(2025, 4, 25), end=date(2025, 4, 29), status=Status.PROJECTED)
        if q.phase_id == "expo-1-2"
        else q
        for q in base.phases
    )
    parts = (plans.place("f1"), plans.place("f1", "expo-1-2"))
    plan = plans.plan(
        participations=parts,
        journeys=(plans.journey("f1", ("expo-1-1", "expo-1-2"), return_=date(2025, 4, 30)),),
        claims=(),
    )
    found = seen(K.FIRM, "f1", programme=plans.programme(phases=phases), plan=plan)
    out = one(found, "journey-out:f1/expo-1-1+expo-1-2")
    assert (out.is_firm, out.title) == (False, "去程：hills至harbour（暂定，据往届推算）")


def test_counts_are_public_and_names_of_firms_are_the_delegations_own() -> None:
    public = one(seen(K.FAIR, "expo"), "fair-days:expo-1-1").lines
    own = one(seen(K.DELEGATION, "prov/expo-1-1"), "fair-days:expo-1-1").lines
    assert "2 家企业，折合 3 个标准展位" in public
    assert not any("示例企业" in line for line in public)
    assert "参展企业：示例企业f1、示例企业f3" in own


def test_no_score_and_no_money_stand_in_any_agenda() -> None:
    book = AgendaBook(plans.programme(), plans.plan(), "en")
    texts = [text for a in book.audiences() for e in book.agenda(*a).entries for text in (e.title, *e.lines)]
    assert texts
    assert not [t for t in texts if "63" in t or "2480" in t or "9999" in t or "10800" in t]


def test_a_firms_own_lines_say_how_it_takes_part() -> None:
    part = plans.place("f1", section_id="expo-tea", booths=2, invited=True)
    programme = plans.programme(sections=(b.section(),))
    lines = one(
        seen(K.FIRM, "f1", programme=programme, plan=plans.plan(participations=(part,), journeys=(), claims=())),
        "fair-days:expo-1-1",
    ).lines
    assert lines == (
        "参加方式：参展，2 人",
        "展区：茶",
        "展位：标准展位，折合 2 个标准展位（18 平方米）",
        "组团单位：prov区",
        "邀请参加：企业尚未报名",
    )


def test_the_same_fact_has_the_same_key_in_every_agenda_and_language() -> None:
    def keys(lang: str) -> dict[tuple[str, str], set[str]]:
        book = AgendaBook(plans.programme(), plans.plan(), lang)
        return {a: {e.key for e in book.agenda(*a).entries} for a in book.audiences()}

    zh, en = keys("zh"), keys("en")
    assert zh == en
    for audience in (
        (K.FIRM, "f1"),
        (K.ZONE, "prov"),
        (K.FAIR, "expo"),
        (K.EVERYTHING, ""),
        (K.DELEGATION, "prov/expo-1-1"),
    ):
        assert "fair-days:expo-1-1" in zh[audience]


def test_keys_are_unique_within_an_agenda() -> None:
    book = AgendaBook(plans.programme(), plans.plan(), "zh")
    for audience in book.audiences():
        keys = [e.key for e in book.agenda(*audience).entries]
        assert len(keys) == len(set(keys)), audience


def test_an_audience_with_nothing_has_an_empty_agenda_and_an_unknown_one_is_an_error() -> None:
    empty = plans.plan(delegations=(), participations=(), journeys=(), claims=(), targets=())
    assert seen(K.FIRM, "f1", plan=empty).entries == ()
    with pytest.raises(KeyError):
        seen(K.FIRM, "nobody")


def test_an_agenda_carries_its_revision_its_instant_and_whether_it_is_a_sample() -> None:
    found = seen(K.EVERYTHING, plan=plans.plan(revision=3))
    assert (found.revision, found.stamp, found.sample) == (3, datetime(2024, 11, 1, tzinfo=UTC), True)
    assert found.about == "测试，第3稿，数据截至2024年11月1日（周五）。"


def test_the_order_of_rows_changes_nothing() -> None:
    plan = plans.plan()
    turned = plan.model_copy(
        update={name: tuple(reversed(getattr(plan, name))) for name in ("delegations", "participations", "journeys")}
    )
    for kind, subject in AgendaBook(plans.programme(), plan, "zh").audiences():
        assert seen(kind, subject, plan=plan) == seen(kind, subject, plan=turned)
