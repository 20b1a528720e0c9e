"""参展企业名单: who goes to an edition with whom, with how many booths and people; no score, no money."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from fairplanner.domain.kinds import Role
from fairplanner.domain.plan import Delegation, Participation
from fairplanner.publish.office.desk import Desk, Edition
from fairplanner.publish.office.paper import Block, Field, Form, Heading, Paper, Paragraph
from fairplanner.publish.workbooks.xlsx import Kind, Value
from fairplanner.rules.reckon.notices import is_proposed


def listing(desk: Desk) -> Iterator[Paper]:
    """One list an edition that anybody goes to."""
    for edition in desk.editions:
        places = desk.places(edition.phase_ids)
        if not places:
            continue
        w, press, name = desk.w, desk.press, desk.edition_name(edition)
        proposed = any(_is_proposed(desk, x) for x in places)
        blocks: list[Block] = [Paragraph(_says(desk, edition, places, proposed=proposed))]
        for n, q in enumerate(edition.phases):
            own = desk.places([q.phase_id])
            if own:
                head = [
                    Heading(w("office.firms.phase", phase=desk.naming.phase(q.phase_id), days=desk.dress.phase_days(q)))
                ]
                blocks += [*(head if len(edition.phases) > 1 else []), _table(desk, q.phase_id, own, n)]
        key = "proposed" if proposed else "settled"
        yield Paper(
            "firms", press.lang, name, edition.edition_id, w(f"office.firms.title_{key}_{desk.verb(places)}", edition=name), tuple(blocks),
            wide=True, sample=press.sample, footer=press.footer,
        )  # fmt: skip


def _is_proposed(desk: Desk, x: Participation) -> bool:
    return x.role is Role.EXHIBIT and is_proposed(desk.programme, x.phase_id, x.section_id)


def _says(desk: Desk, edition: Edition, places: tuple[Participation, ...], *, proposed: bool) -> str:
    w, booths = desk.w, sum(x.booths for x in places)
    facts = {
        "edition": desk.edition_name(edition), "firms": len({x.firm_id for x in places}), "people": sum(x.people for x in places),
    }  # fmt: skip
    told = (
        w("office.firms.says", booths=desk.press.booths(booths), **facts)
        if booths
        else w("office.firms.says_guests", **facts)
    )
    said = [told]
    if len(edition.phases) == 1:
        said.insert(0, w("office.firms.days", days=desk.dress.phase_days(edition.phases[0])))
    if proposed:
        said.append(w("giving.proposed_note"))
    return w("office.space").join(said)


def _table(desk: Desk, phase_id: str, own: tuple[Participation, ...], n: int) -> Form:
    w = desk.w
    parties = {d.sponsor: d for d in desk.press.plan.delegations if any(s.phase_id == phase_id for s in d.stops)}
    root = desk.programme.settings.root
    ordered = sorted(
        own, key=lambda x: (x.sponsor != root, x.sponsor, x.role is not Role.EXHIBIT, x.section_id, x.firm_id)
    )
    columns = tuple(_columns(desk, own, parties))
    rows = tuple((n, *(value(x) for _, value in columns)) for n, x in enumerate(ordered, 1))
    fields = (Field(w("paper.col_no"), 0.9, Kind.NUMBER), *(field for field, _ in columns))
    phase = desk.programme.phase[phase_id]
    name = w("office.recruit.phase_no", n=phase.phase) if n or phase.phase > 1 else w("office.firms.sheet")
    return Form(fields, rows, name=name, total=w("paper.total"))


def _columns(
    desk: Desk, own: tuple[Participation, ...], parties: Mapping[str, Delegation]
) -> Iterator[tuple[Field, Callable[[Participation], Value]]]:
    """The columns of a phase: those of stands only where there are any, that of sections only where one is named."""
    w, p, naming = desk.w, desk.programme, desk.naming
    yield Field(w("paper.col_firm"), 4.6), lambda x: naming.firm(x.firm_id)
    yield Field(w("office.col.zone"), 3), lambda x: naming.zone(p.firm[x.firm_id].zone_id)
    yield Field(w("office.col.party"), 2.4), lambda x: _party(desk, x.sponsor, parties.get(x.sponsor))
    if any(x.section_id for x in own):
        yield Field(w("paper.col_section"), 3), desk.press.section_of
    if any(x.booths for x in own):
        yield Field(w("paper.col_stand"), 1.6, centred=True), desk.press.stand_of
        yield Field(w("paper.col_booths"), 1.2, Kind.COUNT), lambda x: x.booths or None
    yield Field(w("paper.col_people"), 1, Kind.COUNT), lambda x: x.people
    yield Field(w("office.col.note"), 1.7, centred=True), lambda x: naming.listed(_remarks(desk, x))


def _remarks(desk: Desk, x: Participation) -> list[str]:
    """What is not as with the others: a buyer or visitor, an invitation, a place that is only proposed."""
    said = [] if x.role is Role.EXHIBIT else [desk.w(f"paper.roles.{x.role}")]
    said += [desk.w("office.firms.invited")] if x.invited else []
    return [*said, *([desk.w("giving.placed.proposed")] if _is_proposed(desk, x) else [])]


def _party(desk: Desk, sponsor: str, d: Delegation | None) -> str:
    """交易团 of the planning zone, 分团 of those below it, 参展团 abroad."""
    is_home = d is None or d.regime == "home"
    key = ("root" if sponsor == desk.programme.settings.root else "below") if is_home else "abroad"
    return desk.w(f"office.firms.party_{key}", sponsor=desk.naming.zone(sponsor))
