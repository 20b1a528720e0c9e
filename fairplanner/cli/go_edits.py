"""What an office changed in the workbook of the last plan, taken in before the next; and the workbook of the new one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fairplanner.cli.door import progress
from fairplanner.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme

SECONDS = 30.0
"""For planning around the edits, to see whether a plan can keep them."""


def are_edited(out: Path, w: Words) -> bool:
    """Whether the workbook of the last plan is not as it was written."""
    from fairplanner.cli.files import is_as_we_left_it

    book = w("round_trip.book")
    return (out / book).is_file() and (out / "plan.json").is_file() and not is_as_we_left_it(out, book)


def take_in_edits(folder: Path, out: Path, w: Words, tell: Callable[[str], None]) -> Path | None:
    """The file of decisions that edits of the last plan's workbook became, beside the tables; None where there is nothing to decide.

    The edited workbook is moved below them, so that it is kept and not read twice, nor written over with what people wrote beside. Raises UserError with every edit that cannot
    be read, or with why no plan can keep them.
    """
    from fairplanner.cli.take_in import Asked, free_name, taken_in
    from fairplanner.errors import Problem, UserError

    book = out / w("round_trip.book")
    heard: list[str] = []
    with progress(w, "import"):
        written, wrong = taken_in(Asked(out, book, folder, "", None, False, SECONDS), w, heard.append)
    for line in heard:
        tell(line)
    if wrong:
        raise UserError([Problem(book.name, 0, "", "trip-weighed", line.strip()) for line in wrong])
    # where nothing is written and more is said than that, there are remarks or sheets of a person's own in it
    if written or len(heard) > 1:
        kept = free_name(folder, w("round_trip.kept", file=(written or book).stem).removesuffix(book.suffix))
        kept.parent.mkdir(exist_ok=True)
        book.replace(kept)
    return written


def offer_edits(programme: Programme, plan: Plan, out: Path, w: Words, *, replace: bool) -> Path:
    """The workbook in which the plan can be changed, written beside it."""
    from fairplanner.cli.files import write_all
    from fairplanner.publish.press import Press
    from fairplanner.publish.workbooks.choice_book import choice_book
    from fairplanner.publish.workbooks.choices_xlsx import choices_workbook

    press = Press(programme, plan, w.lang)
    (path,) = write_all(out, [(w("round_trip.book"), choices_workbook(press, choice_book(press)))], replace=replace)
    return path
