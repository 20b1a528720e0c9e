"""Properties of posed claims and cuts over random programmes with random packs: the two reckonings agree to the fen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal
from itertools import chain
from random import Random
from typing import Any

from fairplanner.domain.kinds import CostLine, Role, StandKind
from fairplanner.domain.packs import Subsidy
from fairplanner.domain.plan import Claim
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon import grants, money, value
from fairplanner.rules.reckon.eligibility import refused
from fairplanner.rules.reckon.entitlement import entitled
from fairplanner.rules.reckon.turns import posed_turns
from fairplanner.rules.tables import Problem
from tests.pose.random_packs import drawn, posed
from tests.pose.test_properties import costs_of

Row = Mapping[Hashable, Any]
DRAWN = drawn(32, 80)


def why_not(programme: Programme, subsidy: Subsidy, row: Row) -> str:
    """Why a row of `participations` does not fall under the subsidy, by the scalar reckoning; '' where it does."""
    asked = programme.application.get(row["application"])
    role, stand = Role(row["role"]), StandKind(row["stand"])
    why = refused(programme, subsidy, row["firm"], row["phase"], role=role, stand=stand, application=asked)
    return why[0] if why else ""


def eligible(programme: Programme, problem: Problem, subsidy: Subsidy) -> dict[tuple[str, str], list[int]]:
    """Rows of `participations` that fall under the subsidy, by firm and phase."""
    found = defaultdict(list)
    for index, row in enumerate(problem.participations.to_dict("records")):
        if not why_not(programme, subsidy, row):
            found[row["firm"], row["phase"]].append(index)
    return found


def expected(programme: Programme, problem: Problem) -> Iterator[tuple[str, Decimal]]:
    """Every claim that there can be, by id, with its entitlement by the scalar reckoning."""
    for subsidy in programme.subsidy.values():
        pairs = eligible(programme, problem, subsidy)
        for (firm, phase), places in pairs.items():
            owners = journeys_to(problem, firm, phase) if subsidy.on_journeys else stays(programme, problem, places)
            turns = posed_turns(programme, subsidy, firm, phase, [q for f, q in pairs if f == firm])
            for name, facts in owners:
                for turn in turns:
                    for level in range(1, len(subsidy.menu) + 1) if subsidy.menu else (0,):
                        made = entitled(
                            programme, subsidy, firm_id=firm, phase_id=phase, turn=turn, level=level, **facts
                        )
                        ends = (f"@{turn}" if turn else "") + (f"%{level}" if level else "")
                        yield f"{name}${subsidy.subsidy_id}{ends}", made.amount


def stays(programme: Programme, problem: Problem, places: list[int]) -> Iterator[tuple[str, dict[str, Any]]]:
    for row in problem.participations.iloc[places].to_dict("records"):
        yield (
            row["participation"],
            {"booths": row["booths"], "people": row["people"], "costs": costs_of(programme, row)},
        )


def journeys_to(problem: Problem, firm: str, phase: str) -> Iterator[tuple[str, dict[str, Any]]]:
    there = problem.visits[(problem.visits["firm"] == firm) & (problem.visits["phase"] == phase)]["journey"]
    for row in problem.journeys.loc[there].to_dict("records"):
        costs = {CostLine.FARE: money.from_fen(row["fare"]), CostLine.LODGING: money.from_fen(row["lodging"])}
        yield (
            f"{row['journey']}/{phase}",
            {"booths": 0, "people": row["people"], "phases": row["phases"], "costs": costs},
        )


@DRAWN
def test_every_claim_that_there_can_be_is_posed_with_what_the_scalar_reckoning_gives_and_no_other(
    seed: int,
) -> None:
    programme, problem = posed(seed)
    found = {c["claim"]: money.from_fen(c["amount"]) for c in problem.claims.to_dict("records")}
    assert found == {name: amount for name, amount in expected(programme, problem) if amount > 0}
    assert len(found) == len(problem.claims)
    for c in problem.claims.to_dict("records"):
        assert c["gain"] == value.claim_value(programme, money.from_fen(c["amount"]))
        assert (c["participation"] == -1) == programme.subsidy[c["subsidy"]].on_journeys
        assert (c["journey"] == -1) != (c["participation"] == -1)


@DRAWN
def test_what_is_told_of_claims_is_the_first_reason_of_the_scalar_reckoning(seed: int) -> None:
    programme, problem = posed(seed)
    for told in (e for e in problem.excluded if e.rule == "claims"):
        facts = dict(told.facts)
        rows = problem.participations[problem.participations["firm"] == told.firm_id].to_dict("records")
        why = {(r["phase"], why_not(programme, programme.subsidy[facts["subsidy"]], r)) for r in rows}
        assert told.count <= len({phase for phase, reason in why if reason == facts["reason"]})
        assert (told.phase_id, facts["reason"]) in why


def some_claims(random: Random, problem: Problem) -> list[Claim]:
    """Claims that could stand in one plan: at most one a subsidy and application, one a subsidy and visit."""
    rows = problem.claims.to_dict("records")
    owner = problem.participations["application"]
    chosen: dict[tuple[str, str, str], Row] = {}
    for row in random.sample(rows, len(rows)):
        whose = owner[row["participation"]] if row["participation"] >= 0 else row["firm"]
        if random.random() < 0.75:
            chosen.setdefault((row["subsidy"], whose, row["phase"]), row)
    return [
        Claim(
            claim_id=row["claim"], subsidy_id=row["subsidy"], participation_id="", firm_id=row["firm"], phase_id=row["phase"],
            fund_id=row["fund"], turn=row["turn"], level=row["level"], entitled=money.from_fen(row["amount"]), amount=money.from_fen(row["amount"]),
        )
        for row in chosen.values()
    ]  # fmt: skip


@DRAWN
def test_whatever_the_law_cuts_of_any_claims_can_be_cut_in_the_problem(seed: int) -> None:
    programme, problem = posed(seed)
    random = Random(seed)  # noqa: S311  (not a secret)
    most = {(c["subsidy"], c["firm"], c["phase"]): c["most"] for c in problem.cuts.to_dict("records")}
    accounts = [grants.account(programme, some_claims(random, problem)) for _ in range(3)]
    for cell, paid in chain.from_iterable(account.cells.items() for account in accounts):
        assert money.to_fen(paid.entitled) <= most.get(tuple(cell), money.to_fen(paid.entitled))
        assert money.to_fen(paid.cut) <= most.get(tuple(cell), 0)
        if paid.up_to:
            assert tuple(cell) in most


@DRAWN
def test_claims_and_cuts_are_booked_once_in_the_same_quarter_of_the_same_fund(seed: int) -> None:
    programme, problem = posed(seed)
    flows = problem.cashflows
    assert list(flows[flows["table"] == "claims"]["amount"]) == list(problem.claims["amount"])
    assert list(flows[flows["table"] == "cuts"]["amount"]) == [-1] * len(problem.cuts)
    booked = defaultdict(set)
    for name in ("claims", "cuts"):
        table = problem.table(name).to_dict("records")
        for flow in flows[flows["table"] == name].to_dict("records"):
            row = table[flow["row"]]
            yearly = programme.subsidy[row["subsidy"]].round_at == "year"
            booked[row["subsidy"], row["firm"], "" if yearly else row["phase"]].add(
                (flow["fund"], flow["quarter"], flow["line"])
            )
    assert all(len(where) == 1 for where in booked.values())
