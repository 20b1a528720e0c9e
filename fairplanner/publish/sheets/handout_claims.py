"""The last page of a handout: what there is to claim by when, and the papers that firms keep for that from day one.

Who is expected to get which subsidy, and how much, never stands here: all firms of the delegation read this paper
(research/planner.md 6 and 36). What is listed may be claimed; nothing is promised.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from fairplanner.domain.plan import Claim, Participation
from fairplanner.publish.money.claim_dates import ToClaim, papers_of, to_claim
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Table
from fairplanner.rules.reckon.calendar import WorkCalendar


def claim_pages(press: Press, places: Sequence[Participation], claims: Sequence[Claim]) -> Iterator[Section]:
    """Papers, then days, on a page of their own; nothing where no rule says when or with what to claim."""
    due = to_claim(press.programme, tuple(places), tuple(claims))
    if not (any(x.due for x in due) or papers_of(press.programme, (x.subsidy_id for x in due))):
        return
    w = press.w
    notes = tuple(w(f"claim_list.{key}") for key in ("about", "may_claim", "not_promised"))
    yield Section(w("claim_list.head"), "claim-papers", notes, checks=_papers(press, due), own_page=True)
    yield Section(w("claim_list.days"), "claim-days", table=_table(press, due))


def _table(press: Press, due: tuple[ToClaim, ...]) -> Table:
    """What may be claimed for which phase by when, each once: who may claim it is nobody else's business."""
    w = press.w
    once = {(x.phase_id, x.subsidy_id): x for x in due}
    rows = tuple(
        (press.naming.phase(x.phase_id), press.money_words.subsidy(x.subsidy_id), _day(press, x))
        for _, x in sorted(once.items(), key=lambda item: (item[1].due or date.max, item[0]))
    )
    return Table((w("paper.col_phase"), w("paper.col_subsidy"), w("claim_list.col_due")), rows, (3, 2.6, 3.8))


def _day(press: Press, x: ToClaim) -> str:
    """The last day as the rule has it, then the last working day before it where that is another."""
    if x.due is None:
        return press.w("claim_list.no_day")
    calendar, day = WorkCalendar(press.programme), press.dress.day
    before = calendar.last_working(x.due)
    if before == x.due:
        return day(x.due)
    said = press.w("claim_list.before", day=day(x.due), before=day(before))
    return said if calendar.is_known(x.due) else f"{said}\n{press.w('duties.line_forecast')}"


def _papers(press: Press, due: tuple[ToClaim, ...]) -> tuple[str, ...]:
    w, say = press.w, press.money_words
    made = [
        w("claim_list.paper_for", paper=w.name(paper), subsidies=press.naming.listed([say.subsidy(s) for s in meant]))
        if meant
        else w.name(paper)
        for paper, meant in papers_of(press.programme, (x.subsidy_id for x in due))
    ]
    return tuple(dict.fromkeys(made)) or (w("claim_list.no_papers"),)
