"""The answer to a firm (答复): its own scores, ranks and items, and the last score placed; facts only (planner.md 7, 20).

No other firm's name, score or money, and no price at which a decision would flip. Where the programme says `show_subsidy`, also
the subsidies that the firm itself is expected to get, as an estimate (research/planner.md 6 and 36): they stand on no other
outward paper.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from fairplanner.domain.kinds import Policy
from fairplanner.domain.planning import Application
from fairplanner.publish.pages import page
from fairplanner.publish.paths import safe_name
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Publication
from fairplanner.publish.sheet import Section, Sheet, Table
from fairplanner.publish.views import total
from fairplanner.publish.wording.giving_words import GivingWords
from fairplanner.rules.reckon.lists import Line, PlacesList, State, places_lists
from fairplanner.rules.reckon.notices import Stage
from fairplanner.rules.reckon.score import score, score_parts
from fairplanner.rules.reckon.scores import sheet_of

BY_RULE = frozenset({"base", "threshold", "share", "least"})
"""Steps that keep a firm waiting whatever its score."""
Own = tuple[tuple[PlacesList, Line], ...]


def path_of(firm_id: str, lang: str) -> PurePosixPath:
    """Where the answer to a firm is published."""
    return PurePosixPath(f"answers/{safe_name(firm_id)}.{lang}.html")


def by_firm(lists: tuple[PlacesList, ...]) -> dict[str, Own]:
    """What the lists say of each firm, in date order; firms sorted by id."""
    own: defaultdict[str, list[tuple[PlacesList, Line]]] = defaultdict(list)
    for found in lists:
        for line in found.lines:
            own[line.application.firm_id].append((found, line))
    return {firm: tuple(own[firm]) for firm in sorted(own)}


def answered(press: Press) -> dict[str, Own]:
    """Firms that get a page, by id: who asked for a place that goes in a published order; with `show_subsidy` also who is
    expected to get a subsidy."""
    found = by_firm(places_lists(press.programme, press.plan))
    paid = {c.firm_id for c in press.plan.claims} if press.programme.settings.show_subsidy else set()
    return {firm: found.get(firm, ()) for firm in sorted({*found, *paid})}


def answers(press: Press, folder: Path) -> Iterator[Publication]:
    """One page for each of them."""
    for firm_id, own in answered(press).items():
        sheet = answer(press, firm_id, own)
        values = {"sheet": sheet, "title": sheet.title, "sample": sheet.sample, "footer": sheet.footer}
        html = page(folder, "answer/answer.html.j2", press.lang, **values)
        yield Publication(path_of(firm_id, press.lang), "text/html; charset=utf-8", html)


def answer(press: Press, firm_id: str, own: Own) -> Sheet:
    """Everything the answer says; one section for each place asked for, then its own expected subsidies if they are shown."""
    w, words = press.w, GivingWords(press.naming, press.dress)
    revision = w("paper.revision", revision=press.plan.revision, day=press.dress.day(press.plan.as_of))
    facts = ((w("giving.col_firm"), press.naming.firm(firm_id)), (w("paper.fact_revision"), revision))
    title, kicker = ("title", "kicker") if own else ("title_subsidies", "kicker_subsidies")
    return Sheet(
        lang=press.lang, kind="answer", title=w(f"giving.answer.{title}", firm=press.naming.firm(firm_id)),
        kicker=w(f"giving.answer.{kicker}"),
        audience=w("giving.audience.firm", firm=press.naming.firm(firm_id)), facts=facts,
        sections=(*(section_of(press, words, found, line) for found, line in own), *subsidies(press, firm_id)), sample=press.sample, footer=press.footer,
        page=press.page, date=press.date,
    )  # fmt: skip


def section_of(press: Press, words: GivingWords, found: PlacesList, line: Line) -> Section:
    """What is told of one application that stands in a published order."""
    at = words.standing(found)
    said = [*told(words, found, line), *words.notice(at), words.basis(found), words.procedure(found)]
    title = press.w("giving.answer.section", phase=press.naming.phase(found.phase_id), where=words.where(found))
    return Section(title, "answer", paragraphs=tuple(filter(None, said)), table=_items(press, words, line))


def subsidies(press: Press, firm_id: str) -> tuple[Section, ...]:
    """What the plan expects the firm to be paid, fair by fair, always as an estimate; () unless it is shown and there is any."""
    w, seen = press.w, [x for x in press.money.claims if x.claim.firm_id == firm_id]
    if not seen or not press.programme.settings.show_subsidy:
        return ()
    amount = press.dress.amount
    rows = tuple(
        (press.naming.phase(x.claim.phase_id), press.money_words.claimed(x), amount(x.claim.amount)) for x in seen
    )
    headers = (w("paper.col_phase"), w("paper.col_subsidy"), w("claim_list.col_expected", unit=press.dress.unit))
    last = (w("paper.total"), "", amount(total([x.claim.amount for x in seen])))
    table = Table(headers, rows, (3.4, 3.4, 2), (2,), last)
    return (Section(w("giving.answer.subsidies"), "subsidies", paragraphs=(w("money.caveat"),), table=table),)


def told(words: GivingWords, found: PlacesList, line: Line) -> tuple[str, ...]:
    """The facts of one application: its place in the order, what there is to give, and what came of it."""
    w, a = words.w, line.application
    section = words.programme.section.get(found.section_id)
    facts = {
        "phase": words.naming.phase(found.phase_id), "section": w.name(section) if section else w("giving.no_section"),
        "score": words.points(line.score), "rank": line.rank,
        "received": words.dress.day(a.received) if a.received else w("paper.undated"),
    }  # fmt: skip
    said = [w(f"giving.answer.order.{found.policy}", **facts)]
    booths = found.booths if found.available is None else found.available
    if found.policy is Policy.RANK and found.cutoff is not None:
        said.append(w("giving.answer.available_rank", booths=booths, cutoff=words.cutoff(found)))
    else:
        said.append(w("giving.answer.available", booths=booths))
    said.append(_outcome(words, found, line))
    return tuple(said)


def _outcome(words: GivingWords, found: PlacesList, line: Line) -> str:
    if line.state is State.WAITING:
        told_too = bool(line.why) and line.why[0][0] in BY_RULE
        key = "giving.answer.waiting_because" if told_too else "giving.answer.waiting"
        return words.w(key, turn=line.turn, **({"reason": words.steps(line)} if told_too else {}))
    if line.state is State.OUT:
        return words.w("giving.answer.out", reason=words.steps(line, only_none=True))
    settled = words.standing(found).stage is Stage.ENDED
    return words.w(f"giving.answer.{'settled' if settled else 'proposed'}", booths=line.booths)


def _items(press: Press, words: GivingWords, line: Line) -> Table | None:
    """The firm's own items where places go by score."""
    a = line.application
    return items_of(press, words, a) if press.programme.policy(a.phase_id) is Policy.RANK else None


