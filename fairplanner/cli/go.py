"""`fairplanner go DIR`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairplanner.cli.door import SAME, errors_at_the_door, lang_option, progress, replace_option, say, verb
from fairplanner.cli.language import EDITIONS
from fairplanner.cli.trouble import Pages, show
from fairplanner.cli.watch import watching
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme
    from fairplanner.errors import Problem


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "go")
    @click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
    @click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=None, help=w("cli.go.out"))
    @click.option("--in", "editions", type=click.Choice(EDITIONS), multiple=True, help=w("cli.go.in"))
    @click.option("--seconds", type=click.FloatRange(min=1), default=300, show_default=True, help=w("cli.plan.seconds"))
    @click.option("--no-open", "stay", is_flag=True, help=w("cli.go.no-open"))
    @click.option("--new", "new", is_flag=True, help=w("cli.go.new"))
    @replace_option(w)
    @lang_option(w)
    def go(lang: str, **asked: Any) -> None:
        run(Asked(**asked), lang)

    return go


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the command line asks."""

    folder: Path
    out: Path | None
    editions: tuple[str, ...]
    seconds: float
    stay: bool
    new: bool
    replace: bool


def run(asked: Asked, lang: str) -> None:
    """Collect, check, list, plan, publish, and open the report; what stands in the way is said, written as a page, and that is opened."""
    going = Going(asked, words(lang))
    try:
        with errors_at_the_door(lang):
            going.all()
    finally:
        going.end()


