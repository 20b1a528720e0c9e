"""What the log says, and what it does not."""

from __future__ import annotations

import asyncio
import json
import logging

import pytest

from fairplanner.serve import logs
from tests.serve.asking import Place, running


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_one_line_for_a_request_without_token_path_or_address(where: Place, capsys: pytest.CaptureFixture[str]) -> None:
    async def ask() -> None:
        async with running(where) as get:
            agent = ("User-Agent", f"Thunderbird/153 {where.token}\t\x9f")
            await get(where.url(), headers=[agent, ("Referer", f"https://x/f/{where.token}/"), ("Cookie", "a=b")])
            await get("/f/" + "z" * 27 + "/x.zh.ics", "HEAD")

    asyncio.run(ask())
    text = capsys.readouterr().err
    assert where.token not in text
    assert "z" * 27 not in text
    assert "192.0.2.1" not in text
    first, second = (json.loads(line) for line in text.splitlines())
    mark = where.store.tokens("guizhou-2027")[0].mark
    assert {k: first[k] for k in ("status", "mark", "kind", "method", "agent")} == {
        "status": 200, "mark": mark, "kind": "feed", "method": "GET", "agent": "Thunderbird/153 ***  ",
    }  # fmt: skip
    assert first["bytes"] == len(where.feed().content)
    assert first["ms"] >= 0
    assert first["time"].endswith("Z")
    assert (second["status"], second["mark"], second["bytes"]) == (404, "", 0)


def test_what_a_client_calls_itself_is_cut_and_made_printable() -> None:
    assert logs.cleaned("a\r\nb\x1b[31m" + "x" * 500) == "a  b [31m" + "x" * (logs.LONGEST_AGENT - 9)


def test_warnings_of_the_server_are_lines_too(capsys: pytest.CaptureFixture[str]) -> None:
    handler = logs.ServerLines()
    record = logging.LogRecord(
        "uvicorn.error", logging.ERROR, "x.py", 1, "Failed\nTraceback", (), (ValueError, ValueError("secret"), None)
    )
    handler.emit(record)
    (line,) = lines(capsys)
    assert (line["level"], line["said"], line["error"]) == ("error", "Failed", "ValueError")


def test_a_reader_that_went_away_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        def write(self, _text: str) -> None:
            raise BrokenPipeError

    monkeypatch.setattr("sys.stderr", Gone())
    logs.write(status=200)
