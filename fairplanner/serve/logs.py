"""One line of JSON per request on stderr. No token, no path, no address of anybody."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

LONGEST_AGENT = 120


def line(**facts: Any) -> str:
    """One line, the time first."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return json.dumps({"time": now, **facts}, ensure_ascii=True, separators=(",", ":"))


def write(**facts: Any) -> None:
    """Write a line; a reader that went away stops nothing."""
    try:
        sys.stderr.write(line(**facts) + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        return


def cleaned(agent: str, secret: str = "") -> str:
    """What a client calls itself, short, printable and without the token, should it stand there."""
    shown = agent.replace(secret, "***") if secret else agent
    return "".join(c if c.isprintable() else " " for c in shown[:LONGEST_AGENT])


class ServerLines(logging.Handler):
    """The server's own warnings as the same kind of line: what happened, and where in the code, never what was asked."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one warning; of an exception only its type."""
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        write(level=record.levelname.lower(), said=record.getMessage().strip().split("\n")[0], error=error)


def set_up() -> None:
    """Let the server's warnings come out as lines, in this process."""
    logger = logging.getLogger("uvicorn")
    logger.handlers[:] = [ServerLines()]
    logger.propagate = False
    logger.setLevel(logging.WARNING)
