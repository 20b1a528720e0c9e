"""`publish --people`: names reach the handbooks, and no other file, no store, no ledger and no screen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.cli.people import write_handbooks
from fairplanner.domain.people import People, Person
from fairplanner.store import open_store
from tests.publish import plans
from tests.publish.reading import pdf_text

TINY = Path(__file__).parents[1] / "programmes" / "tiny"
NAME, PHONE = "示例某某某", "13800009876"
FOLDER = Path("internal") / "handbooks"


def run(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(build(lang), list(args), catch_exceptions=False)


@pytest.fixture(scope="module")
def plan(tiny_planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(tiny_planned, tmp_path_factory.mktemp("plan"), dirs_exist_ok=True)


def firm_and_delegation(plan: Path) -> tuple[str, str]:
    from fairplanner.cli.door import read_both

    _, made = read_both(plan)
    part = made.participations[0]
    own = (d for d in made.delegations if d.sponsor == part.sponsor and part.phase_id in {s.phase_id for s in d.stops})
    return part.firm_id, next(own).delegation_id


def a_list(folder: Path, plan: Path, *more: str) -> Path:
    firm, delegation = firm_and_delegation(plan)
    path = folder / "people.csv"
    rows = ("姓名,企业,团组,电话,房间,政治面貌", f"{NAME},{firm},{delegation},{PHONE},808,x", *more)
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def holding(folder: Path, *texts: str) -> set[Path]:
    """Files of a folder whose bytes hold any of these texts, in the encodings that may occur."""
    wanted = [text.encode(code) for text in texts for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
    return {p for p in folder.rglob("*") if p.is_file() and any(w in p.read_bytes() for w in wanted)}


def test_handbooks_with_names_are_written_over_those_with_blanks(tmp_path: Path) -> None:
    people = People((Person(NAME, "prov/abroad-1-1", "f1", phone=PHONE),))
    how = {"templates": None, "base_url": None, "replace": False, "tell": lambda _text: None}
    for _ in range(2):
        assert write_handbooks(plans.programme(), plans.plan(), people, tmp_path, ["zh"], **how) == 3  # type: ignore[arg-type]
    assert [NAME in pdf_text(p.read_bytes()) for p in (tmp_path / FOLDER).glob("*.pdf")] == [True, True]
    assert not holding(tmp_path, NAME, PHONE)


def test_a_handbook_with_names_is_deleted_where_the_next_list_names_nobody_there(tmp_path: Path) -> None:
    how = {"templates": None, "base_url": None, "replace": False, "tell": lambda _text: None}
    for persons, files in (((Person(NAME, "prov/expo-1-1", "f1"),), 5), ((), 3)):
        made = write_handbooks(plans.programme(), plans.plan(), People(persons), tmp_path, ["zh"], **how)  # type: ignore[arg-type]
        assert made == files
        assert sum(p.suffix == ".pdf" for p in (tmp_path / FOLDER).iterdir()) == files - 1
    assert not list(tmp_path.rglob(".part-*"))


@pytest.mark.slow
def test_names_join_the_handbooks_alone(plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRPLANNER_CACHE", str(tmp_path / "cache"))
    people, out = a_list(tmp_path, plan), tmp_path / "out"
    store = ("--store", str(tmp_path / "plan.db"), "--by", "office", "--at", "2025-01-02T03:04:05+08:00")
    done = run("publish", str(plan), "--out", str(out), "--people", str(people), "--in", "zh", *store)
    assert done.exit_code == 0, done.output
    assert "1 people in handbooks" in done.output
    assert "政治面貌" in done.output
    assert NAME not in done.output
    assert holding(tmp_path, NAME, PHONE) == {people}
    texts = {p: pdf_text(p.read_bytes()) for p in out.rglob("*.pdf")}
    named = {p for p, text in texts.items() if NAME in text or PHONE in text}
    assert len(named) == 2
    assert {p.parent for p in named} == {out / FOLDER}
    assert "内部资料" in (out / FOLDER / "INTERNAL.zh.txt").read_text(encoding="utf-8")
    with open_store(str(tmp_path / "plan.db"), create=False) as opened:
        revision = opened.revision("tiny", 1)
    assert NAME.encode() not in revision.programme + revision.plan
    kept = [p.read_bytes() for p in (tmp_path / "plan.db", *(tmp_path / "cache").rglob("*")) if p.is_file()]
    assert len(kept) > 5
    assert not any(p.read_bytes()[2000:4000] in bytes_ for p in named for bytes_ in kept)


def test_a_list_with_a_passport_number_writes_nothing_and_shows_nothing(plan: Path, tmp_path: Path) -> None:
    people = a_list(tmp_path, plan, f"{NAME},,,E12345678,,")
    done = run("publish", str(plan), "--out", str(tmp_path / "out"), "--people", str(people), "--in", "zh", lang="zh")
    assert done.exit_code == 1
    assert "E*******8" in done.output
    assert "E12345678" not in done.output
    assert NAME not in done.output
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_publishing_again_without_the_list_leaves_no_name_behind(plan: Path, tmp_path: Path) -> None:
    out = ("publish", str(plan), "--out", str(tmp_path / "out"), "--in", "zh")
    assert run(*out, "--people", str(a_list(tmp_path, plan))).exit_code == 0
    assert run(*out).exit_code == 0
    assert not [p for p in (tmp_path / "out" / FOLDER).glob("*.pdf") if NAME in pdf_text(p.read_bytes())]
