"""Everything that is published of a plan, format by format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.domain.published import TOGETHER, Document, Feed, FeedKey
from fairplanner.publish.calendars.feeds import standing
from fairplanner.publish.calendars.ical import calendars
from fairplanner.publish.documents import standing_papers
from fairplanner.publish.handbook import handbooks
from fairplanner.publish.index import index_page
from fairplanner.publish.lists.due_list import due_list
from fairplanner.publish.lists.places_list import places_list
from fairplanner.publish.lists.yearlist import year_list
from fairplanner.publish.overlay import overlay
from fairplanner.publish.plan_json import plan_json
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft, Publication
from fairplanner.publish.report.report import report
from fairplanner.publish.sheets.answer import answers
from fairplanner.publish.sheets.briefing import briefings
from fairplanner.publish.sheets.handout import handouts
from fairplanner.publish.sheets.handout_firm import firm_handouts
from fairplanner.publish.sheets.handout_leader import leader_editions
from fairplanner.publish.sheets.handout_small import small_handouts
from fairplanner.publish.subscribe.open_pages import open_pages
from fairplanner.publish.typesetter import Typesetter
from fairplanner.publish.workbooks.workbook import plan_workbook
from fairplanner.publish.workbooks.xlsx import MEDIA_TYPE as XLSX
from fairplanner.publish.yearbook.publishing import year_papers


def _calendars(press: Press, _folder: Path) -> Iterator[Publication]:
    if press.feeds is not None:
        return standing(press.feeds, press.lang)
    return calendars(press.programme, press.plan, press.lang)


def _workbook(press: Press, _folder: Path) -> Iterator[Publication]:
    yield Publication(PurePosixPath(f"plan.{press.lang}.xlsx"), XLSX, plan_workbook(press))


def _list(press: Press, folder: Path) -> Iterator[Publication]:
    return year_list(press.programme, press.lang, folder)


def _due(press: Press, folder: Path) -> Iterator[Publication | Draft]:
    return due_list(press, folder)


def _plan(press: Press, _folder: Path) -> Iterator[Publication]:
    yield Publication(PurePosixPath("plan.json"), "application/json", plan_json(press.plan))


Format = Callable[[Press, Path], Iterator[Publication | Draft]]
FORMATS: tuple[Format, ...] = (
    _calendars, briefings, handouts, small_handouts, firm_handouts, leader_editions, handbooks, _workbook, _list, _due, report, year_papers, places_list, answers, _plan,
)  # fmt: skip
"""Everything made from a plan; a new format is one file and one entry here."""


IN_TWO_LANGUAGES: tuple[Format, ...] = (
    briefings,
    handouts,
    small_handouts,
    firm_handouts,
    leader_editions,
    handbooks,
    year_papers,
)
"""What is also made in two languages at once; the rest of a bilingual edition is in the language of each reader."""


def publications(
    programme: Programme, plan: Plan, edition: str, *, base_url: str | None = None, templates: Path | None = None,
    feeds: Mapping[FeedKey, Feed] | None = None, typesetter: Typesetter | None = None, beside: frozenset[str] = frozenset(),
    documents: Iterable[Document] | None = None, also: Sequence[Format] = (),
    last_year: tuple[Programme, Plan] | None = None, editions: Sequence[str] = (),
) -> Iterator[Publication]:  # fmt: skip
    """Every file of a plan in one edition, then the page that links them; the same plan gives the same bytes.

    `edition`: a language (`zh`), or two of them (`zh-en`): then only papers that people carry, and no page. `base_url`: where
    the files will be found on the web (printed as QR codes). `templates`: a folder whose files replace the shipped ones.
    `feeds`: the calendars as they stand published (`feeds_of`); made from the plan alone where there are none. `typesetter`:
    who typesets the papers; this process alone where nobody is named. `beside`: paths made before in another edition, to be
    linked as well. `documents`: papers as a store has them; one that would say nothing new remains as it is.
    `also`: formats that are made only where somebody asks for them, not in two languages at once. `last_year`: what this year's
    figures are set against. `editions`: all that are made together; a paper in two languages leads to a page in the first of them,
    which it brings along where that language is not made by itself. Raises LanguageError for templates that cannot be used,
    OutputError for characters no font can show.
    """
    with overlay(templates) as folder:
        press = Press(programme, plan, edition, base_url or "", feeds, last_year)
        langs, alone = _of_pages(press, editions or (edition,))
        wanted = IN_TWO_LANGUAGES if press.is_bilingual else (*FORMATS, *also)
        made = (one for make in (*wanted, *((_calendars,) if alone else ())) for one in make(press, folder))
        stand = None if documents is None else standing_papers(press, documents)
        sizes: dict[str, int] = {}
        for publication in (typesetter or Typesetter()).publications(made, folder, stand):
            sizes[str(publication.path)] = len(publication.content)
            yield publication
        for publication in open_pages(press, folder, sizes, langs):
            sizes[str(publication.path)] = len(publication.content)
            yield publication
        if not press.is_bilingual:
            yield index_page(press, folder, beside | sizes.keys())


def _of_pages(press: Press, editions: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """The languages of the pages that codes lead to, none where this edition makes no such page; and whether an edition in two
    languages has to bring calendars for them, because the language is not published by itself."""
    langs = tuple(dict.fromkeys(e.partition(TOGETHER)[0] for e in editions))
    alone = press.is_bilingual and bool(press.base_url) and press.lang not in editions
    return langs if press.base_url and press.lang in langs and (alone or not press.is_bilingual) else (), alone
