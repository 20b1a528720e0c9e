"""`show --money`, as a user runs it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.publish.plan_json import plan_json, snapshot_json
from tests.programmes.packs_plan import packs_plan


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packs")
    programme, made = packs_plan()
    (folder / "programme.json").write_bytes(snapshot_json(programme))
    (folder / "plan.json").write_bytes(plan_json(made))
    return folder / "plan.json"


def run(*args: str, lang: str = "zh") -> Result:
    return CliRunner().invoke(build(lang), ["show", *args], catch_exceptions=False)


def test_it_shows_costs_by_line_entitlement_by_fund_caps_and_net(plan: Path) -> None:
    out = run(str(plan), "--money").output
    for words in (
        "费用 91,341.00：展位 40,000.00、特装 20,000.00、展品运输 3,000.00、交通 9,441.00、住宿 18,900.00",
        "展位费补贴（示例外贸资金）：应得 24,000.00，预计拨付 15,000.00",
        "核减 9,000.00：每企业全年补贴上限（限 15,000.00）",
        "假定 2024-12-31 之后继续有效",
        "预计，以主管部门审核和资金拨付为准。",
        "2,000.00 USD，按 2024-10-31 汇率 7.1 折算",
        "2025Q2：结转 0.00，到账 45,000.00",
        "余额 10,000.00 取决于“示例西区参展次数”：全部报名都安排也达不到，已不计入",
        "示例东区：应得 3，安排 6，缺 0",
    ):
        assert words in out, words
    out.encode("gbk")


def test_one_firm_is_shown_alone(plan: Path) -> None:
    out = run(str(plan), "--money", "--firm", "f02", lang="en").output
    assert "Sample firm 02" in out
    assert "Sample firm 03" not in out
    assert "Funds by quarter" not in out
    assert "as supported visit no. 1" in out


def test_an_unknown_firm_is_the_users_problem(plan: Path) -> None:
    result = run(str(plan), "--money", "--firm", "nobody")
    assert result.exit_code == 1
    assert "nobody" in result.output


def test_json_says_the_same_and_adds_up(plan: Path) -> None:
    facts = json.loads(run(str(plan), "--money", "--json").output)
    for name in ("cost", "entitled", "paid", "net"):
        assert Decimal(facts["total"][name]) == sum(Decimal(v[name]) for v in facts["visits"])
    assert sum(Decimal(f["planned"]) for f in facts["funds"]) == sum(Decimal(q) for q in facts["quarters"].values())
    (claim,) = [
        c for v in facts["visits"] for c in v["claims"] if v["firm"] == "f03" and c["subsidy"] == "sample-stand.stand"
    ]
    assert claim["trace"] == [["base", "40000.00"], ["rate", "28000.00"], ["cap-booth", "24000.00"]]
    assert claim["cut_by"] == ["sample-stand.year"]
    assert {a["award"]: (a["met"], a["reachable"]) for a in facts["awards"]} == {
        "award-te": (True, True), "award-tw": (False, False),
    }  # fmt: skip
    assert facts["portions"][0] == {"zone": "te", "entitled": 3, "given": 6, "short": 0}


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ("条件相同的申报不保证同样列入", "未申报 展位费补贴：可申报 10,000.00，资金“示例外贸资金”到账有先后，到 2025Q2 只余 4,500.00")),
        ("en", ("equal cases are not forced to be paid alike", "Not claimed, stand fee: 10,000.00 could be claimed, but the fund Sample trade money")),
    ],
)  # fmt: skip
def test_a_visit_says_why_a_subsidy_is_not_claimed_and_the_list_how_claims_are_admitted(
    plan: Path, lang: str, said: tuple[str, str]
) -> None:
    lines = run(str(plan), "--money", lang=lang).output.splitlines()
    assert said[0] in lines[1]
    assert any(said[1] in line for line in lines)


def test_json_tells_the_same_of_what_is_not_claimed(plan: Path) -> None:
    facts = json.loads(run(str(plan), "--money", "--json", "--firm", "f01").output)
    assert (facts["claims_admitted_by"], facts["equal_cases_alike"]) == ("value", False)
    (stand,) = [x for v in facts["visits"] for x in v["unclaimed"] if x["subsidy"] == "sample-stand.stand"]
    assert stand == {
        "subsidy": "sample-stand.stand", "why": "fund-until", "could": "10000.00",
        "facts": {"fund": "trade", "left": "4500.00", "until": "2025Q2"},
    }  # fmt: skip
