"""What several verbs do: plan a programme into a folder, publish a plan into a folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as dataclass_replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fairplanner.cli.door import Progress, say
from fairplanner.cli.files import drop_old, write_all
from fairplanner.domain.diff import diff
from fairplanner.errors import CatalogueError, FairplannerError, NoPlan, Problem
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme
    from fairplanner.solver import Level, Solved


def make_plan(
    programme: Programme, w: Words, seconds: float, gap: float | None, fast: bool, tell: Progress,
    even: Callable[[Level], None] | None = None,
) -> Solved:  # fmt: skip
    """Pose and solve; `fast` gives up reproducibility for speed. A collision is told in names, in the language of `w`."""
    from fairplanner.cli.labels import LabelNames

    try:
        return _solved(programme, seconds, gap, fast, tell, even)
    except NoPlan as error:
        names = LabelNames(programme, w)
        raise NoPlan(error.status, [dataclass_replace(b, label=names.label(b.label)) for b in error.guilty]) from error


def _solved(
    programme: Programme, seconds: float, gap: float | None, fast: bool, tell: Progress,
    even: Callable[[Level], None] | None,
) -> Solved:  # fmt: skip
    from fairplanner.pose import pose
    from fairplanner.solver import solve

    if not programme.applications and not programme.settings.invite:
        raise CatalogueError([Problem("applications", 0, "", "nothing-to-plan")])
    problem = pose(programme)
    return solve(
        problem,
        seconds=seconds,
        gap=programme.settings.gap if gap is None else gap,
        reproducible=not fast,
        even=even,
        progress=lambda p: tell(f"{p.seconds:.0f} s  {_points(p.value)} / {_points(p.bound)}  {_share(p.gap)}"),
    )


def _points(value: int | None) -> str:
    return "-" if value is None else f"{value / 1000:,.1f}"


def _share(gap: float | None) -> str:
    return "" if gap is None else f"{gap:.2%}"


def facts_of(solved: Solved, path: Path) -> dict[str, Any]:
    """What `--json` says of a plan: values in points, `gap` a fraction, wall `seconds`."""
    plan = solved.plan
    return {
        "status": plan.status, "value": plan.value / 1000, "bound": plan.bound / 1000, "gap": plan.gap,
        "seconds": round(solved.seconds, 3), "delegations": len(plan.delegations),
        "participations": len(plan.participations), "engine": plan.engine, "reproducible": plan.reproducible,
        "plan": path.as_posix(),
    }  # fmt: skip


def is_same_draft_again(plan: Plan, out: Path) -> bool:
    """Whether another plan with the same revision number lies there: calendars would not see that anything changed."""
    from fairplanner.intake import read_plan

    try:
        before = read_plan(out / "plan.json")
    except FairplannerError:
        return False
    return before.revision == plan.revision and bool(diff(before, plan))


def write_plan(programme: Programme, plan: Plan, out: Path, w: Words, *, replace: bool) -> Path:
    """Write plan.json and, beside it, the programme it was made from; returns the path of plan.json."""
    from fairplanner.publish.plan_json import plan_json, snapshot_json

    if is_same_draft_again(plan, out):
        say(w("cli.plan.same-revision", revision=plan.revision), err=True)
    write_all(out, [("plan.json", plan_json(plan)), ("programme.json", snapshot_json(programme))], replace=replace)
    return out / "plan.json"


def publish_into(
    programme: Programme, plan: Plan, out: Path, langs: tuple[str, ...], *, replace: bool, tell: Progress, **dress: Any
) -> int:
    """Write every publication in the languages asked for; returns how many files there are.

    `dress`: `templates` and `base_url` as `publications` takes them.
    """
    from fairplanner.publish import publications

    files: dict[str, bytes] = {}
    for lang in langs:
        for publication in publications(programme, plan, lang, **dress):
            files[str(publication.path)] = publication.content
            tell(str(publication.path))
    write_all(out, files.items(), replace=replace)
    # a sheet of a delegation that no longer goes must not lie there as if it did
    drop_old(out, files, lambda name: any(f".{lang}." in name for lang in langs))
    return len(files)
