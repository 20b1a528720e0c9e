"""A notice as a mail message: text, the same as HTML, and the calendar of the change as an attachment.

The calendar has no METHOD: it tells, it does not invite, and nobody is asked to answer (RFC 6047 section 2.4 wants the
parameter only where the calendar has one). Everything but the date is the same when the same notice is sent again.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256

from fairplanner.deliver.contacts import is_address
from fairplanner.deliver.outbox import Letter, Outbox, Party

POLICY = SMTP.clone(cte_type="7bit")  # every server takes it, whatever it announces
LANGUAGES = {"zh": "zh-CN"}
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]+")
ID_HOST = "fairplanner.invalid"  # a reserved name (RFC 2606)


def sender(text: str) -> Address | None:
    """The sender as written: an address, or a name and an address in angle brackets; None where it is no address."""
    if UNPRINTABLE.search(text):
        return None
    name, address = parseaddr(text)
    return Address(name, addr_spec=address) if is_address(address) else None


def one_line(text: str) -> str:
    """Text that can stand in a header: nothing in it begins another."""
    return " ".join(UNPRINTABLE.sub(" ", text).split())


def message_id(outbox: Outbox, party: Party, letter: Letter) -> str:
    """The same for the same notice to the same party in the same language, however often it is sent."""
    return f"<{_digest(outbox, party, letter)[:40]}@{ID_HOST}>"


def message(outbox: Outbox, party: Party, letter: Letter, origin: Address, to: str, at: datetime) -> EmailMessage:
    """The whole message; `at` is when it is sent."""
    digest = _digest(outbox, party, letter)
    made = EmailMessage(POLICY)
    made["From"] = origin
    made["To"] = Address(addr_spec=to)
    made["Subject"] = one_line(letter.subject)
    made["Date"] = format_datetime(at)
    made["Message-ID"] = message_id(outbox, party, letter)
    # no absence notes are wanted in answer (RFC 3834 section 5)
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.text.decode("utf-8-sig"), cte="base64")
    made.add_alternative(letter.html.decode("utf-8-sig"), subtype="html", cte="base64")
    made.add_attachment(
        letter.calendar, "text", "calendar", cte="base64", filename=letter.calendar_name, params={"charset": "utf-8"}
    )
    made["Content-Language"] = LANGUAGES.get(letter.lang, letter.lang)
    for n, part in enumerate(x for x in made.walk() if x.is_multipart()):
        part.set_boundary(f"=-{digest[:32]}-{n}")
    return made


def as_bytes(made: EmailMessage) -> bytes:
    """What goes over the wire: lines of ASCII ending in CRLF."""
    return made.as_bytes(policy=POLICY)


def _digest(outbox: Outbox, party: Party, letter: Letter) -> str:
    return sha256("\0".join((outbox.seal, party.kind, party.subject, letter.lang)).encode()).hexdigest()
