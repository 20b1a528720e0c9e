"""Assumptions understood from what is typed, and programmes in which they hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fairplanner.domain.assuming import cell_text, key_text
from fairplanner.domain.duties import Activity
from fairplanner.domain.kinds import DecisionKind, Regime, Status
from fairplanner.domain.programme import Programme
from fairplanner.domain.tables import TABLES
from fairplanner.errors import CatalogueError
from fairplanner.explain.assuming import assumed, parsed, parsed_all, pinned
from fairplanner.report import report
from fairplanner.words import words
from tests.builders import SAMPLE, a_programme, decision, fund, settings

TABLE = {table.name: table for table in TABLES}


def after(*texts: str, programme: Programme | None = None) -> Programme:
    base = programme or a_programme()
    return assumed(base, parsed_all(base, texts))


def told(text: str, programme: Programme | None = None) -> list[str]:
    """The keys of what is wrong with a text."""
    with pytest.raises(CatalogueError) as caught:
        after(text, programme=programme)
    for lang in ("zh", "en"):
        sentences = report(caught.value.problems, lang)
        assert all("{" not in s.replace('+{"', "") for s in sentences)
        assert all(f"problems.{p.what}" in words(lang) for p in caught.value.problems)
    return [p.what for p in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("funds/travel.amount=342000", "342000"), ("funds/travel.amount=342,000.50", "342000.50"),
        ("funds/travel.amount+=42000", "242000"), ("funds/travel.amount-=50,000", "150000"),
        ("funds/travel.amount*=1.1", "220000"), ("funds/travel.amount*=110%", "220000"),
        (" funds/travel.amount = 1 ", "1"), ("资金来源/travel.金额=7", "7"), ("Funds/travel.Amount=7", "7"),
    ],
)  # fmt: skip
def test_an_amount_is_typed_whole_or_relative_to_what_stands_there(text: str, amount: str) -> None:
    assert after(text).fund["travel"].amount == Decimal(amount)


def test_a_row_may_be_named_by_its_name_where_only_one_has_it() -> None:
    named = a_programme(funds=(fund("a", name_zh="省级经费"), fund("b", name_zh="市级经费")), subsidies=())
    assert after("funds/省级经费.amount=5", programme=named).fund["a"].amount == 5


def test_what_stood_there_is_told() -> None:
    [a] = parsed(a_programme(), "funds/travel.amount+=1")
    assert (a.before, a.value) == ("200000", "200001")


def test_a_fair_is_dropped_by_cancelling_it() -> None:
    made = after("drop:expo-1-1")
    assert made.phase["expo-1-1"].status is Status.CANCELLED
    assert "expo-1-1" not in {q.phase_id for q in made.in_window()}


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("move:expo-1-1=+14d", date(2025, 4, 29)), ("move:expo-1-1=-2w", date(2025, 4, 1)),
        ("move:expo-1-1:+1周", date(2025, 4, 22)), ("move:expo-1-1+=3", date(2025, 4, 18)), ("move:expo-1-1=7", date(2025, 4, 22)),
    ],
)  # fmt: skip
def test_a_fair_is_moved_with_both_its_days(text: str, start: date) -> None:
    made = after(text).phase["expo-1-1"]
    assert made.start == start
    assert made.end is not None
    assert (made.end - start).days == 4


def test_official_business_moves_along_with_its_fair() -> None:
    rows = tuple(
        Activity(phase_id=q, zone_id="prov", on=date(2025, 4, 16), half="morning", what_zh="会见", **SAMPLE)
        for q in ("expo-1-1", "expo-1-2")
    )
    made = after("move:expo-1-1=+10d", programme=a_programme(activities=rows))
    assert [(x.phase_id, x.on) for x in made.activities] == [
        ("expo-1-1", date(2025, 4, 26)), ("expo-1-2", date(2025, 4, 16)),
    ]  # fmt: skip


def test_firms_and_zones_are_pinned_without_a_decision_of_anybody() -> None:
    made = after("must-go:f1@expo-1-1", "must-not:west@expo-1-2")
    told_ = {(d.kind, d.firm_id, d.zone_id, d.phase_id) for d in made.decisions}
    assert told_ == {
        (DecisionKind.MUST_GO, "f1", "", "expo-1-1"), (DecisionKind.MUST_NOT, "", "west", "expo-1-2"),
    }  # fmt: skip
    assert str(pinned("must-go", "f1", "expo-1-1")) == "must-go:f1@expo-1-1"


def test_rows_are_taken_away_and_added() -> None:
    base = a_programme(decisions=(decision(firm_id="f1"),))
    assert after("decisions/d1=-", programme=base).decisions == ()
    assert len(after("applications/f1/expo-1-1/-=-").applications) == len(base.applications) - 1
    text = 'posts/p2=+{"post_id": "p2", "title_zh": "副处长", "zone_id": "prov", "skill": "leader", "source": "x", "confidence": "user"}'
    assert set(after(text).post) == {"lead-1", "p2"}


def test_values_of_the_settings_are_assumed_together() -> None:
    made = after(
        "score.sector=50", "score.market=0", "programme.value.delegation=7", "window_to=2025年11月30日"
    ).settings
    assert (made.score.sector, made.score.market, made.value.delegation) == (50, 0, 7)
    assert made.window_to == date(2025, 11, 30)


@pytest.mark.parametrize("name", ["abroad", "cn-abroad"])
def test_a_profile_keeps_what_is_not_assumed(name: str) -> None:
    made = after(f"profiles.{name}.least_firms+=2").settings.profile_of(Regime.ABROAD)
    before = a_programme().settings.profile_of(Regime.ABROAD)
    assert made.least_firms == before.least_firms + 2
    assert made.model_copy(update={"least_firms": before.least_firms}) == before


def test_day_limits_that_are_assumed_outrank_a_travel_pack_as_those_of_the_file_do() -> None:
    made = after("profiles.abroad.day_limits=6;9").settings.profile_of(Regime.ABROAD)
    assert made.day_limits == (6, 9)
    assert "day_limits" in made.over_packs


def test_nothing_but_what_is_assumed_differs_and_the_base_stays_as_it_was() -> None:
    base = a_programme()
    kept = base.model_copy(deep=True)
    assert base.fund["travel"].amount == 200_000  # asked before, so that a look-up is remembered
    made = after("funds/travel.amount=1", programme=base)
    assert base == kept
    assert made.fund["travel"].amount == 1
    changed = [n for n in Programme.model_fields if getattr(made, n) != getattr(base, n)]
    assert changed == ["funds"]
    assert made.digest == ""


@pytest.mark.parametrize(
    "text", ["funds/travel.amount=342000", "decisions/d1=-", "must-not:f3@expo-1-2", "programme.gap=0.5"]
)
def test_what_is_printed_is_understood_again(text: str) -> None:
    base = a_programme(decisions=(decision(firm_id="f1"),))
    [a] = parsed(base, text)
    assert parsed(base, str(a)) == (a,)


def test_every_cell_of_a_programme_may_be_written_as_it_stands() -> None:
    base = a_programme(decisions=(decision(firm_id="f1"),))
    for table in TABLES:
        for row in getattr(base, table.name)[:1]:
            names = [n for n in type(row).model_fields if n not in table.key and cell_text(getattr(row, n))]
            texts = [f"{table.name}/{key_text(table, row)}.{n}={cell_text(getattr(row, n))}" for n in names]
            assert getattr(after(*texts, programme=base), table.name) == getattr(base, table.name)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("fund/travel.amount=3", "table-unknown-near"), ("xyz/travel.amount=3", "table-unknown"),
        ("funds/trave.amount=3", "reference-unknown-near"), ("funds/zzzz.amount=3", "reference-unknown"),
        ("funds/travel.amoun=3", "column-unknown-near"), ("funds/travel.amount=abc", "number"),
        ("funds/travel.amount=-5", "too-small"), ("funds/travel.reserve=2", "too-big"), ("firms/f1.teams=1.5", "whole-number"),
        ("phases/expo-1-1.start=x", "date"), ("phases/expo-1-1.start=2025-02-30", "date"),
        ("phases/expo-1-1.status=gone", "not-listed"), ("value.delegatoin=3", "setting-unknown-near"),
        ("packs=3", "setting-unknown"), ("profiles.moon.officials=3", "not-listed"), ("what", "assumption-form"),
        ("funds/travel=3", "assumption-form"), ("decisions/D9=+nonsense", "assumption-form"), ("decisions/D9=+[]", "assumption-form"),
        ("firms/f1.zone_id+=3", "assumption-no-number"), ("phases/expo-1-1.start+=soon", "assumption-days"),
        ("move:expo-1-1=+x", "assumption-days"), ("firms/f1.firm_id=g", "assumption-key"),
        ('decisions/D9=+{"kind": "must-go"}', "assumption-incomplete"), ("must-go:zz@expo-1-1", "reference-unknown"),
        ("must-go:f1@expo-1-11", "reference-unknown-near"), ("score.sector=50", "score-sum"),
        ("window_to=2024-01-01", "window-order"), ("window_to=2027-01-01", "window-long"), ("funds/travel.amount=", "value-missing"),
        ("settings=3", "setting-unknown"), ("zones/east.sends=perhaps", "yes-no"), ("fairness.zone_points=3;1", "fairness-order"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_with_its_cure(text: str, what: str) -> None:
    assert told(text) == [what]


def test_a_fair_without_days_cannot_be_moved() -> None:
    base = a_programme()
    phases = tuple(q.model_copy(update={"start": None, "end": None}) for q in base.phases)
    assert told("move:expo-1-1=+7d", a_programme(phases=phases)) == ["assumption-undated"]


def test_a_row_that_is_there_is_not_added_again() -> None:
    text = 'decisions/d1=+{"decision_id": "d1"}'
    assert told(text, a_programme(decisions=(decision(firm_id="f1"),))) == ["assumption-there"]


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(CatalogueError) as caught:
        parsed_all(a_programme(), ["funds/x.amount=1", "drop:y", "funds/travel.amount=5"])
    assert [p.file for p in caught.value.problems] == ["funds/x.amount=1", "drop:y"]


def test_later_texts_see_what_earlier_ones_assume() -> None:
    assert after("funds/travel.amount=100", "funds/travel.amount*=3").fund["travel"].amount == 300


def test_assumed_settings_stand_beside_assumed_tables() -> None:
    base = a_programme(settings=settings(currency="CNY"))
    made = assumed(base, parsed_all(base, ["value.delegation=1", "funds/travel.amount=9"]))
    assert (made.settings.value.delegation, made.fund["travel"].amount) == (1, 9)
