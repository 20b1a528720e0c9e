"""`fairplanner serve`, as far as it does not listen; tests/serve/test_server.py starts it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.serve import bound
from fairplanner.store import open_store


def run(*args: str, lang: str = "en") -> Result:
    return CliRunner(env={"FAIRPLANNER_STORE": None}).invoke(build(lang), ["serve", *args], catch_exceptions=False)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_has_an_example_and_every_option(lang: str) -> None:
    text = run("--help", lang=lang).output
    for part in (
        "--store",
        "--host",
        "--port",
        "--base-url",
        "--workers",
        "--burst",
        "--per-second",
        "fairplanner serve --store office.db",
    ):
        assert part in text


def test_without_a_store_it_says_which_option_to_give() -> None:
    result = run()
    assert result.exit_code == 1
    assert "FAIRPLANNER_STORE" in result.stderr


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    result = run("--store", str(tmp_path / "none.db"))
    assert result.exit_code == 1
    assert "there is no store here yet" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_address_that_nobody_can_open_is_refused(tmp_path: Path) -> None:
    open_store(str(tmp_path / "a.db")).close()
    result = run("--store", str(tmp_path / "a.db"), "--base-url", "ftp://x")
    assert result.exit_code == 1
    assert "ftp://x" in result.stderr


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    open_store(str(tmp_path / "a.db")).close()
    with bound("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        for lang, words in (("en", "cannot listen on"), ("zh", "无法监听")):
            result = run("--store", str(tmp_path / "a.db"), "--port", str(port), "--lang", lang)
            assert result.exit_code == 1
            assert f"{words} 127.0.0.1:{port}" in result.stderr
