"""Files that are broken, swollen or hostile go through the verbs end to end: words and an exit code, bounded memory and time, nothing
in them run or followed."""

from __future__ import annotations

import io
import os
import random
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from fairplanner.cli import build
from fairplanner.pose import pose
from fairplanner.publish.plan_json import plan_json, snapshot_json
from fairplanner.solver import solve
from tests.intake.sheets.making import HEAD, TAIL, by_hand
from tests.messy.firm_sheets import OWN, SUMMARY
from tests.messy.hand_sheets import MATRIX, programme
from tests.messy.make_old import OLD
from tests.messy.making import SETTINGS, book, comma, saved
from tests.messy.signup_sheets import QUESTIONNAIRE

OUR_BUG = 3
PATIENCE = 5
"""Seconds of CPU for one small file, however it is broken; a whole one takes a fifteenth of a second."""
BLOCKED = ["企业编号", "企业名称", "地区", "来源", "可信度"]
FIRM = ["F1", "示例茶业", "gz-p-zunyi", *OWN]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "示例 计划"
    place.mkdir()
    (place / "programme.toml").write_text(SETTINGS, encoding="utf-8")
    return place


def run(*args: str | Path, lang: str = "zh") -> Result:
    return CliRunner().invoke(build(lang), [*map(str, args)])


def said(result: Result) -> str:
    """What a user reads; never that we are at fault, never a traceback, never silence."""
    assert result.exit_code in (0, 1), (result.exit_code, result.output, result.exception)
    assert result.output.strip()
    assert "Traceback" not in result.output
    return result.output


def mutated(content: bytes, draw: random.Random) -> bytes:
    """Cut off, changed in a few bytes or many, with a piece of itself once more, or with other bytes put in."""
    if draw.random() < 0.2:
        return content[: draw.randrange(len(content))]
    changed = bytearray(content)
    for _ in range(draw.choice((1, 2, 5, 20, 200))):
        changed[draw.randrange(len(changed))] = draw.choice((0, 127, 128, 255, draw.randrange(256)))
    at, first = draw.randrange(len(changed)), draw.randrange(len(changed))
    changed[at:at] = draw.choice((b"", draw.randbytes(30), content[first : first + 200]))
    return bytes(changed)


