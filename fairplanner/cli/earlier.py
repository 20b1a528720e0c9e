"""The earlier plan that a new one begins from, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fairplanner.cli.door import say, shown
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.prices import Prices


@dataclass(frozen=True)
class Earlier:
    """A plan and the prices that lie beside it, if any."""

    plan: Plan
    prices: Prices | None


def prices_beside(plan: Path) -> Path:
    """Where the prices of a plan lie: `plan.prices.json.gz` beside `plan.json`."""
    return plan.with_name(f"{plan.stem}.prices.json.gz")


def read_earlier(path: Path, w: Words) -> Earlier:
    """Read an earlier plan, or the folder that holds it; says on stderr where its prices are missing or damaged.

    Raises CatalogueError where there is no plan or it cannot be read.
    """
    from fairplanner.intake import read_plan, read_prices

    path = path / "plan.json" if path.is_dir() else path
    plan = read_plan(path)
    beside = prices_beside(path)
    prices = read_prices(beside)
    if prices is None:
        key = "cli.plan.prices-damaged" if beside.exists() else "cli.plan.prices-missing"
        say(w(key, file=shown(beside)), err=True)
    return Earlier(plan, prices)


def facts_since(earlier: Earlier, plan: Plan, vanished: dict[str, int]) -> dict[str, Any]:
    """What `--json` says of the way from the earlier plan: decisions that no longer exist, and differences in all."""
    from fairplanner.domain.diff import diff

    return {"vanished": vanished, "changes": len(diff(earlier.plan, plan))}


def say_since(facts: dict[str, Any], w: Words) -> None:
    """The same in words; nothing of what vanished where nothing did."""
    vanished = facts["vanished"]
    if any(vanished.values()):
        say(w("cli.plan.vanished", count=sum(vanished.values()), **vanished))
    say(w("cli.plan.changes", count=facts["changes"]))
