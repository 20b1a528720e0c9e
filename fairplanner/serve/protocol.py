"""The fast reader of requests, with an end to what it reads: by itself it would collect headers for ever."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST = 65_536
"""Bytes of a request before its body; as much as uvicorn's other reader takes."""


class Measured(HttpToolsProtocol):
    """Refuses a request whose head has no end."""

    _unread = 0

    def data_received(self, data: bytes) -> None:
        """Read on, or answer 400 and hang up."""
        self._unread += len(data)
        if self._unread > MOST and not self._in_body():
            self.send_400_response("Request head too long.")
            return
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """A head that came to its end."""
        self._unread = 0
        super().on_headers_complete()

    def _in_body(self) -> bool:
        return self.cycle is not None and self.cycle.more_body