def part_mutated(content: bytes, draw: random.Random) -> bytes:
    """A workbook one part of which is mutated, in a zip that is whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        chosen = draw.choice([n for n in old.namelist() if n.startswith("xl/")])
        for name in old.namelist():
            new.writestr(name, mutated(old.read(name), draw) if name == chosen else old.read(name))
    return out.getvalue()


def broken_files(whole: bytes, old: bytes, text: bytes, draw: random.Random, count: int) -> Iterator[tuple[str, bytes]]:
    """Endings and contents: mutated books of both kinds, mutated text, and noise that begins like each."""
    for n in range(count):
        kind = n % 5
        if kind == 0:
            yield ".xlsx", mutated(whole, draw)
        elif kind == 1:
            yield ".xlsx", part_mutated(whole, draw)
        elif kind == 2:
            yield ".xls", mutated(old, draw)
        elif kind == 3:
            yield ".csv", mutated(text, draw)
        else:
            start = draw.choice((b"", whole[:60], old[:600], b"\xff\xfe", b"\xef\xbb\xbf", text[:40]))
            yield draw.choice((".xlsx", ".xls", ".csv")), start + draw.randbytes(draw.randrange(600))


def summary_files(tmp_path: Path) -> tuple[bytes, bytes, bytes]:
    """One messy list of firms as XLSX, XLS and CSV."""
    made = tmp_path / "whole"
    made.mkdir()
    SUMMARY.make(made)
    whole = next(made.iterdir()).read_bytes()
    return whole, (OLD / "summary.xls").read_bytes(), comma([BLOCKED, FIRM, ["合计", "1"]], "gb18030")


def fuzz_check(folder: Path, tmp_path: Path, seed: int, count: int) -> None:
    draw = random.Random(seed)  # noqa: S311
    for ending, content in broken_files(*summary_files(tmp_path), draw, count):
        path = folder / f"企业{ending}"
        path.write_bytes(content)
        begun = time.process_time()
        said(run("check", folder))
        assert time.process_time() - begun < PATIENCE
        path.unlink()


def fuzz_judge(plan: Path, tmp_path: Path, seed: int, count: int) -> None:
    draw = random.Random(seed)  # noqa: S311
    whole = MATRIX.make(tmp_path).read_bytes()
    text = comma([["企业", "展会", "展位数"], ["f2", "expo-1-1", "2"]], "gb18030")
    for ending, content in broken_files(whole, (OLD / "lists.xls").read_bytes(), text, draw, count):
        path = tmp_path / f"手工{ending}"
        path.write_bytes(content)
        begun = time.process_time()
        said(run("judge", plan, path))
        assert time.process_time() - begun < PATIENCE
        path.unlink()


def fuzz_collect(folder: Path, tmp_path: Path, seed: int, count: int) -> None:
    draw = random.Random(seed)  # noqa: S311
    source = tmp_path / "signups"
    source.mkdir()
    (folder / "报名").mkdir()
    QUESTIONNAIRE.make(source)
    whole = next(source.iterdir()).read_bytes()
    text = comma([["企业名称", "地区", "展会"], ["示例茶业", "遵义市", "第141届广交会第三期"]], "gb18030")
    for ending, content in broken_files(whole, (OLD / "summary.xls").read_bytes(), text, draw, count):
        path = folder / "报名" / f"问卷{ending}"
        path.write_bytes(content)
        begun = time.process_time()
        said(run("collect", folder))
        assert time.process_time() - begun < PATIENCE
        path.unlink()
        for made in ("collected.xlsx", "mapping.toml", "mapping.new.toml"):
            (folder / made).unlink(missing_ok=True)


def fuzz_import(plan: Path, tmp_path: Path, seed: int, count: int) -> None:
    draw = random.Random(seed)  # noqa: S311
    made = run("export", plan, "--out", tmp_path / "修改表.xlsx")
    assert made.exit_code == 0, made.output
    whole = (tmp_path / "修改表.xlsx").read_bytes()
    into = tmp_path / "into"
    into.mkdir()
    (into / "programme.toml").write_text(SETTINGS.replace('"sample"', '"test"'), encoding="utf-8")
    for ending, content in broken_files(whole, (OLD / "lists.xls").read_bytes(), b"a,b", draw, count):
        path = tmp_path / f"改过{ending}"
        path.write_bytes(content)
        begun = time.process_time()
        said(run("import", plan, path, "--into", into, "--dry"))
        assert time.process_time() - begun < PATIENCE
        path.unlink()
    assert [p.name for p in into.iterdir()] == ["programme.toml"]


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small programme and its plan, to be copied."""
    folder = tmp_path_factory.mktemp("planned")
    own = programme()
    (folder / "programme.json").write_bytes(snapshot_json(own))
    (folder / "plan.json").write_bytes(plan_json(solve(pose(own), seconds=10, gap=0).plan))
    return folder


def test_broken_files_in_a_programme_end_in_words(folder: Path, tmp_path: Path) -> None:
    fuzz_check(folder, tmp_path, seed=8, count=12)


def test_broken_plans_made_by_hand_end_in_words(planned: Path, tmp_path: Path) -> None:
    fuzz_judge(planned, tmp_path, seed=8, count=3)


def test_broken_sign_ups_end_in_words(folder: Path, tmp_path: Path) -> None:
    fuzz_collect(folder, tmp_path, seed=8, count=6)


def test_broken_workbooks_of_choices_end_in_words_and_write_nothing(planned: Path, tmp_path: Path) -> None:
    fuzz_import(planned, tmp_path, seed=8, count=5)


@pytest.mark.slow
def test_many_broken_files_end_in_words(folder: Path, planned: Path, tmp_path: Path) -> None:
    fuzz_check(folder, tmp_path, seed=27, count=200)
    judged = tmp_path / "judged"
    judged.mkdir()
    fuzz_judge(planned, judged, seed=27, count=150)


@pytest.mark.slow
def test_many_broken_sign_ups_and_workbooks_of_choices_end_in_words(
    folder: Path, planned: Path, tmp_path: Path
) -> None:
    fuzz_collect(folder, tmp_path, seed=27, count=150)
    edited = tmp_path / "edited"
    edited.mkdir()
    fuzz_import(planned, edited, seed=27, count=150)


