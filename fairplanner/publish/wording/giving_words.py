"""What lists of places and answers to firms say, in one language: order, notice, steps of the procedure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from fairplanner.domain.kinds import Policy
from fairplanner.publish.dress import Dress
from fairplanner.publish.naming import Naming
from fairplanner.rules.reckon.applications import allotment_pools
from fairplanner.rules.reckon.draws import draw_of
from fairplanner.rules.reckon.lists import Line, PlacesList
from fairplanner.rules.reckon.notices import Stage, Standing, standing
from fairplanner.rules.reckon.places import quota_pack

STAGES = list(Stage)


class GivingWords:
    """Sentences about places of one programme; only a list whose notice has ended is called settled."""

    def __init__(self, naming: Naming, dress: Dress) -> None:
        self.naming, self.dress, self.w, self.programme = naming, dress, naming.say, naming.programme

    def standing(self, found: PlacesList) -> Standing:
        """How far the notice of a list has come."""
        return standing(self.programme, found.phase_id, found.section_id)

    def stage(self, lists: Iterable[PlacesList]) -> Stage:
        """The least advanced stage of several lists."""
        return min((self.standing(x).stage for x in lists), key=STAGES.index, default=Stage.NONE)

    def where(self, found: PlacesList) -> str:
        """Section and zone of a list; the section or `all sections`."""
        section = self.programme.section.get(found.section_id)
        name = self.w.name(section) if section else self.w("giving.no_section")
        return self.w("giving.where", section=name, zone=self.naming.zone(found.zone_id))

    def placed(self, stage: Stage) -> str:
        """What having a place is called: proposed until the notice has ended."""
        return self.w("giving.placed.settled" if stage is Stage.ENDED else "giving.placed.proposed")

    def notice(self, at: Standing) -> tuple[str, ...]:
        """Dates and working days of the notice, objections and answers, result."""
        n = at.notice
        if n is None:
            return (self.w("giving.notice.none"),)
        days = self.dress.span(n.first, n.last)
        said = [self.w(f"giving.notice.{at.stage}", days=days, working=at.working_days)]
        if at.forecast:
            said.append(self.w("giving.notice.forecast"))
        if at.stage in (Stage.RUNNING, Stage.OBJECTIONS, Stage.ENDED):
            said.append(self.w("giving.notice.objections_told", objections=n.objections, answered=n.answered))
        result = self.naming.readable(n.result)
        if result and at.stage is Stage.ENDED:
            said.append(self.w("giving.notice.result", result=result))
        return tuple(said)

    def basis(self, found: PlacesList) -> str:
        """By what order places go, ties and all; a draw with its number, day and witness."""
        if found.policy is Policy.LOTTERY:
            draw = draw_of(self.programme, found.phase_id, found.section_id)
            if draw is not None:
                witness = self.naming.readable(draw.witness) or draw.witness
                return self.w("giving.basis.lottery", number=draw.number, day=self.dress.day(draw.on), witness=witness)
        return self.w(f"giving.basis.{found.policy}")

    def procedure(self, found: PlacesList, *, internal: bool = False) -> str:
        """The base score and what each further booth takes, with the rule pack that says so; '' where no procedure runs.

        A base that the quota does not state is the score of a firm, and is told inside only.
        """
        for pool in allotment_pools(self.programme).pools:
            q = pool.quota
            if (q.phase_id, q.zone_id) == (found.phase_id, found.zone_id) and q.section_id in ("", found.section_id):
                pack = quota_pack(self.programme, found.phase_id)
                base, step, by = pool.handed.base, pool.handed.step, self.w.name(pack[0]) if pack else ""
                if base is None or (pool.terms.base is None and not internal):
                    return ""
                if step is None:
                    return self.w("giving.procedure.first", base=self.points(base / 1000), pack=by)
                each = self.points(round(float(step) / 1000, 3))
                return self.w("giving.procedure.further", base=self.points(base / 1000), step=each, pack=by)
        return ""

    def cutoff(self, found: PlacesList) -> str:
        """The lowest score with a place, '' where there is none."""
        return "" if found.cutoff is None else self.points(found.cutoff)

    def points(self, score: float) -> str:
        """81.0, 81.25: at least one decimal, no trailing zeros beyond."""
        text = f"{Decimal(str(score)).normalize():f}"
        return text if "." in text else f"{text}.0"

    def steps(self, line: Line, *, only_none: bool = False) -> str:
        """How many booths each step gave, or why none; `only_none`: what it was given and cannot have is left out."""
        taken = only_none and line.reason
        told = [self.w(f"giving.step.{name}", booths=booths) for name, booths in line.why if not (taken and booths)]
        if line.reason:
            key = f"giving.out.{line.reason.removeprefix('unplaced-')}"
            told.append(self.w(key if key in self.w else "giving.out.other"))
        return self.naming.listed(told)
