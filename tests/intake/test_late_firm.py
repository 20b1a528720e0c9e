"""A late firm told in one row or in options."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from fairplanner.errors import UserError
from fairplanner.intake.late_firm import late_row, read_late_firm
from tests import builders as b
from tests.hand_made import comma, workbook


def test_one_row_with_peoples_own_headers_and_names_for_ids(tmp_path: Path) -> None:
    rows = [["新报名企业"], ["企业名称", "所属地区", "行业", "目标市场", "上年出口额", "展位数", "人数", "联系人"],
            ["新茶公司", "east区", "茶叶", "东盟", "1,200,000", 2, 3, "某"]]  # fmt: skip
    found = read_late_firm(workbook(tmp_path / "late.xlsx", ("表", rows)), b.a_programme())
    firm = found.firm
    assert (firm.firm_id, firm.name_zh, firm.zone_id) == ("LATE-1", "新茶公司", "east")
    assert (firm.sectors, firm.markets, firm.export_usd) == (("tea",), ("asean",), Decimal(1_200_000))
    assert dict(found.wishes) == {"booths": 2, "people": 3}
    assert found.unused == ("联系人",)


def test_a_firm_of_the_tables_keeps_what_the_row_does_not_say(tmp_path: Path) -> None:
    found = read_late_firm(comma(tmp_path / "late.csv", [["firm_id", "teams"], ["f1", "3"]]), b.a_programme())
    assert (found.firm.firm_id, found.firm.teams, found.firm.zone_id) == ("f1", 3, "east")


def test_options_are_named_where_they_are_wrong() -> None:
    cells = {"zone_id": "eest", "teams": "0", "export_usd": "viel"}
    with pytest.raises(UserError) as error:
        late_row(cells, b.a_programme(), lambda f: (f"--{f}", 0, ""))
    told = {(p.file, p.what) for p in error.value.problems}
    assert told >= {("--zone_id", "reference-unknown-near"), ("--teams", "too-small"), ("--export_usd", "number")}


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([["企业名称", "地区"], ["甲", "east区"], ["乙", "east区"]], "late-many"),
        ([["企业名称", "地区"]], "late-none"),
        ([["什么"], ["都没有"]], "late-none"),
        ([["企业名称"], ["甲"]], "value-missing"),
    ],
)
def test_a_table_without_exactly_one_firm_is_refused(tmp_path: Path, rows: list[list[str]], what: str) -> None:
    with pytest.raises(UserError) as error:
        read_late_firm(comma(tmp_path / "late.csv", rows), b.a_programme())
    assert [p.what for p in error.value.problems] == [what]


def test_a_zone_that_is_not_known_is_not_called_blank_as_well() -> None:
    with pytest.raises(UserError) as error:
        late_row({"zone_id": "nowhere"}, b.a_programme(), lambda f: (f, 0, ""))
    assert [(p.file, p.what) for p in error.value.problems] == [("zone_id", "reference-unknown")]
