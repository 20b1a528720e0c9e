from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from fairplanner.domain.kinds import Role, StandKind, Status
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.publish.agendas.agenda import Agenda, AudienceKind, Entry, EntryKind
from fairplanner.publish.agendas.book import AgendaBook, agenda
from tests import builders as b
from tests.publish import plans

K, E = AudienceKind, EntryKind


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
        "公示期满前展位为拟安排，以公示结果为准。",
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
    # whatever changes with every revision would change every feed: its number stands on paper only
    assert found.about == "测试"


def test_the_order_of_rows_changes_nothing() -> None:
    plan = plans.plan()
    turned = plan.model_copy(
        update={name: tuple(reversed(getattr(plan, name))) for name in ("delegations", "participations", "journeys")}
    )
    for kind, subject in AgendaBook(plans.programme(), plan, "zh").audiences():
        assert seen(kind, subject, plan=plan) == seen(kind, subject, plan=turned)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_agenda_holds_anything_of_an_official_party(lang: str) -> None:
    book = AgendaBook(plans.programme(), plans.plan(), lang)
    post = book.naming.post("lead-1")
    for kind, subject in book.audiences():
        for e in book.agenda(kind, subject).entries:
            said = " ".join((e.key, e.title, *e.lines))
            assert not [w for w in (post, "公务", "带队", "official party", "Official", "trip-") if w in said], (
                kind,
                said,
            )


def test_a_delegation_shows_on_which_days_how_many_of_its_firms_travel() -> None:
    found = [e for e in seen(K.DELEGATION, "prov/abroad-1-1").entries if e.kind in (E.TRAVEL_OUT, E.TRAVEL_BACK)]
    assert [(e.title, e.first) for e in found] == [
        ("去程：2 家企业赴lion", date(2025, 3, 15)),
        ("返程：2 家企业离开lion", date(2025, 3, 21)),
    ]
    assert found[0].lines == ("出发城市：hills", "行程时间为估算，以实际订票为准。")
    assert found[-1].last == date(2025, 3, 22)


def test_firms_that_leave_on_other_days_are_counted_apart() -> None:
    made = (plans.journey(), plans.journey("f3", depart=date(2025, 4, 12)))
    found = seen(K.DELEGATION, "prov/expo-1-1", plan=plans.plan(journeys=made)).entries
    assert [(e.first, "1 家企业" in e.title) for e in found if e.kind is E.TRAVEL_OUT] == [
        (date(2025, 4, 11), True),
        (date(2025, 4, 12), True),
    ]


@pytest.mark.parametrize(("lang", "one_of", "two_of"), [("zh", "（一队）", "（二队）"), ("en", "(team 1)", "(team 2)")])
def test_two_teams_that_are_out_at_once_are_told_apart(lang: str, one_of: str, two_of: str) -> None:
    parts = (plans.place("f1"), plans.place("f1", "abroad-1-1"))
    abroad = plans.journey("f1", ("abroad-1-1",), depart=date(2025, 3, 15), return_=date(2025, 4, 11))
    plan = plans.plan(participations=parts, journeys=(plans.journey(), abroad), claims=())
    found = seen(K.FIRM, "f1", lang, plan=plan).entries
    team = {e.key: one_of in e.title for e in found if e.key.startswith("journey-")}
    other = {e.key: two_of in e.title for e in found if e.key.startswith("journey-")}
    assert team == {key: "abroad-1-1" in key for key in team}
    assert other == {key: "expo-1-1" in key for key in team}
    assert len(team) == 4


def test_journeys_that_do_not_overlap_need_no_team() -> None:
    titles = [e.title for e in seen(K.FIRM, "f1").entries if e.key.startswith("journey-")]
    assert len(titles) == 4
    assert not [t for t in titles if "队" in t]


def test_a_delegation_names_its_exhibitors_and_its_other_firms_apart() -> None:
    lines = one(seen(K.DELEGATION, "prov/expo-1-1", plan=plans.mixed()), "fair-days:expo-1-1").lines
    assert {"参展企业：示例企业f1", "参会企业：示例企业f3"} <= set(lines)


def test_a_journey_keeps_its_key_when_another_person_joins() -> None:
    def key(people: int) -> str:
        made = plans.journey("f1", ("expo-1-1",)).model_copy(
            update={"journey_id": f"f1:expo-1-1*{people}", "people": people}
        )
        plan = plans.plan(participations=(plans.place("f1"),), journeys=(made,), claims=())
        return one(seen(K.FIRM, "f1", plan=plan), "journey-out:f1:expo-1-1").key

    assert key(2) == key(4)
