"""The ledger of this year's plan is read by next year's programme, and its turns and limits count it."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fairplanner.domain.kinds import Confidence
from fairplanner.domain.programme import Programme
from fairplanner.intake import read_programme
from fairplanner.publish.money.ledger import added_rows, next_ledger
from fairplanner.rules.reckon.limits import capacity, cell_of
from fairplanner.rules.reckon.turns import past_turns
from fairplanner.words import words
from tests.programmes.packs_plan import FOLDER, packs_plan

OUTCOMES = ("intended_usd", "new_buyers", "sample_orders", "satisfaction", "again")


def next_year(tmp_path: Path, lang: str) -> Programme:
    """The same programme one year on, with the ledger that the plan left."""
    folder = tmp_path / lang
    shutil.copytree(FOLDER, folder)
    (folder / "ledger.csv").write_bytes(next_ledger(*packs_plan(), words(lang)))
    settings = (folder / "programme.toml").read_text(encoding="utf-8")
    for year in (2025, 2024):
        settings = settings.replace(f"= {year}-", f"= {year + 1}-")
    (folder / "programme.toml").write_text(settings, encoding="utf-8")
    phases = (folder / "phases.csv").read_text(encoding="utf-8")
    head, *rows = phases.splitlines()
    later = [
        row.replace("-1,t-", "-2,t-", 1).replace(",1,1,2025,", ",2,1,2026,").replace("2025-", "2026-") for row in rows
    ]
    (folder / "phases.csv").write_text("\n".join([head, *rows, *later, ""]), encoding="utf-8")
    return read_programme(folder)


def test_one_row_a_visit_and_subsidy_paid_or_one_without() -> None:
    rows = added_rows(*packs_plan(), words("zh"))
    f02 = [(r.fair_id, r.on, r.edition, r.subsidy_id, r.amount, r.booths) for r in rows if r.firm_id == "f02"]
    assert f02 == [
        ("t-sea", date(2025, 3, 20), "1", "sample-stand.stand", Decimal(12_000), 1),
        ("t-sea", date(2025, 3, 20), "1", "sample-travel.people", Decimal(1_420), 1),
        ("t-tea", date(2025, 4, 19), "1", "", Decimal(0), 1),
    ]
    assert sum((r.amount for r in rows), Decimal(0)) == sum((c.amount for c in packs_plan()[1].claims), Decimal(0))
    assert {r.confidence for r in rows} == {Confidence.SAMPLE}
    assert all(getattr(r, name) is None for r in rows for name in OUTCOMES)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_next_years_programme_reads_it_and_keeps_what_was_there(tmp_path: Path, lang: str) -> None:
    programme, plan = packs_plan()
    read = next_year(tmp_path, lang).ledger
    assert set(read) == {*programme.ledger, *added_rows(programme, plan, words(lang))}


def test_turns_and_limits_of_next_year_count_it(tmp_path: Path) -> None:
    programme = next_year(tmp_path, "zh")
    stand = programme.subsidy["sample-stand.stand"]
    assert past_turns(programme, stand, "f02", "t-sea-2") == 1
    assert past_turns(programme, stand, "f01", "t-sea-2") == 1
    assert past_turns(programme, stand, "f04", "t-sea-2") == 0
    (limit,) = [x for x in programme.limits if x.limit_id == "sample-stand.year"]
    # the cap is of the calendar year: what was paid in 2025 leaves the 2026 one whole, and the rest of its own
    assert capacity(programme, limit, cell_of(programme, "sample-stand.stand", "f02", "t-sea-2")) == Decimal(15_000)
    assert capacity(programme, limit, cell_of(programme, "sample-stand.stand", "f02", "t-sea-1")) == Decimal(3_000)


def test_a_second_writing_adds_nothing_twice() -> None:
    programme, plan = packs_plan()
    again = programme.model_copy(update={"ledger": (*programme.ledger, *added_rows(programme, plan, words("zh")))})
    assert next_ledger(again, plan, words("zh")) == next_ledger(programme, plan, words("zh"))
