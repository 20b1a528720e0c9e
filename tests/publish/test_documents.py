"""Who may fetch which paper."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from fairplanner.domain.published import Scope
from fairplanner.publish.documents import documents_of
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Publication
from tests.publish import plans


def _published(*paths: str) -> dict[str, Publication]:
    return {p: Publication(PurePosixPath(p), "text/html; charset=utf-8", b"x") for p in paths}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_is_for_whoever_may_see_everything_and_for_nobody_else(lang: str) -> None:
    press = Press(plans.programme(), plans.plan(), lang)
    internal = (f"internal/report.{lang}.html", f"internal/due.{lang}.html", "briefings/prov--1.zh.html")
    (document,) = documents_of(press, _published(*internal))
    assert document.scope == Scope("everything", "")
    assert (document.name, document.lang) == (f"report.{lang}.html", lang)


def test_an_edition_in_two_languages_has_no_report() -> None:
    press = Press(plans.programme(), plans.plan(), "zh-en")
    assert list(documents_of(press, _published("internal/report.zh.html", "internal/report.zh-en.html"))) == []
