"""`fairplanner dates FILE.ics... --for DIR`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairplanner.cli.door import errors_at_the_door, json_option, lang_option, replace_option, say, say_json, verb
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.domain.reference import Phase
    from fairplanner.intake.dates import DateChange, DateReport, Doubt, Said
    from fairplanner.publish.naming import Naming

KINDS = ("moved", "dated", "cancelled", "restored", "confirmed", "same")
MOST_UNMATCHED = 50
"""Entries said one by one; somebody's own calendar has hundreds that are about no fair."""


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "dates")
    @click.argument("calendars", metavar="FILE.ics|URL...", nargs=-1, required=True)
    @click.option("--for", "folder", type=click.Path(path_type=Path), required=True, help=w("cli.dates.for"))
    @click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=None, help=w("cli.dates.out"))
    @replace_option(w)
    @json_option(w)
    @lang_option(w)
    def dates(
        calendars: tuple[str, ...], folder: Path, out: Path | None, replace: bool, as_json: bool, lang: str
    ) -> None:
        with errors_at_the_door(lang, as_json=as_json):
            run(calendars, folder, out, replace, as_json, lang)

    return dates


def run(calendars: Sequence[str], folder: Path, out: Path | None, replace: bool, as_json: bool, lang: str) -> None:
    """Say what calendars change in a programme's dates; with `out` write those phases as a table."""
    from fairplanner.intake import read_programme
    from fairplanner.intake.dates import compare_dates
    from fairplanner.intake.ics import read_feeds
    from fairplanner.publish.naming import Naming

    w = words(lang)
    programme = read_programme(folder)
    report = compare_dates(programme, read_feeds(calendars))
    if out:
        _write(report, out, replace, w)
    if as_json:
        say_json(_facts(report) | {"out": out.as_posix() if out and report.news else ""})
        return
    for line in _lines(Naming(programme, lang), report):
        say(line)
    if out:
        say(w("dates.written", file=out.as_posix(), count=len(report.news)) if report.news else w("dates.not-written"))


def _write(report: DateReport, out: Path, replace: bool, w: Words) -> None:
    """The table of what changed; a file that is there is only touched when asked, and keeps its other rows."""
    from fairplanner.cli.files import write
    from fairplanner.errors import OutputError, Problem
    from fairplanner.intake.dates_patch import patched

    if not report.news:
        return
    if out.exists() and not replace:
        raise OutputError([Problem(out.as_posix(), 0, "", "dates-exists")])
    write(out, patched(report.news, w, out if out.exists() else None))


def _lines(naming: Naming, report: DateReport) -> Iterator[str]:
    from fairplanner.report import problem_text

    w = naming.say
    counts = {kind: len([c for c in report.changes if c.what == kind]) for kind in KINDS}
    yield w(
        "dates.counts",
        **counts,
        doubts=len(report.doubts),
        unmatched=len(report.unmatched),
        others=len(report.others),
        unread=len(report.problems),
    )
    for kind in KINDS:
        if kind != "same" and (rows := [c for c in report.changes if c.what == kind]):
            yield from ("", w(f"dates.kind.{kind}"), *(line for c in rows for line in _change(naming, c)))
    if report.doubts:
        yield from ("", w("dates.kind.doubts"), *(line for d in report.doubts for line in _doubt(naming, d)))
    if report.unmatched:
        yield from ("", w("dates.kind.unmatched"), *(_entry(naming, s) for s in report.unmatched[:MOST_UNMATCHED]))
        if len(report.unmatched) > MOST_UNMATCHED:
            yield "  " + w("dates.more", count=len(report.unmatched) - MOST_UNMATCHED)
    for kind, problems in (("unread", report.problems), ("remarks", report.remarks)):
        if problems:
            yield from ("", w(f"dates.kind.{kind}"), *(f"  {problem_text(p, w.lang)}" for p in problems))


def _change(naming: Naming, change: DateChange) -> Iterator[str]:
    w, phase = naming.say, change.phase
    facts = {
        "phase": naming.phase(phase.phase_id),
        "id": phase.phase_id,
        "before": _before(naming, phase),
        "after": _days(naming, change.first, change.last),
        "was": w(f"enums.Status.{phase.status}"),
        "becomes": w(f"enums.Status.{change.status}"),
    }
    stays = change.what == "moved" and phase.status is change.status
    yield "  " + w(f"dates.row.{change.what}{'-only' if stays else ''}", **facts)
    yield "    " + w(f"dates.how.{change.said.how}", title=change.said.event.title, source=change.said.source)


def _doubt(naming: Naming, doubt: Doubt) -> Iterator[str]:
    w = naming.say
    phases = naming.listed([f"{naming.phase(q.phase_id)} ({q.phase_id})" for q in doubt.phases])
    if doubt.why == "phases":
        yield _entry(naming, doubt.said[0])
        yield "    " + w("dates.doubt.phases", phases=phases)
    else:
        yield "  " + w("dates.doubt.entries", phase=phases)
        yield from ("  " + _entry(naming, said) for said in doubt.said)


def _entry(naming: Naming, said: Said) -> str:
    facts = {"title": said.event.title, "days": _days(naming, said.first, said.last), "source": said.source}
    return "  " + naming.say("dates.entry-cancelled" if said.cancelled else "dates.entry", **facts)


def _before(naming: Naming, phase: Phase) -> str:
    return _days(naming, phase.start, phase.end) if phase.start and phase.end else naming.say("enums.Status.unknown")


def _days(naming: Naming, first: date, last: date) -> str:
    from fairplanner.publish.naming import dates_in_words

    return dates_in_words(naming.say, first, last)


def _facts(report: DateReport) -> dict[str, Any]:
    """The report as a machine reads it: dates in ISO form, the last day included."""
    from dataclasses import asdict

    return {
        "changes": [_change_facts(c) for c in report.changes],
        "ambiguous": [
            {"why": d.why, "phases": [q.phase_id for q in d.phases], "entries": [_said_facts(s) for s in d.said]}
            for d in report.doubts
        ],
        "unmatched": [_said_facts(s) for s in report.unmatched],
        "others": [e.title for e in report.others],
        "problems": [asdict(p) for p in report.problems],
        "remarks": [asdict(p) for p in report.remarks],
    }


def _change_facts(change: DateChange) -> dict[str, Any]:
    before, now = change.phase, change
    return {
        "what": now.what,
        "phase_id": before.phase_id,
        "before": [_iso(before.start), _iso(before.end), before.status.value],
        "after": [now.first.isoformat(), now.last.isoformat(), now.status.value],
        "how": now.said.how,
    } | _said_facts(now.said)


def _said_facts(said: Said) -> dict[str, Any]:
    days = [said.first.isoformat(), said.last.isoformat()]
    return {"title": said.event.title, "days": days, "cancelled": said.cancelled, "source": said.source}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
