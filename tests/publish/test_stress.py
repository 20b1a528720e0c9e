"""The stress programme holds what it promises, and everything can be made from it."""

from __future__ import annotations

import pytest

from fairplanner.publish.publishing import publications
from fairplanner.publish.views import parties
from tests.publish import stress as s


def test_the_parties_are_what_their_names_say() -> None:
    programme, plan = s.stress()
    found = parties(plan)
    countries = {programme.territory_of(q) for q in found[s.LONG].phase_ids}
    away = [found[n].delegation for n in (s.NEW_YEAR, s.ONE_DAY)]
    firms = [len({p.firm_id for p in x.participations}) for x in found]
    assert len(countries) == 3
    assert away[0].depart.year < away[0].return_.year
    assert away[1].depart == away[1].return_
    assert [firms[n] for n in (s.LONG, s.BIG, s.ONE_DAY, s.EMPTY)] == [1, s.BIG_FIRMS, 1, 0]
    assert found[s.BUYERS].guests
    assert not found[s.BUYERS].exhibitors


def test_names_are_as_long_as_they_get() -> None:
    programme, _ = s.stress()
    assert min(len(f.name_zh) for f in programme.firms) >= 80
    assert min(len(f.name_en) for f in programme.firms) >= 150


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_is_published_of_it(lang: str) -> None:
    made = [p.path for p in publications(*s.stress(), lang)]
    assert len({str(path) for path in made if path.parts[0] == "handouts"}) >= len(s.stress()[1].delegations)
