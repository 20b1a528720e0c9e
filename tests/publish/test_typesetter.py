"""Typesetting many papers: in order, on several processes, and not again where nothing changed."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from shutil import copytree

import pytest

from fairplanner.errors import LanguageError
from fairplanner.publish import typesetter as t
from fairplanner.publish.publication import Draft, Publication
from fairplanner.publish.typesetter import Typesetter, key_of
from fairplanner.shipped import shipped

PLAIN = '#set document(title: "t", date: none)\n#let d = json(bytes(sys.inputs.data))\n#d.text\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.typ").write_text(PLAIN, encoding="utf-8")
    return tmp_path


def draft(n: int, text: str = "示例 sample") -> Draft:
    return Draft(PurePosixPath(f"{n}.pdf"), "one.typ", {"text": f"{text} {n}"}, 0)


def a_page(n: int) -> Publication:
    return Publication(PurePosixPath(f"{n}.html"), "text/html", b"<p>")


def test_papers_come_in_the_order_in_which_they_were_made(folder: Path) -> None:
    made = [draft(0), a_page(1), draft(2), draft(3), a_page(4)]
    found = list(Typesetter().publications(made, folder))
    assert [str(p.path) for p in found] == ["0.pdf", "1.html", "2.pdf", "3.pdf", "4.html"]
    assert all(p.content.startswith(b"%PDF") for p in found if p.path.suffix == ".pdf")


def test_several_processes_make_the_same_bytes_in_the_same_order(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(t, "FEW", 1)
    made = [draft(n) for n in range(6)]
    alone = list(Typesetter().publications(made, folder))
    with Typesetter(2) as typesetter:
        assert list(typesetter.publications(made, folder)) == alone


def test_what_another_process_cannot_typeset_is_told_as_at_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(t, "FEW", 0)
    broken = replace(draft(1), data={})
    with Typesetter(2) as typesetter, pytest.raises(LanguageError):
        list(typesetter.publications([draft(0), broken], folder))


def test_what_a_process_was_making_when_the_system_ended_it_is_made_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(t, "FEW", 0)
    made = [draft(n) for n in range(30)]
    with Typesetter(2) as typesetter:
        found: list[Publication] = []
        for one in typesetter.publications(made, folder):
            if not found:
                for worker in multiprocessing.active_children():
                    worker.kill()
            found.append(one)
    assert found == list(Typesetter().publications(made, folder))


@pytest.mark.slow
def test_no_more_papers_are_made_ahead_than_processes_can_hold(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(t, "FEW", 0)
    asked: list[int] = []

    def made() -> Iterator[Draft]:
        for n in range(60):
            asked.append(n)
            yield draft(n)

    with Typesetter(2) as typesetter:
        found = typesetter.publications(made(), folder)
        for n, _ in enumerate(found, 1):
            assert len(asked) <= n + t.AHEAD * 2 + 1
    assert len(asked) == 60


def test_what_was_typeset_before_is_not_typeset_again(folder: Path) -> None:
    known: dict[str, bytes] = {}
    first = list(Typesetter(known=known).publications([draft(0), draft(1)], folder))
    assert set(known.values()) == {p.content for p in first}
    for key in known:
        known[key] = b"%PDF kept"
    again = list(Typesetter(known=known).publications([draft(0), draft(2)], folder))
    assert again[0].content == b"%PDF kept"
    assert again[1].content != b"%PDF kept"


def test_a_key_hangs_on_data_instant_template_and_every_part_of_the_design(tmp_path: Path) -> None:
    one = draft(1)
    for n, folder in enumerate((tmp_path / "a", tmp_path / "b")):
        copytree(shipped("templates") / "parts", folder / "parts")
        (folder / "one.typ").write_text(PLAIN, encoding="utf-8")
        if n:
            design = folder / "parts" / "design.toml"
            design.write_text(design.read_text(encoding="utf-8").replace("#0f5c6e", "#0f5c6f"), encoding="utf-8")
    keys = {
        key_of(one, tmp_path / "a"),
        key_of(one, tmp_path / "b"),
        key_of(draft(2), tmp_path / "a"),
        key_of(replace(one, timestamp=1), tmp_path / "a"),
        key_of(replace(one, template="two.typ"), tmp_path / "a"),
    }
    assert len(keys) == 5
