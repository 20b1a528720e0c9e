"""The charts of the report."""

from __future__ import annotations

import re

from fairplanner.publish.design.tokens import design
from fairplanner.publish.press import Press
from fairplanner.publish.report import charts
from fairplanner.publish.report.lists import Report
from fairplanner.shipped import shipped
from tests import builders as b
from tests.publish import plans
from tests.publish.stress import stress

LOOK = design(shipped("templates"))


def _report(lang: str = "zh") -> Report:
    return Report(Press(*stress(), lang))


def test_every_chart_is_drawn_for_a_desk_for_paper_and_for_a_telephone() -> None:
    report = _report()
    drawn = [
        *charts.timelines(report, LOOK),
        *charts.money_charts(report, LOOK).values(),
        charts.market_chart(report, LOOK),
    ]
    for chart in (*drawn, charts.left_chart(report, LOOK)):
        assert [name for name, _ in chart.drawn] == ["desk", "paper", "phone"]
        widths = [re.search(r'viewBox="0 0 (\S+)', svg)[1] for _, svg in chart.drawn]  # type: ignore[index]
        assert widths == ["1120", "720", "360"]
        assert chart.caption


def test_each_delegation_is_a_bar_that_leads_to_its_row() -> None:
    report = _report()
    (chart,) = charts.timelines(report, LOOK)
    assert sorted(set(re.findall(r'href="#(\w+)"', chart.drawn[0][1]))) == sorted(report.anchors.values())


def test_a_projected_date_is_dashed_and_a_clash_is_marked() -> None:
    report = _report()
    assert "stroke-dasharray" in next(charts.timelines(report, LOOK)).drawn[0][1]
    posts = (plans.abroad(), plans.abroad(delegation_id="prov/expo-1-2", stops=plans.at_home().stops))
    clashing = Report(Press(plans.programme(), plans.plan(delegations=posts), "zh"))
    assert ">!</text>" in next(charts.timelines(clashing, LOOK)).drawn[0][1]


def test_many_sponsors_are_drawn_in_parts_that_fit_a_page() -> None:
    base = plans.programme()
    zones = tuple(b.zone(f"z{n:02}", "prov") for n in range(30))
    sent = tuple(plans.at_home(delegation_id=f"z{n:02}/expo-1-1", sponsor=f"z{n:02}") for n in range(30))
    report = Report(Press(plans.programme(zones=(*base.zones, *zones)), plans.plan(delegations=sent), "zh"))
    made = list(charts.timelines(report, LOOK))
    assert len(made) == 3
    assert "第 2 幅，共 3 幅" in made[1].caption


def test_the_matrix_counts_every_place_once_for_each_market_its_fair_opens() -> None:
    report = _report("en")
    svg = charts.market_chart(report, LOOK).drawn[0][1]
    assert "ASEAN" in svg
    assert "no market named" in svg


def test_what_was_left_out_is_counted_by_reason() -> None:
    report = Report(Press(plans.programme(), plans.plan(), "zh"))
    svg = charts.left_chart(report, LOOK).drawn[0][1]
    assert "deadline-passed" in svg
    assert "no-date" in svg
