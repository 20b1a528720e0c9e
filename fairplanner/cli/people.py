"""`fairplanner publish PLAN --people FILE`: handbooks with names, written beside what is published and kept nowhere else.

Names go from the file to paper and stop there: they meet no store, no calendar, no page and nothing that is kept of papers
typeset before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fairplanner.cli.door import Progress, say
from fairplanner.cli.files import drop_old, write_all
from fairplanner.cli.work import is_of_a_party
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.domain.people import People
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme


def people_of(path: Path | None, programme: Programme, plan: Plan, w: Words) -> People | None:
    """Everybody in the people file, before anything is written; None where there is no file. Raises UserError as `read_people`."""
    if path is None:
        return None
    from fairplanner.intake.people import read_people

    people = read_people(path, programme, plan)
    if people.unused:
        say(w("people.unused", columns=w("tables.choice_join").join(people.unused)), err=True)
    return people


def write_handbooks(
    programme: Programme, plan: Plan, people: People, out: Path, editions: Sequence[str], *,
    templates: Path | None, base_url: str | None, replace: bool, tell: Progress,
) -> int:  # fmt: skip
    """Write the handbooks with names over those with blanks; returns how many files there are.

    One with names of an earlier list, of a delegation that nobody is named for any more, is deleted.
    """
    from fairplanner.publish.handbook import FOLDER, handbooks_of
    from fairplanner.publish.overlay import overlay
    from fairplanner.publish.press import Press
    from fairplanner.publish.typesetter import Typesetter

    def made() -> Iterator[tuple[str, bytes]]:
        with overlay(templates) as folder, Typesetter(None) as typesetter:
            for edition in dict.fromkeys(editions):
                press = Press(programme, plan, edition, base_url or "")
                for one in typesetter.publications(handbooks_of(press, people), folder):
                    tell(str(one.path))
                    yield str(one.path), one.content

    # parts of them lie where they are meant to lie: whoever ends us from outside leaves no name in a folder that others see
    written = {path.relative_to(out).as_posix() for path in write_all(out, made(), replace=replace, stage=FOLDER)}
    drop_old(out, written, lambda name: name.startswith(f"{FOLDER}/") and is_of_a_party(name, editions))
    return len(written)


def say_handbooks(w: Words, people: People, files: int, out: Path) -> None:
    """How many people are in how many files, and that the folder stays inside."""
    from fairplanner.publish.handbook import FOLDER

    say(w("people.done", people=len(people.persons), files=files, where=(out / FOLDER).as_posix()))
