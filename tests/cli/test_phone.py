"""`publish --phone`, with a store and without."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build

TINY = Path(__file__).parents[1] / "programmes" / "tiny"


def run(*args: str) -> Result:
    result = CliRunner().invoke(build("en"), list(args), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def plans(tiny_planned: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The tiny programme's plan, and its plan after the guitar fair moved by a day."""
    folder = tmp_path_factory.mktemp("plans")
    shutil.copytree(tiny_planned, folder / "first")
    shutil.copytree(TINY, folder / "tiny")
    table = folder / "tiny" / "phases.csv"
    text = table.read_text(encoding="utf-8")
    assert "2025-06-10,2025-06-12" in text
    table.write_text(text.replace("2025-06-10,2025-06-12", "2025-06-11,2025-06-13"), encoding="utf-8")
    run("plan", str(folder / "tiny"), "--from", str(folder / "first"), "--out", str(folder / "second"))
    return folder / "first", folder / "second"


def names(out: Path) -> list[str]:
    return sorted(p.name for p in out.glob("phone/*/en/*"))


def whole_texts(out: Path) -> dict[str, str]:
    """The text of everything, by the delegation's folder."""
    return {p.parent.parent.name: p.read_text(encoding="utf-8") for p in out.glob("phone/*/en/*_All-text_*")}


@pytest.mark.slow
def test_packs_say_nothing_of_what_nobody_knows_and_the_index_links_their_pages(
    plans: tuple[Path, Path], tmp_path: Path
) -> None:
    run("publish", str(plans[0]), "--out", str(tmp_path), "--in", "en", "--phone")
    assert len(whole_texts(tmp_path)) == 3
    assert {name.split("_")[0] for name in names(tmp_path)} == {"Rev1"}
    assert not [text for text in whole_texts(tmp_path).values() if "replaces" in text]
    assert (tmp_path / "index.en.html").read_text(encoding="utf-8").count("Rev1_All-page_") == 3


@pytest.mark.slow
def test_a_second_revision_says_what_it_replaces_and_leaves_no_older_pack(
    plans: tuple[Path, Path], tmp_path: Path
) -> None:
    store = (
        "--store",
        str(tmp_path / "plan.db"),
        "--by",
        "office",
        "--in",
        "en",
        "--out",
        str(tmp_path / "out"),
        "--phone",
    )
    run("publish", str(plans[0]), *store, "--at", "2025-01-02T03:04:05Z")
    run("publish", str(plans[1]), *store, "--at", "2025-01-03T03:04:05Z")
    assert {name.split("_")[0] for name in names(tmp_path / "out")} == {"Rev2"}
    told = whole_texts(tmp_path / "out")
    guitar = next(text for name, text in told.items() if "guitar" in name)
    assert "Revision 2 replaces revision 1; please discard the older one." in guitar
    assert "When: 10–12 June 2025 (Tue–Thu) → 11–13 June 2025 (Wed–Fri)" in guitar
    others = [text for name, text in told.items() if "guitar" not in name]
    assert all("nothing changes for this delegation" in text for text in others)


@pytest.mark.slow
def test_packs_of_a_revision_that_stands_already_can_be_made_afterwards(
    plans: tuple[Path, Path], tmp_path: Path
) -> None:
    store = ("--store", str(tmp_path / "plan.db"), "--by", "office", "--in", "en", "--out", str(tmp_path / "out"))
    run("publish", str(plans[0]), *store, "--at", "2025-01-02T03:04:05Z")
    result = run("publish", str(plans[0]), *store, "--at", "2025-01-03T03:04:05Z", "--phone")
    assert {name.split("_")[0] for name in names(tmp_path / "out")} == {"Rev1"}
    assert "Revision 2" not in result.output