class Going:
    """One run from the tables of a folder to the opened report."""

    def __init__(self, asked: Asked, w: Words) -> None:
        self.asked, self.w = asked, w
        self.out = asked.out or asked.folder / w("go.folder")
        self.pages = Pages(asked.folder, self.out, w)
        self.n, self.of = 0, 6
        self.told: list[Problem] = []
        self.opened: list[Path] = []
        self.failed = self.done = self.edited = self.read_back = False

    def all(self) -> None:
        """Every step; an error is made into a page and passed on."""
        try:
            self._begin()
            self.pages.clear()
            self._collect()
            self._edits()
            programme = self._tables()
            self._list(programme)
            if programme.applications or programme.settings.invite:
                self._publish(programme, self._plan(programme))
            else:
                say(self.w("cli.go.waits", inbox=self.w("go.inbox")))
            self._remarks()
            self.done = True
        except Exception as error:
            self.failed = True
            page = self.pages.trouble(error)
            self.opened = [page] if page else []
            raise

    def end(self) -> None:
        """Say where everything is, and open what there is to see; nothing where somebody broke it off."""
        if self.failed and self.opened:
            say(self.w("cli.go.page", where=self.opened[0].as_posix()))
        elif self.failed:
            say(self.w("cli.go.no-page"), err=True)
        elif self.done:
            say(self.w("cli.go.where", where=self.out.as_posix()))
        for path in self.opened if (self.done or self.failed) and not self.asked.stay else ():
            show(path)

    def _begin(self) -> None:
        """A programme where there is none, if that is wanted; no work where nothing could be written."""
        from fairplanner.cli.files import must_be_writable
        from fairplanner.cli.go_edits import are_edited
        from fairplanner.cli.new import write_new
        from fairplanner.intake import is_table, table_files
        from fairplanner.intake.read import own_settings

        folder = self.asked.folder
        own = [p.name for p in table_files(folder)] if folder.is_dir() else []
        if self.asked.new and not (folder / "programme.toml").exists() and not (own and own_settings(folder)):
            made = write_new(folder, "" if own else "xlsx", self.w)
            say(self.w("cli.go.begun", book=next(filter(is_table, own or made))))
        if folder.is_dir():
            must_be_writable(self.out)
        # asked before the first step is told, which says how many there are
        self.edited = are_edited(self.out, self.w)
        self.of += self.edited

    def _collect(self) -> None:
        """Sign-ups to the table that is read next, where there is a folder of them; what must be settled first ends the run."""
        from fairplanner.cli.collect import gathered
        from fairplanner.errors import UserError
        from fairplanner.intake import is_table
        from fairplanner.intake.signups import signup_folder

        inbox = signup_folder(self.asked.folder)
        if inbox is None or not any(map(is_table, (p.name for p in inbox.rglob("*")))):
            return
        self.of += 1
        with progress(self.w, "collect"):
            found, written = gathered(self.asked.folder, self.w.lang, replace=self.asked.replace)
        self._did("collect", files=found.files, firms=len(found.firms), applications=len(found.applications))
        for path in written:
            say("      " + self.w("cli.go.wrote", where=path.as_posix()))
        if found.problems:
            raise UserError(found.problems)
        self.told += [*found.told, *found.open]

    def _edits(self) -> None:
        """What was changed in the workbook of the last plan, to decisions beside the tables."""
        from fairplanner.cli.go_edits import take_in_edits

        if not self.edited:
            return
        lines: list[str] = []
        written = take_in_edits(self.asked.folder, self.out, self.w, lines.append)
        self.read_back = True
        self._did("edits", file=written.name if written else self.w("cli.go.no-edits"))
        for line in lines:
            say("      " + line)

    def _tables(self) -> Programme:
        from fairplanner.intake import read_programme

        with progress(self.w, "read"):
            programme = read_programme(self.asked.folder, told=self.told)
        facts = {"firms": len(programme.firms), "applications": len(programme.applications)}
        dated, undated = len(programme.in_window()), len(programme.undated())
        self._did("check", dated=dated, undated=undated, **facts)
        return programme

    def _list(self, programme: Programme) -> None:
        from fairplanner.cli.list import write_lists

        editions = (self.w.lang, *self.asked.editions)
        # one form to send, not one that nobody reads
        spoken = dict.fromkeys(one for edition in editions for one in edition.split("-"))
        paths = write_lists(programme, self.out, self.w.lang, replace=self.asked.replace, forms_in=spoken)
        self.opened = paths[:1]
        self._did("list", count=len(paths))

    def _plan(self, programme: Programme) -> Plan:
        from fairplanner.cli.publish import refuse
        from fairplanner.cli.work import Wish, make_plan, write_plan

        with watching(self.w) as watch:
            solved = make_plan(programme, self.w, Wish(seconds=self.asked.seconds), watch).solved
        path = write_plan(programme, solved, self.out, self.w, replace=self.asked.replace)
        plan = solved.plan
        refuse(path, programme, plan)
        firms, count = len({x.firm_id for x in plan.participations}), len(plan.participations)
        step, gap = "plan-best" if (plan.gap or 0) < SAME else "plan", f"{plan.gap or 0:.2%}"
        self._did(step, firms=firms, participations=count, delegations=len(plan.delegations), gap=gap)
        return plan

    def _publish(self, programme: Programme, plan: Plan) -> None:
        from fairplanner.cli.go_edits import offer_edits
        from fairplanner.cli.go_papers import write_papers
        from fairplanner.cli.phone import packs
        from fairplanner.cli.work import publish_into
        from fairplanner.publish.report.report import path_of

        editions = (self.w.lang, *(e for e in self.asked.editions if e != self.w.lang))
        with progress(self.w, "publish") as tell:
            count = publish_into(
                programme, plan, self.out, editions, replace=self.asked.replace, tell=tell, also=packs(is_wanted=True)
            )
        self._did("publish", count=count)
        papers = self.out / self.w("go.papers")
        count = write_papers(programme, plan, papers, self.w.lang, replace=self.asked.replace)
        self._did("papers", count=count, where=papers.as_posix())
        book = offer_edits(programme, plan, self.out, self.w, replace=self.asked.replace or self.read_back)
        say("      " + self.w("cli.go.edit", where=book.as_posix()))
        report = self.out / path_of(self.w.lang)
        self.opened = [report]
        self._did("report", where=report.as_posix())

    def _remarks(self) -> None:
        if self.told:
            page = self.pages.remarks(self.told)
            say(self.w("cli.go.remarks", count=len(self.told), where=page.as_posix()))
            # what is opened last lies on top, and that is what the run was for
            self.opened.insert(0, page)

    def _did(self, step: str, **facts: object) -> None:
        """One line for one step."""
        self.n += 1
        say(self.w("cli.go.step", n=self.n, of=self.of, says=self.w(f"cli.go.{step}", **facts)))