LINKS: tuple[str, ...] = (
    "=cmd|'/c touch {marker}'!A0",
    '=DDE("soffice";"{marker}";"A1")',
    '=WEBSERVICE("http://127.0.0.1:{port}/a")',
    '=HYPERLINK("http://127.0.0.1:{port}/a","x")',
    "='http://127.0.0.1:{port}/[b.xlsx]Sheet1'!A1",
    '=IMPORTXML("http://127.0.0.1:{port}/a","//a")',
    '=IMAGE("http://127.0.0.1:{port}/a.png")',
    '+cmd|"/c touch {marker}"!A0',
    "@SUM(1+1)*cmd|' /C touch {marker}'!A0",
)


def test_nothing_in_a_cell_is_run_and_no_link_followed(folder: Path, planned: Path, tmp_path: Path) -> None:
    marker = tmp_path / "run"
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        facts = {"marker": marker.as_posix(), "port": server.getsockname()[1]}
        rows = [[f"F{n}", text.format(**facts), "gz-p-zunyi", *OWN] for n, text in enumerate(LINKS)]
        (folder / "企业.xlsx").write_bytes(with_links(saved(book(("企业", [BLOCKED, *rows]))), facts["port"]))
        assert "重新保存" in said(run("check", folder))
        (folder / "报名").mkdir()
        (folder / "企业.xlsx").rename(folder / "报名" / "企业.xlsx")
        said(run("collect", folder))
        (folder / "企业.csv").write_bytes(comma([BLOCKED, *rows]))
        said(run("check", folder))
        hand = book(("Sheet1", [["企业", "展会", "展位数"], *([row[1], "expo-1-1", row[1]] for row in rows)]))
        hand.save(tmp_path / "手工.xlsx")
        said(run("judge", planned, tmp_path / "手工.xlsx"))
        with pytest.raises(BlockingIOError):
            server.accept()
    assert not marker.exists()


def with_links(content: bytes, port: int) -> bytes:
    """A workbook that also links to another one, to a query and to a data connection of the web, all of them to be refreshed when opened."""
    out = io.BytesIO()
    address = f"http://127.0.0.1:{port}/"
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
        new.writestr(
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            f'{rels}<Relationship Id="r" Type="x" Target="{address}b.xlsx" TargetMode="External"/></Relationships>',
        )
        new.writestr(
            "xl/connections.xml", f'<connections><connection refreshOnLoad="1" sourceFile="{address}"/></connections>'
        )
        new.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 100)
        new.writestr("../../../outside.txt", b"x")
    return out.getvalue()


BOMBS: dict[str, Callable[[], bytes]] = {
    "entities.xlsx": lambda: by_hand(
        [b"<!DOCTYPE w [" + b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"a" * 10) for n in range(12)) + b"]>",
         HEAD, b'<row><c t="inlineStr"><is><t>&e11;</t></is></c></row>', TAIL]
    ),
    "outside.xlsx": lambda: by_hand([b'<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/hostname">]>', HEAD, b"<row><c><v>&e;</v></c></row>", TAIL]),
    "nested.xlsx": lambda: by_hand([HEAD, b"<row>" * 200_000, TAIL]),
    "wide.csv": lambda: b"a" + b"," * 1_000_000 + b"b\n",
    "wider.csv": lambda: b"\n".join([b"x," * 300_000] * 5),
    "nuls.csv": lambda: "企业编号,企业名称\nF1,示例\x00企业\n".encode(),
    "quote.csv": lambda: b'firm_id,name_zh\n"F1,' + b"x" * 300_000,
    "far.xlsx": lambda: far(),
    "parts.xlsx": lambda: parts(),
}  # fmt: skip


SLOW = ("parts.xlsx", "wider.csv")


def far() -> bytes:
    made = Workbook()
    made.active.append(BLOCKED)
    made.active.cell(1_048_576, 16_384, "x")
    return saved(made)


def parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for n in range(11_000):
            new.writestr(f"xl/worksheets/sheet{n}.xml", b"")
    return out.getvalue()


@pytest.mark.parametrize("bomb", [pytest.param(x, marks=[pytest.mark.slow] * (x in SLOW)) for x in sorted(BOMBS)])
def test_what_is_made_to_hurt_is_refused_by_its_name(folder: Path, bomb: str) -> None:
    stem, _, ending = bomb.partition(".")
    path = folder / f"企业.{ending}"
    path.write_bytes(BOMBS[bomb]())
    begun = time.process_time()
    result = run("check", folder)
    assert f"企业.{ending}" in said(result)
    assert result.exit_code == 1
    assert time.process_time() - begun < PATIENCE
    assert stem
    for name in ("Memory", "Recursion"):
        assert name not in result.output


