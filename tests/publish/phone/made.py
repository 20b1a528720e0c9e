"""Packs made of the plans for tests, and what stands in them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.publish.phone.changed import Replaced
from fairplanner.publish.phone.pack import Pack, pack_of
from fairplanner.publish.phone.phone import Phone
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft, Publication
from fairplanner.shipped import shipped
from tests import builders as b
from tests.publish import plans
from tests.publish.stress import stress

TEMPLATES = shipped("templates")
ABROAD, HOME = 0, 1


@lru_cache(maxsize=8)
def a_press(lang: str = "zh", *, stressed: bool = False) -> Press:
    return Press(*(stress() if stressed else (plans.programme(), plans.plan())), lang)


def a_pack(party: int = HOME, lang: str = "zh", replaced: Replaced | None = None, press: Press | None = None) -> Pack:
    press = press or a_press(lang)
    return pack_of(press, press.parties[party], replaced)


def moved(days: int = 1) -> tuple[Programme, Plan]:
    """The plan as revision 2, after the fair at home moved by a day."""
    base = plans.programme()
    phases = tuple(
        q.model_copy(update={"start": date(2025, 4, 15 + days), "end": date(2025, 4, 19 + days)})
        if q.phase_id == "expo-1-1" else q for q in base.phases
    )  # fmt: skip
    settings = b.settings(revision=2)
    return base.model_copy(update={"phases": phases, "settings": settings}), plans.plan(revision=2)


def the_plan_before() -> Replaced:
    return Replaced(plans.programme(), plans.plan())


def made(press: Press, party: int, phone: Phone | None = None) -> dict[PurePosixPath, Publication | Draft]:
    return {one.path: one for one in (phone or Phone()).of(press, press.parties[party], TEMPLATES)}
