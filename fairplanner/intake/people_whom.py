"""Whom a row of the people file is about: a firm, a post or neither, and the one delegation of the plan that is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.errors import Problem
from fairplanner.intake.sheet import plain
from fairplanner.intake.suggest import nearest


class Meant(NamedTuple):
    """Ids of the plan, '' where there are none; `problems` name the field they are about in `column`."""

    delegation_id: str
    firm_id: str = ""
    post_id: str = ""
    problems: tuple[Problem, ...] = ()


class Whom:
    """Firms, posts and delegations of a plan by every name they answer to."""

    def __init__(self, programme: Programme, plan: Plan) -> None:
        firms, posts = programme.firms, programme.posts
        names = {
            "firms": [(x, f.firm_id) for f in firms for x in (f.name_en, f.name_zh, f.firm_id) if x],
            "posts": [(x, p.post_id) for p in posts for x in (p.title_en, p.title_zh, p.post_id) if x],
        }
        self._firms, self._posts = ({plain(x): row for x, row in own} for own in names.values())
        self._names = {table: [x for x, _ in own] for table, own in names.items()}
        self._everybody = tuple(d.delegation_id for d in plan.delegations)
        called = _called(programme, plan)
        self._called = {plain(name): ids for name, ids in called.items()}
        self._names["delegations"] = list(called)
        visited: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for d in plan.delegations:
            for stop in d.stops:
                visited[d.sponsor, stop.phase_id].append(d.delegation_id)
        self._of_firm: defaultdict[str, list[str]] = defaultdict(list)
        for p in plan.participations:
            self._of_firm[p.firm_id] += visited[p.sponsor, p.phase_id]
        self._of_post = {p.post_id: [d.delegation_id for d in plan.delegations if p.post_id in d.posts] for p in posts}

    def meant(self, firm: str, post: str, delegation: str) -> Meant:
        """Ids, or why they are not clear. A firm's column may name a post, which many a form does."""
        if firm and not post and plain(firm) not in self._firms and plain(firm) in self._posts:
            firm, post = "", firm
        firm_id, post_id = self._firms.get(plain(firm), ""), self._posts.get(plain(post), "")
        problems = [self._unknown("firm", firm, "firms")] if firm and not firm_id else []
        problems += [self._unknown("post", post, "posts")] if post and not post_id else []
        if problems:
            return Meant("", problems=tuple(problems))
        open_to = self._open_to(firm_id, post_id)
        if not open_to:
            return Meant("", problems=(Problem("", 0, "firm" if firm_id else "post", "people-stays", firm or post),))
        called = self._called.get(plain(delegation), ()) if delegation else tuple(open_to)
        if not called:
            return Meant("", problems=(self._unknown("delegation", delegation, "delegations"),))
        chosen = [d for d in open_to if d in called]
        if len(chosen) == 1:
            return Meant(chosen[0], firm_id, post_id)
        what, ids = ("people-which", chosen) if chosen else ("people-other", open_to)
        said = (("delegations", ", ".join(ids[:6])),)
        return Meant("", problems=(Problem("", 0, "delegation", what, delegation, said),))

    def _open_to(self, firm_id: str, post_id: str) -> list[str]:
        """Delegations that a firm or a post is in, as the plan has it; all of them for whoever has neither."""
        if firm_id:
            return list(dict.fromkeys(self._of_firm[firm_id]))
        return self._of_post[post_id] or list(self._everybody) if post_id else list(self._everybody)

    def _unknown(self, column: str, value: str, table: str) -> Problem:
        near = nearest(value, self._names[table])
        facts = (("near", near),) if near else ()
        return Problem("", 0, column, f"people-{column}{'-near' if near else ''}", value, facts)


def _called(programme: Programme, plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """Delegations by their own ids, and by the ids and names of the phases and fairs they visit."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for d in plan.delegations:
        names = {d.delegation_id, d.party_id}
        for stop in d.stops:
            phase = programme.phase[stop.phase_id]
            fair = programme.fair[phase.fair_id]
            names |= {stop.phase_id, phase.fair_id, fair.name_zh, fair.name_en, *fair.aliases}
        for name in names:
            found[name].append(d.delegation_id)
    return {name: tuple(dict.fromkeys(ids)) for name, ids in found.items()}
