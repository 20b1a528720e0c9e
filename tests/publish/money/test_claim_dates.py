"""By when to claim and which papers to keep: of the packs whose subsidies a firm claims, and of general packs."""

from __future__ import annotations

from datetime import date

import pytest

from fairplanner.publish.agendas.agenda import AudienceKind, EntryKind
from fairplanner.publish.agendas.book import agenda
from fairplanner.publish.money.claim_dates import claim_day, eligible, papers_of, to_claim
from tests.programmes.packs_plan import packs_plan


def test_the_last_day_is_counted_from_the_last_fair_day_and_never_moved() -> None:
    programme, _ = packs_plan()
    # 45 days after 20 March 2025 is a Sunday
    assert claim_day(programme, "sample-travel.people", "t-sea-1") == date(2025, 5, 4)
    assert claim_day(programme, "sample-stand.stand", "t-sea-1") == date(2025, 5, 19)
    assert claim_day(programme, "gone", "t-sea-1") is None


def test_each_firm_has_each_subsidy_once_in_order_of_the_day() -> None:
    programme, plan = packs_plan()
    mine = [(x.subsidy_id, x.due) for x in to_claim(programme, (), (*plan.claims, *plan.claims)) if x.firm_id == "f02"]
    assert mine == [("sample-travel.people", date(2025, 5, 4)), ("sample-stand.stand", date(2025, 5, 19))]


def test_who_is_eligible_may_claim_though_the_plan_does_not_pay_and_who_is_not_may_not() -> None:
    programme, plan = packs_plan()
    without = plan.model_copy(update={"claims": ()})
    found = {(x.firm_id, x.phase_id, x.subsidy_id) for x in to_claim(programme, without.participations, without.claims)}
    assert {(c.firm_id, c.phase_id, c.subsidy_id) for c in plan.claims} < found
    at = {(p.firm_id, p.phase_id): p for p in plan.participations}
    assert all((q, s) and s in eligible(programme, at[f, q]) for f, q, s in found)
    # a fair at home is no fair abroad
    assert not [s for _, q, s in found if q == "t-tea-1" and s == "sample-stand.stand"]
    entries = agenda(programme, without, AudienceKind.FIRM, "f02", "zh").entries
    told = [e for e in entries if e.key == "claim:sample-stand.stand:t-sea-1"]
    assert [e.title[:3] for e in told] == ["可申报"]
    assert any("以主管部门审核和资金拨付为准" in line for line in told[0].lines)


def test_papers_are_those_of_the_pack_and_the_general_ones() -> None:
    programme, _ = packs_plan()
    general = {p.paper_id for p in programme.pack["cn-claim-papers"].papers}
    people = papers_of(programme, ["sample-travel.people"])
    assert {paper.paper_id for paper, _ in people} == general
    both = {
        paper.paper_id: meant for paper, meant in papers_of(programme, ["sample-travel.people", "sample-stand.stand"])
    }
    assert both.keys() == general | {"licence"}
    assert both["licence"] == ("sample-stand.stand",)
    assert both["contract"] == ()
    assert papers_of(programme, []) == ()


@pytest.mark.parametrize("kind", [AudienceKind.DEADLINES, AudienceKind.EVERYTHING])
def test_the_office_is_told_every_last_day_to_claim(kind: AudienceKind) -> None:
    found = [e for e in agenda(*packs_plan(), kind, "", "zh").entries if e.key.startswith("claim:")]
    assert {e.key for e in found} == {
        "claim:sample-stand.fitout:t-guitar-1", "claim:sample-stand.stand:t-sea-1", "claim:sample-travel.people:t-sea-1",
        "claim:sample-stand.fitout:t-sea-1", "claim:sample-stand.fitout:t-tea-1",
    }  # fmt: skip
    assert all(e.kind is EntryKind.DEADLINE for e in found)


def test_a_firm_is_told_its_own_days_with_papers_and_no_amount() -> None:
    programme, plan = packs_plan()
    found = [e for e in agenda(programme, plan, AudienceKind.FIRM, "f01", "zh").entries if e.key.startswith("claim:")]
    assert {e.key for e in found} == {
        "claim:sample-travel.people:t-sea-1", "claim:sample-stand.stand:t-sea-1", "claim:sample-stand.fitout:t-sea-1",
        "claim:sample-stand.fitout:t-tea-1",
    }  # fmt: skip
    (entry,) = (e for e in found if e.key == "claim:sample-travel.people:t-sea-1")
    text = "\n".join((entry.title, *entry.lines))
    assert "展位费发票及银行付款凭证" in text
    assert "以主管部门审核和资金拨付为准" in text
    assert "2025年4月30日（周三）" in text
    assert "1,420" not in text
    assert entry.first == date(2025, 5, 4)


def test_a_delegations_shared_calendar_tells_no_firms_claims() -> None:
    programme, plan = packs_plan()
    for d in plan.delegations:
        entries = agenda(programme, plan, AudienceKind.DELEGATION, d.party_id, "en").entries
        assert not [e for e in entries if e.key.startswith("claim:")]
