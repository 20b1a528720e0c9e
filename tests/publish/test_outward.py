"""What leaves the office: no fund, no amount, no score, no post, no journey of officials, and on a firm's own paper no other firm."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.publish.phone.phone import Phone
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft, Publication
from fairplanner.publish.publishing import FORMATS, IN_TWO_LANGUAGES
from fairplanner.shipped import shipped
from tests.publish import plans
from tests.publish.stress import stress

INSIDE = re.compile(r"internal/|briefings/|plan\.|calendars/(everything|deadlines|staff)")
EDITIONS = ("zh", "en", "zh-en")
OWN = re.compile(r"(handouts/firms|answers|calendars/firm)/(\w+)")
YEARS: dict[str, Callable[[], tuple[Programme, Plan]]] = {
    "stress": stress,
    "small": lambda: (plans.programme(), plans.plan()),
}
Paper = tuple[str, str]


def said(one: Publication | Draft) -> str:
    """Everything that can be read on a paper, blanks and line breaks left out."""
    if isinstance(one, Draft):
        text = json.dumps(one.data, ensure_ascii=False)
    elif one.path.suffix == ".xlsx":
        parts = ZipFile(BytesIO(one.content))
        text = "".join(parts.read(name).decode() for name in parts.namelist())
    else:
        text = one.content.decode().replace("\r\n ", "")
    return re.sub(r"\s|\\n|\\", "", text)


@lru_cache(maxsize=2)
def papers(year: str) -> tuple[Paper, ...]:
    """Path and text of every paper, in every edition."""
    return tuple(
        (str(one.path), said(one))
        for edition in EDITIONS
        for one in made(Press(*YEARS[year](), edition, "https://example.org"))
    )


def outward(year: str) -> list[Paper]:
    """Those that are not for the office alone."""
    return [(path, text) for path, text in papers(year) if not INSIDE.match(path)]


def made(press: Press) -> Iterator[Publication | Draft]:
    folder: Path = shipped("templates")
    for make in IN_TWO_LANGUAGES if press.is_bilingual else (*FORMATS, Phone()):
        yield from make(press, folder)


def shown(amount: Decimal) -> set[str]:
    """An amount in the ways in which papers show it."""
    if amount < 1000:
        return set()
    return {f"{amount:,.0f}", f"{amount:,.2f}", f"{amount:.2f}", f"{amount / 10_000:,.2f}万"}


def amounts(programme: Programme, plan: Plan) -> set[str]:
    found = [d.total for d in plan.delegations] + [amount for d in plan.delegations for _, amount in d.cost]
    found += [x for p in plan.participations for x in (p.cost, p.stand_cost)] + [f.amount for f in programme.funds]
    found += [x for j in plan.journeys for x in (j.fare, j.lodging)] + [c.amount for c in plan.claims]
    return {text for amount in found for text in shown(amount)}


def secrets(year: str) -> dict[str, set[str]]:
    programme, plan = YEARS[year]()
    found = {
        "fund": {name for f in programme.funds for name in (f.name_zh, f.name_en)},
        "post": {title for p in programme.posts for title in (p.title_zh, p.title_en)},
        "amount": amounts(programme, plan),
        "score": {f"{p.score:.{n}f}" for p in plan.participations for n in (2, 3) if p.score},
    }
    return {kind: {re.sub(r"\s", "", token) for token in tokens if token} for kind, tokens in found.items()}


def is_in(token: str, text: str) -> bool:
    """Whether a text says it: a number not as a part of another."""
    if token not in text:
        return False
    return not token[0].isdigit() or bool(re.search(rf"(?<![\d.,]){re.escape(token)}(?!\d)", text))


@pytest.mark.parametrize(
    ("year", "kind"),
    [
        ("stress", "fund"),
        ("stress", "post"),
        ("stress", "amount"),
        ("stress", "score"),
        ("small", "post"),
        ("small", "amount"),
    ],
)
def test_nothing_of_the_offices_own_leaves_it(year: str, kind: str) -> None:
    tokens = secrets(year)[kind]
    assert tokens
    # it stands on papers of the office, so that it would be found here
    assert [path for path, text in papers(year) if INSIDE.match(path) and any(is_in(x, text) for x in tokens)]
    assert not [(path, x) for path, text in outward(year) for x in tokens if is_in(x, text)]


@pytest.mark.parametrize("year", list(YEARS))
def test_a_firms_own_papers_name_no_other_firm(year: str) -> None:
    programme, _ = YEARS[year]()
    names = {f.firm_id: {re.sub(r"\s", "", x) for x in (f.name_zh, f.name_en)} for f in programme.firms}
    own = [(path, found[2], text) for path, text in outward(year) if (found := OWN.match(path))]
    assert {path.split("/")[0] for path, _, _ in own} >= {"handouts", "calendars"}
    for path, firm_id, text in own:
        mine = names[firm_id]
        others = {x for f, both in names.items() if f != firm_id for x in both if not any(x in y for y in mine)}
        assert any(x in text for x in mine), path
        assert not [x for x in others if x in text], path


def test_no_name_of_a_file_tells_when_officials_travel() -> None:
    programme, plan = plans.programme(), plans.plan()
    dated = plans.abroad(delegation_id="prov/abroad-1-1@0317-0320")
    assert dated.party_id == "prov/abroad-1-1"
    press = Press(programme, plan.model_copy(update={"delegations": (dated, plans.at_home())}), "zh")
    paths = [str(one.path) for one in made(press)]
    assert [path for path in paths if "0317" in path and INSIDE.match(path)]
    assert not [path for path in paths if "0317" in path and not INSIDE.match(path)]
