"""The notices of a revision, laid out for the planner to look through before anything is sent.

    rev-0003/index.html, index.en.html      who is told, and what changes for them
    rev-0003/outbox.json                    the same for `fairplanner send`
    rev-0003/firm/<name>/notice.zh.html, notice.zh.txt, change.zh.ics, and the same in en

Whom nothing changes for has no folder here. Addresses stand nowhere: they join only when the notices are sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

from fairplanner.domain.programme import Programme
from fairplanner.domain.published import Revision, Scope
from fairplanner.publish.calendars.feeds import FeedChange
from fairplanner.publish.calendars.ical import MEDIA_TYPE as CALENDAR
from fairplanner.publish.notices.notice import Notice, NoticeMaker, concerned
from fairplanner.publish.overlay import overlay
from fairplanner.publish.pages import page
from fairplanner.publish.paths import safe_name
from fairplanner.publish.publication import Publication

HTML, TEXT = "text/html; charset=utf-8", "text/plain; charset=utf-8"
FORMAT = 1
MANIFEST = "outbox.json"
Links = list[tuple[str, str]]
COMMAND = "fairplanner send {folder} --to contacts.csv --dry-run"


@dataclass(frozen=True)
class Parcel:
    """Everything for one party: its folder below the outbox, a notice and its files (by role) in each language in which
    something changes for it, and its calendar's name in every language."""

    scope: Scope
    folder: PurePosixPath
    notices: dict[str, Notice] = field(default_factory=dict)
    files: dict[str, dict[str, Publication]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def title(self, lang: str) -> str:
        """What its calendar is called in a language, else in another."""
        return self.titles.get(lang) or next(iter(self.titles.values()), "") or next(iter(self.notices.values())).party


def folder_of(number: int) -> PurePosixPath:
    """The folder of a revision's notices: rev-0003."""
    return PurePosixPath(f"rev-{number:04d}")


def outbox(
    programme: Programme,
    revision: Revision,
    changes: Sequence[FeedChange],
    templates: Path | None = None,
    place: str = "",
) -> Iterator[Publication]:
    """Every file of a revision's outbox; the same revision gives the same bytes. `place`: the folder that all outboxes lie
    in, as it is to stand in a command.

    `changes` are those of `feeds_of`; parties whose feeds read as before get nothing. Raises PublicationBroken if a
    calendar does not pass our lint, LanguageError for templates that cannot be used.
    """
    with overlay(templates) as folder:
        kept = concerned(changes)
        spoken = {c.key.lang for c in changes} | {lang for c in changes for lang, _ in c.titles}
        langs = sorted(spoken, key=lambda lang: (lang != "zh", lang))
        makers = {lang: NoticeMaker(programme, revision, lang, folder) for lang in langs}
        every = [_parcel(makers, revision, scope, own) for scope, own in groupby(kept, key=lambda c: c.key.scope)]
        parcels = [parcel for parcel in every if parcel.notices]
        for parcel in parcels:
            for files in parcel.files.values():
                yield from files.values()
        root = folder_of(revision.number)
        for lang, maker in makers.items():
            yield Publication(root / index_name(lang, langs), HTML, _index(maker, parcels, langs, place))
        yield Publication(root / MANIFEST, "application/json", _manifest(programme, revision, parcels))


def index_name(lang: str, langs: Sequence[str]) -> str:
    """The first language has the plain name."""
    return "index.html" if lang == langs[0] else f"index.{lang}.html"


def _parcel(makers: dict[str, NoticeMaker], revision: Revision, scope: Scope, own: Iterable[FeedChange]) -> Parcel:
    parcel = Parcel(scope, folder_of(revision.number) / scope.kind / safe_name(scope.subject))
    for change in own:
        parcel.titles.update({lang: " ".join(title.split()) for lang, title in change.titles})
        lang = change.key.lang
        if notice := makers[lang].notice(change):
            parcel.notices[lang] = notice
            parcel.files[lang] = _files(makers[lang], notice, parcel.folder)
    return parcel


def _files(maker: NoticeMaker, notice: Notice, folder: PurePosixPath) -> dict[str, Publication]:
    lang = maker.lang
    return {
        "html": Publication(folder / f"notice.{lang}.html", HTML, maker.html(notice)),
        "text": Publication(folder / f"notice.{lang}.txt", TEXT, maker.text(notice)),
        "calendar": Publication(folder / f"change.{lang}.ics", CALENDAR, maker.calendar(notice)),
    }


def _index(maker: NoticeMaker, parcels: Sequence[Parcel], langs: Sequence[str], place: str) -> bytes:
    w, number = maker.w, maker.revision.number
    keys = ("delegation", "zone", "firm", "col_party", "col_changes", "col_files", "page", "text", "calendar", "none")
    said = {key: w(f"notice.index.{key}") for key in keys}
    said["review"] = w("notice.index.review")
    said["lead"] = w("notice.index.lead", count=len(parcels))
    others = [(w("notice.index.other"), index_name(lang, langs)) for lang in langs if lang != maker.lang]
    title = w("notice.index.title", programme=w.name(maker.programme.settings), number=number)
    groups = [
        (said[kind], [_line(maker, x, langs) for x in own])
        for kind, own in groupby(parcels, key=lambda x: x.scope.kind)
    ]
    return page(
        maker.folder, "notice/outbox.html.j2", maker.lang, title=title, said=said, groups=groups, others=others,
        command=COMMAND.format(folder=_in_command(place, number)), facts=maker.facts, sample=maker.sample, footer=maker.facts[0],
    )  # fmt: skip


def _in_command(place: str, number: int) -> str:
    """The folder of the notices as a shell takes it."""
    path = (PurePosixPath(place) / folder_of(number)).as_posix()
    return f'"{path}"' if " " in path else path


def _line(maker: NoticeMaker, parcel: Parcel, langs: Sequence[str]) -> tuple[str, str, list[tuple[str, Links]]]:
    """Name of a party, number of its changes (in which other language, where none is in this one), links to its files."""
    other, notice = next(iter(parcel.notices.items()))
    if own := parcel.notices.get(maker.lang):
        counted = own.counted
    else:
        counted = maker.w(
            "notice.index.only", counts=maker.counted(notice.counts), language=maker.w(f"contacts.language.{other}")
        )
    root = folder_of(maker.revision.number)
    links = [
        (maker.w(f"contacts.language.{lang}"), [(role, str(file.path.relative_to(root))) for role, file in parcel.files[lang].items()])
        for lang in langs if lang in parcel.files
    ]  # fmt: skip
    return parcel.title(maker.lang), counted, links


def _manifest(programme: Programme, revision: Revision, parcels: Sequence[Parcel]) -> bytes:
    told = {
        "format": FORMAT, "programme": revision.programme_id, "number": revision.number, "seal": revision.seal,
        "at": revision.at.isoformat(), "by": revision.by, "why": revision.why, "sample": programme.settings.sample,
        "parties": [_party(x) for x in parcels],
    }  # fmt: skip
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _party(parcel: Parcel) -> dict[str, Any]:
    root = parcel.folder.parent.parent
    files = {
        lang: {role: str(file.path.relative_to(root)) for role, file in own.items()}
        for lang, own in parcel.files.items()
    }
    digests = {
        str(file.path.relative_to(root)): sha256(file.content).hexdigest()
        for own in parcel.files.values() for file in own.values()
    }  # fmt: skip
    return {
        "kind": parcel.scope.kind, "id": parcel.scope.subject, "folder": str(parcel.folder.relative_to(root)),
        "titles": parcel.titles | {lang: notice.party for lang, notice in parcel.notices.items()},
        "subjects": {lang: notice.subject for lang, notice in parcel.notices.items()},
        "counts": {lang: notice.counts for lang, notice in parcel.notices.items()},
        "files": files, "digests": digests,
        "digest": sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest(),
    }  # fmt: skip
