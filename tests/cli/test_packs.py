"""`fairplanner packs`: the list and one pack in both languages, for people and for machines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.intake import read_packs

LANGS = pytest.mark.parametrize("lang", ["zh", "en"])


def run(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(build(lang), ["packs", *args])


@LANGS
def test_the_list_names_every_pack_with_its_time_and_what_speaks_against_it(lang: str) -> None:
    result = run(lang=lang)
    assert result.exit_code == 0
    for pack in read_packs().values():
        assert f"{pack.pack_id}  {pack.name_zh if lang == 'zh' else pack.name_en}\n" in result.output
    assert ("可能过时、据转载" if lang == "zh" else "may be out of date, read in copies") in result.output


@LANGS
@pytest.mark.parametrize("pack_id", sorted(read_packs()))
def test_every_pack_is_printed_with_all_its_sources_and_fits_a_chinese_console(pack_id: str, lang: str) -> None:
    result = run(pack_id, lang=lang)
    assert result.exit_code == 0
    for cite in read_packs()[pack_id].sources.values():
        assert cite.title in result.output
        assert cite.address in result.output
    assert "packs.field" not in result.output


def test_a_number_is_printed_with_its_unit_and_the_number_of_its_source() -> None:
    output = run("cn-official-travel-2013").output
    assert "days away for 1, 2, 3 countries or regions, at most: 5 days, 8 days, 10 days  [1]" in output
    assert "incidentals paid where transport is provided: 40 %  [3]" in output
    assert "official business at least: 2/3  [4]" in output
    assert "far markets: South America, Andean countries, Africa  [1]" in output


def test_amounts_are_printed_with_the_currency_and_shares_in_per_cent_in_chinese() -> None:
    output = run("jiangsu-2024", lang="zh").output
    assert "每平方米限额：4,000.00 CNY  [1]" in output
    assert "比例：100%  [2]" in output
    assert "支付：由资金方在此以内决定" in output


def test_for_a_machine_every_number_has_its_unit_and_source() -> None:
    facts = json.loads(run("canton-quota", "--json").output)
    items = {item["path"]: item for item in facts["items"]}
    assert items["quota.most_booths"] == {
        "path": "quota.most_booths",
        "source": "group-cap",
        "unit": "booths",
        "value": 10,
    }
    assert facts["sources"]["group-cap"]["address"].startswith("https://")
    assert facts["second_hand"] is True
    assert len(json.loads(run("--json").output)["packs"]) == len(read_packs())


def test_a_programmes_own_pack_is_listed_with_it(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "catalogs/reference/packs/blank.toml").read_text(encoding="utf-8")
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "my-city.toml").write_text(text.replace('"blank"', '"my-city"'), encoding="utf-8")
    assert "my-city  Blank rule pack" in run("--folder", str(tmp_path)).output
    assert run("my-city").exit_code == 1


def test_an_id_that_does_not_exist_is_told_with_the_one_that_was_meant() -> None:
    result = run("beijing-2002")
    assert result.exit_code == 1
    assert "did you mean 'beijing-2020'?" in result.output
