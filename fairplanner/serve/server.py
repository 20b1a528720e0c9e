"""The server itself: a socket, and one process or several that answer on it."""

from __future__ import annotations

import signal
import socket
import sys
import threading
from contextlib import suppress
from functools import partial
from typing import Any

from starlette.applications import Starlette
from uvicorn import Config, Server
from uvicorn.supervisors import Multiprocess

from fairplanner.errors import Problem, UserError
from fairplanner.serve import logs
from fairplanner.serve.app import app
from fairplanner.serve.settings import Settings

BACKLOG = 2048
GRACE = 10
"""Seconds that running requests get to finish when the server is told to stop."""
TURN = 0.0002
"""Seconds after which the thread that reads the store gets its turn; with Python's own 0.005 one answer in a hundred comes late."""
KEPT_OPEN = 15
"""Seconds a quiet connection is kept: longer than a reverse proxy's pause, shorter than it would hold a socket for nothing."""


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one. Raises UserError where that cannot be had."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family, backlog=BACKLOG)
    except (OSError, OverflowError, UnicodeError) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UserError([Problem("", 0, "", "cannot-listen", f"{host}:{port}", (("said", said),))]) from error


def serve(settings: Settings, listening: socket.socket, workers: int = 1) -> None:
    """Answer until told to stop (SIGTERM, SIGINT): then running requests are finished, and what is known is written."""
    facts: dict[str, Any] = {"workers": workers, "timeout_graceful_shutdown": GRACE, "timeout_keep_alive": KEPT_OPEN}
    config = Config(
        partial(_made, settings), factory=True, lifespan="on", log_config=None, access_log=False, ws="none",
        proxy_headers=False, server_header=False, backlog=BACKLOG, http=_protocol(), **facts,
    )  # fmt: skip
    logs.set_up()
    if threading.current_thread() is threading.main_thread():
        # uvicorn sends itself the signal again once it has stopped; to stop when told to is no failure
        signal.signal(signal.SIGTERM, lambda _number, _frame: None)
    with suppress(KeyboardInterrupt):
        if workers > 1:
            Multiprocess(config, sockets=[listening]).run()
        else:
            Server(config).run(sockets=[listening])


def _made(settings: Settings) -> Starlette:
    """The application of one process."""
    logs.set_up()
    sys.setswitchinterval(TURN)
    return app(settings.store, settings)


def _protocol() -> Any:
    """The reader of requests, which needs to be told how much is too much."""
    from fairplanner.serve.protocol import Measured

    return Measured
