"""The reader of requests does not collect, and does not wait, for ever."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

import pytest
import uvicorn

from fairplanner.serve import app, protocol
from tests.serve.asking import Place


async def talk(where: Place, *parts: bytes, pause: float = 0.0) -> tuple[bytes, float]:
    """Send parts to a server of this process; what came, and after how many seconds the server hung up."""
    made = app(where.at)
    config = uvicorn.Config(
        made, lifespan="on", log_config=None, http=protocol.Measured, ws="none", timeout_keep_alive=1
    )
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.lifespan.startup()
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(
        lambda: protocol.Measured(config=config, server_state=server.server_state, app_state={}), "127.0.0.1", 0
    )
    began = time.monotonic()
    reader, writer = await asyncio.open_connection(*listening.sockets[0].getsockname())
    heard = b""
    with suppress(ConnectionError):  # who hangs up while we still talk resets the line
        for part in parts:
            writer.write(part)
            await asyncio.sleep(pause)
        while more := await asyncio.wait_for(reader.read(65_536), 10):
            heard += more
    spent = time.monotonic() - began
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()
    listening.close()
    await listening.wait_closed()
    await server.lifespan.shutdown()
    for connection in list(server.server_state.connections):
        connection.transport.abort()
    await asyncio.sleep(0.05)
    return heard, spent


def test_who_says_nothing_or_only_half_is_hung_up_on(where: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "SOON", 0.3)
    for parts in ([], [b"GET / HTTP/1.1\r\nHost: x\r\n"], [b"GET / HT"]):
        heard, spent = asyncio.run(talk(where, *parts))
        assert heard == b""
        assert 0.2 < spent < 5


def test_who_drips_headers_is_hung_up_on_too(where: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "SOON", 0.3)
    drips = [b"GET / HTTP/1.1\r\n", *(b"X-%d: y\r\n" % n for n in range(20))]
    assert asyncio.run(talk(where, *drips, pause=0.05))[0] == b""


def test_a_head_in_pieces_is_answered_and_the_line_kept_for_a_while(where: Place) -> None:
    text = f"GET {where.url()} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    heard, spent = asyncio.run(talk(where, text[:9], text[9:40], text[40:], pause=0.05))
    assert heard.startswith(b"HTTP/1.1 200 OK")
    assert heard.endswith(where.feed().content)
    assert spent > 0.9  # as long as lines are kept open


def test_a_head_without_end_is_refused(where: Place) -> None:
    heard, _ = asyncio.run(talk(where, b"GET / HTTP/1.1\r\nX: " + b"a" * 40_000, b"a" * 40_000, pause=0.1))
    assert heard.startswith(b"HTTP/1.1 400 ")


@pytest.mark.slow
def test_a_body_may_be_longer_than_a_head(where: Place) -> None:
    head = b"POST /f/x HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n"
    for body in (200_000, 150_000):  # also one that never comes to its end
        heard, spent = asyncio.run(talk(where, head, *[b"a" * 50_000] * (body // 50_000), pause=0.1))
        assert heard.startswith(b"HTTP/1.1 405 ")
        assert spent < 5
