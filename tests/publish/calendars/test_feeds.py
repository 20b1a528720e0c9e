"""Feeds over several revisions: what changes, what keeps every byte."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar

from fairplanner.domain.kinds import Regime, Status
from fairplanner.domain.plan import Delegation, Plan
from fairplanner.domain.programme import Programme
from fairplanner.domain.published import Feed, FeedKey
from fairplanner.domain.revising import RETENTION
from fairplanner.publish.calendars.feeds import Made, feeds_of
from fairplanner.publish.calendars.lint import lint
from tests import builders as b
from tests.publish import plans

AT = datetime(2024, 11, 2, 8, tzinfo=UTC)
DAY = timedelta(days=1)
Standing = dict[FeedKey, Feed]


def publish(
    before: Standing, at: datetime, programme: Programme | None = None, plan: Plan | None = None
) -> tuple[Made, Standing]:
    made = feeds_of(programme or plans.programme(), plan or plans.plan(), before, at, "plan.example", ("zh", "en"))
    return made, before | {feed.key: feed for feed in made.changed}


def moved(days: int) -> tuple[Programme, Plan]:
    """The fair abroad later by some days, with everybody's travel."""
    base, plan, by = plans.programme(), plans.plan(), timedelta(days=days)
    abroad = {"abroad-1-1"}
    phases = tuple(
        q.model_copy(update={"start": q.start + by, "end": q.end + by}) if q.phase_id in abroad and q.start and q.end else q
        for q in base.phases
    )  # fmt: skip

    def later(row: object) -> object:
        return row.model_copy(update={"depart": row.depart + by, "return_": row.return_ + by})  # type: ignore[attr-defined]

    journeys = tuple(later(j) if abroad & set(j.phases) else j for j in plan.journeys)
    delegations = tuple(
        later(d).model_copy(update={"stops": tuple(s.model_copy(update={"arrive": s.arrive + by, "leave": s.leave + by}) for s in d.stops)})  # type: ignore[attr-defined]
        if abroad & {s.phase_id for s in d.stops} else d
        for d in plan.delegations
    )  # fmt: skip
    return plans.programme(phases=phases), plan.model_copy(update={"journeys": journeys, "delegations": delegations})


def events(feed: Feed) -> dict[str, dict[str, object]]:
    read = Calendar.from_ical(feed.content)
    return {str(e["UID"]): {k: e[k] for k in ("SEQUENCE", "SUMMARY", "STATUS")} | {
        "start": e["DTSTART"].dt, "modified": e["LAST-MODIFIED"].dt, "stamp": e["DTSTAMP"].dt, "created": e["CREATED"].dt,
    } for e in read.events}  # fmt: skip


def test_a_first_publication_is_stamped_with_its_own_time_and_passes_the_lint() -> None:
    made, standing = publish({}, AT)
    assert {c.key for c in made.changes} == {k for k, feed in standing.items() if feed.states}
    for feed in standing.values():
        assert lint(feed.content) == ()
        assert feed.etag == sha256(feed.content).hexdigest()
        assert feed.modified == AT
        for event in events(feed).values():
            assert (event["SEQUENCE"], event["created"], event["modified"], event["stamp"]) == (0, AT, AT, AT)


def test_the_same_plan_again_changes_no_byte_and_no_state() -> None:
    _, standing = publish({}, AT)
    made, again = publish(standing, AT + 9 * DAY, plan=plans.plan(revision=2, as_of=date(2024, 12, 1)))
    assert made == Made((), ())
    assert again == standing


def test_a_fair_that_moves_changes_its_own_entries_and_no_feed_that_has_none_of_them() -> None:
    _, standing = publish({}, AT)
    made, after = publish(standing, AT + DAY, *moved(21))
    touched = {feed.key.subject for feed in made.changed}
    assert "abroad" in touched
    assert "expo" not in touched
    for key, feed in standing.items():
        if feed.key not in {f.key for f in made.changed}:
            assert after[key] is feed
    before, now = (events(s[FeedKey("fair", "abroad", "en")]) for s in (standing, after))
    same = {
        uid for uid in now if now[uid]["start"] == before[uid]["start"] and now[uid]["STATUS"] == before[uid]["STATUS"]
    }
    assert before.keys() == now.keys(), "what moves keeps its UID"
    assert {now[uid]["SEQUENCE"] for uid in same} == {0}
    assert {(now[uid]["SEQUENCE"], now[uid]["modified"], now[uid]["created"]) for uid in now.keys() - same} == {
        (1, AT + DAY, AT)
    }


def test_a_journey_of_firms_moves_with_its_fair_and_keeps_its_uid() -> None:
    _, standing = publish({}, AT)
    made, _ = publish(standing, AT + DAY, *moved(21))
    (change,) = [c for c in made.changes if c.key == FeedKey("delegation", "prov/abroad-1-1", "en")]
    assert {(e.after.key.split(":")[0], e.what) for e in change.entries if e.after.key.startswith("firms-")} == {
        ("firms-out", "changed"),
        ("firms-back", "changed"),
    }


def with_days(plan: Plan) -> Plan:
    """A plan whose parties that travel have their days in their ids, as the planner names them."""

    def named(d: Delegation) -> Delegation:
        stops = "+".join(f"{s.phase_id}@{s.arrive:%m%d}-{s.leave:%m%d}" for s in d.stops)
        return d.model_copy(update={"delegation_id": f"{d.sponsor}:{stops}"})

    parties = (named(d) if d.regime is Regime.ABROAD else d for d in plan.delegations)
    return plan.model_copy(update={"delegations": tuple(parties)})


