"""What differs between two plans, per delegation, firm and claim, a row each; `compared` groups it as people ask of it."""

from __future__ import annotations

from collections.abc import Iterator

from fairplanner.domain.plan import Change, Delegation, Participation, Plan


def diff(old: Plan, new: Plan) -> tuple[Change, ...]:
    """Changes from `old` to `new`, sorted; empty when both decide the same.

    A delegation is the same one while its sponsor and its phases stay; a participation while firm, phase and section
    stay. `before` and `after` say days with officials and posts, or sponsor, stand, booths, people and days of travel, in facts
    that need no language.
    """
    found = [*_delegations(old, new), *_participations(old, new), *_claims(old, new)]
    return tuple(sorted(found))


def _compare(kind: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    for subject in sorted(old.keys() | new.keys()):
        before, after = old.get(subject, ""), new.get(subject, "")
        if before != after:
            what = "changed" if before and after else "added" if after else "removed"
            yield Change(what, kind, subject, before, after)


def _delegations(old: Plan, new: Plan) -> Iterator[Change]:
    def facts(d: Delegation) -> str:
        led = f" officials {d.officials} posts {','.join(d.posts) or '-'}" if d.officials or d.posts else ""
        return f"{d.depart.isoformat()}..{d.return_.isoformat()}{led}"

    def subject(d: Delegation) -> str:
        return f"{d.sponsor}/{'+'.join(stop.phase_id for stop in d.stops)}"

    return _compare("delegation", *({subject(d): facts(d) for d in plan.delegations} for plan in (old, new)))


def _participations(old: Plan, new: Plan) -> Iterator[Change]:
    def facts(x: Participation, days: dict[tuple[str, str], str]) -> str:
        return f"{x.sponsor} {x.stand.value} {x.booths} people {x.people}{days.get((x.firm_id, x.phase_id), '')}"

    def rows(plan: Plan) -> dict[str, str]:
        away = {
            (j.firm_id, q): f" away {j.depart.isoformat()}..{j.return_.isoformat()}"
            for j in plan.journeys
            for q in j.phases
        }
        return {x.application_id: facts(x, away) for x in plan.participations}

    return _compare("participation", rows(old), rows(new))


def _claims(old: Plan, new: Plan) -> Iterator[Change]:
    return _compare(
        "claim",
        *({f"{c.firm_id}/{c.phase_id}/{c.subsidy_id}": str(c.amount) for c in plan.claims} for plan in (old, new)),
    )
