"""Columns: every header of a table names one column only, and every column can be read."""

from __future__ import annotations

import pytest

from fairplanner.domain.kinds import Role
from fairplanner.domain.tables import TABLES, Table
from fairplanner.intake.columns import columns_of, headers_of, keys_referred
from fairplanner.intake.lists import listed, spellings
from fairplanner.intake.sheet import plain, table_named
from fairplanner.words import languages, words

EACH = pytest.mark.parametrize("table", TABLES, ids=[t.name for t in TABLES])


@EACH
def test_no_header_stands_for_two_columns(table: Table):
    wanted = {}
    for field, column in columns_of(table).items():
        for header in (field, column.doc.zh, column.doc.en):
            assert wanted.setdefault(plain(header), field) == field
    assert headers_of(table) == wanted


@EACH
def test_every_field_of_a_row_is_a_documented_column(table: Table):
    assert list(columns_of(table)) == list(table.row.model_fields)
    assert all(c.doc.zh and c.doc.en and c.doc.says_zh and c.doc.says_en for c in columns_of(table).values())


@EACH
def test_every_table_is_found_by_name_and_both_titles(table: Table):
    assert table_named(table.name) is table_named(f" {table.zh} ") is table_named(table.en.upper()) is table


def test_headers_match_without_regard_to_case_width_and_spaces():
    firms = next(t for t in TABLES if t.name == "firms")
    for header in ("FIRM ID", "firm_id", "ｆｉｒｍ＿ｉｄ", " 企业 编号 "):
        assert headers_of(firms)[plain(header)] == "firm_id"


def test_every_reference_leads_to_a_table_with_one_key():
    named = {c.doc.refers_to for t in TABLES for c in columns_of(t).values() if c.doc.refers_to}
    assert set(keys_referred()) == named
    assert all(len(t.key) == 1 for t in TABLES if t.name in named)


@EACH
def test_every_closed_list_has_its_words_in_every_language(table: Table):
    for field, column in columns_of(table).items():
        if column.listed and column.listed[0]:
            section, values, _ = column.listed
            for lang in languages():
                assert all(f"enums.{section}.{v}" in words(lang) for v in values), (table.name, field, lang)


def test_no_word_of_a_list_stands_for_two_values():
    for table in TABLES:
        for column in columns_of(table).values():
            if column.listed:
                section, values, _ = column.listed
                assert set(spellings(section, values).values()) == set(values)


def test_roles_of_a_fair_are_a_closed_list_although_their_type_is_text():
    assert listed("fairs", "roles", str) == ("Role", tuple(Role), True)
    assert listed("fairs", "kind", str) is None


@pytest.mark.parametrize(
    ("table", "field", "word", "value"),
    [
        ("activities", "half", "上午", "morning"),
        ("approvals", "kind", "任务批件", "task"),
        ("costs", "per", "每展位", "booth"),
    ],
)
def test_short_lists_may_be_filled_in_in_chinese(table: str, field: str, word: str, value: str):
    (found,) = [t for t in TABLES if t.name == table]
    assert columns_of(found)[field].parse(word) == value
