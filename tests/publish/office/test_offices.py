"""What an office program makes of the papers: pages, lines, characters in a line, page numbers, text. Needs LibreOffice."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import manimgx_fonts_cjk
import pytest

from fairplanner.publish.office.dressing import Manner
from fairplanner.publish.office.files import files
from fairplanner.publish.office.owed import owed
from fairplanner.publish.office.paper import Paragraph
from fairplanner.shipped import shipped
from tests.publish.office.desks import a_year, desk, made, papers
from tests.publish.stress import stress

pytestmark = pytest.mark.interop
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>{folder}</dir><cachedir>{cache}</cachedir></fontconfig>"""
MM = 72 / 25.4


def run(*command: str, cwd: Path, **more: str) -> str:
    done = subprocess.run(  # noqa: S603 - programs found on this machine, with our own files
        command, cwd=cwd, env=os.environ | more, capture_output=True, text=True, timeout=300, check=True
    )
    return done.stdout


def as_pdf(folder: Path, *names: str) -> None:
    """Turns documents of a folder into PDF in one go, in a profile of its own and with fonts for Chinese."""
    soffice = shutil.which("soffice")
    if soffice is None or shutil.which("pdftotext") is None:
        pytest.skip("soffice (LibreOffice Writer and Calc) or pdftotext (poppler-utils) is not installed")
    conf = folder / "fonts.conf"
    conf.write_text(
        FONTS.format(folder=Path(manimgx_fonts_cjk.__file__).parent, cache=folder / "cache"), encoding="utf-8"
    )
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    run(
        soffice,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        *names,
        cwd=folder,
        FONTCONFIG_FILE=str(conf),
        HOME=str(folder),
    )


def words_of_pages(folder: Path, name: str) -> list[list[tuple[float, float, str]]]:
    """Left edge, upper edge (points) and text of every word, page by page."""
    text = run("pdftotext", "-bbox", name, "-", cwd=folder)
    found = []
    for page in text.split("<page ")[1:]:
        words = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</word>', page)
        found.append([(float(x), float(y), word) for x, y, word in words])
    return found


def test_a_full_page_has_22_lines_of_28_characters_and_its_number_outside(tmp_path: Path) -> None:
    long = replace(
        papers("recruit")[0],
        blocks=(Paragraph("测" * 3000, flush=True),),
        attachments=(),
        is_signed=False,
        addressee="",
    )
    (tmp_path / "long.docx").write_bytes(made(long))
    as_pdf(tmp_path, "long.docx")
    info = run("pdfinfo", "long.pdf", cwd=tmp_path)
    assert re.search(r"595\.\d+ x 841\.\d+ pts \(A4\)", info)
    first, second, third, *_ = words_of_pages(tmp_path, "long.pdf")
    assert len(first) > 10
    for page in (second, third):
        lines: Counter[float] = Counter()
        for _, y, word in page:
            lines[round(y)] += word.count("测")
        full = [n for n in lines.values() if n]
        assert full == [28] * 22
        left, top = min(x for x, _, w in page if "测" in w), min(y for _, y, w in page if "测" in w)
        assert abs(left / MM - 28) < 1
        assert abs(top / MM - 37) < 4, "the first line stands in its share of the grid"
    numbers = [[(x, w) for x, y, w in page if y > (297 - 35) * MM] for page in (second, third)]
    assert ["".join(w for _, w in own).replace(" ", "") for own in numbers] == ["—2—", "—3—"]
    assert min(x for x, _ in numbers[0]) < 60 * MM
    assert min(x for x, _ in numbers[1]) > 150 * MM


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "manner"), [("zh", Manner.OFFICIAL), ("en", Manner.FRIENDLY), ("zh", Manner.FRIENDLY)]
)
def test_every_paper_opens_and_says_the_same(tmp_path: Path, lang: str, manner: Manner) -> None:
    for number, year in enumerate((a_year(), stress())):
        at, folder = desk(lang, year), tmp_path / str(number)
        folder.mkdir()
        titles = {}
        for n, (x, file) in enumerate(files(at, owed(at), manner, shipped("templates"))):
            name = f"{n:03d}{file.path.suffix}"
            (folder / name).write_bytes(file.content)
            titles[f"{n:03d}.pdf"] = (x.paper.title, file.path.suffix)
        as_pdf(folder, *(p.name for p in sorted(folder.iterdir())))
        for name, (title, ending) in titles.items():
            text = re.sub(r"\s+", "", run("pdftotext", name, "-", cwd=folder))
            if ending == ".docx":
                assert re.sub(r"\s+|\u200b", "", title) in text.replace("\u200b", ""), name
            sizes = run("pdfinfo", name, cwd=folder)
            assert "(A4)" in sizes, name
