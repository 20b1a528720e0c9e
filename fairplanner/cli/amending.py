"""What `withdraw`, `promote-next` and `substitute` share: who wants it and why, the new draft and its papers, what is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairplanner.cli.door import lang_option, out_option, progress, read_both, replace_option, say, shown
from fairplanner.cli.office import store_to_say
from fairplanner.errors import OutputError, Problem, UserError
from fairplanner.words import Words, languages, words

if TYPE_CHECKING:
    from fairplanner.amend import Broken
    from fairplanner.domain.amending import Act, Amended, Verb
    from fairplanner.domain.plan import Plan, Violation
    from fairplanner.domain.programme import Programme

CURES = {
    "rank-respected": "promote",
    "allotment": "promote",
    "decisions": "decisions",
    "delegation-size": "delegation-size",
}
"""Rules for whose breach there is something better to say than to plan anew."""

Make = Callable[["Programme", "Plan"], "Amended"]


def options(w: Words) -> Callable[[Any], Any]:
    """`--reason`, `--by`, `--basis`, `--on`, `--out`, `--replace`, `--lang`."""

    def dressed(command: Any) -> Any:
        parts = (
            click.option("--reason", required=True, help=w("cli.amend.reason")),
            click.option("--by", default="", help=w("cli.amend.by")),
            click.option("--basis", default="", help=w("cli.amend.basis")),
            click.option("--on", type=click.DateTime(["%Y-%m-%d"]), default=None, help=w("cli.amend.on")),
            out_option(w),
            replace_option(w),
            lang_option(w),
        )
        for part in reversed(parts):
            command = part(command)
        return command

    return dressed


def act_of(verb: Verb, on: datetime | None, reason: str, by: str, basis: str) -> Act:
    """Who wants what and why; today where no day is given. Raises UserError without a reason."""
    from fairplanner.domain.amending import Act

    if not reason.strip():
        raise UserError([Problem("--reason", 0, "", "amend-blank")])
    return Act(verb, on.date() if on else date.today(), reason.strip(), by.strip(), basis.strip())


def run(path: Path, out: Path | None, lang: str, make: Make, *, replace: bool) -> None:
    """Change a plan and write the new draft with its papers; raises UserError, and nothing is written then.

    A folder that holds another plan is written over only with `replace`: it may be somebody's only copy of it.
    """
    from fairplanner.amend import Broken
    from fairplanner.cli.amend_errors import in_names
    from fairplanner.cli.files import write_all

    w = words(lang)
    path = path / "plan.json" if path.is_dir() else path
    programme, plan = read_both(path)
    try:
        amended = make(programme, plan)
    except Broken as error:
        raise told(error, plan) from error
    except UserError as error:
        raise in_names(error, programme, plan) from error
    with progress(w, "publish"):
        amended = stamped(amended)
        files = dict(_files(amended))
    where = out or Path("out") / f"{programme.settings.id}-{amended.after[1].revision}"
    _refuse_other(where / "plan.json", files["plan.json"], replace=replace)
    write_all(where, files.items(), replace=replace)
    _say(w, amended, path, where)


def stamped(amended: Amended) -> Amended:
    """The change with the digest of the programme as it is now."""
    from dataclasses import replace

    from fairplanner.domain.tables import TABLES
    from fairplanner.intake.read import digest

    programme, plan = amended.after
    found = digest(programme.settings, {t.name: getattr(programme, t.name) for t in TABLES}, programme.packs)
    own = {name: getattr(programme, name) for name in type(programme).model_fields}
    made = type(programme)(**(own | {"digest": found}))
    return replace(amended, after=(made, plan.model_copy(update={"programme_digest": found})))


def _files(amended: Amended) -> dict[str, bytes]:
    """The new draft, the rows to be entered in the tables, and notice, record and corrected list in every language."""
    from fairplanner.publish.lists.corrected_list import corrected_list
    from fairplanner.publish.notices.amend_notice import notice, record
    from fairplanner.publish.overlay import overlay
    from fairplanner.publish.plan_json import plan_json, snapshot_json
    from fairplanner.publish.wording.entry_words import entry_tables

    programme, plan = amended.after
    files = {"plan.json": plan_json(plan), "programme.json": snapshot_json(programme), **entry_tables(programme)}
    with overlay(None) as folder:
        for lang in languages():
            for paper in (notice(amended, lang), record(amended, lang), *corrected_list(amended, lang, folder)):
                files[str(paper.path)] = paper.content
    return files


def _refuse_other(path: Path, content: bytes, *, replace: bool) -> None:
    if not replace and path.is_file() and path.read_bytes() != content:
        raise OutputError([Problem(path.as_posix(), 0, "", "exists")])


def _say(w: Words, amended: Amended, old: Path, where: Path) -> None:
    from fairplanner.publish.notices.amend_notice import record_lines

    for line in record_lines(amended, w.lang):
        say(line)
    say(w("cli.amend.done", where=where.as_posix(), revision=amended.after[1].revision))
    say(w("cli.amend.next", plan=shown(where / "plan.json"), old=shown(old), store=store_to_say(w)))


def told(error: Broken, plan: Plan) -> UserError:
    """What the changed plan would break, in names, with what can be done about it; `plan`: the one before."""
    kept = {p.participation_id for p in error.draft.plan.participations}
    gone = {p.firm_id for p in plan.participations if p.participation_id not in kept}
    return UserError([_problem(error.draft.programme, v, gone) for v in error.violations])


def _problem(programme: Programme, v: Violation, gone: set[str]) -> Problem:
    """`gone`: firms that leave; one that was left out elsewhere because it was away here may have to leave that list too."""
    passed = dict(v.facts).get("passed", "")
    cure = "own" if v.rule == "rank-respected" and passed.split("/")[0] in gone else CURES.get(v.rule)
    facts = {"phase": passed.split("/")[1]} if cure == "own" else {}
    for lang in languages():
        w = words(lang)
        facts |= {f"rule.{lang}": w(f"rules.{v.rule}.name"), f"says.{lang}": _broken(programme, v, w)}
    key = f"amend-breaks-{cure}" if cure else "amend-breaks"
    return Problem("plan.json", 0, "", key, v.label, tuple(sorted(facts.items())))


def _broken(programme: Programme, v: Violation, w: Words) -> str:
    """The sentence of a violation, as `check` says it."""
    from fairplanner.cli.labels import LabelNames

    return LabelNames(programme, w).broken(v)