def test_a_table_on_a_path_as_deep_as_the_system_admits_is_read(tmp_path: Path) -> None:
    deep = tmp_path
    while len(os.fsencode(deep)) < 3000:
        deep = deep / ("示例 文件夹" * 12)
    deep.mkdir(parents=True)
    (deep / "programme.toml").write_text(SETTINGS, encoding="utf-8")
    (deep / "企业.csv").write_bytes(comma([BLOCKED, FIRM]))
    assert run("check", deep).exit_code == 0
    (deep / "企业.csv").write_bytes(b"\x00")
    assert "企业.csv" in said(run("check", deep))


MEASURED = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "fairplanner", *sys.argv[1:]])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"MEASURED {done.returncode} {used.ru_maxrss / 1024:.0f} {used.ru_utime + used.ru_stime:.1f}", file=sys.stderr)
"""
"""Runs a verb as a user does, and says what it came to."""


def measured(*args: str | Path) -> tuple[str, int, int, float]:
    """What a verb says in a process of its own, its exit code, the most memory it took (MB) and its seconds of CPU."""
    command = [sys.executable, "-c", MEASURED, *map(str, args)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, encoding="utf-8")  # noqa: S603
    line = next(x for x in done.stderr.splitlines() if x.startswith("MEASURED"))
    _, code, memory, seconds = line.split()
    return done.stdout + done.stderr, int(code or 0), int(memory), float(seconds)


@pytest.mark.slow
def test_a_zip_bomb_takes_no_memory_to_speak_of(folder: Path) -> None:
    (folder / "企业.xlsx").write_bytes(by_hand([HEAD, *[b" " * 1_000_000] * 1000, TAIL]))
    texts = b"<sst><si><t>" + b"z" * 32_000 + b"</t></si></sst>"
    many = [HEAD, *(b"<row>" + b'<c t="s"><v>0</v></c>' * 100 + b"</row>" for _ in range(20_000)), TAIL]
    (folder / "报名.xlsx").write_bytes(by_hand(many, texts))
    text, code, memory, seconds = measured("check", folder)
    assert code == 1
    assert "企业.xlsx" in text
    assert "报名.xlsx" in text
    assert memory < 900
    assert seconds < 30


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_hundred_thousand_rows_are_read_within_bounds(folder: Path, ending: str) -> None:
    rows = [BLOCKED, *([f"F{n}", f"示例企业{n}", "gz-p-zunyi", *OWN] for n in range(100_000))]
    if ending == "csv":
        (folder / "企业.csv").write_bytes(comma(rows))
    else:
        made = Workbook(write_only=True)
        page = made.create_sheet("企业")
        for row in rows:
            page.append(row)
        made.save(folder / "企业.xlsx")
    text, code, memory, seconds = measured("check", folder, "--lang", "en")
    assert code == 0, text[:1000]
    assert "100000" in text
    assert memory < 1500
    assert seconds < 60


@pytest.mark.slow
def test_a_hundred_thousand_broken_rows_are_told_in_a_bounded_report(folder: Path) -> None:
    rows = [BLOCKED, *([f"F{n}", f"示例企业{n}", f"没有的地区{n}", "示例", "不知道"] for n in range(100_000))]
    (folder / "企业.csv").write_bytes(comma(rows))
    text, code, memory, seconds = measured("check", folder)
    assert code == 1
    assert len(text.splitlines()) < 250
    assert memory < 1500
    assert seconds < 60


@pytest.mark.slow
def test_many_names_that_nobody_knows_are_told_within_bounds(folder: Path) -> None:
    firms = [BLOCKED, *([f"F{n}", f"示例企业{n}", "遵义市", *OWN] for n in range(50_000))]
    (folder / "企业.csv").write_bytes(comma(firms))
    asked = [["企业编号", "展期编号"], *([f"未知{n}公司", "canton-141-1"] for n in range(5000))]
    (folder / "报名.csv").write_bytes(comma(asked))
    text, code, memory, seconds = measured("check", folder)
    assert code == 1
    assert "5000" in text
    assert memory < 1500
    assert seconds < 60
