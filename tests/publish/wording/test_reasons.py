import pytest

from fairplanner.domain.plan import Excluded
from fairplanner.pose.excluded import FACTS
from fairplanner.publish.press import Press
from tests import builders as b
from tests.publish import plans

SAMPLES = {
    "application": "f1/expo-1-1/-", "booths": "4", "limit": "3", "quota": "expo-1-1 · expo-tea · prov · booths", "closes": "2024-11-14",
    "received": "2024-11-17", "cost": "12000.00", "own": "5000.00", "home": "hills", "place": "lion", "skill": "interpreter:es", "stand": "standard",
    "line": "stand", "because": "delegation-size", "depart": "2025-03-15", "firms": "1", "least": "5", "days": "9", "countries": "2",
    "most": "6", "officials": "8", "allotted": "2", "subsidy": "half", "due": "2024-10-29", "duty": "visa",
}  # fmt: skip
REASONS = {
    "travel-dates": ("undated", "cancelled", "window", "place", "home"),
    "claims": ("lead-time", "committed", "export", "staff", "turnover", "years"),
    "asked-for": ("refuses", "withdrawn", "not-admitted", "role", "booths"),
    "kept": ("begun",),
}


def told(rule: str, lang: str = "zh", **facts: str) -> str:
    press = Press(plans.programme(sections=(b.section(),)), plans.plan(), lang)
    return press.reasons.sentence(Excluded(kind="application", rule=rule, facts=tuple(sorted(facts.items()))))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("rule", sorted(FACTS))
def test_every_exclusion_that_posing_knows_has_a_sentence(rule: str, lang: str) -> None:
    for reason in REASONS.get(rule, ("",)):
        facts = {name: reason if name == "reason" else SAMPLES[name] for name in FACTS[rule]}
        sentence = told(rule, lang, **facts)
        assert rule not in sentence.split()
        assert "=" not in sentence


def test_facts_are_told_in_words_and_dates_in_full() -> None:
    assert (
        told("deadline", closes="2024-11-14", received="2024-11-17")
        == "2024年11月17日（周日）收到，已过报名截止日期2024年11月14日（周四）"
    )
    assert told("staff", skill="interpreter:es") == "缺少西班牙语翻译岗位"
    assert told("booth-quota", booths="4", limit="3", quota=SAMPLES["quota"]) == "4 个展位超过prov区茶展区的展位基数 3"
    assert (
        told("own-money", booths="2", cost="20000", own="5000")
        == "2 个展位需 20,000.00 元，超过企业自有预算 5,000.00 元"
    )


def test_a_rule_without_words_is_named_with_its_facts() -> None:
    assert told("new-rule", seats="3") == "规则“new-rule”：seats=3"
