"""Giving out places: rows and check agree where booths are kept back, handed out by the procedure, or drawn by lot."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import numpy as np
import pytest

from fairplanner.domain.giving import Draw
from fairplanner.domain.kinds import FirmKind, StandKind
from fairplanner.domain.packs import Pack, QuotaRules
from fairplanner.domain.programme import Programme
from fairplanner.errors import NoPlan
from fairplanner.pose.posing import pose
from fairplanner.rules import check
from fairplanner.rules.allotment import Allotment
from fairplanner.rules.booth_quota import BoothQuota
from fairplanner.rules.booths_in_order import BoothsInOrder
from fairplanner.rules.rank_respected import RankRespected
from fairplanner.solver.extract import plan_of
from fairplanner.solver.solve import solve
from tests import builders as b
from tests.properties.agreement import check_face, likely_vectors, random_vectors, row_face

RULES = (Allotment(), BoothQuota(), BoothsInOrder(), RankRespected())
SEEDS = range(24)


def quota_pack(random: Random) -> Pack:
    rules = QuotaRules(
        least_export_usd=random.choice([{}, {FirmKind.PRODUCER: Decimal(750_000)}]), most_booths=random.choice([None, 2]),
        most_below=random.choice([None, (1, 5), (1, 2)]), brand_floor=random.choice([None, 2]), booth_formula=random.random() < 0.7,
    )  # fmt: skip
    return b.pack(pack_id="canton", quota=rules).model_copy(update={"subsidies": ()})


def giving(seed: int) -> Programme:
    """A programme of a number: six firms at two phases of a fair whose places are given in order."""
    random = Random(seed)  # noqa: S311 - drawn evenly, no secret
    firms = tuple(
        b.firm(
            f"f{i}",
            random.choice(["east", "west"]),
            export_usd=random.choice([None, Decimal(100_000), Decimal(900_000)]),
        )
        for i in range(6)
    )
    asked = tuple(
        b.application(
            f.firm_id, q, booths=random.randint(1, 4), least_booths=1, score=random.choice([None, 55.5, 70.0, 81.0, 90.0]),
            stand=random.choice([StandKind.STANDARD, StandKind.STANDARD, StandKind.BRAND]), section_id=random.choice(["", "expo-tea"]) if q == "expo-1-1" else "",
        )
        for f in firms for q in ("expo-1-1", "expo-1-2") if random.random() < 0.8
    )  # fmt: skip
    tables: dict[str, Any] = {
        "sections": (b.section(),), "targets": (), "firms": firms, "applications": asked, "phases": b.a_programme().phases,
        "choices": (b.choice("expo", policy=random.choice(["rank", "rank", "lottery"])),),
        "draws": tuple(Draw(phase_id=q, number="2024131", on="2024-10-20", witness="x", **b.SAMPLE) for q in ("expo-1-1", "expo-1-2")),
        "quotas": (b.quota("expo-1-1", random.randint(3, 9), reserve=random.randint(0, 2), base_score=random.choice([None, 60.0])),
                   b.quota("expo-1-2", random.randint(2, 5), random.choice(["prov", "west"]), reserve=random.choice([0, 1]))),
        "decisions": tuple(b.decision(f"d{i}", "must-go", "expo-1-1", firm_id=f) for i, f in enumerate(random.sample(["f1", "f2"], random.randint(0, 1)))),
    }  # fmt: skip
    return b.packed(quota_pack(random), **tables)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_rows_and_check_find_the_same_labels_with_the_same_amounts(seed: int) -> None:
    programme, rng = giving(seed), np.random.default_rng(seed)
    problem = pose(programme)
    faces = {rule.key: row_face(rule, problem) for rule in RULES}
    drawn = [likely_vectors(problem, rng), *(random_vectors(problem, rng, share) for share in (0.1, 0.4, 0.8))]
    for vectors in drawn:
        plan = plan_of(problem, vectors)
        for rule in RULES:
            assert faces[rule.key].broken(vectors) == check_face(rule, programme, plan), rule.key


@pytest.mark.parametrize("seed", range(8))
def test_solved_plans_pass(seed: int) -> None:
    programme = giving(seed)
    try:
        solved = solve(pose(programme), seconds=60, workers=2)
    except NoPlan as error:
        assert any(guilty.rule in ("decisions", "booth-quota") for guilty in error.guilty), error  # noqa: PT017
        return
    assert check(programme, solved.plan) == ()
    assert solved.plan.participations


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_packages_left_out_by_an_allotment_are_condemned_by_it(seed: int) -> None:
    from tests.rules.plans import place, plan

    programme = giving(seed)
    for e in pose(programme).excluded:
        if e.rule == "allotment":
            facts = dict(e.facts)
            a = programme.application[facts["application"]]
            stand = place(a.firm_id, a.phase_id, section_id=a.section_id, stand=a.stand, booths=int(facts["booths"]))
            assert any(v.label == a.application_id for v in Allotment().check(programme, plan(programme, stand))), e
