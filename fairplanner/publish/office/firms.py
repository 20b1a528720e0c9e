"""参展企业名单: who goes to an edition with whom, with how many booths and people; no score, no money."""

from __future__ import annotations

from collections.abc import Iterator

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
    w = desk.w
    booths, people = sum(x.booths for x in places), sum(x.people for x in places)
    said = [
        w(
            "office.firms.says",
            edition=desk.edition_name(edition),
            firms=len({x.firm_id for x in places}),
            booths=desk.press.booths(booths),
            people=people,
        )
    ]
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
    rows = tuple(_row(desk, i, x, parties.get(x.sponsor)) for i, x in enumerate(ordered, 1))
    fields = (
        Field(w("paper.col_no"), 0.9, Kind.NUMBER), Field(w("paper.col_firm"), 4.6), Field(w("office.col.zone"), 3),
        Field(w("office.col.party"), 2.4), Field(w("paper.col_section"), 3), Field(w("paper.col_stand"), 1.6, centred=True),
        Field(w("paper.col_booths"), 1.2, Kind.COUNT), Field(w("paper.col_people"), 1, Kind.COUNT), Field(w("office.col.note"), 1.7, centred=True),
    )  # fmt: skip
    phase = desk.programme.phase[phase_id]
    name = w("office.recruit.phase_no", n=phase.phase) if n or phase.phase > 1 else w("office.firms.sheet")
    return Form(fields, rows, name=name, total=w("paper.total"))


def _row(desk: Desk, n: int, x: Participation, d: Delegation | None) -> tuple[Value, ...]:
    w = desk.w
    remarks = [] if x.role is Role.EXHIBIT else [w(f"paper.roles.{x.role}")]
    if x.invited:
        remarks.append(w("office.firms.invited"))
    if _is_proposed(desk, x):
        remarks.append(w("giving.placed.proposed"))
    return (
        n, desk.naming.firm(x.firm_id), desk.naming.zone(desk.programme.firm[x.firm_id].zone_id), _party(desk, x.sponsor, d),
        desk.press.section_of(x), desk.press.stand_of(x), x.booths or None, x.people, desk.naming.listed(remarks),
    )  # fmt: skip


def _party(desk: Desk, sponsor: str, d: Delegation | None) -> str:
    """交易团 of the planning zone, 分团 of those below it, 参展团 abroad."""
    is_home = d is None or d.regime == "home"
    key = ("root" if sponsor == desk.programme.settings.root else "below") if is_home else "abroad"
    return desk.w(f"office.firms.party_{key}", sponsor=desk.naming.zone(sponsor))
