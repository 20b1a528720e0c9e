"""What the scalar reckoning makes of a worked example: its plan, and what is found of each claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fairplanner.domain.kinds import CostLine
from fairplanner.domain.packs import Subsidy
from fairplanner.domain.plan import Claim, Journey, Participation, Plan
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.eligibility import refused
from fairplanner.rules.reckon.entitlement import COUNTED, Entitled, entitled
from fairplanner.rules.reckon.grants import account, settled
from fairplanner.rules.reckon.limits import Cell, cell_of
from fairplanner.rules.reckon.turns import stored_turn, turn_numbers
from tests.catalogs.pack_cases import Case, Expected, JourneySaid, StandSaid, others_at, programme_of
from tests.rules import plans

NO_CAPS = {"base", *COUNTED, "rate", "rounded"}
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Reckoned:
    """A case as a programme and a plan, and by (firm, fair or `year`, subsidy) what was found."""

    programme: Programme
    plan: Plan
    found: dict[Key, Expected]


@dataclass(frozen=True)
class _Basis:
    """What a claim rests on: a stand, or one fair of a journey."""

    subsidy: Subsidy
    place: Participation
    said: StandSaid
    journey: Journey | None = None


class _Reckoning:
    def __init__(self, case: Case) -> None:
        self.case, self.programme = case, programme_of(case)
        self.fair_of = {f.phase_id: f.id for f in case.fairs}
        self.phase_of = {f.id: f.phase_id for f in case.fairs}
        self.places = {(s.firm, s.fair, s.section): self._place(s) for s in case.stands}
        self.journeys = tuple(self._journey(j) for j in case.journeys)

    def _place(self, s: StandSaid) -> Participation:
        return plans.place(
            s.firm, self.phase_of[s.fair], section_id=s.section, role=s.role, stand=s.stand, booths=s.booths,
            people=s.people, stand_cost=s.price * s.booths, other_cost=s.other_cost,
        )  # fmt: skip

    def _journey(self, j: JourneySaid) -> Journey:
        phases = tuple(self.phase_of[f] for f in j.fairs)
        return plans.journey(j.firm, *phases, people=j.people, fare=j.fare, lodging=j.lodging)

    def run(self) -> Reckoned:
        bases = list(self._bases())
        found = {x: Expected(firm=x[0], fair=x[1], subsidy=x[2], refused=why) for x, why in self._refused()}
        made = [(self._claim(basis, turn, given), given) for basis, turn, given in self._given(bases)]
        claims = settled(self.programme, [claim for claim, _ in made])
        found |= self._found(claims, [given for _, given in made])
        others = (plans.place(o, f.phase_id) for f in self.case.fairs for o in others_at(f))
        posed = [c for c in claims if c.entitled]
        plan = plans.plan(self.programme, *self.places.values(), *others, *self.journeys, *posed)
        return Reckoned(self.programme, plan, found)

    def _all(self) -> Iterator[tuple[_Basis, str]]:
        """Every basis with the reason why its subsidy does not pay, '' where it does."""
        for subsidy in self.programme.subsidy.values():
            for said in self.case.stands:
                place = self.places[said.firm, said.fair, said.section]
                if subsidy.subsidy_id in map(self.case.full_id, said.without):
                    continue
                why = refused(
                    self.programme, subsidy, said.firm, place.phase_id, role=said.role, stand=said.stand,
                    application=self.programme.application.get(place.application_id),
                )  # fmt: skip
                own = [j for j in self.journeys if j.firm_id == said.firm and place.phase_id in j.phases]
                for journey in own if subsidy.on_journeys else [None]:
                    yield _Basis(subsidy, place, said, journey), why[0] if why else ""

    def _bases(self) -> Iterator[_Basis]:
        return (basis for basis, why in self._all() if not why)

    def _refused(self) -> Iterator[tuple[Key, str]]:
        for basis, why in self._all():
            if why:
                yield (
                    (basis.said.firm, basis.said.fair, basis.subsidy.subsidy_id.removeprefix(f"{self.case.pack}.")),
                    why,
                )

    def _given(self, bases: Sequence[_Basis]) -> Iterator[tuple[_Basis, int, Entitled]]:
        visits = defaultdict(list)
        for basis in bases:
            visits[basis.subsidy.subsidy_id, basis.said.firm].append(basis.place.phase_id)
        for basis in bases:
            numbers = turn_numbers(
                self.programme, basis.subsidy, basis.said.firm, visits[basis.subsidy.subsidy_id, basis.said.firm]
            )
            turn = stored_turn(basis.subsidy, numbers[basis.place.phase_id])
            yield basis, turn, self._entitled(basis, turn)

    def _entitled(self, basis: _Basis, turn: int) -> Entitled:
        on, place = basis.journey, basis.place
        costs = {CostLine.STAND: place.stand_cost} | {CostLine(line): amount for line, amount in place.other_cost}
        return entitled(
            self.programme, basis.subsidy, firm_id=place.firm_id, phase_id=place.phase_id,
            booths=0 if on else place.booths, people=on.people if on else place.people, phases=len(on.phases) if on else 1,
            costs={CostLine.FARE: on.fare, CostLine.LODGING: on.lodging} if on else costs,
            turn=turn, level=basis.said.level if basis.subsidy.menu else 0,
        )  # fmt: skip

    def _claim(self, basis: _Basis, turn: int, given: Entitled) -> Claim:
        place, on, level = basis.place, basis.journey, basis.said.level if basis.subsidy.menu else 0
        owner = f"{on.journey_id}/{place.phase_id}" if on else place.participation_id
        return Claim(
            claim_id=f"{owner}${basis.subsidy.subsidy_id}", subsidy_id=basis.subsidy.subsidy_id, firm_id=place.firm_id,
            phase_id=place.phase_id, participation_id="" if on else place.participation_id, turn=turn, level=level,
            journey_id=on.journey_id if on else "", fund_id="trade", entitled=given.amount, amount=given.amount,
        )  # fmt: skip

    def _found(self, claims: Sequence[Claim], given: Sequence[Entitled]) -> dict[Key, Expected]:
        cells: dict[Cell, list[tuple[Claim, Entitled]]] = defaultdict(list)
        for claim, one in zip(claims, given, strict=True):
            cell = cell_of(self.programme, claim.subsidy_id, claim.firm_id, claim.phase_id)
            cells[cell].append((claim, one))
        whole = [c.model_copy(update={"amount": c.entitled}) for c in claims]
        paid = account(self.programme, whole).cells
        return {x.key: x for x in (self._of(cell, made, paid[cell].by) for cell, made in cells.items())}

    def _of(self, cell: Cell, made: list[tuple[Claim, Entitled]], by: tuple[str, ...]) -> Expected:
        claims = [claim for claim, _ in made]
        return Expected(
            firm=cell.firm_id, fair=self.fair_of.get(cell.phase_id, "year"), turn=claims[0].turn, level=claims[0].level,
            subsidy=cell.subsidy_id.removeprefix(f"{self.case.pack}."), limits=tuple(sorted(self._short(x) for x in by)),
            entitled=sum((c.entitled for c in claims), Decimal(0)), paid=sum((c.amount for c in claims), Decimal(0)),
            caps=tuple(sorted({key for _, one in made for key, _ in one.trace} - NO_CAPS)),
        )  # fmt: skip

    def _short(self, limit_id: str) -> str:
        return limit_id.removeprefix(f"{self.case.pack}.")


def reckoned(case: Case) -> Reckoned:
    """The case, reckoned claim by claim and then together."""
    return _Reckoning(case).run()
