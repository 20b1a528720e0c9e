"""Mail servers for tests: aiosmtpd, really listening, that keep what they are given and can be told to misbehave."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """What arrived; `refuses` addresses, hangs up at the `lost_at`-th message (before or after keeping it)."""

    def __init__(self) -> None:
        self.arrived: list[tuple[str, bytes]] = []
        self.refuses: set[str] = set()
        self.lost_at = 0
        self.lost_when = ""
        self.kills = 0
        self.seen = 0
        self.connections = 0

    async def handle_EHLO(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return f"550 no such user {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_MAIL(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.lost_when == "mail" and self.seen + 1 == self.lost_at:
            self.lost_at = 0
            return "421 enough for one connection"
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        self.seen += 1
        is_bad = self.seen == self.lost_at
        if not (is_bad and self.lost_when == "before"):
            self.arrived.append((envelope.rcpt_tos[0], envelope.original_content or b""))
        if is_bad:
            if self.kills:
                os.kill(self.kills, signal.SIGKILL)
            server.transport.abort()
            await asyncio.sleep(0)
        return "250 OK"

    @property
    def messages(self) -> dict[str, EmailMessage]:
        return {to: message_from_bytes(raw, policy=default) for to, raw in self.arrived}  # type: ignore[misc]

    @property
    def readers(self) -> list[str]:
        return [to for to, _ in self.arrived]


@contextmanager
def listening(mailbox: Mailbox, **server: Any) -> Iterator[str]:
    """The mailbox on a port of this machine; gives host:port."""
    port = free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, **server)
    controller.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        controller.stop()


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
