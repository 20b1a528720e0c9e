"""Archives of the plan for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from fairplanner.domain.duties import Approval
from fairplanner.domain.giving import Notice, ScoreItem
from fairplanner.domain.kinds import DecisionKind
from fairplanner.domain.money import LedgerRow
from fairplanner.domain.planning import Decision
from fairplanner.domain.published import Revision
from fairplanner.domain.sealing import sealed
from fairplanner.publish.archive.material import Given, Material, Told
from fairplanner.publish.archive.record import Record
from fairplanner.publish.archive.scope import Scope, scope_of
from fairplanner.publish.plan_json import plan_json, snapshot_json
from fairplanner.publish.press import Press
from tests import builders as b
from tests.publish import plans

AT = datetime(2024, 11, 2, 1, tzinfo=UTC)


@lru_cache(maxsize=4)
def a_press(lang: str = "zh") -> Press:
    """A fair at home by rank with a notice, a score sheet and a decision; a fair abroad with a permit."""
    programme = plans.programme(
        notices=(Notice(notice_id="n1", phase_id="expo-1-1", first=date(2024, 10, 21), last=date(2024, 10, 25), objections=2, answered=1, **b.SAMPLE),),
        approvals=(Approval(approval_id="a1", kind="task", number="示例1号", on=date(2024, 10, 30), zone_id="prov", phases=("abroad-1-1",), people=3,
                            depart=date(2025, 3, 17), back=date(2025, 3, 21), **b.SAMPLE),),
        scores=(ScoreItem(firm_id="f1", phase_id="expo-1-1", item="出口", full_marks=100, points=63, figure="2024 年出口 1 万美元", **b.SAMPLE),),
        decisions=(Decision(decision_id="d1", kind=DecisionKind.MUST_GO, firm_id="f3", phase_id="expo-1-1", by="处室负责人", on=date(2024, 10, 28), reason="新品首发", basis="纪要1号", **b.SAMPLE),),
    )  # fmt: skip
    return Press(programme, plans.plan(), lang)


def scope(wanted: str = "expo") -> Scope:
    found = scope_of(a_press().programme, a_press().plan, wanted)
    assert found is not None
    return found


def ledger_row(**changes: Any) -> LedgerRow:
    base = {
        "firm_id": "f1",
        "fair_id": "abroad",
        "on": date(2025, 3, 20),
        "subsidy_id": "half",
        "amount": Decimal("3000.00"),
        "booths": 1,
    }
    return LedgerRow(**(base | b.SAMPLE | changes))


def a_revision() -> Revision:
    press = a_press()
    made = plan_json(press.plan), snapshot_json(press.programme)
    return sealed(Revision("test", 1, "d" * 64, "", "", AT, "office", "first", *made))


def material(**changes: Any) -> Material:
    party = Told(1, "delegation", "prov/expo-1-1", {"zh": "示例团", "en": "Sample party"}, 5, 2, AT)
    base = {
        "inputs": (Given("firms.csv", b"a,b\n"), Given("packs/x.toml", b"")), "is_as_planned": True, "revisions": (a_revision(),),
        "told": (party, Told(1, "firm", "f9", {"zh": "别家"}, 1)), "extras": (Given("permit.pdf", b"%PDF"), Given("Permit.pdf", b"%PDF-2")),
    }  # fmt: skip
    return Material(**(base | changes))


def a_record(wanted: str = "expo", lang: str = "zh", **changes: Any) -> Record:
    return Record(a_press(lang), scope(wanted), material(**changes))


def rows(record: Record, key: str) -> list[tuple[Any, ...]]:
    return list(next(part.rows for part in record.parts if part.key == key))
