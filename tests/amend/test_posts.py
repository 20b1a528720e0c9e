"""Another post leads: by id or by title, and one that cannot is told with the reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fairplanner.amend import post
from fairplanner.domain.duties import Blackout
from fairplanner.domain.kinds import Confidence
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.errors import UserError
from fairplanner.rules import check
from tests import builders as b
from tests.amend.plans import act, planned


def what(error: pytest.ExceptionInfo[UserError]) -> str:
    return error.value.problems[0].what


def abroad(**tables: Any) -> tuple[Programme, Plan]:
    posts = (b.post(), b.post("lead-2"), b.post("east-lead", "east"), b.post("talks", skill="interpreter:es"))
    asked = tuple(b.application(f, "abroad-1-1") for f in ("f1", "f2", "f3"))
    approvals = (b.approval(depart=date(2025, 3, 10), back=date(2025, 3, 28)),)
    base: dict[str, Any] = {"posts": posts, "approvals": approvals, "targets": (b.target(points=9_999),)}
    return planned(b.a_programme(applications=asked, **(base | tables)))


def test_a_post_is_replaced_and_the_office_of_the_permit_is_told() -> None:
    programme, plan = abroad()
    (d,) = plan.delegations
    (old,) = d.posts
    new = next(x for x in ("lead-1", "lead-2") if x != old)
    made = post(programme, plan, d.delegation_id, old, new, act("post"))
    assert made.after[1].delegations[0].posts == (new,)
    assert check(*made.after) == ()
    assert ("permit", "a1", "posts") in {(x.who, x.subject, x.why) for x in made.amendment.told}


def test_posts_and_parties_that_are_not_there_are_told() -> None:
    programme, plan = abroad()
    (d,) = plan.delegations
    (old,) = d.posts
    for args, key in (
        (("nobody", old, "lead-2"), "amend-delegation-unknown"),
        ((d.delegation_id, "talks", "lead-2"), "amend-post-not-there"),
        ((d.delegation_id, old, "nobody"), "amend-post-unknown"),
        ((d.delegation_id, old, old), "amend-post-there"),
    ):
        with pytest.raises(UserError) as error:
            post(programme, plan, *args, act("post"))
        assert what(error) == key


def test_a_post_is_known_by_its_title_and_an_id_in_whichever_case() -> None:
    posts = (b.post(title_zh="甲处处长"), b.post("lead-2", title_zh="乙处处长", title_en="Head of Two"))
    programme, plan = abroad(posts=posts)
    (d,) = plan.delegations
    (old,) = d.posts
    new = next(p for p in posts if p.post_id != old)
    was = programme.post[old]
    for said in (new.post_id.upper(), new.title_zh, f" {new.title_zh}"):
        made = post(programme, plan, d.party_id.upper(), was.title_zh, said, act("post"))
        assert made.after[1].delegations[0].posts == (new.post_id,)


def test_which_post_cannot_go_and_why_is_told() -> None:
    shut = Blackout(
        blackout_id="x", first=date(2025, 3, 18), last=date(2025, 3, 18), post_id="lead-2", zone_id="prov", reason="省两会",
        source="tests", confidence=Confidence.SAMPLE,
    )  # fmt: skip
    programme, plan = abroad(blackouts=(shut,))
    (d,) = plan.delegations
    assert d.posts == ("lead-1",)
    other = d.model_copy(update={"delegation_id": "prov:other@0316-0319", "posts": ("lead-2",)})
    busy = plan.model_copy(update={"delegations": (d, other)})
    for new, drafted, key in (
        ("talks", plan, "amend-post-skill"),
        ("east-lead", plan, "amend-post-zone"),
        ("lead-2", plan, "amend-post-shut"),
        ("lead-2", busy, "amend-post-busy"),
    ):
        with pytest.raises(UserError) as error:
            post(programme, drafted, d.delegation_id, "lead-1", new, act("post"))
        assert (what(error), error.value.problems[0].value) == (key, new)
