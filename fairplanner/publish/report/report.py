"""The planner's report (issue item E8): the whole plan on one page that needs no network, made for eye, keyboard, screen reader and printer."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from fairplanner.publish.design.tokens import Design, design
from fairplanner.publish.money.money_sources import Sources, Used
from fairplanner.publish.pages import page
from fairplanner.publish.plan_json import plan_json
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Publication
from fairplanner.publish.report import lists, money
from fairplanner.publish.report.charts import Chart, left_chart, market_chart, money_charts, timelines
from fairplanner.publish.report.listing import MOST_PRINTED, SHOWN_FIRST, Column, Facet, Line, Listing
from fairplanner.publish.report.lists import Report
from fairplanner.publish.report.strip import proof, strip
from fairplanner.publish.wording.remark_words import all_remarks
from fairplanner.publish.yearbook.figures import Year, figures
from fairplanner.rules import check

MEDIA_TYPE = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Part:
    """A section of the page: its charts, its tables (each under a chart and a heading of its own where there are several), its sentences."""

    key: str
    title: str
    charts: tuple[Chart, ...] = ()
    listings: tuple[Listing, ...] = ()
    items: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    empty: str = ""


def path_of(lang: str) -> PurePosixPath:
    """Where the report lies among the publications."""
    return PurePosixPath(f"internal/report.{lang}.html")


def report(press: Press, folder: Path) -> Iterator[Publication]:
    """The report of a plan; internal. Raises LanguageError for a template that cannot be used."""
    yield Publication(path_of(press.lang), MEDIA_TYPE, report_page(press, folder))


def report_page(press: Press, folder: Path) -> bytes:
    """The page itself, UTF-8; the same plan gives the same bytes."""
    made, w = Report(press), press.w
    year, look = figures(press.programme, press.plan), design(folder)
    parts = _parts(made, look, year)
    listings = [x for part in parts for x in part.listings]
    scripts = [_script(folder, name) for name in ("early.js", "report.js")]
    return page(
        folder, "report/report.html.j2", press.lang, w=w, press=press, title=w("report.heading", programme=w.name(press.programme.settings)),
        numbers=strip(made, year), parts=parts, choices=_choices(made, listings), listings=listings, scripts=scripts,
        hashes=[_digest(x) for x in scripts], most=MOST_PRINTED, first=SHOWN_FIRST, facet_names=_facet_names(press),
        sample=press.sample, footer=press.footer, pattern=w.pattern,
    )  # fmt: skip


def _script(folder: Path, name: str) -> str:
    return (folder / "report" / name).read_text(encoding="utf-8").strip()


def _digest(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode("ascii")


def _facet_names(press: Press) -> list[tuple[str, str]]:
    return [(f.value, press.w(f"report.search.{f.name.lower()}")) for f in Facet]


def _choices(made: Report, listings: list[Listing]) -> dict[str, list[tuple[str, str]]]:
    """What every filter offers; `listings` have been made by now, so that their tags are known."""
    found = {facet.value: rows for facet, rows in made.tags.choices().items()}
    return found | {"list": [(x.key, x.title) for x in listings if x.lines]}


def _parts(made: Report, look: Design, year: Year) -> list[Part]:
    w, press = made.press.w, made.press
    drawn = money_charts(made, look)
    money_lists = (money.fund_list(made), money.zone_list(made, year), money.quarter_list(made))
    return [
        Part("timeline", w("report.title.timeline"), tuple(timelines(made, look))),
        _single(lists.clash_list(made)),
        Part("money", w("report.title.money"), tuple(drawn[x.key] for x in money_lists), money_lists),
        Part("markets", w("report.title.markets"), (market_chart(made, look),)),
        *map(_single, (
            money.target_list(made), lists.delegation_list(made), lists.place_list(made),
        )),
        _left(made, look),
        *map(_single, (lists.unclaimed_list(made), lists.due_rows(made), lists.decision_list(made))),
        Part("remarks", w("report.title.remarks"), items=_remarks(press), empty=w("report.none.remarks")),
        _single(_sources(made)),
        Part("proof", w("report.title.proof"), facts=_proof(press)),
    ]  # fmt: skip


def _left(made: Report, look: Design) -> Part:
    listing = lists.left_list(made)
    return Part(listing.key, listing.title, (left_chart(made, look),) if listing.lines else (), (listing,))


def _single(listing: Listing) -> Part:
    return Part(listing.key, listing.title, listings=(listing,))


def _remarks(press: Press) -> tuple[str, ...]:
    """What the plan breaks, then what it does not break and its reader should know."""
    broken = [
        press.w("report.proof.broken", rule=press.w(f"rules.{v.rule}.name"), label=v.label, amount=v.amount)
        for v in check(press.programme, press.plan)
    ]
    return (*broken, *all_remarks(press.naming, press.dress, press.plan))


def _sources(made: Report) -> Listing:
    columns = (
        Column("number", 3), Column("value", 2), Column("source", 4.4), Column("sure", 1.2), Column("note", 3),
    )  # fmt: skip
    press, plan = made.press, made.press.plan
    rows = Sources(press.money_words, Used(plan.delegations, plan.participations, plan.claims)).rows()
    lines = [
        Line((" · ".join(filter(None, (x.used_for, x.what))), x.value, x.source, press.w(f"enums.Confidence.{x.confidence}"), x.remark))
        for x in rows
    ]  # fmt: skip
    return made.listing("sources", columns, lines, ())


def _proof(press: Press) -> tuple[tuple[str, str], ...]:
    plan, w = press.plan, press.w
    facts = {
        "programme": w.name(press.programme.settings),
        "revision": w("report.proof.revision_value", revision=plan.revision, day=press.dress.day(plan.as_of)),
        "digest": plan.programme_digest, "plan": sha256(plan_json(plan)).hexdigest(), "engine": plan.engine, "status": proof(press),
        "again": w(f"report.proof.again_{'yes' if plan.reproducible else 'no'}"), "check": w("report.proof.check_value"),
    }  # fmt: skip
    return tuple((w(f"report.proof.{key}"), value) for key, value in facts.items())
