"""TLS and login, against a server with a certificate of its own."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from datetime import UTC, datetime
from email.headerregistry import Address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from fairplanner.deliver.contacts import Contact
from fairplanner.deliver.outbox import read_outbox
from fairplanner.deliver.sending import Round, planned, send
from fairplanner.deliver.sent import SentLog
from fairplanner.deliver.smtp import server_at
from fairplanner.errors import UserError
from tests.deliver.servers import Mailbox, listening
from tests.publish.notices import made as notices

KNOWN = {"user": "office", "password": "secret"}
OPENSSL = shutil.which("openssl")
pytestmark = [
    pytest.mark.interop,
    pytest.mark.skipif(OPENSSL is None, reason="openssl makes the certificate; it is not here"),
]


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    key, crt = tmp_path / "key.pem", tmp_path / "crt.pem"
    made = [
        str(OPENSSL),
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        str(key),
        "-out",
        str(crt),
        "-days",
        "2",
    ]
    subprocess.run(  # noqa: S603  openssl, with our own words
        [*made, "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True
    )
    return key, crt


class Guard:
    def __call__(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        is_known = (data.login, data.password) == (b"office", b"secret")
        return AuthResult(success=is_known, handled=False)


def go(tmp_path: Path, crt: Path, key: Path, **options: Any) -> tuple[Mailbox, Round]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(crt, key)
    mailbox = Mailbox()
    outbox = read_outbox(notices.written(notices.second(), tmp_path / "outbox"))
    with (
        listening(mailbox, tls_context=context, authenticator=Guard(), auth_required=True) as where,
        SentLog(outbox.folder) as log,
    ):
        plan = planned(outbox, [Contact("firm", "f1", "f1@firm.example", "zh")], log)
        server = server_at(where, **options)
        send(
            outbox,
            plan,
            server,
            Address(addr_spec="office@plan.example"),
            log,
            lambda: datetime(2024, 12, 3, tzinfo=UTC),
        )
    return mailbox, plan


def test_with_starttls_and_a_login_a_message_arrives(
    tmp_path: Path, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    key, crt = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(crt))
    mailbox, plan = go(tmp_path, crt, key, starttls=True, **KNOWN)
    assert (mailbox.readers, len(plan.sent)) == (["f1@firm.example"], 1)


def test_a_wrong_password_sends_nothing(
    tmp_path: Path, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    key, crt = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(crt))
    with pytest.raises(UserError) as error:
        go(tmp_path, crt, key, starttls=True, **(KNOWN | {"password": "guess"}))
    assert error.value.problems[0].what == "smtp-login"
    assert "guess" not in str(error.value)


def test_a_certificate_that_nobody_vouches_for_sends_nothing(tmp_path: Path, certificate: tuple[Path, Path]) -> None:
    key, crt = certificate
    with pytest.raises(UserError) as error:
        go(tmp_path, crt, key, starttls=True, **KNOWN)
    assert error.value.problems[0].what == "smtp-tls"


def test_a_refused_sender_without_login_is_told_for_the_message(
    tmp_path: Path, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    key, crt = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(crt))
    mailbox, plan = go(tmp_path, crt, key, starttls=True)
    assert (mailbox.readers, [reason[:3] for _, reason in plan.refused]) == ([], ["530"])