def test_a_partys_calendar_moves_with_its_fair_and_is_not_another_one_under_the_days_officials_travel() -> None:
    _, standing = publish({}, AT, plan=with_days(plans.plan()))
    programme, later = moved(21)
    made, after = publish(standing, AT + DAY, programme, with_days(later))
    assert after.keys() == standing.keys()
    (change,) = [c for c in made.changes if c.key == FeedKey("delegation", "prov:abroad-1-1", "zh")]
    assert {e.what for e in change.entries} == {"changed"}
    for feed in (*standing.values(), *after.values()):
        assert not re.search(r"\d{4}-\d{4}", feed.slug)


def without_abroad() -> Plan:
    plan = plans.plan()
    return plan.model_copy(update={
        "delegations": tuple(d for d in plan.delegations if d.stops[0].phase_id != "abroad-1-1"),
        "participations": tuple(p for p in plan.participations if p.phase_id != "abroad-1-1"),
        "journeys": tuple(j for j in plan.journeys if "abroad-1-1" not in j.phases),
        "claims": tuple(c for c in plan.claims if c.phase_id != "abroad-1-1"),
    })  # fmt: skip


def test_what_no_longer_takes_place_is_shown_as_cancelled_for_a_month_and_then_leaves() -> None:
    _, standing = publish({}, AT)
    key = FeedKey("delegation", "prov/abroad-1-1", "zh")
    made, after = publish(standing, AT + DAY, plan=without_abroad())
    assert {e.what for c in made.changes if c.key == key for e in c.entries} == {"cancelled"}
    for event in events(after[key]).values():
        assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
        assert str(event["SUMMARY"]).startswith("【取消】")
    assert b"TRANSP:OPAQUE" not in after[key].content
    assert lint(after[key].content) == ()
    still, same = publish(after, AT + DAY + RETENTION - timedelta(seconds=1), plan=without_abroad())
    assert still.changed == ()
    left, empty = publish(same, AT + DAY + RETENTION, plan=without_abroad())
    assert key in {f.key for f in left.changed}
    assert left.changes == (), "that a cancelled entry leaves is told to nobody"
    assert events(empty[key]) == {}
    assert empty[key].modified == AT + DAY + RETENTION
    assert lint(empty[key].content) == (), "a feed without entries is still a calendar"
    assert empty[key].title == standing[key].title


def test_time_goes_on_where_the_clock_went_back() -> None:
    _, standing = publish({}, AT)
    _, off = publish(standing, AT + DAY, plan=without_abroad())
    _, left = publish(off, AT + DAY + RETENTION, plan=without_abroad())
    made, _ = publish(left, AT + 9 * DAY, plan=without_abroad())
    assert made.changed == (), "what has left does not come back"
    back, after = publish(left, AT)
    assert back.changed
    for feed in back.changed:
        assert feed.modified > left[feed.key].modified
    assert all(e["STATUS"] != "CANCELLED" for feed in after.values() for e in events(feed).values())


def test_what_comes_back_is_told_as_restored_with_a_higher_sequence() -> None:
    _, standing = publish({}, AT)
    _, gone = publish(standing, AT + DAY, plan=without_abroad())
    made, back = publish(gone, AT + 60 * DAY)
    key = FeedKey("firm", "f2", "en")
    (change,) = [c for c in made.changes if c.key == key]
    assert {e.what for e in change.entries} <= {"restored", "changed"}
    assert max(int(str(e["SEQUENCE"])) for e in events(back[key]).values()) == 2


def test_a_date_that_is_confirmed_is_one_change_and_no_move() -> None:
    projected = tuple(
        b.phase(status=Status.PROJECTED) if q.phase_id == "expo-1-1" else q for q in plans.programme().phases
    )
    _, standing = publish({}, AT, plans.programme(phases=projected))
    made, after = publish(standing, AT + DAY)
    key = FeedKey("fair", "expo", "zh")
    assert key in {f.key for f in made.changed}
    before, now = events(standing[key]), events(after[key])
    assert {u: e["start"] for u, e in before.items()} == {u: e["start"] for u, e in now.items()}
    (uid,) = [u for u in now if now[u]["STATUS"] != before[u]["STATUS"]]
    assert (before[uid]["STATUS"], now[uid]["STATUS"], now[uid]["SEQUENCE"]) == ("TENTATIVE", "CONFIRMED", 1)


def test_uids_hang_on_the_host_of_the_store_and_the_programme() -> None:
    _, standing = publish({}, AT)
    assert {u.partition("@")[2] for feed in standing.values() for u in events(feed)} == {"test.plan.example"}


def test_a_new_title_alone_makes_new_bytes_and_tells_nobody() -> None:
    _, standing = publish({}, AT)
    renamed = plans.programme(
        firms=tuple(
            f.model_copy(update={"name_en": "Renamed"}) if f.firm_id == "f1" else f for f in plans.programme().firms
        )
    )
    made, _ = publish(standing, AT + DAY, renamed)
    key = FeedKey("firm", "f1", "en")
    assert key in {f.key for f in made.changed}
    (feed,) = [f for f in made.changed if f.key == key]
    assert feed.states == standing[key].states
    assert replace(feed, content=b"", etag="") != replace(standing[key], content=b"", etag="")
