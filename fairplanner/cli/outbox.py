"""The folder of notices: drafted before a revision is published, put in its place afterwards, so that no crash loses a notice."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fairplanner.cli.files import refused, write

if TYPE_CHECKING:
    from fairplanner.domain.programme import Programme
    from fairplanner.domain.published import Revision
    from fairplanner.publish.feeds import FeedChange

DRAFT = ".draft-"


@dataclass(frozen=True)
class Outbox:
    """Notices of revisions in a folder; `templates` as `publish` takes them."""

    folder: Path
    templates: Path | None = None

    def draft(self, programme: Programme, revision: Revision, changes: Sequence[FeedChange]) -> None:
        """Write the notices of a revision that is about to be published, where nobody looks for them yet.

        What a revision changed cannot be worked out again once it is published. Raises OutputError.
        """
        from fairplanner.publish.outbox import outbox

        draft = self._draft(revision)
        for one in outbox(programme, revision, changes, self.templates):
            write(draft / str(one.path), one.content)

    def ready(self, revision: Revision) -> Path | None:
        """Where the notices of a published revision lie; None where nobody is told anything. Drafts of others are dropped."""
        from fairplanner.publish.outbox import folder_of

        place, draft = self.folder / str(folder_of(revision.number)), self._draft(revision)
        try:
            if draft.is_dir():
                if place.exists():
                    shutil.rmtree(place)
                (draft / str(folder_of(revision.number))).rename(place)
            for left in self.folder.glob(f"{DRAFT}*"):
                shutil.rmtree(left)
        except OSError as error:
            raise refused(place, error) from error
        return place if place.is_dir() else None

    def _draft(self, revision: Revision) -> Path:
        return self.folder / f"{DRAFT}{revision.seal[:16]}"
