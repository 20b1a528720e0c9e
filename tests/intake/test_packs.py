"""Rule packs as people write them: read exactly, and everything wrong told at once by its path, in both languages."""

from __future__ import annotations

import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fairplanner.domain.kinds import CostLine, FirmKind, Regime, Where
from fairplanner.errors import CatalogueError
from fairplanner.intake import read_packs, read_programme
from fairplanner.report import report
from fairplanner.shipped import shipped
from tests.programmes.broken_table import SETTINGS

HEAD = """\
pack_id = "mine"
name_zh = "示例包"
name_en = "Sample pack"
jurisdiction_zh = "示例市"
jurisdiction_en = "Sample city"
source = "notice"
[sources.notice]
title = "示例通知"
confidence = "sample"
reading = "first-hand"
"""
STAND = """\
[[subsidies]]
subsidy_id = "stand"
name_zh = "展位费"
name_en = "Stand fee"
rate = 0.5
"""
YEAR = """\
[[limits]]
limit_id = "year"
name_zh = "年度限额"
name_en = "Cap of a year"
most = 300000
"""
PACK = HEAD + STAND
FUNDS = """\
fund_id,name_zh,nature,zone_id,amount,period_from,period_to,pays,source,confidence
trade,贸易资金,trade-development,gz,1000000,2025-01-01,2025-12-31,stand,示例,sample
travel,出访经费,official-travel,gz,1000000,2025-01-01,2025-12-31,fare,示例,sample
"""


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables that packs refer to, and no shipped packs."""
    folder = tmp_path_factory.mktemp("reference")
    for name in ("fairs", "markets", "territories", "sectors", "sections", "zones", "places"):
        shutil.copy(shipped("catalogs") / "reference" / f"{name}.csv", folder)
    return folder


def folder_of(tmp_path: Path, *texts: str) -> Path:
    (tmp_path / "packs").mkdir(exist_ok=True)
    for number, text in enumerate(texts, start=1):
        (tmp_path / "packs" / f"{number}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def told(tmp_path: Path, reference: Path, *texts: str) -> dict[str, list[str]]:
    """What is said of these packs, by language; empty lists where nothing is wrong."""
    try:
        read_packs(folder_of(tmp_path, *texts), reference)
    except CatalogueError as error:
        return {lang: report(error.problems, lang) for lang in ("zh", "en")}
    return {"zh": [], "en": []}


# -- what is read


def test_a_small_pack_is_read(tmp_path: Path, reference: Path) -> None:
    (pack,) = read_packs(folder_of(tmp_path, PACK), reference).values()
    (stand,) = pack.subsidies
    assert (pack.pack_id, stand.rate, stand.where, stand.lines) == (
        "mine",
        Decimal("0.5"),
        Where.EVERYWHERE,
        (CostLine.STAND,),
    )
    assert pack.cite(stand, "rate").title == "示例通知"


@pytest.mark.parametrize("written", ["0.1", '"0.1"', "1e-1", "0.10"])
def test_numbers_are_read_exactly_and_never_through_binary_fractions(
    tmp_path: Path, reference: Path, written: str
) -> None:
    (pack,) = read_packs(folder_of(tmp_path, PACK.replace("0.5", written)), reference).values()
    assert pack.subsidies[0].rate * 3 == Decimal("0.3")


def test_amounts_with_many_digits_keep_every_digit(tmp_path: Path, reference: Path) -> None:
    (pack,) = read_packs(folder_of(tmp_path, PACK + "cap_phase = 12345678901234.56\n"), reference).values()
    assert pack.subsidies[0].cap_phase == Decimal("12345678901234.56")


def test_a_file_with_comments_only_is_no_pack(tmp_path: Path, reference: Path) -> None:
    assert read_packs(folder_of(tmp_path, "# 待填\n"), reference) == {}


def test_a_programmes_own_pack_replaces_the_shipped_one_of_the_same_id(tmp_path: Path) -> None:
    own = PACK.replace('"mine"', '"beijing-2020"')
    packs = read_packs(folder_of(tmp_path, own))
    assert packs["beijing-2020"].name_zh == "示例包"
    assert "guizhou-2023" in packs


def test_a_part_can_be_from_a_source_of_its_own(tmp_path: Path, reference: Path) -> None:
    second = HEAD.split("[sources.notice]\n")[1].replace("示例通知", "另一份")
    text = HEAD + f"[sources.other]\n{second}" + STAND + 'cap_booth = 100\ncites = { cap_booth = "other" }\n'
    (pack,) = read_packs(folder_of(tmp_path, text), reference).values()
    assert pack.cite(pack.subsidies[0], "cap_booth").title == "另一份"
    assert pack.cite(pack.subsidies[0], "rate").title == "示例通知"


# -- what is told

BROKEN = {
    "misspelt key": (
        PACK + "cap_both = 20000\n",
        "packs/1.toml 的 subsidies.stand.cap_both：这里没有“cap_both”这一项；是否应为“cap_booth”？",
        "packs/1.toml, subsidies.stand.cap_both: there is no key 'cap_both' here; did you mean 'cap_booth'?",
    ),
    "key inside the test of firms": (
        PACK + "of = { most_staf = 50 }\n",
        "packs/1.toml 的 subsidies.stand.of.most_staf：这里没有“most_staf”这一项；是否应为“most_staff”？",
        "packs/1.toml, subsidies.stand.of.most_staf: there is no key 'most_staf' here; did you mean 'most_staff'?",
    ),
    "unknown section": (
        PACK + "[travels]\nday_limits = [5]\n",
        "packs/1.toml 的 travels：这里没有“travels”这一项；是否应为“travel”？",
        "packs/1.toml, travels: there is no key 'travels' here; did you mean 'travel'?",
    ),
    "text for a number": (
        PACK.replace("rate = 0.5", 'rate = "half"'),
        "packs/1.toml 的 subsidies.stand.rate：“half”不适合此处；参见 packs/blank.toml 中的这一项",
        "packs/1.toml, subsidies.stand.rate: 'half' is not what belongs here; see this key in packs/blank.toml",
    ),
    "true for a number": (
        PACK + "most_booths = true\n",
        "packs/1.toml 的 subsidies.stand.most_booths：“true”不适合此处；参见 packs/blank.toml 中的这一项",
        "packs/1.toml, subsidies.stand.most_booths: 'true' is not what belongs here; see this key in packs/blank.toml",
    ),
    "word not on the list": (
        PACK + 'round_at = "fairs"\n',
        "packs/1.toml 的 subsidies.stand.round_at：“fairs”不在可填内容之内：line, fair, year；是否应为“fair”？",
        "packs/1.toml, subsidies.stand.round_at: 'fairs' is not one of: line, fair, year; did you mean 'fair'?",
    ),
    "no name in English": (
        PACK.replace('name_en = "Stand fee"\n', ""),
        "packs/1.toml 的 subsidies.stand.name_en：“name_en”为空白；规则包须中英文对照，请填写",
        "packs/1.toml, subsidies.stand.name_en: 'name_en' is blank; packs are written in Chinese and English, fill it in",
    ),
    "no jurisdiction": (
        PACK.replace('jurisdiction_zh = "示例市"\n', ""),
        "packs/1.toml 的 jurisdiction_zh：缺少“jurisdiction_zh”；请补上（各项含义见 packs/blank.toml）",
        "packs/1.toml, jurisdiction_zh: 'jurisdiction_zh' is missing; add it (packs/blank.toml has every key with its meaning)",
    ),
    "note in one language": (
        PACK + 'note_zh = "只此一句"\n',
        "packs/1.toml 的 subsidies.stand.note_en：“note_en”为空白；规则包须中英文对照，请填写",
        "packs/1.toml, subsidies.stand.note_en: 'note_en' is blank; packs are written in Chinese and English, fill it in",
    ),
    "unknown source": (
        PACK + 'source = "notise"\n',
        "packs/1.toml 的 subsidies.stand.source：没有来源“notise”；是否应为“notice”？",
        "packs/1.toml, subsidies.stand.source: there is no source 'notise'; did you mean 'notice'?",
    ),
    "number without a source": (
        PACK.replace('source = "notice"\n', 'source = ""\n'),
        "packs/1.toml 的 subsidies.stand.rate：0.5 没有来源；请用 source 注明（或用 cites 单独注明这一项）",
        "packs/1.toml, subsidies.stand.rate: 0.5 has no source; name one with source (or with cites for this key alone)",
    ),
    "cites of nothing": (
        PACK + 'cites = { cap_boot = "notice" }\n',
        "packs/1.toml 的 subsidies.stand.cites.cap_boot：cites 提到的“cap_boot”在此处没有；是否应为“cap_booth”？",
        "packs/1.toml, subsidies.stand.cites.cap_boot: cites names 'cap_boot', which this part does not have; did you mean 'cap_booth'?",
    ),
    "unknown market": (
        PACK + 'markets = ["asaen"]\n',
        "packs/1.toml 的 subsidies.stand.markets：“asaen”不在 markets 表中；是否应为“asean”？",
        "packs/1.toml, subsidies.stand.markets: 'asaen' is not in markets; did you mean 'asean'?",
    ),
    "unknown fair of an area": (
        PACK + "fair_m2 = { cantn = 18 }\n",
        "packs/1.toml 的 subsidies.stand.fair_m2：“cantn”不在 fairs 表中；是否应为“canton”？",
        "packs/1.toml, subsidies.stand.fair_m2: 'cantn' is not in fairs; did you mean 'canton'?",
    ),
    "limit of an unknown subsidy": (
        PACK + YEAR + 'subsidies = ["stnad"]\n',
        "packs/1.toml 的 limits.year.subsidies：没有补助“stnad”；是否应为“stand”？",
        "packs/1.toml, limits.year.subsidies: there is no subsidy 'stnad'; did you mean 'stand'?",
    ),
    "rounded by year under a limit by fair": (
        PACK + 'round_at = "year"\nround_to = 10000\n' + YEAR + 'each = ["fair"]\n',
        "packs/1.toml 的 limits.year.each：stand 按年取整，不能按 fair 计限额；请用 cap_phase，或设 round_at = fair",
        "packs/1.toml, limits.year.each: stand is rounded once a year and cannot be counted by fair; use cap_phase, or round_at = fair",
    ),
    "valid backwards": (
        PACK + "valid_from = 2025-06-01\nvalid_to = 2025-01-01\n",
        "packs/1.toml 的 subsidies.stand.valid_to：2025-01-01 早于首日 2025-06-01；请核对这两个日期",
        "packs/1.toml, subsidies.stand.valid_to: 2025-01-01 is before the first day, 2025-06-01; exchange or correct the two dates",
    ),
    "rate in per cent": (
        PACK.replace("rate = 0.5", "rate = 50"),
        "packs/1.toml 的 subsidies.stand.rate：50 过大；最大为 1，按小数填写：50% 写作 0.5",
        "packs/1.toml, subsidies.stand.rate: 50 is too big; the most is 1, written as a fraction: 50 % is 0.5",
    ),
    "a later turn in per cent": (
        PACK.replace("rate = 0.5", "turns = [0.6, 50]"),
        "packs/1.toml 的 subsidies.stand.turns：50 过大；最大为 1",
        "packs/1.toml, subsidies.stand.turns: 50 is too big; the most is 1",
    ),
    "rising turns under best": (
        PACK.replace("rate = 0.5", 'turns = [0.5, 0.6]\norder = "best"'),
        "packs/1.toml 的 subsidies.stand.turns：比例 0.5, 0.6 递增，与 order = best 相矛盾；请用 order = event 或改正比例",
        "packs/1.toml, subsidies.stand.turns: the rates 0.5, 0.6 rise, so with order = best no turn would come first; use order = event or correct the rates",
    ),
    "nothing paid": (
        PACK.replace("rate = 0.5\n", ""),
        "packs/1.toml 的 subsidies.stand.rate：该项补助没有支付比例；请填 rate、rate_emerging、turns 或 menu",
        "packs/1.toml, subsidies.stand.rate: the subsidy pays nothing; fill in rate, rate_emerging, turns or menu",
    ),
    "lines of two owners": (
        PACK + 'lines = ["stand", "fare"]\n',
        "packs/1.toml 的 subsidies.stand.lines：“stand, fare”：一项补助的费用科目要么属于参展（stand、fitout、freight、fees），要么属于行程（fare、lodging）；请分成两项补助",
        "packs/1.toml, subsidies.stand.lines: 'stand, fare': the lines of one subsidy belong to a participation (stand, fitout, freight, fees) or to a journey (fare, lodging); write two subsidies",
    ),
    "fund in the pack": (
        PACK + 'fund_id = "trade"\n',
        "packs/1.toml 的 subsidies.stand.fund_id：“fund_id”不写在规则包里，由 programme.toml 的 [[packs]] 给出；请删去这一行",
        "packs/1.toml, subsidies.stand.fund_id: 'fund_id' is not written in a pack; the programme fills it in from [[packs]] in programme.toml; delete the line",
    ),
    "id with a dot": (
        PACK.replace('"stand"', '"stand.2027"'),
        "packs/1.toml 的 subsidies.stand.2027：“stand.2027”不能用作编号；只用字母、数字、- 和 _",
        "packs/1.toml, subsidies.stand.2027: 'stand.2027' cannot be an id; use letters, digits, - and _ only",
    ),
    "id twice": (
        PACK + STAND,
        "packs/1.toml 的 subsidies.stand：“stand”在本规则包中用作两处的编号；请改其中之一",
        "packs/1.toml, subsidies.stand: 'stand' is the id of two parts of this pack; change one of the two",
    ),
    "window without months": (
        PACK + YEAR + 'each = ["window"]\n',
        "packs/1.toml 的 limits.year.window_months：window_months 与 each = window 须同时填写或都不填",
        "packs/1.toml, limits.year.window_months: window_months and each = window belong together; fill in both or neither",
    ),
    "share that is none": (
        PACK + "[quota]\nname_zh = '展位'\nname_en = 'Booths'\nmost_below = [5, 1]\n",
        "packs/1.toml 的 quota.most_below：“5, 1”不是比例；请写成 [部分, 整体]，如五分之一写 [1, 5]",
        "packs/1.toml, quota.most_below: '5, 1' is not a share; write [part, whole], for example [1, 5] for a fifth",
    ),
    "negative cap": (
        PACK + "cap_booth = -1\n",
        "packs/1.toml 的 subsidies.stand.cap_booth：-1 过小；最小为 0",
        "packs/1.toml, subsidies.stand.cap_booth: -1 is too small; the least is 0",
    ),
    "not TOML": (
        PACK + "cap_booth = \n",
        "packs/1.toml 第 16 行：从这里起不是有效的 TOML；请检查引号、等号和括号",
        "packs/1.toml, row 16: cannot be read as TOML from here on; check quotation marks, = and brackets",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_told_as_it_was_proofread(tmp_path: Path, reference: Path, name: str) -> None:
    text, zh, en = BROKEN[name]
    assert told(tmp_path, reference, text) == {"zh": [zh], "en": [en]}


def test_everything_wrong_in_every_file_is_told_at_once(tmp_path: Path, reference: Path) -> None:
    one = HEAD + STAND + "cap_both = 1\n" + YEAR + 'subsidies = ["stand", "none-such"]\nmost_turns = 3\n'
    two = PACK.replace('name_zh = "展位费"\n', "").replace('"mine"', '"other"') + 'markets = ["asaen"]\nsource = "x"\n'
    en = told(tmp_path, reference, one, two)["en"]
    assert [line.split(":")[0] for line in en] == [
        "packs/1.toml, limits.year.most_turns",
        "packs/1.toml, subsidies.stand.cap_both",
        "packs/2.toml, subsidies.stand.markets",
        "packs/2.toml, subsidies.stand.name_zh",
        "packs/2.toml, subsidies.stand.source",
    ]


def test_a_part_that_cannot_be_read_does_not_hide_what_is_wrong_in_the_others(tmp_path: Path, reference: Path) -> None:
    en = told(tmp_path, reference, HEAD + STAND.replace("0.5", "5") + YEAR.replace("Cap of a year", ""))["en"]
    assert [line.split(":")[0] for line in en] == [
        "packs/1.toml, limits.year.name_en",
        "packs/1.toml, subsidies.stand.rate",
    ]


def test_two_files_with_one_id_are_told(tmp_path: Path, reference: Path) -> None:
    assert told(tmp_path, reference, PACK, PACK)["en"] == [
        "packs/2.toml, pack_id: 'mine' is already the id of the pack in packs/1.toml; change one of the two"
    ]


def test_an_exclusion_of_a_subsidy_that_a_pack_beside_it_lacks_is_told_and_one_of_an_absent_pack_is_not(
    tmp_path: Path, reference: Path
) -> None:
    exclusion = '[[exclusions]]\nlimit_id = "e"\nname_zh = "不得重复"\nname_en = "Not twice"\nothers = ["{}"]\n'
    other = PACK.replace('"mine"', '"other"')
    assert told(tmp_path, reference, PACK + exclusion.format("absent.stand"), other)["en"] == []
    assert told(tmp_path, reference, PACK + exclusion.format("other.stand"), other)["en"] == []
    assert told(tmp_path, reference, PACK + exclusion.format("other.stnd"), other)["en"] == [
        "packs/1.toml, exclusions.e.others: there is no subsidy 'other.stnd'; did you mean 'other.stand'?"
    ]


# -- chosen in programme.toml


def programme(tmp_path: Path, chosen: str, pack: str = PACK) -> Path:
    folder_of(tmp_path, pack)
    (tmp_path / "programme.toml").write_text(SETTINGS + chosen, encoding="utf-8")
    (tmp_path / "funds.csv").write_text(FUNDS, encoding="utf-8")
    return tmp_path


def test_chosen_packs_are_in_the_programme_with_their_fund(tmp_path: Path) -> None:
    read = read_programme(programme(tmp_path, '[[packs]]\nid = "mine"\nfund = "trade"\n'))
    assert [pack.pack_id for pack in read.packs] == ["mine"]
    assert read.subsidy["mine.stand"].fund_id == "trade"


def test_packs_are_in_the_order_of_their_ids_and_only_those_chosen(tmp_path: Path) -> None:
    chosen = '[[packs]]\nid = "mine"\nfund = "trade"\n[[packs]]\nid = "cn-claim-papers"\n'
    assert [pack.pack_id for pack in read_programme(programme(tmp_path, chosen)).packs] == ["cn-claim-papers", "mine"]


def test_the_digest_covers_the_chosen_packs(tmp_path: Path) -> None:
    chosen = '[[packs]]\nid = "mine"\nfund = "trade"\n'
    first = read_programme(programme(tmp_path, chosen)).digest
    assert read_programme(programme(tmp_path, chosen)).digest == first
    assert read_programme(programme(tmp_path, chosen, PACK.replace("0.5", "0.6"))).digest != first


def test_a_pack_that_is_not_chosen_changes_nothing(tmp_path: Path) -> None:
    without = read_programme(programme(tmp_path, "")).digest
    assert read_programme(programme(tmp_path, "", PACK.replace("0.5", "0.6"))).digest == without


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        (
            '[[packs]]\nid = "mien"\nfund = "trade"\n',
            "packs.mien.id: there is no rule pack 'mien'; did you mean 'mine'?",
        ),
        (
            '[[packs]]\nid = "mine"\n',
            "packs.mine.fund: 'mine' pays subsidies and no fund is named; add fund = \"id of a fund\"",
        ),
        (
            '[[packs]]\nid = "mine"\nfund = "trde"\n',
            "packs.mine.fund: 'trde' is not in funds; did you mean 'trade'?",
        ),
        (
            '[[packs]]\nid = "mine"\nfund = "travel"\n',
            "packs.mine.fund: fund 'travel' is not for trade development, and subsidies are paid from no other; choose another fund",
        ),
        (
            '[[packs]]\nid = "mine"\nfunds = { stan = "trade" }\n',
            "packs.mine.funds.stan: there is no subsidy 'stan'; did you mean 'stand'?",
        ),
        (
            '[[packs]]\nid = "mine"\nfund = "trade"\nzone = "gzz"\n',
            "packs.mine.zone: 'gzz' is not in zones; did you mean 'gz'?",
        ),
        (
            '[[packs]]\nid = "mine"\nfund = "trade"\n' * 2,
            "packs.mine.id: 'mine' is chosen twice; keep one [[packs]]",
        ),
        (
            '[[packs]]\nid = "hk-emf"\nfund = "trade"\n',
            "packs.hk-emf.id: amounts are in HKD, which has no exchange rate into CNY; add a row to rates",
        ),
        (
            '[[packs]]\nid = "mine"\nfnd = "trade"\n',
            "packs.mine.fnd: there is no setting 'fnd'; did you mean 'fund'?",
        ),
    ],
)
def test_a_choice_that_cannot_be_meant_is_told(tmp_path: Path, chosen: str, says: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        read_programme(programme(tmp_path, chosen))
    assert report(caught.value.problems, "en") == [f"programme.toml, {says}"]
    assert len(report(caught.value.problems, "zh")) == 1


def test_two_packs_that_say_how_officials_travel_in_one_time_are_told(tmp_path: Path) -> None:
    both = "".join(f'[[packs]]\nid = "cn-official-travel-{year}"\n' for year in (2008, 2013))
    assert len(read_programme(programme(tmp_path, both)).packs) == 2
    with pytest.raises(CatalogueError) as caught:
        read_programme(
            programme(tmp_path, both.replace('2008"\n', '2008"\nstill_valid = true\n')),
        )
    assert [p.what for p in caught.value.problems] == ["pack-travel-twice"]


def test_travel_rules_are_those_in_force_on_the_day(tmp_path: Path) -> None:
    both = "".join(f'[[packs]]\nid = "cn-official-travel-{year}"\n' for year in (2008, 2013))
    read = read_programme(programme(tmp_path, both))
    old, new = (read.travel_rules(Regime.ABROAD, date(year, 6, 1)) for year in (2012, 2025))
    assert (old.day_limits, new.day_limits) == ((6, 10, 12), (5, 8, 10))
    assert (new.car_share, new.lodging_by, new.most_officials) == (Decimal("0.40"), "nights", 6)


def test_programme_toml_overrides_how_lodging_is_counted(tmp_path: Path) -> None:
    read = read_programme(programme(tmp_path, '[[packs]]\nid = "cn-official-travel-2013"\nlodging_by = "days"\n'))
    assert read.travel_rules(Regime.ABROAD, date(2025, 6, 1)).lodging_by == "days"
    assert read.travel_rules(Regime.HOME, date(2025, 6, 1)).lodging_by == "nights"


def test_kinds_of_firm_have_their_thresholds(tmp_path: Path) -> None:
    quota = read_packs(tmp_path)["canton-quota"].quota
    assert quota is not None
    assert quota.least_export_usd == {FirmKind.TRADER: Decimal(1_500_000), FirmKind.PRODUCER: Decimal(750_000)}


def test_a_year_rounded_subsidy_in_a_window_over_two_years_is_told(tmp_path: Path) -> None:
    folder = programme(tmp_path, '[[packs]]\nid = "shenzhen-2021"\nfund = "trade"\n')
    toml = folder / "programme.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(re.sub(r"window_to = \S+", "window_to = 2026-03-31", text), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        read_programme(folder)
    assert "pack-two-years" in {p.what for p in caught.value.problems}
