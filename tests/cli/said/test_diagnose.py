"""Every finding, limit and change has its sentence in both languages: no id where there is a name, no key, no blank."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from fairplanner.cli.said.cure import CureWords
from fairplanner.cli.said.diagnose import DiagnosisWords
from fairplanner.cli.said.limit import LimitWords
from fairplanner.domain.assuming import Assumption
from fairplanner.domain.kinds import ApplicationState
from fairplanner.errors import Blame
from fairplanner.explain.conflicts.prechecks import prechecks
from fairplanner.explain.limits import cells_of, loosened
from fairplanner.pose import pose
from fairplanner.words import words
from tests.builders import decision, fund
from tests.explain.planted import loose
from tests.explain.planted_conflicts import COLLISIONS
from tests.explain.test_limits import a_full_programme

LANGS = ("en", "zh")
LABELS = (
    ("decisions", "d1"), ("kept", "f3/expo-1-2/-"), ("approvals", "a1"), ("approvals", "a1 · abroad-1-1"), ("targets", "t"),
    ("booth-quota", "expo-1-1 · * · prov · booths"), ("booth-quota", "expo-1-1 · * · prov · open"),
    ("booth-quota", "expo-1-1 · * · prov · reserve"), ("booth-quota", "expo-1-1 · * · prov · area"),
    ("booth-quota", "expo-1-1 · * · prov · firms"), ("fund-budget", "travel"), ("fund-budget", "travel · 2025Q2"),
    ("own-money", "f1"), ("delegation-size", "prov · abroad-1-1"), ("staff", "prov:leader"), ("most-phases", "f1"),
    ("firm-teams", "f1"), ("blackouts", "prov:abroad-1-1@0317-0320"), ("rank-respected", "abroad-1-1 · * · prov"),
    ("booths-in-order", "abroad-1-1 · * · prov"), ("claim-limits", "half.year · f1 · 2025"),
    ("claim-counts", "pk.turns · f1"), ("hosting", "prov · expo-1-1"),
)  # fmt: skip
CHINESE = re.compile("[一-鿿]")


def is_whole(text: str) -> bool:
    return bool(text) and "{" not in text and "diagnose." not in text and "None" not in text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("rule", "label"), LABELS)
def test_every_limit_is_told_in_a_sentence(rule: str, label: str, lang: str) -> None:
    said = LimitWords(a_full_programme(), words(lang)).said(Blame(rule, label))
    assert is_whole(said)
    assert "expo-1-1" not in said
    assert bool(CHINESE.search(said)) or lang == "en"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("rule", "label"), LABELS)
def test_every_change_is_told_in_a_sentence(rule: str, label: str, lang: str) -> None:
    programme = a_full_programme()
    cures = CureWords(programme, words(lang), LimitWords(programme, words(lang)))
    for cell in cells_of(programme, rule, label):
        said = cures.said([loosened(cell, 1)])
        assert is_whole(said)
        assert "expo-1-1" not in said


@pytest.mark.parametrize("case", COLLISIONS, ids=lambda case: case.name)
def test_every_finding_is_told_in_a_sentence(case: object) -> None:
    programme = case.made()  # type: ignore[attr-defined]
    checks = prechecks(pose(programme))
    for text in (t for lang in LANGS for check in checks for t in DiagnosisWords(programme, words(lang))._of(check)):
        assert is_whole(text)
        assert "expo-1-1" not in text


def test_amounts_of_money_are_told_with_what_is_added() -> None:
    programme = loose(funds=(fund(amount=300_000),))
    said = {}
    for lang in LANGS:
        cures = CureWords(programme, words(lang), LimitWords(programme, words(lang)))
        said[lang] = cures.said([Assumption("funds", "travel", "amount", "342000", "300000")])
    assert said["en"] == "Funds, travel: raise “amount” by CNY 42,000, from CNY 300,000 to CNY 342,000"
    assert said["zh"] == "资金来源表，travel：“金额”增加 42,000 元，由 300,000 元增至 342,000 元"


def test_several_changes_are_one_sentence() -> None:
    programme = loose(decisions=(decision("d1", firm_id="f1"), decision("d2", firm_id="f2")))
    cures = CureWords(programme, words("zh"), LimitWords(programme, words("zh")))
    both = [Assumption("decisions", f"d{n}", "", "-") for n in (1, 2)]
    assert cures.said(both).count("撤销决定") == 2


def test_less_than_one_yuan_is_told_to_the_fen() -> None:
    programme = loose()
    own = programme.firms[0].model_copy(update={"own_money": Decimal("15000.50")})
    programme = programme.model_copy(update={"firms": (own, *programme.firms[1:])})
    assert "15,000.50" in LimitWords(programme, words("zh")).said(Blame("own-money", "f1"))


def test_a_place_that_is_paid_for_is_given_up_by_withdrawing() -> None:
    programme = a_full_programme()
    name = next(a.application_id for a in programme.applications if a.state is ApplicationState.PAID)
    cures = CureWords(programme, words("zh"), LimitWords(programme, words("zh")))
    (cell,) = cells_of(programme, "kept", name)
    assert "退展" in cures.said([loosened(cell, 1)])


def test_days_of_a_permit_are_told() -> None:
    said = LimitWords(a_full_programme(), words("en")).days(date(2025, 3, 17).isoformat(), "2025-03-21")
    assert said == "17–21 March 2025 (Mon–Fri)"
