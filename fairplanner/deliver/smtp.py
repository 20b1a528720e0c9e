"""A mail server: connecting, and handing over one message so that it is known at every moment whether it can have arrived."""

from __future__ import annotations

import ipaddress
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType

from fairplanner.errors import Problem, UserError

TIMEOUT = 60.0
SUBMISSIONS = 465
"""TLS from the first byte (RFC 8314 section 3.3)."""
SUBMISSION = 587
CLOSING = 421
ACCEPTED = (250, 251)


class Refused(Exception):
    """The server does not take this message; `reason` is its answer."""

    def __init__(self, code: int, answer: bytes | str) -> None:
        text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
        self.reason = " ".join(f"{code} {text}".split())
        super().__init__(self.reason)


class Lost(Exception):
    """The connection broke; `in_doubt`: after the message was under way, so that it may have arrived."""

    def __init__(self, reason: str, *, in_doubt: bool) -> None:
        self.reason, self.in_doubt = reason, in_doubt
        super().__init__(reason)


@dataclass(frozen=True)
class Server:
    """Where and how to send: TLS from the start on port 465, by STARTTLS where asked, else none."""

    host: str
    port: int
    starttls: bool = False
    user: str = ""
    password: str = ""

    @property
    def name(self) -> str:
        """Host and port."""
        return f"{self.host}:{self.port}"


def server_at(text: str, *, starttls: bool = False, user: str = "", password: str = "") -> Server:
    """A server written as host or host:port (587 by default). Raises UserError.

    A password goes over the network only under TLS; a server on this machine needs none.
    """
    host, _, port = text.rpartition(":") if ":" in text else (text, "", str(SUBMISSION))
    host = host.strip("[]")
    if not host or not port.isdigit() or not 0 < int(port) < 1 << 16:
        raise UserError([Problem("--smtp", 0, "", "smtp-server", text)])
    made = Server(host, int(port), starttls and int(port) != SUBMISSIONS, user, password)
    if user and not password:
        raise UserError([Problem("--user", 0, "", "smtp-password", user)])
    if user and not (starttls or made.port == SUBMISSIONS or is_local(host)):
        raise UserError([Problem("--smtp", 0, "", "smtp-open-password", text)])
    return made


def is_local(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Connection:
    """A connection to a server, opened again where the server has closed it between two messages."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._smtp = self._connect()

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._smtp.quit()
        except (smtplib.SMTPException, OSError):
            self._smtp.close()

    def hand_over(self, origin: str, to: str, content: bytes, before: Callable[[], None]) -> None:
        """Send one message; `before` is called when everything is agreed and the message itself is about to go.

        Raises Refused where the server does not take it, Lost where the connection breaks.
        """
        try:
            self._awake()
            self._agree(origin, to)
        except (smtplib.SMTPException, OSError, UserError) as error:
            raise Lost(_said(error), in_doubt=False) from error
        before()
        try:
            code, answer = self._smtp.data(content)
        except smtplib.SMTPDataError as error:
            # the server did not even ask for the message
            raise Refused(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Lost(_said(error), in_doubt=True) from error
        if code not in ACCEPTED:
            raise Refused(code, answer)

    def _agree(self, origin: str, to: str) -> None:
        code, answer = self._smtp.mail(origin)
        if code == CLOSING:
            # it has had enough of this connection, not of us
            self._smtp.close()
            self._smtp = self._connect()
            code, answer = self._smtp.mail(origin)
        if code in ACCEPTED:
            code, answer = self._smtp.rcpt(to)
        if code not in ACCEPTED:
            # a server that hangs up after a refusal has refused all the same
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.rset()
            raise Refused(code, answer)

    def _awake(self) -> None:
        try:
            code, _ = self._smtp.noop()
        except (smtplib.SMTPServerDisconnected, OSError):
            code = CLOSING
        if code == CLOSING:
            self._smtp.close()
            self._smtp = self._connect()

    def _connect(self) -> smtplib.SMTP:
        server, context = self.server, ssl.create_default_context()
        try:
            if server.port == SUBMISSIONS:
                smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
            else:
                smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
        except (smtplib.SMTPException, OSError) as error:
            raise UserError([Problem(server.name, 0, "", "smtp-unreachable", _said(error))]) from error
        try:
            smtp.ehlo_or_helo_if_needed()
            if server.starttls:
                smtp.starttls(context=context)
                # what was said before is void (RFC 3207 section 4.2)
                smtp.ehlo_or_helo_if_needed()
            if server.user:
                smtp.login(server.user, server.password)
        except (smtplib.SMTPException, OSError) as error:
            smtp.close()
            raise UserError([Problem(server.name, 0, "", _problem(error), _said(error))]) from error
        return smtp


def _problem(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "smtp-login"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "smtp-not-offered"
    return "smtp-tls" if isinstance(error, ssl.SSLError) else "smtp-unreachable"


def _said(error: Exception) -> str:
    if isinstance(error, UserError):
        return error.problems[0].value
    if isinstance(error, smtplib.SMTPResponseException):
        return Refused(error.smtp_code, error.smtp_error).reason
    return " ".join(str(error).split()) or type(error).__name__
