"""A firm that comes late: its row, what it would ask for, and a programme in which it alone asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fairplanner.domain.kinds import Confidence, Role, StandKind
from fairplanner.domain.planning import Application, Firm
from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Phase, Section
from fairplanner.domain.settings import Settings


@dataclass(frozen=True)
class LateFirm:
    """A firm and what it would ask for at whatever fair: booths wanted and least accepted, people; `role` and `stand` None: what
    the fair is for."""

    firm: Firm
    booths: int = 1
    least: int = 1
    people: int = 2
    role: Role | None = None
    stand: StandKind = StandKind.STANDARD


def role_at(programme: Programme, late: LateFirm, phase_id: str) -> Role:
    """The role it would take part in: its own wish, else exhibitor where the fair has any, else the fair's first role."""
    roles = programme.fair[programme.phase[phase_id].fair_id].roles
    if late.role is not None:
        return late.role
    return Role.EXHIBIT if Role.EXHIBIT.value in roles or not roles else Role(roles[0])


def sections_at(programme: Programme, late: LateFirm, phase: Phase) -> tuple[str, ...]:
    """Sections it could ask for: those of its sectors; '' where places there are not divided into sections; none where they
    are and no section is for its sectors."""
    if role_at(programme, late, phase.phase_id) is not Role.EXHIBIT:
        return ("",)
    divided = {q.section_id for q in programme.quotas if q.phase_id == phase.phase_id} - {""}
    if not divided:
        return ("",)
    there = [s for s in programme.sections if (s.fair_id, s.phase) == (phase.fair_id, phase.phase)]
    fitting = tuple(s.section_id for s in there if _is_for(s, late.firm, known=any(x.sectors for x in there)))
    return tuple(s for s in fitting if s in divided) or fitting


def _is_for(section: Section, firm: Firm, *, known: bool) -> bool:
    """Whether a section is for a firm's sectors; where nothing is known of the one or the other, any may be."""
    return not firm.sectors or not known or bool(set(section.sectors) & set(firm.sectors))


def asked(programme: Programme, late: LateFirm, phase_id: str, section_id: str, on: date) -> Application:
    """The application it would hand in on a day."""
    role = role_at(programme, late, phase_id)
    exhibits = role is Role.EXHIBIT
    return Application(
        firm_id=late.firm.firm_id, phase_id=phase_id, section_id=section_id, role=role,
        stand=late.stand if exhibits else StandKind.NONE, booths=late.booths if exhibits else 0, least_booths=late.least if exhibits else 0,
        people=late.people, received=on, source="", confidence=Confidence.USER,
    )  # fmt: skip


def alone_in(programme: Programme, late: LateFirm, applications: Iterable[Application], on: date) -> Programme:
    """The programme of a day in which this firm alone asks: small, so that whatever is worked out of it is worked out at once."""
    ids = late.firm.firm_id
    own = [a for a in programme.applications if a.firm_id == ids]
    known = {a.application_id for a in own}
    asks = sorted((*own, *(a for a in applications if a.application_id not in known)), key=lambda a: a.application_id)
    ledger = tuple(row for row in programme.ledger if row.firm_id == ids)
    return _with(
        programme,
        settings=_on(programme, on),
        firms=(late.firm,),
        applications=tuple(asks),
        ledger=ledger,
        settled=(),
        settled_trips=(),
    )


def joined_by(programme: Programme, late: LateFirm, applications: Iterable[Application]) -> Programme:
    """The programme with the firm and its applications beside all others; its digest is blank."""
    firms = {f.firm_id: f for f in programme.firms} | {late.firm.firm_id: late.firm}
    asks = {a.application_id: a for a in programme.applications}
    asks = {a.application_id: a for a in applications} | asks
    return _with(
        programme, firms=tuple(firms[f] for f in sorted(firms)), digest="",
        applications=tuple(sorted(asks.values(), key=lambda a: (a.firm_id, a.phase_id, a.section_id))),
    )  # fmt: skip


def _on(programme: Programme, on: date) -> Settings:
    return programme.settings.model_copy(update={"as_of": on})


def _with(programme: Programme, **changed: object) -> Programme:
    values = {name: getattr(programme, name) for name in Programme.model_fields}
    return Programme.model_construct(None, **(values | changed))
