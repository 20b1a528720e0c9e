"""What an answer begins from: a plan with the programme beside it, or the plan of a programme's folder, made first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fairplanner.cli.door import read_both
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.domain.prices import Prices
    from fairplanner.explain.again import Base


def base_at(path: Path, w: Words, *, seconds: float = 60, gap: float | None = None) -> Base:
    """The base of answers about a plan (plan.json or its folder), with its prices; a folder of tables is planned first."""
    from fairplanner.cli.quiet import quiet
    from fairplanner.cli.watch import Watch
    from fairplanner.cli.work import Wish, make_plan
    from fairplanner.explain.again import base_of
    from fairplanner.intake import read_programme

    if path.suffix == ".json" or (path / "plan.json").is_file():
        return base_of(*read_both(path), prices_at(path))
    programme = read_programme(path)
    made = make_plan(programme, w, Wish(seconds=seconds, gap=gap), Watch(w))
    with quiet():
        return base_of(programme, made.solved.plan, made.solved.prices)


def prices_at(path: Path) -> Prices | None:
    """The prices that lie beside a plan; None where there are none."""
    from fairplanner.cli.earlier import prices_beside
    from fairplanner.intake import read_prices

    beside = prices_beside(path / "plan.json" if path.is_dir() else path)
    return read_prices(beside) if beside.exists() else None
