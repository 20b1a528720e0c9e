"""Rows of a table that can be searched, filtered and sorted."""

from __future__ import annotations

from fairplanner.publish.press import Press
from fairplanner.publish.report.listing import MOST_PRINTED, Column, Facet, Line, Listing, Tags
from fairplanner.shipped import shipped
from tests.publish import plans
from tests.publish.stress import stress


def _listing(*lines: Line) -> Listing:
    return Listing("places", "t", "a", (Column("firm", 2), Column("booths", 1, True)), lines, "e")


def test_every_text_of_a_row_is_escaped() -> None:
    row = _listing(Line(('<b>&"', "3"), ("z1", "f2"), ((0, 'a"b'),), 'x"y', "warn")).rows
    assert row == '<tr id="x&quot;y" class="warn" data-t="z1 f2"><td data-o="a&quot;b">&lt;b&gt;&amp;"<td class=n>3'


def test_what_has_no_tags_and_no_order_of_its_own_stays_short() -> None:
    assert _listing(Line(("a", "1"))).rows == "<tr><td>a<td class=n>1"


def test_a_table_is_long_when_more_of_it_than_one_prints() -> None:
    assert not _listing(*[Line(("a", "1"))] * MOST_PRINTED).is_long
    assert _listing(*[Line(("a", "1"))] * (MOST_PRINTED + 1)).is_long
    assert f"nth-child(n+{MOST_PRINTED + 1})" in (shipped("templates") / "report" / "report.css").read_text()


def test_a_row_in_a_zone_is_found_under_every_zone_above_it() -> None:
    tags = Tags(Press(plans.programme(), plans.plan(), "zh"))
    own = tags.of(("east",), ("abroad-1-1",))
    above = tags.of(("prov",))
    assert set(above) < set(own)
    assert any(tag.startswith("f") for tag in own)
    assert "w-abroad" in own


def test_a_filter_offers_only_what_some_row_has_and_zones_stand_under_the_one_above() -> None:
    programme, plan = stress()
    tags = Tags(Press(programme, plan, "zh"))
    assert all(not rows for rows in tags.choices().values())
    tags.of(("east",), ("expo-1-1",))
    offered = tags.choices()
    assert [name.count("\u3000") for _, name in offered[Facet.ZONE]] == [0, 1]
    assert [name for _, name in offered[Facet.FAIR]] == [programme.fair["expo"].name_zh]
    assert [name for _, name in offered[Facet.WHERE]] == ["境内"]
