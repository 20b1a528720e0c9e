"""The law: one file per rule, each with two faces written apart."""

from __future__ import annotations

from collections.abc import Iterator

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.domain.uncollected import uncollected
from fairplanner.rules.allotment import Allotment
from fairplanner.rules.approvals import Approvals
from fairplanner.rules.asked_for import AskedFor
from fairplanner.rules.attendance import Attendance
from fairplanner.rules.awards import Awards
from fairplanner.rules.blackouts import Blackouts
from fairplanner.rules.booth_people import BoothPeople
from fairplanner.rules.booth_quota import BoothQuota
from fairplanner.rules.booths_in_order import BoothsInOrder
from fairplanner.rules.claim_counts import ClaimCounts
from fairplanner.rules.claim_exclusion import ClaimExclusion
from fairplanner.rules.claim_groups import ClaimGroups
from fairplanner.rules.claim_limits import ClaimLimits
from fairplanner.rules.claim_rounding import ClaimRounding
from fairplanner.rules.claim_shares import ClaimShares
from fairplanner.rules.claim_spread import ClaimSpread
from fairplanner.rules.claim_turns import ClaimTurns
from fairplanner.rules.claims import Claims
from fairplanner.rules.contract import Columns, Rows, Rule
from fairplanner.rules.deadline import Deadline
from fairplanner.rules.decisions import Decisions
from fairplanner.rules.delegation_size import DelegationSize
from fairplanner.rules.duties import Duties
from fairplanner.rules.equal_rates import EqualRates
from fairplanner.rules.fair_shares import FairShares
from fairplanner.rules.firm_teams import FirmTeams
from fairplanner.rules.fund_budget import FundBudget
from fairplanner.rules.fund_use import FundUse
from fairplanner.rules.hosting import Hosting
from fairplanner.rules.journey_people import JourneyPeople
from fairplanner.rules.kept import Kept
from fairplanner.rules.least_disruption import LeastDisruption
from fairplanner.rules.most_phases import MostPhases
from fairplanner.rules.official_days import OfficialDays
from fairplanner.rules.official_party import OfficialParty
from fairplanner.rules.one_delegation import OneDelegation
from fairplanner.rules.one_place import OnePlace
from fairplanner.rules.one_visit import OneVisit
from fairplanner.rules.own_money import OwnMoney
from fairplanner.rules.plan_value import PlanValue
from fairplanner.rules.presence import Presence
from fairplanner.rules.rank_respected import RankRespected
from fairplanner.rules.staff import Staff
from fairplanner.rules.tables import Problem
from fairplanner.rules.targets import Targets
from fairplanner.rules.travel_dates import TravelDates

RULES: tuple[Rule, ...] = (
    Allotment(),
    Approvals(),
    AskedFor(),
    Attendance(),
    Awards(),
    Blackouts(),
    BoothPeople(),
    BoothQuota(),
    BoothsInOrder(),
    ClaimCounts(),
    ClaimExclusion(),
    ClaimGroups(),
    ClaimLimits(),
    ClaimRounding(),
    ClaimShares(),
    ClaimSpread(),
    ClaimTurns(),
    Claims(),
    Deadline(),
    Decisions(),
    DelegationSize(),
    Duties(),
    EqualRates(),
    FairShares(),
    FirmTeams(),
    FundBudget(),
    FundUse(),
    Hosting(),
    JourneyPeople(),
    Kept(),
    LeastDisruption(),
    MostPhases(),
    OfficialDays(),
    OfficialParty(),
    OneDelegation(),
    OnePlace(),
    OneVisit(),
    OwnMoney(),
    PlanValue(),
    Presence(),
    RankRespected(),
    Staff(),
    Targets(),
    TravelDates(),
)


@uncollected()
def check(programme: Programme, plan: Plan) -> tuple[Violation, ...]:
    """Everything a plan breaks, sorted by rule and label; written from the rules' words, apart from what the solver used."""
    return tuple(sorted(v for rule in RULES for v in rule.check(programme, plan)))


def columns(problem: Problem) -> Iterator[tuple[str, Columns]]:
    """The private columns of every rule, with its key."""
    return ((rule.key, made) for rule in RULES for made in rule.columns(problem))


def rows(problem: Problem) -> Iterator[tuple[str, Rows]]:
    """The labelled rows of every rule, with its key."""
    return ((rule.key, made) for rule in RULES for made in rule.rows(problem))
