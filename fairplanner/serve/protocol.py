"""The fast reader of requests, with an end to what it reads: by itself it would collect headers for ever, and wait for ever."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST = 65_536
"""Bytes of a request before its body; as much as uvicorn's other reader takes."""
SOON = 30.0
"""Seconds for a request's head to arrive; a slow telephone needs one or two."""


class Measured(HttpToolsProtocol):
    """Refuses a request whose head has no end, or does not come."""

    _is_in_head = False
    _unread = 0
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody is there, and should say something."""
        super().connection_made(transport)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._expect_nothing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, or answer 400 and hang up."""
        super().data_received(data)
        self._unread = self._unread + len(data) if self._is_in_head else 0
        if self._unread > MOST and not self.transport.is_closing():
            self.send_400_response("Request head too long.")
        self._wait_no_longer_than_for_the_next()

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        self._is_in_head = True
        self._expect()

    def on_headers_complete(self) -> None:
        """A head came to its end."""
        self._is_in_head = False
        self._expect_nothing()
        super().on_headers_complete()

    def _wait_no_longer_than_for_the_next(self) -> None:
        """A body that comes after the answer stops uvicorn's clock, and nothing would start it again."""
        is_idle = self.cycle is not None and self.cycle.response_complete and not self.pipeline
        if is_idle and self.timeout_keep_alive_task is None and not self.transport.is_closing():
            handler = self.timeout_keep_alive_handler
            self.timeout_keep_alive_task = self.loop.call_later(self.timeout_keep_alive, handler)

    def _expect(self) -> None:
        if self._late is None:
            self._late = self.loop.call_later(SOON, self._hang_up)

    def _expect_nothing(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _hang_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()
