"""What else a row of a hand-made sheet says of a place: section, role, stand, booths or area, and who takes the firm along."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from fairplanner.domain.kinds import Role, StandKind
from fairplanner.domain.programme import Programme
from fairplanner.errors import Problem
from fairplanner.intake.cells import BadCellError, one_of
from fairplanner.intake.hand_line import HandLine
from fairplanner.intake.hand_marks import M2_PER_BOOTH, mark_of
from fairplanner.intake.heading import plain
from fairplanner.intake.suggest import nearest
from fairplanner.words import languages, words

LISTS = {"role": one_of("Role", tuple(Role)), "stand": one_of("StandKind", tuple(StandKind))}


@dataclass
class Details:
    """'' and None where nothing is said."""

    section_id: str = ""
    role: str = ""
    stand: str = ""
    booths: int | None = None
    sponsor: str = ""
    problems: list[Problem] = field(default_factory=list)


def read_details(line: HandLine, programme: Programme, phase_id: str) -> Details:
    """The details of a row whose fair is known."""
    made = Details()
    made.section_id = _section(line, programme, phase_id, made)
    made.role, made.stand = _listed(line, "role", made), _listed(line, "stand", made)
    made.booths = _booths(line, made)
    made.sponsor = _sponsor(line, programme, made)
    return made


def _section(line: HandLine, programme: Programme, phase_id: str, made: Details) -> str:
    text, phase = line.text("section"), programme.phase[phase_id]
    if not text:
        return ""
    rows = [s for s in programme.sections if s.fair_id == phase.fair_id and s.phase == phase.phase]
    names = {plain(x): s.section_id for s in rows for x in (s.name_en, s.name_zh, s.section_id) if x}
    return _known(line, "section", text, names, [s.name_zh for s in rows] + [s.name_en for s in rows], made)


def _sponsor(line: HandLine, programme: Programme, made: Details) -> str:
    text = line.text("sponsor")
    if not text:
        return ""
    names = _zones(programme)
    key = plain(text)
    bare = next(
        (key.removesuffix(end) for end in _bodies() if key.endswith(end) and key.removesuffix(end) in names), key
    )
    near = [x for z in programme.zones for x in (z.name_zh, z.name_en) if x]
    return names.get(bare) or _known(line, "sponsor", text, names, near, made)


def _zones(programme: Programme) -> dict[str, str]:
    return {plain(x): z.zone_id for z in programme.zones for x in (z.name_en, z.name_zh, z.zone_id) if x}


@lru_cache(maxsize=1)
def _bodies() -> tuple[str, ...]:
    """What a standing body is called after the zone it is of, longest first."""
    names = {plain(x) for lang in languages() for x in words(lang)("handmade.bodies").split("|")}
    return tuple(sorted(names, key=lambda x: (-len(x), x)))


def _known(line: HandLine, name: str, text: str, names: dict[str, str], near: list[str], made: Details) -> str:
    if (found := names.get(plain(text))) is not None:
        return found
    like = nearest(text, [x for x in near if x])
    facts = (("near", like),) if like else ()
    made.problems.append(line.problem(name, f"hand-{name}{'-near' if like else ''}", text, facts))
    return ""


def _listed(line: HandLine, name: str, made: Details) -> str:
    if not line.has(name):
        return ""
    if (also := _stands().get(plain(line.text(name)))) and name == "stand":
        return also
    try:
        return str(LISTS[name](line.cell(name)))
    except BadCellError as bad:
        made.problems.append(line.problem(name, bad.what, dict(bad.facts).get("value", line.text(name)), bad.facts))
        return ""


@lru_cache(maxsize=1)
def _stands() -> dict[str, str]:
    """What kinds of stand are called besides their own names."""
    found: dict[str, str] = {}
    for lang in languages():
        for kind in (StandKind.STANDARD, StandKind.RAW):
            found |= {plain(x): kind.value for x in words(lang)(f"handmade.stands.{kind}").split("|")}
    return found


def _booths(line: HandLine, made: Details) -> int | None:
    """Booths as they are written, else the area over 9 m² (half a booth is told)."""
    if line.has("booths"):
        mark = mark_of(line.cell("booths"))
        if mark.goes is None:
            made.problems.append(line.problem("booths", "hand-booths", line.text("booths")))
        return 0 if mark.goes is False and plain(line.text("booths")) == "0" else mark.booths
    if not line.has("area"):
        return None
    mark = mark_of(line.cell("area"))
    bare = mark.booths if mark.is_bare else None
    booths = mark.booths if bare is None else bare / M2_PER_BOOTH
    if mark.goes is None or (booths is not None and booths != int(booths)):
        made.problems.append(line.problem("area", "hand-area", line.text("area")))
        return None
    return None if booths is None else int(booths)
