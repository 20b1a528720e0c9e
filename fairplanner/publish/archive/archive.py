"""The whole archive of a fair as files: what came in, record, plan, published versions, an index page and SHA256SUMS.

index.html                    what lies here and what it proves, in every language; what is missing stands on top
SHA256SUMS                    `sha256sum -c SHA256SUMS` says whether anything was changed since
record.zh.pdf, record.zh.xlsx the record, and the same in en
inputs/                       the office's own tables as received
plan/                         plan.json, programme.json: what was decided, from what
versions/                     each published revision with its seal, and the calendars and papers that parties could fetch
received/                     whatever else was handed in (approvals, minutes, receipts)
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.domain.published import Revision
from fairplanner.publish.archive.material import Given, Material
from fairplanner.publish.archive.record import Record
from fairplanner.publish.archive.scope import Scope
from fairplanner.publish.bilingual import SECOND
from fairplanner.publish.overlay import overlay
from fairplanner.publish.pages import page
from fairplanner.publish.paths import safe_name
from fairplanner.publish.plan_json import plan_json, snapshot_json
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft, Publication
from fairplanner.publish.typesetter import Typesetter

BYTES, JSON, HTML = "application/octet-stream", "application/json", "text/html; charset=utf-8"
SUMS, INDEX = "SHA256SUMS", "index.html"
LANGS = ("zh", "en")


@dataclass(frozen=True)
class Filed:
    """A file of the archive and what it proves: the key of its words."""

    file: Publication
    proves: str

    @property
    def digest(self) -> str:
        """SHA-256 in hexadecimal."""
        return sha256(self.file.content).hexdigest()


def archive(
    programme: Programme, plan: Plan, scope: Scope, material: Material, *, templates: Path | None = None, typesetter: Typesetter | None = None
) -> Iterator[Publication]:  # fmt: skip
    """Every file of the archive, index and sums last; the same material gives the same bytes.

    Raises LanguageError for templates that cannot be used, OutputError for characters no font can show.
    """
    with overlay(templates) as folder:
        records = [Record(Press(programme, plan, lang), scope, material) for lang in LANGS]
        filed: list[Filed] = []
        for one in _files(programme, plan, material, records, folder, typesetter or Typesetter()):
            filed.append(one)
            yield one.file
        index = Filed(Publication(PurePosixPath(INDEX), HTML, _index(records, filed, folder)), "index")
        yield index.file
        yield Publication(PurePosixPath(SUMS), "text/plain; charset=utf-8", sums([*filed, index]))


def _files(
    programme: Programme, plan: Plan, material: Material, records: Sequence[Record], folder: Path, typesetter: Typesetter
) -> Iterator[Filed]:  # fmt: skip
    drafts: list[Publication | Draft] = [x for record in records for x in (record.draft(), record.workbook())]
    for one in typesetter.publications(drafts, folder):
        yield Filed(one, f"record{one.path.suffix.replace('.', '_')}")
    yield from _given("inputs", material.inputs or (), "inputs")
    yield Filed(Publication(PurePosixPath("plan/plan.json"), JSON, plan_json(plan)), "plan")
    yield Filed(Publication(PurePosixPath("plan/programme.json"), JSON, snapshot_json(programme)), "programme")
    yield from _versions(material, records[0].scope)
    yield from _given("received", material.extras, "extras")


def _given(below: str, files: Sequence[Given], proves: str) -> Iterator[Filed]:
    taken: set[str] = set()
    for n, one in enumerate(files, 1):
        # two files of one name, handed in from two folders; names that differ in case alone are one on some systems
        name = one.name
        while name.lower() in taken:
            name = f"{n}-{name}"
        taken.add(name.lower())
        yield Filed(Publication(PurePosixPath(below) / name, BYTES, one.content), proves)


def _versions(material: Material, scope: Scope) -> Iterator[Filed]:
    root = PurePosixPath("versions")
    if material.revisions:
        yield Filed(Publication(root / "revisions.json", JSON, _chain(material.revisions)), "chain")
    for r in material.revisions or ():
        for name, content in (("plan.json", r.plan), ("programme.json", r.programme)):
            yield Filed(Publication(root / f"rev-{r.number:04d}" / name, JSON, content), "revision")
    parties = {d.party_id for d in scope.delegations}
    for key, feed in sorted(material.feeds.items()):
        if key.kind == "delegation" and key.subject in parties:
            path = root / "standing" / safe_name(key.subject) / f"calendar.{key.lang}.ics"
            yield Filed(Publication(path, "text/calendar; charset=utf-8", feed.content), "calendar")
    for d in material.documents:
        if d.scope.kind == "delegation" and d.scope.subject in parties:
            path = root / "standing" / safe_name(d.scope.subject) / d.name
            yield Filed(Publication(path, d.media_type, d.content), "document")


def _chain(revisions: Sequence[Revision]) -> bytes:
    told = [
        {"number": r.number, "at": r.at.isoformat(), "by": r.by, "why": r.why, "digest": r.digest, "parent": r.parent, "seal": r.seal}
        for r in revisions
    ]  # fmt: skip
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def sums(filed: Sequence[Filed]) -> bytes:
    """Hashes as `sha256sum` writes and checks them, a file a line; names with a backslash or a line break are escaped as it does."""
    return "".join(_line(one.digest, str(one.file.path)) for one in filed).encode()


def _line(digest: str, name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"{'' if escaped == name else chr(92)}{digest}  {escaped}\n"


def _index(records: Sequence[Record], filed: Sequence[Filed], folder: Path) -> bytes:
    zh, en = records

    def both(key: str, **facts: object) -> str:
        return SECOND.join(r.press.w(f"archive.{key}", **facts) for r in (zh, en))

    said = {
        key: both(key)
        for key in (
            "audience",
            "files",
            "col_file",
            "col_size",
            "col_proves",
            "col_hash",
            "missing_title",
            "missing_none",
            "check",
        )
    }
    rows = [(str(f.file.path), f"{len(f.file.content):,}", f.digest, both(f"proves.{f.proves}")) for f in filed]
    facts = [(SECOND.join((a, b)), _once(x, y)) for (a, x), (b, y) in zip(zh.facts, en.facts, strict=True)]
    return page(
        folder, "archive/index.html.j2", "zh", title=_once(zh.title, en.title), said=said, facts=facts, rows=rows,
        missing=[SECOND.join(pair) for pair in zip(zh.missing, en.missing, strict=True)], sample=_once(zh.press.sample, en.press.sample),
        footer=_once(zh.press.footer, en.press.footer),
    )  # fmt: skip


def _once(zh: str, en: str) -> str:
    """Line by line in both languages; once where both are the same."""
    pairs = zip(zh.split("\n"), en.split("\n"), strict=False)
    return "\n".join(a if a == b else SECOND.join((a, b)) for a, b in pairs)