def items_of(press: Press, words: GivingWords, a: Application) -> Table:
    """The items of an application's score: its score sheet with figures, or the parts of the formula."""
    w = press.w
    total = (w("paper.total"), "", words.points(score(press.programme, a)))
    sheet = sheet_of(press.programme, a)
    if sheet:
        rows = tuple(
            (i.item, words.points(i.full_marks) if i.full_marks else "", words.points(i.points), i.figure,
             press.dress.day(i.figure_on) if i.figure_on else "", i.figure_source)
            for i in sheet
        )  # fmt: skip
        headers = tuple(
            w(f"giving.col_{key}") for key in ("item", "marks", "points", "figure", "figure_on", "figure_source")
        )
        return _under_points(Table(headers, rows, (2.4, 1, 1, 2.6, 2, 1.8), (1, 2), (*total, "", "", "")))
    full = press.programme.settings.score.model_dump()
    parts = score_parts(press.programme, a)
    formula = tuple(
        (w(f"briefing.part_{part}"), words.points(float(full.get(part, 100))), words.points(points))
        for part, points in parts.items()
    )
    headers = tuple(w(f"giving.col_{key}") for key in ("item", "marks", "points"))
    return _under_points(Table(headers, formula, (4, 1, 1), (1, 2), total))


def _under_points(table: Table) -> Table:
    """As many decimals in every line of points as in the one with most, or the points would not stand under each other."""
    at = table.numeric[-1]
    lines = (*table.rows, table.total)
    most = max(len(line[at].partition(".")[2]) for line in lines)

    def filled(line: tuple[str, ...]) -> tuple[str, ...]:
        whole, _, part = line[at].partition(".")
        return (*line[:at], f"{whole}.{part:0<{most}}", *line[at + 1 :])

    return replace(table, rows=tuple(map(filled, table.rows)), total=filled(table.total))
