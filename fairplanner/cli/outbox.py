"""The folder of notices: drafted before a revision is published, put in its place afterwards, so that no crash loses a notice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fairplanner.cli.files import refused, write
from fairplanner.errors import OutputError, Problem

if TYPE_CHECKING:
    from fairplanner.domain.programme import Programme
    from fairplanner.domain.published import Revision
    from fairplanner.publish.calendars.feeds import FeedChange

DRAFT = ".draft-"


@dataclass(frozen=True)
class Outbox:
    """Notices of revisions in a folder; `templates` as `publish` takes them."""

    folder: Path
    templates: Path | None = None

    def draft(self, programme: Programme, revision: Revision, changes: Sequence[FeedChange]) -> None:
        """Write the notices of a revision that is about to be published, where nobody looks for them yet.

        Once the next revision is published, what this one changed cannot be worked out any more. Raises OutputError, also where notices of
        another programme or of another store's revision lie in the folder: they would be taken for these, or lost.
        """
        from fairplanner.publish.notices.outbox import outbox

        for place in sorted(self.folder.glob("rev-*")):
            told = _told(place)
            is_same_number = place == self._place(revision)
            if told and (told[0] != revision.programme_id or (is_same_number and told[1] != revision.seal)):
                raise OutputError(
                    [Problem(str(self.folder), 0, "", "outbox-taken", place.name, (("programme", told[0]),))]
                )
        draft = self._draft(revision)
        for one in outbox(programme, revision, changes, self.templates, self.folder.as_posix()):
            write(draft / str(one.path), one.content)

    def has(self, revision: Revision) -> bool:
        """Whether the notices of a published revision lie here, drafted or ready."""
        told = _told(self._place(revision))
        return self._draft(revision).is_dir() or told == (revision.programme_id, revision.seal)

    def ready(self, revisions: Sequence[Revision]) -> list[Path]:
        """Put the notices of published `revisions` (all of the programme, newest last) where they are looked for, also those
        that an interruption left; returns their folders, and that of the newest. Drafts that came to nothing are dropped."""
        places = [self._place(one) for one in revisions if self._moved(one)]
        newest = revisions[-1]
        if (place := self._place(newest)) not in places and _told(place) == (newest.programme_id, newest.seal):
            places.append(place)
        for left in self.folder.glob(f"{DRAFT}*"):
            # somebody may be publishing the next one just now
            if all(one.name <= self._place(newest).name for one in left.glob("rev-*")):
                _without(left)
        return places

    def _moved(self, revision: Revision) -> bool:
        place, draft = self._place(revision), self._draft(revision)
        if not draft.is_dir():
            return False
        if place.exists():
            _without(place)
        try:
            (draft / place.name).rename(place)
        except OSError as error:
            raise refused(place, error) from error
        _without(draft)
        return True

    def _place(self, revision: Revision) -> Path:
        from fairplanner.publish.notices.outbox import folder_of

        return self.folder / str(folder_of(revision.number))

    def _draft(self, revision: Revision) -> Path:
        return self.folder / f"{DRAFT}{revision.seal[:16]}"


def _told(place: Path) -> tuple[str, str] | None:
    """Programme and seal of the revision whose notices lie in a folder; None where it cannot be known."""
    from fairplanner.publish.notices.outbox import MANIFEST

    try:
        told = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        return str(told["programme"]), str(told["seal"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _without(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise refused(folder, error) from error
