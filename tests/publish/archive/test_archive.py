"""The files of an archive, their index and their hashes."""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache
from pathlib import Path, PurePosixPath

import pytest

from fairplanner.domain.published import Document, Feed, FeedKey
from fairplanner.domain.published import Scope as Audience
from fairplanner.domain.sealing import seal_of
from fairplanner.publish.archive.archive import INDEX, SUMS, Filed, archive, sums
from fairplanner.publish.publication import Publication
from tests.browser import PageAt
from tests.publish.archive.made import AT, a_press, a_revision, material, scope
from tests.publish.reading import Page

PARTY = "prov/expo-1-1"


@lru_cache(maxsize=1)
def made() -> dict[str, bytes]:
    feed = Feed(FeedKey("delegation", PARTY, "zh"), "x", "x", "e", AT, b"BEGIN")
    other = Feed(FeedKey("delegation", "else", "zh"), "x", "x", "e", AT, b"BEGIN")
    paper = Document(Audience("delegation", PARTY), "zh", "handout.zh.pdf", "x", "application/pdf", b"%PDF-paper")
    whole = material(feeds={feed.key: feed, other.key: other}, documents=(paper,))
    press = a_press()
    return {str(one.path): one.content for one in archive(press.programme, press.plan, scope(), whole)}


def test_everything_that_was_gathered_lies_there_byte_for_byte() -> None:
    files = made()
    assert files["inputs/firms.csv"] == b"a,b\n"
    assert files["inputs/packs/x.toml"] == b""
    assert files["received/permit.pdf"] == b"%PDF"
    assert files["received/2-Permit.pdf"] == b"%PDF-2", "two names that are one on some systems"
    standing = [name for name in files if name.startswith("versions/standing/")]
    assert sorted(name.rpartition("/")[2] for name in standing) == ["calendar.zh.ics", "handout.zh.pdf"]


def test_the_seal_of_a_revision_can_be_reckoned_again_from_its_files() -> None:
    files, revision = made(), a_revision()
    assert (files["versions/rev-0001/plan.json"], files["versions/rev-0001/programme.json"]) == (
        revision.plan,
        revision.programme,
    )
    assert seal_of(revision) == revision.seal
    assert revision.seal.encode() in files["versions/revisions.json"]


def checked(program: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([program, "-c", SUMS], cwd=folder, capture_output=True, check=False)  # noqa: S603 - found on the path


def test_sha256sum_accepts_the_sums_and_notices_a_change(tmp_path: Path) -> None:
    for name, content in made().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    program = shutil.which("sha256sum")
    if program is None:
        pytest.skip("no sha256sum here")
    done = checked(program, tmp_path)
    assert done.returncode == 0
    assert done.stdout.count(b": OK") == len(made()) - 1
    (tmp_path / "inputs" / "firms.csv").write_bytes(b"a,c\n")
    assert checked(program, tmp_path).returncode == 1


def test_names_that_sha256sum_escapes_are_escaped_as_it_does() -> None:
    line = sums([Filed(Publication(PurePosixPath("a\\b\nc"), "x", b""), "inputs")]).decode()
    assert line.startswith("\\e3b0c442")
    assert line.endswith("  a\\\\b\\nc\n")


def test_the_index_lists_every_other_file_with_hash_size_and_what_it_proves_and_what_is_missing_on_top() -> None:
    page = Page(made()[INDEX])
    for name in made().keys() - {INDEX, SUMS}:
        assert name in page.text
    assert page.text.index("缺") < page.text.index("文件清单")
    assert "收到的原始表格，一字未改" in page.text
    assert "Atableasreceived,notacharacterchanged" in page.text
    assert not [a for a in page.addresses if "://" in a]


def test_the_same_material_gives_the_same_bytes() -> None:
    before = made()
    made.cache_clear()
    assert made() == before


@pytest.mark.slow
@pytest.mark.interop
@pytest.mark.parametrize("width", [390, 1280])
def test_the_index_fits_its_window_and_a_blind_reader(page_at: PageAt, width: int) -> None:
    opened = page_at(made()[INDEX].decode(), width)
    assert opened.sideways() == 0
    assert opened.errors == []
    assert opened.requests == []
    assert opened.flaws() == []
