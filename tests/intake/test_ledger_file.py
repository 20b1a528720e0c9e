"""A ledger read by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairplanner.errors import CatalogueError
from fairplanner.intake.ledger_file import read_ledger
from fairplanner.publish.money.ledger import next_ledger
from fairplanner.words import words
from tests.publish import plans


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_ledger_writes_is_read_again(tmp_path: Path, lang: str) -> None:
    path = tmp_path / "ledger.csv"
    path.write_bytes(next_ledger(plans.programme(), plans.plan(), words(lang)))
    assert {(row.firm_id, row.fair_id) for row in read_ledger(path)} == {
        ("f1", "abroad"),
        ("f2", "abroad"),
        ("f1", "expo"),
        ("f3", "expo"),
    }


def test_a_file_that_holds_no_ledger_and_one_with_a_bad_row_are_refused(tmp_path: Path) -> None:
    (tmp_path / "firms.csv").write_text("firm_id,name_zh,zone_id,source,confidence\nf1,x,prov,t,sample\n")
    with pytest.raises(CatalogueError, match="archive-no-ledger"):
        read_ledger(tmp_path / "firms.csv")
    (tmp_path / "ledger.csv").write_text("firm_id,fair_id,on,source,confidence\nf1,expo,someday,t,sample\n")
    with pytest.raises(CatalogueError, match="someday"):
        read_ledger(tmp_path / "ledger.csv")
