"""What stands in the way, and what was done while reading, as pages: for whoever has no terminal, or whose window has closed."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fairplanner.cli.door import Diagnosed
from fairplanner.cli.files import drop_old, write_all
from fairplanner.errors import FairplannerError, NoPlan, OutputError, Problem, UserError
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.publish.lists.problem_list import Told, Trouble

PAGES = ("problems", "remarks")


class Pages:
    """The pages that one run writes into `out`; `folder` is that of the programme, which problems are about."""

    def __init__(self, folder: Path, out: Path, w: Words) -> None:
        self.folder, self.out, self.w = folder, out, w

    def clear(self) -> None:
        """Take away the pages of the run before, where they are as we left them."""
        names = {f"{self.w(f'go.{kind}')}.{ending}" for kind in PAGES for ending in ("html", "xlsx")}
        drop_old(self.out, (), names.__contains__)

    def remarks(self, problems: Sequence[Problem]) -> Path:
        """What was done with sheets that is no problem."""
        from fairplanner.publish.lists.problem_list import Told

        troubles = self._troubles(problems)
        lead = self.w("go.page.lead-remarks", count=len(troubles))
        return self._write(
            Told(self.w("go.remarks"), self.w("go.page.title-remarks"), (lead,), troubles, is_trouble=False)
        )

    def trouble(self, error: Exception) -> Path | None:
        """Why there is no plan, whatever the reason; None where not even that can be written."""
        try:
            return self._write(self._told(error))
        except (FairplannerError, OSError):
            return None

    def _told(self, error: Exception) -> Told:
        from fairplanner.publish.lists.problem_list import Told

        name, w = self.w("go.problems"), self.w
        before = (w("go.page.before", folder=self.out.name),) if (self.out / "plan.json").is_file() else ()
        if isinstance(error, UserError):
            troubles = self._troubles(error.problems)
            kind = "output" if isinstance(error, OutputError) else "problems"
            lead = w(f"go.page.lead-{kind}", count=len(troubles))
            return Told(name, w(f"go.page.title-{kind}"), (lead, *before), troubles)
        if isinstance(error, NoPlan):
            lines = error.lines if isinstance(error, Diagnosed) else (w(f"cli.no-plan.{error.status}"),)
            return Told(name, w("go.page.title-no-plan"), (w("go.page.lead-no-plan"), *before), lines=lines)
        lines = (f"{type(error).__name__}: {error}",)
        return Told(name, w("go.page.title-failed"), (w("go.page.lead-failed"), *before), lines=lines)

    def _troubles(self, problems: Sequence[Problem]) -> tuple[Trouble, ...]:
        from fairplanner.intake.spots import spots
        from fairplanner.publish.lists.problem_list import Trouble
        from fairplanner.report import problem_says

        rows = sorted(problems)
        found = []
        for problem, spot in zip(rows, spots(rows, self.folder, self.out), strict=True):
            row = self.w("go.page.row", row=problem.row) if problem.row else ""
            value = " = ".join(filter(None, (spot.column, problem.value)))
            path = relative(spot.path, self.out) if spot.path else ""
            found.append(
                Trouble(
                    spot.file,
                    path,
                    spot.page,
                    spot.cell or row,
                    value,
                    problem_says(_titled(problem, self.w), self.w.lang),
                )
            )
        return tuple(found)

    def _write(self, told: Told) -> Path:
        from fairplanner.publish.lists.problem_list import problem_pages

        made = [(str(x.path), x.content) for x in problem_pages(told, self.w.lang)]
        return write_all(self.out, made)[0]


def _titled(problem: Problem, w: Words) -> Problem:
    """A problem that calls tables as workbooks do: whoever has no terminal has never seen their ids."""
    from fairplanner.domain.tables import TABLES
    from fairplanner.intake.describe import title_of

    titles = {table.name: title_of(table, w.lang) for table in TABLES}
    facts = tuple((key, titles.get(text, text) if key == "table" else text) for key, text in problem.facts)
    return replace(problem, facts=facts)


def relative(path: Path, out: Path) -> str:
    """The way from a folder to a file, with forward slashes; '' where there is none (another drive)."""
    try:
        return Path(os.path.relpath(path.resolve(), out.resolve())).as_posix()
    except ValueError:
        return ""


def show(path: Path) -> bool:
    """Open a page in the browser and say whether one took it; never fails, and never starts one that would live in the terminal."""
    if sys.platform.startswith("linux") and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))):
        return False
    try:
        if sys.platform == "win32":
            os.startfile(path.resolve())  # noqa: S606 - an address with %E6 in it would be read in the code page
            return True
        return webbrowser.open(path.resolve().as_uri())
    except (OSError, webbrowser.Error, ValueError):
        return False
