"""Groups of connected firms: the union of what the table of firms and the table of relations say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fairplanner.domain.connected import connected
from fairplanner.domain.kinds import Relation
from fairplanner.domain.planning import Firm, Related
from tests import builders as b


def pair(one: str, other: str, relation: Relation = Relation.PARENT) -> Related:
    return Related(firm_id=one, related_id=other, relation=relation, **b.SAMPLE)


def groups(firms: tuple[Firm, ...]) -> dict[str, str]:
    return {f.firm_id: f.group for f in firms}


def test_without_relations_firms_stay_as_they_are():
    firms = (b.firm("f1", group="g"), b.firm("f2"))
    assert connected(firms, ()) is firms


def test_relations_make_groups_and_join_those_that_are_there():
    firms = (
        b.firm("f1"),
        b.firm("f2"),
        b.firm("f3", group="z"),
        b.firm("f4", group="a"),
        b.firm("f5"),
        b.firm("f6", group="own"),
    )
    made = connected(firms, (pair("f1", "f2"), pair("f3", "f4")))
    assert groups(made) == {"f1": "f1", "f2": "f1", "f3": "a", "f4": "a", "f5": "", "f6": "own"}


def test_a_parent_that_is_no_firm_of_the_programme_connects_its_subsidiaries():
    made = connected((b.firm("f1"), b.firm("f2"), b.firm("f3")), (pair("f1", "P"), pair("f2", "P"), pair("f3", "Q")))
    assert groups(made) == {"f1": "f1", "f2": "f1", "f3": ""}


FIRMS = st.lists(st.sampled_from(["", "", "g1", "g2"]), min_size=1, max_size=7).map(
    lambda found: tuple(b.firm(f"f{n}", group=g) for n, g in enumerate(found))
)
PAIRS = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).map(lambda p: pair(f"f{p[0]}", f"f{p[1]}")), max_size=6
)


@given(FIRMS, PAIRS, st.randoms(use_true_random=False))
def test_groups_are_the_connected_parts_whatever_the_order_and_asked_twice(firms, pairs, order):
    made = connected(firms, pairs)
    shuffled = list(pairs)
    order.shuffle(shuffled)
    assert connected(firms, shuffled) == made == connected(made, pairs)
    # the same again by walking from firm to firm
    near = {f.firm_id: {g.firm_id for g in firms if f.group and g.group == f.group} for f in firms}
    for p in pairs:
        near.setdefault(p.firm_id, set()).add(p.related_id)
        near.setdefault(p.related_id, set()).add(p.firm_id)
    own = groups(made)
    for one in own:
        seen, todo = {one}, [one]
        while todo:
            todo += [x for x in near.get(todo.pop(), ()) if x not in seen and not seen.add(x)]
        together = {f for f in seen if f in own}
        if pairs:
            assert {f for f in own if f == one or (own[one] and own[f] == own[one])} == together
