"""The handbook: names where the file has them and blanks where not, nothing of an official's journey, whole sheets of paper."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from fairplanner.domain.kinds import Regime
from fairplanner.domain.packs import TravelRules
from fairplanner.domain.people import Hotel, People, Person, Stay
from fairplanner.domain.programme import Programme
from fairplanner.publish.bilingual import bilingual
from fairplanner.publish.handbook import handbooks, handbooks_of, path_of, print_path_of
from fairplanner.publish.handbook.handbook import handbook
from fairplanner.publish.handbook.roll import BLANK
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft, Publication
from fairplanner.publish.sheet import Section, Sheet
from fairplanner.publish.typesetter import Typesetter
from fairplanner.shipped import shipped
from tests import builders as b
from tests.publish import plans
from tests.publish.reading import pdf_text
from tests.publish.stress import BIG, stress

ABROAD, HOME = "prov/abroad-1-1", "prov/expo-1-1"
HOTEL = Hotel("示例酒店", "Sample Hotel", "示例大道1号", "1 Sample Avenue", "Jalan Contoh 1", "+65 0000 0000")
LANGS = ("zh", "en")


def person(name: str = "示例甲", **changes: object) -> Person:
    base: dict[str, object] = {"delegation_id": ABROAD, "firm_id": "f1", "role": "member", "phone": "13800000001"}
    return Person(name, **(base | changes))  # type: ignore[arg-type]


def press(edition: str = "zh", programme: Programme | None = None) -> Press:
    return Press(programme or plans.programme(), plans.plan(), edition)


def sheet(*persons: Person, lang: str = "zh", programme: Programme | None = None, delegation: str = ABROAD) -> Sheet:
    own = press(lang, programme)
    (party,) = (p for p in own.parties if p.delegation.delegation_id == delegation)
    return handbook(own, party, persons)


def section(made: Sheet, key: str) -> Section:
    return next(s for s in made.sections if s.key == key)


def rows(made: Sheet, key: str) -> list[tuple[str, ...]]:
    table = section(made, key).table
    assert table is not None
    return list(table.rows)


def content_of(made: list[Draft | Publication]) -> dict[str, bytes]:
    return {str(p.path): p.content for p in Typesetter().publications(made, shipped("templates"))}


def test_without_names_the_same_pages_have_blanks() -> None:
    blank, named = sheet(), sheet(person())
    assert [s.key for s in blank.sections] == [s.key for s in named.sections]
    assert rows(blank, "groups") == [
        ("示例企业f1", BLANK, "", BLANK), ("", BLANK, "", BLANK), ("示例企业f2", BLANK, "", BLANK), ("", BLANK, "", BLANK),
    ]  # fmt: skip
    assert rows(named, "groups") == [
        ("示例企业f1", "示例甲", "参展人员", "13800000001"), ("示例企业f2", BLANK, "", BLANK), ("", BLANK, "", BLANK),
    ]  # fmt: skip
    assert all(BLANK in row[2] for row in rows(blank, "stands"))


def test_groups_of_the_file_come_in_its_order_and_whoever_has_none_last() -> None:
    made = sheet(
        person("示例甲"), person("示例乙", group="二组"), person("示例丙", group="一组"), person("示例丁", group="二组")
    )
    assert [row[:2] for row in rows(made, "groups")] == [
        ("二组", "示例乙"), ("", "示例丁"), ("一组", "示例丙"), ("未分组", "示例甲"), ("", BLANK), ("", BLANK),
    ]  # fmt: skip


def test_roles_say_who_and_what_for_and_the_posts_of_the_plan_where_nobody_is_named() -> None:
    guide = plans.programme().post["lead-1"].title_zh
    assert {row[0]: row[1] for row in rows(sheet(), "duties")} == {
        "团长": BLANK, "领队": f"{guide}\n{BLANK}", "联络员": BLANK, "安全员": BLANK, "资料员": BLANK,
    }  # fmt: skip
    made = sheet(person(role="guide", phone=""), person("示例乙", role="deputy"), person("示例丙", role="摄影"))
    assert {row[0]: row[1] for row in rows(made, "duties")} == {
        "团长": BLANK, "副团长": "示例乙\n13800000001", "领队": "示例甲", "联络员": BLANK, "安全员": BLANK, "资料员": BLANK, "摄影": "示例丙\n13800000001",
    }  # fmt: skip


def test_flights_name_who_is_aboard_with_seats_and_without_a_file_the_days_of_the_journeys() -> None:
    aboard = (person(out="ZZ1", seat="12A"), person("示例乙", out="ZZ1"), person("Ann Sample", out=""))
    assert rows(sheet(*aboard), "travel")[:3] == [
        ("去程", "ZZ1", "示例甲\u00a012A\u3000示例乙\u3000"), ("", BLANK, "Ann\u00a0Sample\u3000"), ("", "集合时间、地点", BLANK),
    ]  # fmt: skip
    assert rows(sheet(), "travel")[0] == ("去程", f"2025年3月15日（周六）\n{BLANK}", "2 家")


def test_a_hotel_is_shown_to_the_driver_in_the_language_that_is_read_there_first() -> None:
    cards = section(sheet(person(stays=(Stay(HOTEL, "801"),))), "hotels").cards
    assert cards[0].large == ("Jalan Contoh 1", "Sample Hotel", "1 Sample Avenue", "示例酒店", "示例大道1号")
    at_home = person(delegation_id=HOME, stays=(Stay(Hotel("示例酒店", "Sample Hotel"), "801"),))
    assert section(sheet(at_home, delegation=HOME), "hotels").cards[0].large == ("示例酒店", "Sample Hotel")
    (blank,) = (c for c in section(sheet(), "hotels").cards if not c.large)
    assert [value for _, value in blank.facts] == [""] * 5


def test_rooms_stand_in_order_with_who_shares_them() -> None:
    stays = {name: (Stay(HOTEL, room),) for name, room in (("示例甲", "802"), ("示例乙", "801"), ("示例丙", "802"))}
    made = sheet(*(person(name, stays=own) for name, own in stays.items()))
    assert rows(made, "rooms") == [("示例酒店", "801", "示例乙\u3000"), ("", "802", "示例甲\u3000示例丙\u3000")]
    assert not [s for s in sheet(person(stays=(Stay(HOTEL),))).sections if s.key == "rooms"]


def test_a_stand_has_its_number_where_the_file_has_it() -> None:
    assert [row[2] for row in rows(sheet(person(stand="A12"), person("示例乙", stand="A12")), "stands")] == [
        "A12",
        BLANK,
    ]


@pytest.mark.parametrize(("lang", "clock", "plug"), [("zh", "与北京时间相同", "示例sg-plug"), ("en", "same as Beijing time", "Sample sg-plug")])  # fmt: skip
def test_local_facts_are_those_of_the_table_the_clock_is_reckoned_and_the_rest_is_blank(
    lang: str, clock: str, plug: str
) -> None:
    facts = (
        b.local_fact(territory_id="SG", source="a notice", confidence="sourced", text_local="Contoh"),
        b.local_fact("sg-money", "currency", territory_id="SG", confidence="background"),
        b.local_fact("sg-tips", "tipping", place_id="lion", confidence="user"),
    )
    (card,) = section(sheet(lang=lang, programme=plans.programme(local_facts=facts)), "local").cards
    assert [value for _, value in card.facts] == [
        clock, "", f"{plug}\nContoh", {"zh": "示例sg-money（背景知识）", "en": "Sample sg-money (background)"}[lang], "", "",
        {"zh": "示例sg-tips", "en": "Sample sg-tips"}[lang],
    ]  # fmt: skip


def test_at_home_nobody_is_told_of_missions_customs_or_another_clock() -> None:
    made = sheet(delegation=HOME)
    assert [label for label, _ in section(made, "local").cards[0].facts] == ["天气", "交通"]
    assert not any("※" in item for item in section(made, "conduct").items)
    assert "领事保护" not in str(made)
    assert "※" in str(section(sheet(), "conduct"))


def test_rules_for_officials_come_from_a_pack_with_its_source_or_not_at_all() -> None:
    assert not [s for s in sheet().sections if s.key == "officials"]
    travel = TravelRules(source="s", regimes=(Regime.ABROAD,), day_limits=(5, 8), official_share=(2, 3))
    pack = b.pack(travel=travel)
    settings = b.settings(packs=(b.pack_choice(pack.pack_id),))
    made = sheet(programme=plans.programme(settings=settings, packs=(pack,)))
    rules = section(made, "officials")
    assert ["5 天" in rules.items[0], "3 分之 2" in rules.items[1]] == [True, True]
    assert pack.sources["s"].title in rules.note


@pytest.mark.parametrize("lang", LANGS)
def test_officials_journeys_do_not_stand_in_a_book_that_firms_carry(lang: str) -> None:
    made, own = sheet(person(), lang=lang), press(lang)
    d = next(d for d in plans.plan().delegations if d.delegation_id == ABROAD)
    assert own.dress.day(d.return_) not in str([s for s in made.sections if s.key != "days"])
    assert "9,999" not in str(made)
    assert {"zh": "内部资料", "en": "Internal"}[lang] in made.audience


def test_a_blank_book_is_made_of_every_delegation_that_leaves_and_a_named_one_of_whoever_has_people() -> None:
    own, folder = press(), shipped("templates")
    blank = list(handbooks(own, folder))
    assert [(d.path, d.booklet, d.is_private) for d in blank] == [
        (path_of(ABROAD, "zh"), print_path_of(ABROAD, "zh"), False)
    ]
    made = list(handbooks_of(own, People((person(delegation_id=HOME),))))
    assert [(d.path, d.is_private) for d in made if isinstance(d, Draft)] == [
        (path_of(ABROAD, "zh"), False),
        (path_of(HOME, "zh"), True),
    ]
    (note,) = (p for p in made if isinstance(p, Publication))
    assert note.path.parent == path_of(HOME, "zh").parent
    assert "内部资料" in note.content.decode()


def test_names_are_printed_and_kept_nowhere() -> None:
    kept: dict[str, bytes] = {}
    made = list(handbooks_of(press(), People((person(),))))
    files = {str(p.path): p.content for p in Typesetter(known=kept).publications(made, shipped("templates"))}
    assert not kept
    pages = PdfReader(BytesIO(files[str(path_of(ABROAD, "zh"))])).pages
    assert len(pages) % 4 == 0
    for path in (path_of(ABROAD, "zh"), print_path_of(ABROAD, "zh")):
        assert "示例甲" in pdf_text(files[str(path)])
        assert "13800000001" in pdf_text(files[str(path)])
    assert len(PdfReader(BytesIO(files[str(print_path_of(ABROAD, "zh"))])).pages) * 2 == len(pages)


def test_in_two_languages_the_lists_still_have_one_line_for_each_person() -> None:
    people = tuple(person(f"示例{n}", group=f"{n // 6}组", out="ZZ1") for n in range(12))
    one = sheet(*people)
    both = bilingual(one, sheet(*people, lang="en"))
    for key in ("groups", "travel", "stands", "duties"):
        assert len(rows(both, key)) == len(rows(one, key))
    assert [row[1] for row in rows(both, "groups")] == [row[1] for row in rows(one, "groups")]


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["zh", "en", "zh-en"])
def test_the_hardest_delegations_fill_whole_sheets(edition: str) -> None:
    programme, plan = stress()
    big = plan.delegations[BIG]
    stops = {s.phase_id for s in big.stops}
    firms = [p.firm_id for p in plan.participations if p.sponsor == big.sponsor and p.phase_id in stops]
    people = tuple(
        Person(f"示例{n}", big.delegation_id, f, role="contact", group=f"{n // 40}组", out="ZZ1", stays=(Stay(HOTEL, str(n // 2)),))
        for n, f in enumerate(firms * 2)
    )  # fmt: skip
    own = Press(programme, plan, edition)
    files = content_of(list(handbooks_of(own, People(people))))
    books = {path: content for path, content in files.items() if path.endswith(f".{edition}.pdf")}
    assert len(books) >= 4
    for path, content in books.items():
        assert len(PdfReader(BytesIO(content)).pages) % (2 if ".print." in path else 4) == 0


def test_the_template_is_one_of_those_that_users_replace() -> None:
    assert (Path(shipped("templates")) / "handbook" / "handbook.typ").is_file()
