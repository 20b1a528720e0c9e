"""What guizhou-2025 shows of the law: rule packs, ledger, other costs, instalments, permits, notices; all of it sample data.

Guizhou's own rates for fairs were not found, so Sichuan's published rules of 2025 stand in for them, marked as borrowed, with
a sample pack for what they do not have: rates by ordinal, a share of fares, connected firms, a yearly cap.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from fairplanner.domain.columns import Row
from fairplanner.domain.duties import Activity, Approval, Blackout
from fairplanner.domain.giving import Deposit, Notice
from fairplanner.domain.kinds import CostLine
from fairplanner.domain.money import Award, Cost, Instalment, LedgerRow
from fairplanner.domain.planning import Firm
from tests.programmes.sample_table import SAMPLE

PACKS = """\

# 规则包：贵州本省参展补贴标准未查到，省级资金借用四川 2025 年公开规定作示例；“示例拓市场补贴”为示例。
# Rule packs: Guizhou's own rates were not found; Sichuan's published rules of 2025 are borrowed as a sample, and one pack is made up.
[[packs]]
id = "canton-quota"

[[packs]]
id = "cn-official-travel-2013"

[[packs]]
id = "cn-claim-papers"

[[packs]]
id = "guizhou-2023"

[[packs]]
id = "sichuan-2025"
funds = { abroad-west = "abroad", abroad = "abroad", home = "home" }

[[packs]]
id = "sample-steps"
funds = { steps = "home", fares = "abroad" }

# 不均衡的代价（示例）  What unevenness costs (sample)
[fairness]
zone_points = [0.5, 1, 2, 4]
firm_points = [6]
"""

OWN_PACK = """\
# 示例规则包：不是任何地方的规定。 A sample pack: the rules of nobody.
pack_id = "sample-steps"
name_zh = "示例拓市场补贴"
name_en = "Sample steps to market"
jurisdiction_zh = "示例"
jurisdiction_en = "Sample"
valid_from = 2025-01-01
valid_to = 2025-12-31
source = "sample"
note_zh = "示例数据，用来展示按次递减、往返交通补贴、关联企业合并计算和全年上限。"
note_en = "Sample data: rates that fall by turn, a share of fares, connected firms counted as one, a yearly cap."

[sources.sample]
title = "示例 sample"
confidence = "sample"
reading = "first-hand"

[[subsidies]]
subsidy_id = "steps"
name_zh = "境内参展追加补贴（示例）"
name_en = "Top-up at home by turn (sample)"
where = "home"
turns = [0.3, 0.2, 0.1]
order = "event"
cap_booth = 4000

[[subsidies]]
subsidy_id = "fares"
name_zh = "境外参展交通补贴（示例）"
name_en = "Share of fares abroad (sample)"
where = "abroad"
lines = ["fare"]
rate = 0.5
most_people = 2
cap_phase = 10000

[[limits]]
limit_id = "year"
name_zh = "全年上限（关联企业合并，示例）"
name_en = "Yearly cap, connected firms as one (sample)"
per = "group"
each = ["year"]
most = 6000
"""


def with_law(firms: Sequence[Firm]) -> list[Firm]:
    """Every third firm's trade grew; pairs of neighbours in the list are connected here and there."""
    changed = []
    for n, firm in enumerate(firms):
        tags = ("trade-grew",) if n % 3 == 0 else ()
        group = f"G{n // 2}" if n % 20 in (4, 5) else ""
        changed.append(firm.model_copy(update={"tags": tags, "group": group}))
    return changed


def ledger(firms: Sequence[Firm]) -> list[LedgerRow]:
    """Every fourth firm was at the two Canton Fairs of 2024, every eighth of them supported once."""
    rows = []
    for n, firm in enumerate(firms):
        if n % 4 == 1:
            for edition, on in (("135", date(2024, 4, 19)), ("136", date(2024, 10, 19))):
                paid = n % 8 == 1 and edition == "136"
                rows.append(
                    LedgerRow(
                        firm_id=firm.firm_id, fair_id="canton", edition=edition, on=on, booths=1,
                        subsidy_id="sample-steps.steps" if paid else "", amount=Decimal(3000 if paid else 0), **SAMPLE,
                    )
                )  # fmt: skip
    return rows


def costs() -> list[Cost]:
    """Freight and fees where goods travel far."""
    freight = Cost(fair_id="namm", line=CostLine.FREIGHT, per="booth", amount=Decimal(600), currency="USD", **SAMPLE)
    fees = Cost(fair_id="namm", line=CostLine.FEES, per="person", amount=Decimal(185), currency="USD", **SAMPLE)
    return [freight, fees, Cost(fair_id="cabis", line=CostLine.FREIGHT, per="firm", amount=Decimal(1200), **SAMPLE)]


def law(firms: Sequence[Firm]) -> dict[str, Sequence[Row]]:
    """The tables that only this sample has."""
    quarters = ((date(2025, 1, 15), "0.4"), (date(2025, 4, 15), "0.3"), (date(2025, 7, 15), "0.3"))
    home = Decimal(1_000_000)
    return {
        "ledger": ledger(firms),
        "costs": costs(),
        "instalments": [Instalment(fund_id="home", on=on, amount=home * Decimal(share), **SAMPLE) for on, share in quarters],
        "awards": [
            Award(award_id="A-abroad", name_zh="境外拓展奖励（示例）", name_en="Award for going abroad (sample)", zone_id="gz",
                  amount=Decimal(500_000), target_id="S-abroad", **SAMPLE),
            Award(award_id="A-k01", name_zh="招商奖励（示例）", name_en="Award for promotion (sample)", zone_id="gz",
                  amount=Decimal(300_000), target_id="K01", **SAMPLE),
        ],
        "approvals": [
            Approval(approval_id="P-namm", kind="task", number="示例批件1号", on=date(2024, 11, 15), zone_id="gz", phases=("namm-2025",),
                     people=2, depart=date(2025, 1, 20), back=date(2025, 1, 24), **SAMPLE),
        ],
        "blackouts": [
            Blackout(blackout_id="B-spring", first=date(2025, 1, 18), last=date(2025, 2, 8), zone_id="gz", binding=False,
                     reason="春节前后（示例） around the Spring Festival (sample)", **SAMPLE),
            Blackout(blackout_id="B-sessions", first=date(2025, 2, 24), last=date(2025, 3, 14), zone_id="gz",
                     reason="两会（示例） the two sessions (sample)", **SAMPLE),
        ],
        "activities": [
            Activity(phase_id="namm-2025", zone_id="gz", on=on, half=half, what_zh=zh, what_en=en, **SAMPLE)  # type: ignore[arg-type]
            for on, half, zh, en in (
                (date(2025, 1, 21), "morning", "贵州吉他推介（示例）", "presentation of Guizhou guitars (sample)"),
                (date(2025, 1, 21), "afternoon", "会见采购商（示例）", "meetings with buyers (sample)"),
                (date(2025, 1, 22), "morning", "拜访行业协会（示例）", "visit to the trade association (sample)"),
            )
        ],
        "notices": [
            Notice(notice_id="N-137-1", phase_id="canton-137-1", first=date(2024, 11, 18), last=date(2024, 11, 24), objections=1,
                   **SAMPLE),
        ],
        "deposits": [
            Deposit(phase_id="namm-2025", zone_id="gz", amount=Decimal(40_000), refund_until=date(2024, 10, 31), **SAMPLE),
        ],
    }  # fmt: skip
