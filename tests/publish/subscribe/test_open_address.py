"""Where an audience's page lies without a key."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from fairplanner.publish.agendas.agenda import AudienceKind
from fairplanner.publish.press import Press
from fairplanner.publish.subscribe.open_address import OpenAddress, page_url, path_of
from tests.publish import plans

BASE = "https://example.org/f"
FIRM = OpenAddress(BASE + "/", AudienceKind.FIRM, "f1")
PARTY = OpenAddress(BASE, AudienceKind.DELEGATION, "prov/abroad-1-1")


@pytest.mark.parametrize("kind", [AudienceKind.DELEGATION, AudienceKind.FIRM])
def test_a_path_is_short_however_long_the_id_is(kind: AudienceKind) -> None:
    ids = ["f1", "F1", "gz-p-qiandongnan:canton-138-3", *("x" * 90 + end for end in "ab")]
    paths = [str(path_of(kind, subject, "zh")) for subject in ids]
    assert max(map(len, paths)) <= 60
    assert len({path.lower() for path in paths}) == len(paths)


def test_only_delegations_and_firms_have_one() -> None:
    with pytest.raises(KeyError):
        path_of(AudienceKind.ZONE, "prov", "zh")


def test_links_from_the_page_and_whole_addresses_lead_to_the_same_calendar() -> None:
    assert FIRM.calendar("f1", "zh") == f"{BASE}/calendars/firm/f1.zh.ics"
    assert FIRM.webcal("f1", "zh") == "webcal://example.org/f/calendars/firm/f1.zh.ics"
    assert FIRM.file("f1", "zh") == "../../calendars/firm/f1.zh.ics"
    assert PARTY.file("x", "en").startswith("../calendars/delegation/prov-abroad-1-1")
    assert PARTY.link(PurePosixPath("handouts/x.pdf")) == "../handouts/x.pdf"


def test_the_other_language_lies_beside() -> None:
    assert FIRM.page("zh") == f"{BASE}/pages/firms/f1.zh.html"
    assert FIRM.other("en") == "f1.en.html"


def test_nothing_is_printed_where_the_files_have_no_address() -> None:
    assert page_url(Press(plans.programme(), plans.plan(), "zh"), AudienceKind.FIRM, "f1") == ""
    assert page_url(Press(plans.programme(), plans.plan(), "en", BASE), AudienceKind.FIRM, "f1") == FIRM.page("en")
