from datetime import date
from io import BytesIO

from pypdf import PdfReader

from fairplanner.domain.duties import Blackout
from fairplanner.publish.agendas.agenda import AudienceKind, EntryKind
from fairplanner.publish.press import Press
from fairplanner.publish.typesetting import pdf
from fairplanner.publish.yearbook.wall import Wall, wall
from fairplanner.shipped import shipped
from tests import builders as b
from tests.publish import plans, stress
from tests.publish.reading import pdf_text

TEMPLATES = shipped("templates")


def chart(lang: str = "zh", **tables: object) -> Wall:
    return wall(Press(plans.programme(**tables), plans.plan(), lang))


def typeset(made: Wall) -> bytes:
    return pdf(TEMPLATES / "yearbook/wall.typ", made.data(), 0, TEMPLATES)


def test_it_is_one_sheet_of_a3_across_with_every_fair_and_zone_named_in_text() -> None:
    press = Press(*stress.stress(), "en")
    made = wall(press)
    content = typeset(made)
    reader = PdfReader(BytesIO(content))
    assert len(reader.pages) == 1
    width, height = (float(x) / 72 * 25.4 for x in reader.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (420, 297)
    text = pdf_text(content)
    assert len(made.board.items) == made_phases(press)
    for zone in {d.sponsor for d in press.plan.delegations}:
        assert press.naming.zone(zone).replace(" ", "") in text
    assert "Internal,notforcirculation" in text


def made_phases(press: Press) -> int:
    return len({s.phase_id for d in press.plan.delegations for s in d.stops})


def test_a_fair_tells_its_days_its_city_its_size_and_who_sends() -> None:
    made = chart()
    at_home = next(i for i in made.board.items if i.key == "expo-1-1")
    assert "4月15日—19日" in "".join(at_home.details)
    assert "2 家 · 3 展位" in "".join(at_home.details)
    assert at_home.marks == ("1",)
    assert made.zones[0] == ("1", Press(plans.programme(), plans.plan(), "zh").naming.zone("prov"))


def test_officials_days_away_are_a_line_and_fairs_at_home_have_none() -> None:
    away = {i.key: i.away_wide for i in chart().board.items}
    assert away["abroad-1-1"] > 0
    assert away["expo-1-1"] == 0


def test_deadlines_are_those_of_the_agenda() -> None:
    press = Press(plans.programme(choices=(b.choice(closes=date(2025, 2, 1)),)), plans.plan(), "zh")
    entries = press.book.agenda(AudienceKind.EVERYTHING).entries
    days = {
        e.first for e in entries if e.kind is EntryKind.DEADLINE and date(2025, 1, 1) <= e.first <= date(2025, 12, 31)
    }
    made = wall(press)
    assert len(made.board.pins) == len(days) > 0
    assert any("2月1日" in p.text for p in made.board.pins)


def test_holidays_and_days_on_which_officials_stay_are_shaded() -> None:
    made = chart(
        holidays=tuple(b.holiday(date(2025, 10, n), name_zh="国庆节") for n in range(1, 9)),
        blackouts=(Blackout(blackout_id="x", first=date(2025, 3, 1), last=date(2025, 3, 12), zone_id="prov", reason="省两会", **b.SAMPLE),),
    )  # fmt: skip
    assert {(s.kind, s.text) for s in made.board.shades} >= {("holiday", "国庆节"), ("blackout", "省两会")}
    assert {"holiday", "blackout"} <= {kind for kind, _ in made.legend}


def test_a_year_without_a_notice_of_holidays_says_so() -> None:
    ahead = b.settings(window_from=date(2030, 1, 1), window_to=date(2030, 12, 31))
    assert any("2030年节假日安排尚未公布" in note for note in chart(settings=ahead).notes)
    assert not any("尚未公布" in note for note in chart().notes)


def test_the_whole_chart_can_be_read_in_words() -> None:
    made = chart()
    for name in ("expo-1-1", "abroad-1-1"):
        assert Press(plans.programme(), plans.plan(), "zh").naming.phase(name) in made.said
