"""Writes the three shipped sample programmes: `python -m tests.programmes.make_samples`.

A pure function of fixed seeds, so that anybody sees that the firms, applications and sums are samples; a test holds the
committed folders equal to what this writes.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fairplanner.domain.kinds import DecisionKind
from fairplanner.domain.planning import Firm
from tests.programmes import sample_guangdong
from tests.programmes.sample_guizhou import GUIZHOU_2025, GUIZHOU_2027, decision, tables
from tests.programmes.sample_law import OWN_PACK, PACKS, law, with_law
from tests.programmes.sample_table import folder_texts, write_folder

CATALOGS = Path(__file__).parents[2] / "catalogs"

SETTINGS = """\
# {comment}
# 企业、报名、资金、价格均为示例数据；展会、日期和地区出自 catalogs/reference。
# Firms, applications, money and prices are samples; fairs, dates and zones come from catalogs/reference.
id = "{id}"
name_zh = "{zh}"
name_en = "{en}"
root = "{root}"
window_from = {year}-01-01
window_to = {year}-12-31
as_of = {as_of}
currency = "CNY"
sample = true
"""


def settings(folder: str, root: str, year: int, as_of: date, province: tuple[str, str], comment: str) -> str:
    """The text of programme.toml."""
    zh, en = f"{province[0]}{year}年度展会计划（示例）", f"Fairs of {province[1]} in {year} (sample)"
    return SETTINGS.format(id=folder, root=root, year=year, as_of=as_of, zh=zh, en=en, comment=comment)


GUIZHOU = ("贵州省", "Guizhou")


def guizhou_2025() -> dict[str, str]:
    """The year whose dates are known."""
    decisions = [
        decision(1, DecisionKind.MUST_GO, "SAMPLE-170", "namm-2025", date(2024, 11, 12), "新品首发"),
        decision(2, DecisionKind.MUST_GO, "SAMPLE-002", "ciie-8", date(2024, 11, 13), "重点采购对接"),
        decision(3, DecisionKind.MUST_NOT, "SAMPLE-004", "canton-138-1", date(2024, 11, 18), "企业改赴他展"),
    ]
    comment = "2025 年：档期已知的一年。 The year whose dates are known."
    toml = settings("guizhou-2025", "gz", 2025, GUIZHOU_2025.as_of, GUIZHOU, comment)
    made = tables(GUIZHOU_2025, decisions)
    firms = with_law([firm for firm in made["firms"] if isinstance(firm, Firm)])
    own = [s for s in made["subsidies"] if getattr(s, "subsidy_id", "").startswith("extra-")]
    texts = folder_texts(toml + PACKS, {**made, **law(firms), "firms": firms, "subsidies": own})
    return texts | {"packs/sample-steps.toml": OWN_PACK}


def guizhou_2027() -> dict[str, str]:
    """The year a planner works on now."""
    decisions = [decision(1, DecisionKind.MUST_GO, "SAMPLE-004", "ciie-10", date(2026, 11, 18), "重点采购对接")]
    comment = (
        "2027 年：现在要编的一年；档期据往届推算（暂定）或待定。 The year to plan now: dates projected or not known."
    )
    toml = settings("guizhou-2027", "gz", 2027, GUIZHOU_2027.as_of, GUIZHOU, comment)
    return folder_texts(toml, tables(GUIZHOU_2027, decisions))


def guangdong_2014() -> dict[str, str]:
    """The back-test: three fairs of the 2014 notice."""
    comment = "2014 年通知所列三个展会：回测。 A back-test: the three fairs of the 2014 notice."
    toml = settings("guangdong-2014", "gd", 2014, sample_guangdong.AS_OF, ("广东省", "Guangdong"), comment)
    return folder_texts(toml, sample_guangdong.tables())


SAMPLES = {"guizhou-2025": guizhou_2025, "guizhou-2027": guizhou_2027, "guangdong-2014": guangdong_2014}


def main() -> None:
    """Rewrite the three folders."""
    for name, made in SAMPLES.items():
        write_folder(CATALOGS / name, made())


if __name__ == "__main__":
    main()
