"""What several verbs do: plan a programme into a folder, publish a plan into a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import replace as dataclass_replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fairplanner.cli.door import Progress, say
from fairplanner.cli.earlier import Earlier, prices_beside
from fairplanner.cli.files import drop_old, write_all
from fairplanner.cli.quiet import quiet
from fairplanner.cli.watch import Watch
from fairplanner.domain.diff import diff
from fairplanner.errors import CatalogueError, FairplannerError, NoPlan, Problem
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme
    from fairplanner.publish.typesetter import Typesetter
    from fairplanner.solver import Level, Solved


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How to plan: `fast` gives up reproducibility for speed; `even` hears each level of fairness; `earlier` to begin from."""

    seconds: float = 60
    gap: float | None = None
    fast: bool = False
    even: Callable[[Level], None] | None = None
    earlier: Earlier | None = None


class Made(NamedTuple):
    """A plan, and how many decisions of the earlier one no longer exist, by table (none where there was no earlier one)."""

    solved: Solved
    vanished: dict[str, int]


def make_plan(programme: Programme, w: Words, wish: Wish, watch: Watch) -> Made:
    """Pose and solve; where no plan is possible it is told why and what would help, in the language of `w`."""
    from fairplanner.cli.said.diagnose import diagnosed

    try:
        return _made(programme, wish, watch)
    except NoPlan as error:
        watch.phase("diagnose")
        raise diagnosed(programme, error, w) from error


def _made(programme: Programme, wish: Wish, watch: Watch) -> Made:
    from fairplanner.pose import pose
    from fairplanner.solver import solve, vanished

    if not programme.applications and not programme.settings.invite:
        raise CatalogueError([Problem("applications", 0, "", "nothing-to-plan")])
    watch.phase("pose")
    problem = pose(programme)
    gone = vanished(problem, wish.earlier.plan) if wish.earlier else {}
    watch.phase("levels" if wish.even else "build")
    before = (wish.earlier.plan, wish.earlier.prices) if wish.earlier else (None, None)
    with quiet():
        solved = solve(
            problem, seconds=wish.seconds, gap=wish.gap, reproducible=not wish.fast, even=wish.even, progress=watch.heard,
            previous=before[0], prices=before[1],
        )  # fmt: skip
    if wish.earlier and _is_another(wish.earlier.plan, solved.plan):
        # the draft after the one it began from: whoever publishes it sees whether somebody else was faster
        number = max(solved.plan.revision, wish.earlier.plan.revision + 1)
        solved = dataclass_replace(solved, plan=solved.plan.model_copy(update={"revision": number}))
    return Made(solved, gone)


def _is_another(earlier: Plan, plan: Plan) -> bool:
    """Whether a plan decides something else, or the same from other tables: a date that was confirmed is shown as well."""
    return plan.programme_digest != earlier.programme_digest or bool(diff(earlier, plan))


def is_of_a_party(name: str, editions: Iterable[str]) -> bool:
    """Whether a file was published for one party in one of the editions: it must not lie there when that party no longer goes."""
    above, _, file = name.rpartition("/")
    # ids may have dots and be called as a language is: what counts is the end of the name, and of the folder
    marks = {file.split(".")[-2] if "." in file else "", above.rpartition("/")[2]}
    return bool(above) and not marks.isdisjoint(editions)


def facts_of(solved: Solved, path: Path) -> dict[str, Any]:
    """What `--json` says of a plan: values in points, `gap` a fraction, wall `seconds`."""
    plan = solved.plan
    return {
        "status": plan.status, "value": plan.value / 1000, "bound": None if plan.bound is None else plan.bound / 1000, "gap": plan.gap,
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


def write_plan(programme: Programme, solved: Solved, out: Path, w: Words, *, replace: bool) -> Path:
    """Write plan.json and, beside it, the programme it was made from and its prices; returns the path of plan.json."""
    from fairplanner.publish.plan_json import plan_json, prices_gz, snapshot_json

    plan = solved.plan
    if is_same_draft_again(plan, out):
        say(w("cli.plan.same-revision", revision=plan.revision), err=True)
    write_all(out, [("plan.json", plan_json(plan)), ("programme.json", snapshot_json(programme))], replace=replace)
    prices = {prices_beside(out / "plan.json").name: prices_gz(solved.prices)} if solved.prices else {}
    # nobody writes prices by hand: a file of that name is ours, also where copying has damaged it
    write_all(out, prices.items(), replace=True)
    drop_old(out, prices, lambda name: name == prices_beside(out / "plan.json").name)
    return out / "plan.json"


def publish_into(
    programme: Programme, plan: Plan, out: Path, editions: Sequence[str], *, replace: bool, tell: Progress, **dress: Any
) -> int:
    """Write every publication in the editions asked for; returns how many files there are.

    `dress`: what `publications` takes beside.
    """
    from fairplanner.publish.publishing import publications

    written: set[str] = set()

    def made() -> Iterator[tuple[str, bytes]]:
        with typesetting() as typesetter:
            for edition in in_turn(editions):
                beside = frozenset(written)
                for one in publications(
                    programme, plan, edition, typesetter=typesetter, beside=beside, editions=editions, **dress
                ):
                    written.add(str(one.path))
                    tell(f"{len(written)}  {one.path}")
                    yield str(one.path), one.content

    write_all(out, made(), replace=replace)
    drop_old(out, written, lambda name: is_of_a_party(name, editions))
    return len(written)


def in_turn(editions: Iterable[str]) -> list[str]:
    """Editions in two languages first: the pages of links that come with each language name their papers as well."""
    return sorted(dict.fromkeys(editions), key=lambda edition: "-" not in edition)


@contextmanager
def typesetting() -> Iterator[Typesetter]:
    """All cores, and what was typeset before."""
    from fairplanner.cli.typeset_before import typeset_before
    from fairplanner.publish.typesetter import Typesetter

    before = typeset_before()
    with Typesetter(None, before) as typesetter:
        yield typesetter
    if before is not None:
        before.forget()
