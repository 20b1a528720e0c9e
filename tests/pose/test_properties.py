"""Properties of posing over random programmes: order changes nothing, and the two reckonings agree."""

from __future__ import annotations

import random
from collections.abc import Hashable, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pandas as pd

from fairplanner.domain.kinds import PARTICIPATION_LINES, CostLine, Regime, Role, StandKind
from fairplanner.domain.plan import Stop
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.pose import pose
from fairplanner.pose.excluded import FACTS
from fairplanner.rules.reckon import applications, dates, money, points, score, tariff, travel, value
from fairplanner.rules.tables import SCHEMAS, Problem
from tests.pose.random_packs import drawn, posed

DRAWN = drawn(16, 60)
MIXED = (
    "phases",
    "zones",
    "firms",
    "applications",
    "funds",
    "subsidies",
    "quotas",
    "posts",
    "choices",
    "prices",
    "stays",
    "sections",
    "costs",
    "ledger",
)


def mixed(programme: Programme, seed: int) -> Programme:
    shuffle = random.Random(seed)  # noqa: S311  (not a secret)
    tables = {name: tuple(shuffle.sample(getattr(programme, name), len(getattr(programme, name)))) for name in MIXED}
    return Programme(**{name: getattr(programme, name) for name in Programme.model_fields} | tables)


@DRAWN
def test_the_order_of_input_rows_changes_nothing(seed: int) -> None:
    programme, one = posed(seed)
    other = pose(mixed(programme, seed))
    for name in SCHEMAS:
        pd.testing.assert_frame_equal(one.table(name), other.table(name))
    assert one.excluded == other.excluded


def day(ordinal: int) -> date:
    return date.fromordinal(int(ordinal))


COLUMN = {CostLine.STAND: "stand_cost", **{line: line.value for line in PARTICIPATION_LINES[1:]}}


def costs_of(programme: Programme, row: Mapping[Hashable, Any]) -> dict[CostLine, Decimal]:
    """Cost by line of a row of `participations`, by the scalar reckoning."""
    costs = dict.fromkeys(PARTICIPATION_LINES, Decimal(0))
    costs[CostLine.STAND] = money.stand_cost(programme, row["phase"], StandKind(row["stand"]), row["booths"])
    return costs | money.other_costs(programme, row["firm"], row["phase"], row["booths"], row["people"])


@DRAWN
def test_scores_values_and_stands_are_those_of_the_scalar_reckoning(seed: int) -> None:
    programme, problem = posed(seed)
    for row in problem.participations.to_dict("records"):
        costs = costs_of(programme, row)
        cost = sum(costs.values(), Decimal(0))
        assert {line: row[COLUMN[line]] for line in costs} == {line: money.to_fen(c) for line, c in costs.items()}
        assert row["value"] == value.participation_value(programme, row["score"], row["booths"])
        up = value.steps_up(programme, row["zone"], row["sponsor"]) * points.milli(programme.settings.value.step_up)
        assert row["gain"] == row["value"] - value.cost_value(programme, cost) - up
        if not row["invited"]:
            assert row["score"] == score.score(programme, programme.application[row["application"]])
    told = problem.parts.groupby("application")
    for application, parts in told:
        if application in programme.application:
            expected = score.score_parts(programme, programme.application[application])
            assert dict(zip(parts["part"], parts["points"], strict=True)) == expected


@DRAWN
def test_ranks_follow_the_written_order(seed: int) -> None:
    programme, problem = posed(seed)
    rows = problem.participations
    ranked = rows[rows["rank_group"] != ""].drop_duplicates("application")
    for group, members in ranked.groupby("rank_group"):
        asked = [programme.application[a] for a in members.sort_values("rank")["application"]]
        assert asked == sorted(asked, key=lambda a: score.order_key(programme, a))
        assert {f"{a.phase_id} · {a.section_id or '*'} · {score.quota_zone(programme, a)}" for a in asked} == {group}


@DRAWN
def test_what_is_posed_or_only_lacks_a_delegation_is_what_the_scalar_reckoning_calls_open(seed: int) -> None:
    programme, problem = posed(seed)
    unhosted = {dict(e.facts)["application"] for e in problem.excluded if e.rule == "hosting"}
    offered = set(problem.participations[~problem.participations["invited"]]["application"])
    unsent = {a.application_id for a in programme.applications if not sponsors_of(programme, a)}
    unsaid = {dict(e.facts)["application"] for e in problem.excluded if dict(e.facts).get("because") == "sends"}
    assert offered.isdisjoint(unhosted)
    assert unsaid <= unsent
    assert offered | (unhosted - unsent) == {
        a.application_id for a in programme.applications if applications.is_open(programme, a)
    }


def sponsors_of(programme: Programme, a: Application) -> tuple[str, ...]:
    return applications.sponsors(programme, programme.firm[a.firm_id].zone_id, a.recommended_by)


def roles_of(programme: Programme, problem: Problem, firm: str, phases: list[str]) -> list[tuple[str, Role]]:
    rows = problem.participations
    shown = set(rows[(rows["firm"] == firm) & (rows["role"] == "exhibit")]["phase"])
    asked = [a for a in programme.applications if a.firm_id == firm and a.role is Role.EXHIBIT]
    shown |= {a.phase_id for a in asked if applications.is_open(programme, a)}
    return [(q, Role.EXHIBIT if q in shown else Role.BUY) for q in phases]


