"""The sheet of QR codes: every card whole, every code readable, the same bytes for the same cards."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from fairplanner.publish.subscribe.qr_sheet import Card, qr_sheet
from tests.publish.reading import pages_of, pdf_text

DAY = date(2026, 11, 22)
PAGE = "https://calendars.office.invalid/expo/f/Zk3v9QwLx1TnB7rYc5MdE2hUa{n:02d}/"
LONG = "示例市（州）示例经济技术开发区国际工程机械与民族乐器进出口联合贸易有限责任公司（示例）展会日历"


def cards(count: int = 13) -> list[Card]:
    return [
        Card("zone" if n < 3 else "firm", LONG if n % 4 == 0 else f"示例企业{n}展会日历", PAGE.format(n=n))
        for n in range(count)
    ]


@pytest.mark.parametrize(("lang", "words"), [("zh", ["日历订阅二维码", "企业"]), ("en", ["QR codes", "Firms"])])
def test_every_card_stands_on_the_sheet_under_its_kind_with_its_whole_title_and_link(
    lang: str, words: list[str]
) -> None:
    text = pdf_text(qr_sheet(cards(), lang, DAY))
    for word in words:
        assert "".join(word.split()) in text
    for card in cards():
        assert card.page in text, "the address can be typed"
        assert "".join(card.title.split()) in text


def test_several_cards_share_a_page_and_more_begin_another() -> None:
    assert pages_of(qr_sheet(cards(6), "zh", DAY)) == 1
    assert pages_of(qr_sheet(cards(13), "zh", DAY)) == 2


def test_the_same_cards_give_the_same_bytes() -> None:
    assert qr_sheet(cards(2), "zh", DAY) == qr_sheet(cards(2), "zh", DAY)


def test_a_sample_says_so_and_anything_else_does_not() -> None:
    assert "示例数据" in pdf_text(qr_sheet(cards(1), "zh", DAY, sample=True))
    assert "示例数据" not in pdf_text(qr_sheet(cards(1), "zh", DAY))


def test_a_sheet_of_nothing_says_so() -> None:
    assert "还没有订阅地址" in pdf_text(qr_sheet([], "zh", DAY))


def test_every_code_is_read_from_the_printed_page(tmp_path: Path) -> None:
    draw, scan = shutil.which("pdftoppm"), shutil.which("zbarimg")
    if not (draw and scan):
        pytest.skip("needs pdftoppm and zbarimg")
    (tmp_path / "sheet.pdf").write_bytes(qr_sheet(cards(), "zh", DAY))
    subprocess.run([draw, "-r", "150", "-png", "sheet.pdf", "page"], cwd=tmp_path, check=True)  # noqa: S603 - a fixed command
    images = sorted(path.name for path in tmp_path.glob("page*.png"))
    code = [scan, "-q", "--raw", *images]
    read = subprocess.run(code, cwd=tmp_path, capture_output=True, text=True, check=True)  # noqa: S603 - a fixed command
    assert set(read.stdout.split()) == {card.page for card in cards()}
