"""Names of files of a phone pack."""

from __future__ import annotations

import re

import pytest

from fairplanner.publish.phone.names import LONGEST, cut, file_name, folder_of, safe
from fairplanner.publish.phone.phone import Phone
from tests.publish.phone.made import ABROAD, HOME, TEMPLATES, a_press, made
from tests.publish.stress import BIG, LONG, NEW_YEAR

SHOWN = 20


def test_a_name_begins_with_revision_and_kind_then_fair_and_party() -> None:
    press = a_press()
    assert file_name(press, press.parties[HOME], "4月15日文字", "txt").startswith(
        "第1版_4月15日文字_第1届expo展第1期_prov"
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("party", [LONG, BIG, NEW_YEAR])
def test_names_of_the_longest_titles_are_safe_short_and_differ_within_twenty_characters(lang: str, party: int) -> None:
    names = [path.name for path in made(a_press(lang, stressed=True), party)]
    assert len(names) > 20
    assert all(len(name) <= LONGEST and len(name.encode()) <= 255 for name in names)
    assert not [name for name in names if re.search(r'[\s<>:"/\\|?*\x00-\x1f]', name) or name.endswith((".", " "))]
    assert len({name[:SHOWN].lower() for name in names}) == len(names)


def test_the_folder_does_not_tell_when_officials_travel() -> None:
    press = a_press()
    folder = folder_of(press, press.parties[ABROAD])
    assert folder.parts[0] == "phone"
    assert folder.name == "zh"
    assert "0317" not in str(folder)
    assert "0321" not in str(folder)


def test_a_cut_name_keeps_its_end_where_edition_and_phase_stand() -> None:
    assert cut("第137届中国进出口商品交易会第1期", 11) == "第137届…易会第1期"
    assert cut("short", 11) == "short"


@pytest.mark.parametrize(("text", "name"), [("a/b:c?", "a-b-c"), (" .x. ", "x"), ("***", "-"), ("A B　C", "A-B-C")])
def test_what_a_system_refuses_becomes_a_hyphen(text: str, name: str) -> None:
    assert safe(text) == name


def test_packs_of_all_delegations_have_paths_of_their_own() -> None:
    press = a_press(stressed=True)
    paths = [one.path for one in Phone()(press, TEMPLATES)]
    assert len(paths) == len(set(paths))
