"""Published generalised assignment instances as programmes, exactly: jobs are firms, agents are phases.

Instances: OR-Library gap1-12 (`cattrysse1994`) and gap a-d (`chu1997`), and Yagiura's (`yagiura2004`): `m n`, then m × n
costs, m × n weights, m capacities, all whole numbers. `data.csv` of the folder has best known values and bounds. Types D
and E must be minimised; here all are.

The map. Every phase is on the same days, so that a firm attends one at the most; its quota of booths is the agent's
capacity; the firm's application asks there for exactly the job's weight in booths, and is worth K - cost, with K the
largest cost. No money, no staff, no delegation counts. A firm without a place costs so much that no saving makes up for
it: every plan that places all is worth more than any that does not, and among those, value = n K - cost.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fairplanner.domain.kinds import StandKind
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.domain.settings import Fairness, ValueWeights
from tests import builders as b

MOST_COST = 100_000
"""A score has 100 points in thousandths: costs above this do not fit."""
NOTHING_ELSE = ValueWeights(further_booth=0, cost_per_1000=0, delegation=0, step_up=0, claim_per_1000=0)


@dataclass(frozen=True)
class Instance:
    """`costs` and `weights` agent × job, `capacities` by agent; minimise the cost of giving each job to one agent."""

    costs: tuple[tuple[int, ...], ...]
    weights: tuple[tuple[int, ...], ...]
    capacities: tuple[int, ...]

    @property
    def jobs(self) -> int:
        """How many jobs there are."""
        return len(self.costs[0])

    @property
    def constant(self) -> int:
        """What a plan that places every firm is worth more than its cost: n K."""
        return self.jobs * max(map(max, self.costs))

    @property
    def dearest(self) -> int:
        """What placing every firm can cost at the most."""
        return sum(max(column) for column in zip(*self.costs, strict=True))

    @property
    def fine(self) -> int:
        """What a firm without a place costs: more than the best of all places less the worst of all."""
        cheapest = sum(min(column) for column in zip(*self.costs, strict=True))
        return self.dearest - cheapest + max(map(max, self.costs)) + 1


def read(path: Path) -> Instance:
    """An instance from its file; raises ValueError where numbers are missing or too many."""
    numbers = [int(word) for word in path.read_text(encoding="ascii").split()]
    m, n = numbers[:2]
    if len(numbers) != 2 + 2 * m * n + m:
        raise ValueError(f"{path.name}: {len(numbers)} numbers for {m} agents and {n} jobs")
    table = [tuple(numbers[2 + i * n : 2 + (i + 1) * n]) for i in range(2 * m)]
    return Instance(tuple(table[:m]), tuple(table[m:]), tuple(numbers[2 + 2 * m * n :]))


def programme_of(instance: Instance) -> Programme:
    """The programme whose best plan is the best assignment; raises ValueError for costs above 100,000 or weights below 1."""
    most = max(map(max, instance.costs))
    if most > MOST_COST or min(map(min, instance.costs)) < 0 or min(map(min, instance.weights)) < 1:
        raise ValueError("costs must be 0 to 100,000 and weights at least 1")
    phases = tuple(
        b.phase("agents", i + 1, phase_id=f"a{i:03}", start=date(2025, 4, 15), end=date(2025, 4, 19))
        for i in range(len(instance.capacities))
    )
    applications = tuple(
        b.application(
            f"j{j:04}", f"a{i:03}", booths=weight, least_booths=weight, people=1, stand=StandKind.STANDARD,
            score=(most - instance.costs[i][j]) / 1000,
        )
        for i, row in enumerate(instance.weights) for j, weight in enumerate(row)
    )  # fmt: skip
    settings = b.settings(
        generic=True, value=NOTHING_ELSE, gap=0, fairness=Fairness(firm_points=(instance.fine / 1000,))
    )
    quotas = tuple(b.quota(f"a{i:03}", capacity) for i, capacity in enumerate(instance.capacities))
    return b.a_programme(
        settings=settings, fairs=(b.fair("agents"),), phases=phases, zones=(b.zone("prov"),),
        firms=tuple(b.firm(f"j{j:04}", "prov") for j in range(instance.jobs)), applications=applications, quotas=quotas,
        posts=(), funds=(), subsidies=(), prices=(), stays=(), choices=(), targets=(),
    )  # fmt: skip


def assignment_of(plan: Plan) -> dict[int, int]:
    """Agent by job, as a plan of such a programme gives them."""
    return {int(p.firm_id[1:]): int(p.phase_id[1:]) for p in plan.participations}


def cost_from(value: float | None, facts: dict[str, Any]) -> float | None:
    """Cost of a plan from its value; None where there is no plan, or not every firm has a place."""
    if value is None or value < facts["constant"] - facts["dearest"]:
        return None
    return float(facts["constant"] - value)


def facts_of(instance: Instance) -> dict[str, Any]:
    """What `cost_from` needs."""
    return {"constant": instance.constant, "dearest": instance.dearest}


def listed(folder: Path) -> list[dict[str, Any]]:
    """Every instance of `data.csv` that is in the folder: name, class, path, best known value and bound."""
    with (folder / "data.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        {
            "name": row["Path"], "class": row["Dataset"], "path": str((folder / row["Path"]).resolve()),
            "best_known": int(row["Best known solution value"]), "best_bound": int(row["Best known bound"]),
        }
        for row in rows if (folder / row["Path"]).is_file()
    ]  # fmt: skip
