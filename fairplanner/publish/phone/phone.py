"""The phone pack: for each delegation a folder of pictures, texts, one-day calendars and one page, made on demand.

phone/<delegation>/zh/第2版_日程图1共3_第141届广交会_贵州分团.png
phone/<delegation>/zh/第2版_4月15日文字_….txt, 第2版_4月15日日历_….ics
phone/<delegation>/zh/第2版_全部文字_….txt, 第2版_全部日历_….ics, 第2版_全部网页_….html
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from fairplanner.publish.calendars.ical import MEDIA_TYPE as CALENDAR
from fairplanner.publish.design.tokens import design
from fairplanner.publish.pages import HTML_LANG, page
from fairplanner.publish.phone.calendars import DayCalendars
from fairplanner.publish.phone.changed import Replaced
from fairplanner.publish.phone.names import file_name, folder_of
from fairplanner.publish.phone.pack import Pack, pack_of
from fairplanner.publish.phone.pictures import PPI, TEMPLATE, Cutter
from fairplanner.publish.phone.texts import all_text, day_text
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft, Publication
from fairplanner.publish.views import Party

HTML, TEXT = "text/html; charset=utf-8", "text/plain; charset=utf-8"
SAID = ("changes", "days", "no_days", "deadlines", "facts", "firms", "no_firms", "about", "page", "to_top")


class Phone:
    """The format: everything of every delegation's pack. `replaced`: the revision before, where a store knows it."""

    def __init__(self, replaced: Replaced | None = None) -> None:
        self.replaced = replaced

    def __call__(self, press: Press, folder: Path) -> Iterator[Publication | Draft]:
        """Every file, in order of delegation."""
        for party in press.parties:
            yield from self.of(press, party, folder)

    def of(self, press: Press, party: Party, folder: Path) -> Iterator[Publication | Draft]:
        """Every file of one delegation. Raises PublicationBroken if a calendar does not pass our lint."""
        pack = pack_of(press, party, self.replaced)
        yield Publication(page_path(press, party), HTML, _page(press, pack, folder))
        yield from _pictures(press, party, pack, folder)
        yield from _texts(press, party, pack)
        yield from _calendars(press, party, pack)


def page_path(press: Press, party: Party) -> PurePosixPath:
    """Where the page of a pack lies."""
    return _path(press, party, "page", "html")


def _path(press: Press, party: Party, kind: str, ending: str, **facts: object) -> PurePosixPath:
    return folder_of(press, party) / file_name(press, party, press.w(f"phone.file.{kind}", **facts), ending)


def _page(press: Press, pack: Pack, folder: Path) -> bytes:
    other = "en" if press.lang == "zh" else "zh"
    said = {key: press.w(f"phone.{key}") for key in SAID}
    return page(
        folder, "phone/pack.html.j2", press.lang, pack=pack, days=pack.days, deadlines=pack.deadlines, said=said,
        other_lang=HTML_LANG.get(other, other),
    )  # fmt: skip


def _pictures(press: Press, party: Party, pack: Pack, folder: Path) -> Iterator[Draft]:
    cutter = Cutter(press.w, pack, design(folder))
    pictures = cutter.pictures()
    for n in range(len(pictures)):
        path = _path(press, party, "picture", "png", part=n + 1, parts=len(pictures))
        yield Draft(path, TEMPLATE, cutter.data(pictures, n), press.timestamp, "png", PPI)


def _texts(press: Press, party: Party, pack: Pack) -> Iterator[Publication]:
    for day in pack.days:
        text = day_text(press.w, pack, day) + "\n"
        yield Publication(_path(press, party, "day_text", "txt", day=day.file), TEXT, text.encode())
    yield Publication(_path(press, party, "all_text", "txt"), TEXT, (all_text(press.w, pack) + "\n").encode())


def _calendars(press: Press, party: Party, pack: Pack) -> Iterator[Publication]:
    calendars = DayCalendars(press, party, pack)
    for day in pack.days:
        yield Publication(_path(press, party, "day_calendar", "ics", day=day.file), CALENDAR, calendars.of(day))
    yield Publication(_path(press, party, "all_calendar", "ics"), CALENDAR, calendars.everything())
