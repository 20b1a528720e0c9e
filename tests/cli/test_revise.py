"""The instant of a revision, as somebody gives it; what of a revision that stands is still to be written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from fairplanner.cli.files import write_all
from fairplanner.cli.revise import Wanted, _is_written, instant
from fairplanner.domain.published import Revision


def test_an_instant_is_told_in_utc_and_whole_seconds() -> None:
    assert instant("2025-03-01T09:00:00.5+08:00") == datetime(2025, 3, 1, 1, tzinfo=UTC)
    assert instant("2025-03-01T09:00:00") == datetime(2025, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("text", ["0206-02-02", "0001-01-01T00:00+08:00", "9999-12-31T23:59:59-08:00", "soon"])
def test_an_instant_that_nobody_can_mean_is_refused_before_it_stands_in_a_store_for_good(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        instant(text)


@pytest.mark.parametrize(
    ("editions", "files", "is_so"),
    [
        (("zh", "en"), ("index.zh.html", "index.en.html"), True),
        (("zh", "en"), ("index.zh.html",), False),
        (("zh", "zh-en"), ("index.zh.html",), False),
        (("zh-en",), ("index.zh.html", "internal/book.zh-en.pdf"), True),
    ],
)
def test_an_edition_that_was_never_written_is_due_although_nothing_changed(
    tmp_path: Path, editions: tuple[str, ...], files: tuple[str, ...], is_so: bool
) -> None:
    at = datetime(2025, 1, 2, tzinfo=UTC)
    head = Revision("tiny", 1, "0", "", "1", at, "office", "", b"{}", b"{}")
    write_all(tmp_path, [("plan.json", head.plan), *((name, b"1") for name in files)])
    wanted = Wanted(editions=editions, by="office", why="", at=at, out=tmp_path)
    assert _is_written(head, wanted) is is_so