@DRAWN
def test_journeys_are_those_of_the_scalar_reckoning(seed: int) -> None:
    programme, problem = posed(seed)
    for index, row in enumerate(problem.journeys.to_dict("records")):
        phases = list(problem.visits[problem.visits["journey"] == index].sort_values("order")["phase"])
        stops = roles_of(programme, problem, row["firm"], phases)
        home = programme.home(programme.firm[row["firm"]].zone_id)
        depart, back = dates.journey_dates(programme, home, stops)
        assert (row["depart"], row["return"]) == (depart.toordinal(), back.toordinal())
        fare, lodging = money.journey_cost(programme, home, tuple(phases), depart, back, row["people"])
        assert (row["fare"], row["lodging"]) == (money.to_fen(fare), money.to_fen(lodging))
        assert row["gain"] == -value.cost_value(programme, fare + lodging)
        assert all(dates.can_chain(programme, a, b) for a, b in pairwise(stops))
        assert row["phases"] == len(phases)
        assert row["journey"] == f"{row['firm']}:{'+'.join(phases)}*{row['people']}"
        apart = sum((cost_alone(programme, home, stop, row["people"]) for stop in stops), Decimal(0))
        assert row["saved"] == (money.to_fen(apart - fare - lodging) if len(phases) > 1 else 0)
        assert row["saved"] > 0 or len(phases) == 1


def cost_alone(programme: Programme, home: str, stop: tuple[str, Role], people: int) -> Decimal:
    depart, back = dates.journey_dates(programme, home, [stop])
    return sum(money.journey_cost(programme, home, (stop[0],), depart, back, people), Decimal(0))


@DRAWN
def test_every_place_can_be_travelled_to_alone_with_exactly_its_people(seed: int) -> None:
    _, problem = posed(seed)
    singles = problem.visits.join(problem.journeys[["people", "phases"]], on="journey").query("phases == 1")
    offered = set(singles[["firm", "phase", "people"]].itertuples(index=False, name=None))
    wanted = problem.participations[["firm", "phase", "people"]]
    assert set(wanted.itertuples(index=False, name=None)) <= offered
    assert problem.journeys["journey"].is_unique


@DRAWN
def test_official_parties_keep_their_limits_and_cost_what_the_scalar_reckoning_says(seed: int) -> None:
    programme, problem = posed(seed)
    looked_after = points.milli(programme.settings.value.delegation)
    for row in problem.delegations.to_dict("records"):
        trip = problem.trips.loc[row["trip"]]
        here = problem.stops[problem.stops["trip"] == row["trip"]].sort_values("order").to_dict("records")
        stops = tuple(Stop(phase_id=s["phase"], arrive=day(s["arrive"]), leave=day(s["leave"])) for s in here)
        depart, back = day(trip["depart"]), day(trip["return"])
        assert trip["days"] == dates.days_away(depart, back)
        if row["regime"] == Regime.HOME:
            assert (row["cost"], row["officials"], row["fund"]) == (0, 0, "")
            assert row["gain"] == -looked_after
            continue
        cost = tariff.party_cost(programme, trip["home"], stops, depart, back, row["officials"])
        total = sum(cost.values(), Decimal(0))
        assert row["cost"] == money.to_fen(total)
        assert row["gain"] == -value.cost_value(programme, total) - looked_after
        if not row["officials"]:
            assert row["cost"] == 0
            continue
        assert trip["days"] <= programme.profile(stops[0].phase_id).day_limits[trip["countries"] - 1]
        lines = [line for line, amount in cost.items() if amount]
        assert all(money.may_pay(programme, row["fund"], row["sponsor"], line, depart) for line in lines)
        for stop in stops:
            phase = programme.phase[stop.phase_id]
            present = dates.presence_days(phase.start, phase.end, stop.arrive, stop.leave)
            assert present >= programme.profile(stop.phase_id).min_presence_days
        ahead = programme.phase[stops[0].phase_id].place_id
        assert travel.arrives_on(programme, trip["home"], ahead, depart) <= stops[0].arrive


@DRAWN
def test_cash_leaves_funds_for_exactly_what_delegations_and_claims_cost(seed: int) -> None:
    _, problem = posed(seed)
    for name, column in (("delegations", "cost"), ("claims", "amount")):
        flows = problem.cashflows[problem.cashflows["table"] == name].groupby("row")["amount"].sum()
        costs = problem.table(name)[column]
        assert flows.to_dict() == costs[costs > 0].to_dict()


@DRAWN
def test_every_application_is_posed_or_excluded_with_a_reason(seed: int) -> None:
    programme, problem = posed(seed)
    told = {dict(e.facts).get("application") for e in problem.excluded}
    offered = set(problem.participations["application"])
    assert {a.application_id for a in programme.applications} <= told | offered
    assert set(problem.parts["application"]) == offered


@DRAWN
def test_every_exclusion_carries_the_facts_of_its_rule(seed: int) -> None:
    for excluded in posed(seed)[1].excluded:
        assert set(FACTS[excluded.rule]) <= {name for name, _ in excluded.facts}
