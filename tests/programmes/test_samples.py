"""The shipped programmes are what the script writes, are plainly samples, and single out no real zone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from fairplanner.domain.kinds import Confidence, StandKind, Wish
from fairplanner.domain.programme import Programme
from fairplanner.intake import read_programme
from tests.programmes.make_samples import CATALOGS, SAMPLES

HERE = Path(__file__).parent
LEAST = {"guizhou-2025": (150, 400), "guizhou-2027": (150, 400), "guangdong-2014": (120, 200)}
MADE_UP = (
    "firms",
    "applications",
    "posts",
    "funds",
    "subsidies",
    "quotas",
    "prices",
    "fares",
    "rates",
    "choices",
    "targets",
    "decisions",
    "ledger",
    "costs",
    "instalments",
    "awards",
    "approvals",
    "blackouts",
    "activities",
    "notices",
    "deposits",
)


@pytest.fixture(scope="module", params=sorted(SAMPLES))
def programme(request: pytest.FixtureRequest) -> Programme:
    return read_programme(CATALOGS / request.param)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_committed_folder_is_what_the_script_writes(name: str) -> None:
    texts = SAMPLES[name]()
    folder = CATALOGS / name
    shipped = [path for path in folder.rglob("*") if path.suffix in (".csv", ".toml")]
    assert sorted(path.relative_to(folder).as_posix() for path in shipped) == sorted(texts)
    for file, text in texts.items():
        assert (folder / file).read_bytes().decode("utf-8") == text, file


def test_every_made_up_row_says_sample(programme: Programme) -> None:
    assert programme.settings.sample
    for table in MADE_UP:
        odd = [
            row
            for row in getattr(programme, table)
            if row.confidence is not Confidence.SAMPLE or "示例" not in row.source
        ]
        assert odd == [], table


def test_every_name_of_firm_fund_and_post_says_sample(programme: Programme) -> None:
    names = [row.name_zh for row in (*programme.firms, *programme.funds, *programme.subsidies)] + [
        row.title_zh for row in programme.posts
    ]
    assert [name for name in names if "示例" not in name] == []
    english = [row.name_en for row in (*programme.firms, *programme.funds, *programme.subsidies)] + [
        row.title_en for row in programme.posts
    ]
    assert [name for name in english if "ample" not in name] == []
    assert all(row.firm_id.startswith("SAMPLE-") for row in programme.firms)


def test_no_zone_has_a_score_or_more_refusals_than_another(programme: Programme) -> None:
    assert [a.application_id for a in programme.applications if a.score is not None] == []
    zone = {firm.firm_id: firm.zone_id for firm in programme.firms}
    firms = Counter(zone.values())
    refusals = Counter(zone[a.firm_id] for a in programme.applications if a.wish is Wish.REFUSES)
    assert len(set(firms.values())) == 1
    assert set(refusals) == set(firms)
    assert len(set(refusals.values())) == 1


def test_no_zone_is_pinned_and_every_zone_below_has_the_same_money(programme: Programme) -> None:
    assert [d.decision_id for d in programme.decisions if d.zone_id] == []
    root = programme.settings.root
    for nature in {fund.nature for fund in programme.funds}:
        assert len({fund.amount for fund in programme.funds if fund.zone_id != root and fund.nature is nature}) <= 1


def test_there_are_enough_firms_and_applications(programme: Programme) -> None:
    firms, applications = LEAST[programme.settings.id]
    assert len(programme.firms) >= firms
    assert len(programme.applications) >= applications


def test_2025_asks_for_every_kind_of_stand_and_for_fairs_without_dates() -> None:
    programme = read_programme(CATALOGS / "guizhou-2025")
    assert {a.stand for a in programme.applications} == set(StandKind)
    undated = {phase.phase_id for phase in programme.undated()}
    assert {a.phase_id for a in programme.applications} & undated == {"gz-hk-2023-2025-2026", "cccme-sg-2025"}
    assert any(a.least_booths > 1 for a in programme.applications)
    assert [
        a.application_id for a in programme.applications if a.received and a.received > programme.settings.as_of
    ] == []


def test_2027_invents_no_date() -> None:
    programme = read_programme(CATALOGS / "guizhou-2027")
    own = read_programme(CATALOGS / "guizhou-2025")
    added = {phase.phase_id: phase for phase in programme.phases if phase.phase_id not in own.phase}
    assert added
    assert [
        q for q, phase in added.items() if phase.start or phase.end or phase.confidence is not Confidence.UNKNOWN
    ] == []
    assert {phase.status.value for phase in programme.in_window()} == {"projected"}


def test_2014_plans_the_three_fairs_of_the_notice() -> None:
    programme = read_programme(CATALOGS / "guangdong-2014")
    assert {programme.phase[a.phase_id].fair_id for a in programme.applications} == {"canton", "chtf", "cismef"}
    assert {phase.edition for phase in programme.in_window()} == {"116", "16", "11"}


@pytest.mark.parametrize("name", ["tiny", "busy", "impossible"])
def test_small_programmes_can_be_read(name: str) -> None:
    programme = read_programme(HERE / name)
    assert programme.settings.id == name
    assert {a.confidence for a in programme.applications} == {Confidence.SAMPLE}
