"""Drafts become publications: at once, or on all cores; what was typeset before is taken from where it is kept."""

from __future__ import annotations

import json
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType

from fairplanner.publish.imposition import imposed
from fairplanner.publish.publication import Draft, Publication
from fairplanner.publish.typesetting import STANDARD, pdf, png

MEDIA_TYPES = {"pdf": "application/pdf", "png": "image/png"}
FEW = 24
"""Drafts that one process typesets before others have started: fewer are not worth it."""
AHEAD = 8
"""Drafts waiting for each process: none idles, and no more than these are held in memory."""

OF_PAGES = frozenset({".j2", ".css", ".js"})
"""Endings of what only pages are made of."""
DATE = "date"
"""What a sheet calls the day of its revision."""
Known = MutableMapping[str, bytes]


@dataclass(frozen=True)
class Standing:
    """Papers as they stand published, by path; `stamps`: the words that tell one revision from another on a paper of this one."""

    papers: Mapping[str, Publication]
    stamps: tuple[str, ...]

    def again(self, draft: Draft, folder: Path) -> Publication | Draft:
        """The paper that stands if it says the same, else the draft with the digest of what it says."""
        said = said_of(draft, folder, self.stamps)
        before = self.papers.get(str(draft.path))
        return before if before is not None and before.said == said else replace(draft, said=said)


class Typesetter:
    """Typesets drafts in their order; a context, because it may start processes.

    `workers`: how many processes (1: none but this one; None: one for each core). `known`: what was typeset before, by `key_of`.
    """

    def __init__(self, workers: int | None = 1, known: Known | None = None) -> None:
        self.workers = workers or cores()
        self.known = known
        self._pool: ProcessPoolExecutor | None = None
        self._seen = 0

    def __enter__(self) -> Typesetter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def publications(
        self, made: Iterable[Publication | Draft], folder: Path, standing: Standing | None = None
    ) -> Iterator[Publication]:
        """What was made, drafts typeset by the templates of `folder`, in the same order.

        `standing`: papers that were published before; one that says nothing new remains as it is, with its number.
        Raises OutputError and LanguageError as `pdf` does, in the place of the draft concerned.
        """
        waiting: deque[tuple[Publication | Draft, Future[bytes] | bytes]] = deque()
        for draft in made:
            one = draft if standing is None or isinstance(draft, Publication) else standing.again(draft, folder)
            waiting.append((one, one.content if isinstance(one, Publication) else self._begin(one, folder)))
            while waiting and (len(waiting) > AHEAD * self.workers or not isinstance(waiting[0][1], Future)):
                yield from self._end(*waiting.popleft(), folder)
        while waiting:
            yield from self._end(*waiting.popleft(), folder)

    def _begin(self, draft: Draft, folder: Path) -> Future[bytes] | bytes:
        known = None if draft.is_private else self.known
        if known is not None and (before := known.get(key_of(draft, folder))) is not None:
            return before
        self._seen += 1
        if self.workers < 2 or self._seen <= FEW:
            return _typeset(draft, folder)
        if self._pool is None:
            # processes that begin anew: this one has threads of solvers that a copy would not have
            self._pool = ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"), initializer=_alone)
        try:
            return self._pool.submit(_typeset, draft, folder)
        except BrokenExecutor:
            return _typeset(draft, folder)

    def _end(self, one: Publication | Draft, content: Future[bytes] | bytes, folder: Path) -> Iterator[Publication]:
        if isinstance(one, Publication):
            yield one
            return
        made = _result(one, content, folder) if isinstance(content, Future) else content
        if self.known is not None and not one.is_private:
            self.known[key_of(one, folder)] = made
        yield Publication(one.path, MEDIA_TYPES[one.form], made, one.said)
        if one.booklet:
            yield Publication(one.booklet, MEDIA_TYPES[one.form], imposed(made))


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _alone() -> None:
    """One thread for each process: there are as many as cores. Ctrl-C is left to the process that gave the work out."""
    os.environ["RAYON_NUM_THREADS"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _result(draft: Draft, content: Future[bytes], folder: Path) -> bytes:
    """What another process made; made here where the system has ended that process (no memory left)."""
    try:
        return content.result()
    except BrokenExecutor:
        return _typeset(draft, folder)


def _typeset(draft: Draft, folder: Path) -> bytes:
    if draft.form == "png":
        return png(folder / draft.template, draft.data, folder, draft.ppi)
    return pdf(folder / draft.template, draft.data, draft.timestamp, folder)


def key_of(draft: Draft, folder: Path) -> str:
    """SHA-256 of all that the bytes of a draft hang on: templates, data, instant, and the versions of Typst and of the fonts."""
    made_of = [draft.template, draft.data, draft.timestamp, STANDARD, draft.form, draft.ppi]
    text = json.dumps(made_of, ensure_ascii=False, sort_keys=True)
    return sha256(f"{_tools()} {_digest(folder)} {text}".encode()).hexdigest()


def said_of(draft: Draft, folder: Path, stamps: tuple[str, ...]) -> str:
    """SHA-256 of what a draft says and how it looks, its date and the `stamps` in it left out."""
    data = {name: value for name, value in draft.data.items() if name != DATE}
    text = json.dumps([draft.template, data, draft.form, draft.ppi], ensure_ascii=False, sort_keys=True)
    for stamp in stamps:
        text = text.replace(json.dumps(stamp, ensure_ascii=False)[1:-1], "")
    return sha256(f"{_digest(folder)} {text}".encode()).hexdigest()


@lru_cache(maxsize=1)
def _tools() -> str:
    return f"typst {version('typst')} fonts {version('manimgx-fonts-cjk')}"


@lru_cache(maxsize=8)
def _digest(folder: Path) -> str:
    """Of everything that a template for Typst may read: templates, the design, pictures of the user's own."""
    found = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in OF_PAGES and "languages" not in path.parts:
            found.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()
