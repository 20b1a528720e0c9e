"""Notice of a change made by hand (outward: no money, no score, nobody passed over) and the office's own record of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from fairplanner.domain.amending import Amended
from fairplanner.domain.taking_over import entries
from fairplanner.publish.notices.amend_words import AmendWords
from fairplanner.publish.publication import Publication
from fairplanner.publish.wording.entry_words import entry_in_words

TEXT = "text/plain; charset=utf-8"


def notice(amended: Amended, lang: str) -> Publication:
    """notice.<lang>.txt: what, why, from when, what has shut, who does what, where the corrected list is."""
    return Publication(PurePosixPath(f"notice.{lang}.txt"), TEXT, _text(_outward(AmendWords(amended, lang))))


def record(amended: Amended, lang: str) -> Publication:
    """record.<lang>.txt, internal: the same with losses, what follows, and how the reserve list was gone down."""
    words = AmendWords(amended, lang)
    lines = [words.w("amend.internal"), "", *_outward(words), *_inward(words)]
    return Publication(PurePosixPath(f"record.{lang}.txt"), TEXT, _text(lines))


def record_lines(amended: Amended, lang: str) -> tuple[str, ...]:
    """What the command line prints: the record, a line at a time."""
    words = AmendWords(amended, lang)
    return (*_outward(words), *_inward(words))


def _outward(words: AmendWords) -> Iterator[str]:
    w, settings = words.w, words.programme.settings
    yield words.title()
    if settings.sample:
        yield w("paper.sample")
    yield ""
    yield from _part(w("amend.head_changed"), words.changed(), w("amend.none"))
    day = words.dress.day(words.amendment.act.on)
    yield from _part(w("amend.head_doors", day=day), words.doors(), w("amend.none"))
    yield from _part(w("amend.head_told"), words.told(), w("amend.none"))
    yield from _part(w("amend.head_list"), [w("amend.see_list")], "")
    facts = {"programme": w.name(settings), "revision": words.plan.revision, "replaced": words.before.revision}
    yield w("amend.notice_footer", **facts)


def _inward(words: AmendWords) -> Iterator[str]:
    w = words.w
    yield ""
    yield from _part(w("amend.head_lost"), words.lost(), w("amend.lost.nothing"))
    yield from _part(w("amend.head_after"), [*words.after(), w("amend.not_proven")], "")
    told = [entry_in_words(x, words.programme, w) for x in entries(words.programme)]
    if told:
        yield from _part(w("amend.head_enter"), [*told, w("amend.enter.ready")], "")
    if words.amendment.came or words.amendment.passed:
        yield from _part(w("amend.head_passed"), words.passed(), w("amend.none"))


def _part(head: str, lines: Iterable[str], empty: str) -> Iterator[str]:
    yield head
    said = list(lines) or [empty]
    yield from (f"  {line}" for line in said)
    yield ""


def _text(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines).rstrip() + "\n").encode()
