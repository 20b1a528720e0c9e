"""Where an audience's page lies in an open folder on the office's own web space: under its name, for anybody, without a key.

One place says so for every paper, because what is printed as a code cannot be put right afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from fairplanner.publish.agendas.agenda import AudienceKind
from fairplanner.publish.calendars.ical import path_of as calendar_path
from fairplanner.publish.paths import safe_name
from fairplanner.publish.press import Press

FOLDERS = {AudienceKind.DELEGATION: PurePosixPath("pages"), AudienceKind.FIRM: PurePosixPath("pages/firms")}
"""The audiences that are handed paper with a code on it."""
LONGEST = 26
"""Of a name: a path has 60 characters at most, so that its code stays small."""


def path_of(kind: AudienceKind, subject: str, lang: str) -> PurePosixPath:
    """Where the page of a delegation (by its `party_id`) or a firm is published. Raises KeyError for other audiences."""
    return FOLDERS[kind] / f"{safe_name(subject, LONGEST)}.{lang}.html"


def page_url(press: Press, kind: AudienceKind, subject: str) -> str:
    """The address of an audience's page, to be printed; '' where the files have none, or only one that is a key."""
    return OpenAddress(press.base_url, kind, subject).page(press.lang) if press.base_url else ""


@dataclass(frozen=True)
class OpenAddress:
    """Links of one audience; `base` is the address of the output folder."""

    base: str
    kind: AudienceKind
    subject: str

    def _below(self, path: PurePosixPath) -> str:
        return f"{self.base.rstrip('/')}/{path}"

    def page(self, lang: str) -> str:
        """The page itself."""
        return self._below(path_of(self.kind, self.subject, lang))

    def other(self, lang: str) -> str:
        """The page in another language, from the page."""
        return path_of(self.kind, self.subject, lang).name

    def calendar(self, _slug: str, lang: str) -> str:
        """The calendar, to be pasted into a program."""
        return self._below(calendar_path(self.kind, self.subject, lang))

    def webcal(self, slug: str, lang: str) -> str:
        """The calendar, to be opened by the telephone's own calendar."""
        return f"webcal://{self.calendar(slug, lang).split('://', 1)[1]}"

    def file(self, _slug: str, lang: str) -> str:
        """The calendar, from the page."""
        return self.link(calendar_path(self.kind, self.subject, lang))

    def link(self, path: PurePosixPath) -> str:
        """Any other file of the output folder, from the page."""
        return f"{'../' * len(FOLDERS[self.kind].parts)}{path}"
