"""Programmes as people break them: what stands in each folder of `broken`, and exactly what must be told about it.

Each is the same small sample with one thing wrong (the last has many). Write the folders with
`python -m tests.programmes.broken_table`; the reports beside them (`report.zh.txt`, `report.en.txt`) are written too, to
be read before they are committed.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

FOLDER = Path(__file__).parent / "broken"

SETTINGS = """\
id = "sample"
name_zh = "示例计划"
name_en = "Sample"
root = "gz"
window_from = 2025-01-01
window_to = 2025-12-31
as_of = 2024-11-20
sample = true
"""
FIRMS = """\
firm_id,name_zh,zone_id,sectors,source,confidence
F1,示例企业1,gz-p-zunyi,guitar,示例,sample
F2,示例企业2,gz-p-guiyang,tea,示例,sample
"""
APPLICATIONS = """\
firm_id,phase_id,booths,least_booths,received,source,confidence
F1,canton-137-1,2,1,2024-10-01,示例,sample
F2,canton-137-2,1,1,2024-10-08,示例,sample
"""
BASE: dict[str, str | bytes] = {"programme.toml": SETTINGS, "firms.csv": FIRMS, "applications.csv": APPLICATIONS}

Told = tuple[str, int, str, str]
"""File, row, column, and the key of the sentence."""


@dataclass(frozen=True)
class Broken:
    """One broken programme: the files that differ from the sample (None: not there) and what must be told."""

    name: str
    files: dict[str, str | bytes | None]
    told: tuple[Told, ...]

    def content(self) -> dict[str, bytes]:
        """Every file of the folder."""
        files = {**BASE, **self.files}
        return {name: c if isinstance(c, bytes) else c.encode() for name, c in files.items() if c is not None}


def book(**sheets: list[list[object]]) -> bytes:
    """A workbook with these sheets."""
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        page = made.create_sheet(title)
        for row in rows:
            page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_settings(old: str, new: str) -> dict[str, str | bytes | None]:
    """The sample with one line of programme.toml changed."""
    if old not in SETTINGS:
        raise ValueError(old)
    return {"programme.toml": SETTINGS.replace(old, new)}


def with_firm(line: str) -> dict[str, str | bytes | None]:
    """The sample with one more firm, in row 4."""
    return {"firms.csv": FIRMS + line + "\n"}


def with_application(line: str) -> dict[str, str | bytes | None]:
    """The sample with one more application, in row 4."""
    return {"applications.csv": APPLICATIONS + line + "\n"}


BROKEN: tuple[Broken, ...] = (
    Broken("settings-missing", {"programme.toml": None}, (("programme.toml", 0, "", "settings-missing"),)),
    Broken("settings-not-toml", with_settings('"gz"', '"gz'), (("programme.toml", 4, "", "toml-line"),)),
    Broken(
        "settings-typo",
        with_settings("window_to =", "windov_to ="),
        (("programme.toml", 0, "windov_to", "setting-unknown-near"), ("programme.toml", 0, "window_to", "setting-missing")),
    ),
    Broken("score-not-100", {"programme.toml": SETTINGS + "[score]\nsector = 40\n"}, (("programme.toml", 0, "score", "score-sum"),)),
    Broken("window-too-long", with_settings("2025-12-31", "2026-12-31"), (("programme.toml", 0, "window_to", "window-long"),)),
    Broken("as-of-too-late", with_settings("2024-11-20", "2026-01-02"), (("programme.toml", 0, "as_of", "as-of-late"),)),
    Broken("root-unknown", with_settings('"gz"', '"贵洲省"'), (("programme.toml", 0, "root", "reference-unknown-near"),)),
    Broken("sector-typo", with_firm("F3,示例企业3,gz-p-zunyi,tea;guitras,示例,sample"), (("firms.csv", 4, "sectors", "reference-unknown-near"),)),
    Broken("column-typo", {"firms.csv": FIRMS.replace("sectors", "sektors")}, (("firms.csv", 1, "sektors", "column-unknown-near"),)),
    Broken("column-missing", {"firms.csv": FIRMS.replace("zone_id", "kind").replace("gz-p-zunyi", "生产型").replace("gz-p-guiyang", "流通型")}, (("firms.csv", 1, "zone_id", "column-missing"),)),
    Broken("column-twice", {"firms.csv": FIRMS.replace("sectors", "企业编号")}, (("firms.csv", 1, "企业编号", "column-twice"),)),
    Broken("row-twice", with_firm("Ｆ１,示例企业3,gz-p-zunyi,tea,示例,sample"), (("firms.csv", 4, "firm_id", "row-twice"),)),
    Broken(
        "dates-wrong",
        {"applications.csv": APPLICATIONS.replace("2024-10-01", "2024年2月30日").replace("2024-10-08", "10月上旬")},
        (("applications.csv", 2, "received", "date-none"), ("applications.csv", 3, "received", "date-window")),
    ),
    Broken(
        "numbers-wrong",
        {"applications.csv": APPLICATIONS.replace("canton-137-1,2,1", "canton-137-1,两个,1").replace("canton-137-2,1,1", "canton-137-2,1.5,-1")},
        (
            ("applications.csv", 2, "booths", "number"),
            ("applications.csv", 3, "booths", "whole-number"),
            ("applications.csv", 3, "least_booths", "too-small"),
        ),
    ),
    Broken(
        "choice-wrong",
        {"applications.csv": APPLICATIONS.replace("received", "意愿").replace("2024-10-01", "可以接受").replace("2024-10-08", "refuse")},
        (("applications.csv", 2, "意愿", "not-listed-near"), ("applications.csv", 3, "意愿", "not-listed-near")),
    ),
    Broken("required-blank", with_firm("F3,,gz-p-zunyi,tea,,sample"), (("firms.csv", 4, "name_zh", "value-missing"), ("firms.csv", 4, "source", "value-missing"))),
    Broken(
        "gb18030",
        {"firms.csv": "企业编号,企业名称,地区编号,行业,来源,可信度\nF1,示例企业1,遵义事,装备制照,示例,示例\nF2,示例企业2,gz-p-guiyang,tea,示例,示例\n".encode("gb18030")},
        (("firms.csv", 2, "地区编号", "reference-unknown-near"), ("firms.csv", 2, "行业", "reference-unknown-near")),
    ),
    Broken(
        "bom-and-semicolons",
        {"firms.csv": b"\xef\xbb\xbf" + FIRMS.replace(",", ";").replace("guitar", "gitar").replace("\n", "\r\n").encode()},
        (("firms.csv", 2, "sectors", "reference-unknown-near"),),
    ),
    Broken("not-text", {"firms.csv": bytes(range(256)) * 4}, (("firms.csv", 0, "", "file-unreadable"),)),
    Broken("xlsx-truncated", {"firms.csv": None, "firms.xlsx": book(firms=[["firm_id"], ["F1"]])[:2000]}, (("firms.xlsx", 0, "", "xlsx-broken"),)),
    Broken(
        "xlsx-cells",
        {
            "firms.csv": None,
            "tables.xlsx": book(
                企业=[
                    ["企业编号", "企业名称", "地区编号", "可派队数", "来源", "可信度"],
                    ["F1", "示例企业1", "gz-p-zunyi", 1.5, "示例", "示例"],
                    ["F2", "示例企业2", "gz-p-guiyang", 1, "#REF!", "示例"],
                    [915203001234567890, "示例企业3", "gz-p-guiyang", 1, "示例", "示例"],
                ]
            ),
        },
        (
            ("tables.xlsx[企业]", 2, "可派队数", "whole-number"),
            ("tables.xlsx[企业]", 3, "来源", "excel-error"),
            ("tables.xlsx[企业]", 4, "企业编号", "digits-lost"),
        ),
    ),
    Broken("xls-old", {"firms.csv": None, "firms.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)}, (("firms.xls", 0, "", "xlsx-locked"),)),
    Broken("file-misnamed", {"firms.csv": None, "firm.csv": FIRMS}, (("firm.csv", 0, "", "table-unknown-near"),)),
    Broken("file-empty", {"firms.csv": ""}, (("firms.csv", 0, "", "file-empty"),)),
    Broken("quote-open", with_firm('F3,"示例企业3,gz-p-zunyi,tea,示例,sample'), (("firms.csv", 4, "", "csv-broken"),)),
    Broken("comma-in-text", with_firm("F3,示例企业3,贵阳分公司,gz-p-zunyi,tea,示例,sample"), (("firms.csv", 4, "", "cell-without-header"),)),
    Broken("firm-unknown", with_application("F9,canton-137-9,1,1,2024-10-09,示例,sample"), (("applications.csv", 4, "firm_id", "reference-unknown"), ("applications.csv", 4, "phase_id", "reference-unknown-near"))),
    Broken("least-over-wanted", with_application("F2,canton-137-3,1,3,2024-10-09,示例,sample"), (("applications.csv", 4, "least_booths", "least-over-wanted"),)),
    Broken(
        "section-elsewhere",
        {
            "applications.csv": "firm_id,phase_id,section_id,source,confidence\nF1,canton-137-2,canton-1-01,示例,sample\n"
            "F2,canton-137-1,canton-1-01,示例,sample\nF2,canton-137-1,,示例,sample\n",
        },
        (("applications.csv", 2, "section_id", "section-elsewhere"), ("applications.csv", 3, "section_id", "applied-twice")),
    ),
    Broken(
        "decision-without-reason",
        {
            "decisions.csv": "decision_id,kind,firm_id,zone_id,phase_id,by,on,reason,basis,source,confidence\n"
            "D1,必须参加,F1,gz,canton-137-1,示例处,2024-11-01,重点企业,示例纪要,示例,sample\n"
            "D2,不得参加,F2,,canton-137-2,示例处,2024-11-01,,,示例,sample\n",
        },
        (("decisions.csv", 2, "firm_id", "decision-who"), ("decisions.csv", 3, "basis", "value-missing"), ("decisions.csv", 3, "reason", "value-missing")),
    ),
    Broken(
        "money-wrong",
        {
            "funds.csv": "fund_id,name_zh,nature,zone_id,amount,period_from,period_to,pays,source,confidence\n"
            "A,示例资金,公共布展,gz,100000,2025-12-31,2025-01-01,展位,示例,sample\n"
            "B,示例资金,trade-development,gz,10来万,2025-01-01,2025-12-31,;,示例,sample\n",
            "prices.csv": "fair_id,stand,per_booth,currency,source,confidence\nnamm,标准展位,\"3,500\",usd,示例,sample\nnamm,光地,5000,USD,示例,sample\n",
            "quotas.csv": "phase_id,zone_id,booths,source,confidence\ncanton-137-1,gz,,示例,sample\n",
        },
        (
            ("funds.csv", 2, "period_to", "end-before-start"),
            ("funds.csv", 3, "amount", "number"),
            ("funds.csv", 3, "pays", "value-missing"),
            ("prices.csv", 2, "currency", "rate-missing"),
            ("quotas.csv", 2, "booths", "quota-blank"),
        ),
    ),
    Broken(
        "zones-in-a-ring",
        {
            "zones.csv": "zone_id,name_zh,name_en,kind,parent,place_id,source,confidence\n"
            "my-a,示例甲区,Sample A,zone,my-b,,示例,sample\nmy-b,示例乙区,Sample B,zone,my-a,,示例,sample\n"
            "my-root,示例省,Sample,province,,,示例,sample\nmy-c,示例丙区,Sample C,zone,my-root,,示例,sample\n",
            **with_settings('"gz"', '"my-root"'),
        },
        (
            ("zones.csv", 2, "parent", "zone-cycle"),
            ("zones.csv", 4, "place_id", "home-unknown"),
            ("zones.csv", 5, "place_id", "home-unknown"),
        ),
    ),
    Broken(
        "place-nowhere",
        {
            "places.csv": "place_id,name_zh,name_en,territory_id,lat,lon,tz,source,confidence\n"
            "my-city,示例市,Sample City,CN,126.6,106.7,Asia/Shanghai,示例,sample\n"
            "my-town,示例镇,Sample Town,CN,26.6,106.7,Asia/Shangai,示例,sample\n",
            "phases.csv": "phase_id,fair_id,edition,year,start,end,place_id,status,source,confidence\n"
            "my-1,namm,1,2025,2025-06-05,2025-06-03,my-city,初定,示例,sample\n",
        },
        (
            ("phases.csv", 2, "end", "end-before-start"),
            ("places.csv", 2, "lat", "too-big"),
            ("places.csv", 3, "tz", "tz-unknown-near"),
        ),
    ),
    Broken(
        "many-at-once",
        {
            "programme.toml": SETTINGS.replace("2025-12-31", "2024-12-31").replace("sample = true", 'sample = "yes!"'),
            "firms.csv": FIRMS.replace("guitar", "guitras").replace("sample\n", "smaple\n", 1),
            "applications.csv": APPLICATIONS.replace("F2", "F7").replace("2024-10-01", "明天"),
            "说明.csv": "任何,说明\n",
        },
        (
            ("applications.csv", 2, "received", "date"),
            ("applications.csv", 3, "firm_id", "reference-unknown"),
            ("firms.csv", 2, "confidence", "not-listed-near"),
            ("firms.csv", 2, "sectors", "reference-unknown-near"),
            ("programme.toml", 0, "sample", "setting-yes-no"),
            ("programme.toml", 0, "window_to", "window-order"),
            ("说明.csv", 0, "", "table-unknown"),
        ),
    ),
)  # fmt: skip


def write_all(folder: Path = FOLDER) -> None:
    """Write every folder and its reports; workbooks that are there already are left, for their bytes carry a date."""
    from fairplanner.errors import CatalogueError
    from fairplanner.intake import read_programme
    from fairplanner.report import report

    for broken in BROKEN:
        where = folder / broken.name
        where.mkdir(parents=True, exist_ok=True)
        for name, content in broken.content().items():
            if not (name.endswith(".xlsx") and (where / name).exists()):
                (where / name).write_bytes(content)
        try:
            read_programme(where)
        except CatalogueError as error:
            for lang in ("zh", "en"):
                lines = report(error.problems, lang)
                (where / f"report.{lang}.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    write_all()
