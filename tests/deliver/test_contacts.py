from __future__ import annotations

from pathlib import Path

import pytest

from fairplanner.deliver.contacts import Contact, is_address, read_contacts
from fairplanner.errors import UserError


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "contacts.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_contacts_are_read_with_chinese_heads_in_any_order_of_columns(tmp_path: Path, encoding: str) -> None:
    text = "备注,邮箱,编号,类别,语言\r\n甲,a@b.example,f1,企业,中文\r\n,c@d.example,east,地区,英文\r\n,,,,\r\n"
    assert read_contacts(written(tmp_path, text, encoding)) == (
        Contact("firm", "f1", "a@b.example", "zh"),
        Contact("zone", "east", "c@d.example", "en"),
    )


def test_contacts_are_read_with_english_heads_and_a_blank_language_is_chinese(tmp_path: Path) -> None:
    text = "kind,subject,email,language\nFirm,f1,a@b.example,\ndelegation,d/1,a@b.example,English\nfirm,f1,a@b.example,zh\n"
    assert read_contacts(written(tmp_path, text)) == (
        Contact("firm", "f1", "a@b.example", "zh"),
        Contact("delegation", "d/1", "a@b.example", "en"),
    )


def test_everything_wrong_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    text = "kind,subject,email,language\npress,f1,a@b.example,zh\nfirm,,nobody,klingon\n"
    with pytest.raises(UserError) as error:
        read_contacts(written(tmp_path, text))
    assert [(p.row, p.column, p.what) for p in error.value.problems] == [
        (2, "kind", "contacts-kind"), (3, "subject", "value-missing"), (3, "email", "contacts-email"), (3, "language", "contacts-language"),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "what"), [("", "file-empty"), ("kind,email,language\n", "contacts-column")])
def test_a_table_that_is_none_is_a_problem(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(UserError) as error:
        read_contacts(written(tmp_path, text))
    assert [p.what for p in error.value.problems] == [what]


def test_a_table_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        read_contacts(tmp_path / "none.csv")
    assert [p.what for p in error.value.problems] == ["contacts-missing"]


@pytest.mark.parametrize("text", ["a@b.example", "a.b+c@localhost", "x@1.2.example"])
def test_plain_addresses_are_addresses(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@",
        "@b",
        "a b@c.example",
        "a@b.example\nBcc: x@y.example",
        "a@b.example\r\n",
        "<a@b>",
        "a@b>c",
        "a..b@c",
        "中@b.example",
        "a@b,c@d",
    ],
)
def test_nothing_that_could_end_a_header_or_a_command_is_an_address(text: str) -> None:
    assert not is_address(text)
