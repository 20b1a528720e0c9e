"""Sending the notices of an outbox: who gets which message, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from hashlib import sha256

from fairplanner.deliver.contacts import Contact
from fairplanner.deliver.message import as_bytes, message, message_id
from fairplanner.deliver.outbox import Letter, Outbox, Party
from fairplanner.deliver.sent import REFUSED, SENT, TRYING, SentLog
from fairplanner.deliver.smtp import Connection, Lost, Refused, Server


@dataclass(frozen=True)
class Errand:
    """One message to one address; `key` tells it from every other, in the log too, without naming the address."""

    party: Party
    letter: Letter
    email: str
    key: str


@dataclass
class Round:
    """What there is to send, and what became of it.

    `missing`: parties without a contact. `strangers`: contacts for whom the outbox holds no notice. `unread`: contacts in
    whose language their party's feed reads as before. `doubtful`: messages that may or may not have arrived earlier.
    """

    errands: tuple[Errand, ...]
    missing: tuple[Party, ...]
    withheld: tuple[Party, ...]
    unread: tuple[Contact, ...]
    strangers: tuple[Contact, ...] = ()
    already: tuple[Errand, ...] = ()
    doubtful: list[Errand] = field(default_factory=list)
    sent: list[Errand] = field(default_factory=list)
    refused: list[tuple[Errand, str]] = field(default_factory=list)
    lost: str = ""

    @property
    def left(self) -> int:
        """How many were not tried because the connection broke."""
        done = {x.key for x in (*self.sent, *self.doubtful, *(x for x, _ in self.refused))}
        return sum(x.key not in done for x in self.errands)


def planned(outbox: Outbox, contacts: Sequence[Contact], log: SentLog, *, doubtful: bool = False) -> Round:
    """Who is to be told, less what the log says was sent; what may have arrived only with `doubtful`."""
    told = [x for x in outbox.parties if not x.is_withheld]
    by_party: dict[tuple[str, str], list[Contact]] = {}
    for contact in contacts:
        by_party.setdefault((contact.kind, contact.subject), []).append(contact)
    missing = tuple(x for x in told if (x.kind, x.subject) not in by_party)
    pairs = [(party, contact) for party in told for contact in by_party.get((party.kind, party.subject), ())]
    unread = tuple(contact for party, contact in pairs if contact.lang not in party.letters)
    every = [_errand(outbox, party, contact) for party, contact in pairs if contact.lang in party.letters]
    states = {x.key: log.state(x.key) for x in every}
    in_doubt = [x for x in every if states[x.key] == TRYING and not doubtful]
    already = tuple(x for x in every if states[x.key] == SENT)
    closed = {SENT} if doubtful else {SENT, TRYING}
    errands = tuple(x for x in every if states[x.key] not in closed)
    noticed = {(x.kind, x.subject) for x in outbox.parties}
    strangers = tuple(x for x in contacts if (x.kind, x.subject) not in noticed)
    withheld = tuple(x for x in outbox.parties if x.is_withheld)
    return Round(errands, missing, withheld, unread, strangers, already, in_doubt)


def send(
    outbox: Outbox, round_: Round, server: Server, origin: Address, log: SentLog, now: Callable[[], datetime]
) -> None:
    """Send what is planned, one message at a time, each written down before and after; `log` must be open.

    A refusal stops nothing but its own message. A connection that breaks while a message is under way ends the round; what
    was not sent is sent by the next. Raises UserError where the server cannot be used at all: then nothing was sent.
    """
    if not round_.errands:
        return
    with Connection(server) as connection:
        for errand in round_.errands:
            try:
                _send_one(connection, outbox, errand, origin, log, now)
                round_.sent.append(errand)
            except Refused as refusal:
                log.note(errand.key, REFUSED, now(), reason=_nameless(refusal.reason, errand.email))
                round_.refused.append((errand, refusal.reason))
            except Lost as loss:
                round_.lost = loss.reason
                if loss.in_doubt:
                    round_.doubtful.append(errand)
                return


def _send_one(
    connection: Connection, outbox: Outbox, errand: Errand, origin: Address, log: SentLog, now: Callable[[], datetime]
) -> None:
    at = now()
    content = as_bytes(message(outbox, errand.party, errand.letter, origin, errand.email, at))
    facts = {"kind": errand.party.kind, "id": errand.party.subject, "lang": errand.letter.lang}
    facts["message"] = message_id(outbox, errand.party, errand.letter)
    connection.hand_over(origin.addr_spec, errand.email, content, lambda: log.note(errand.key, TRYING, at, **facts))
    log.note(errand.key, SENT, now())


def _errand(outbox: Outbox, party: Party, contact: Contact) -> Errand:
    parts = (outbox.seal, party.kind, party.subject, contact.lang, contact.email.lower())
    return Errand(party, party.letters[contact.lang], contact.email, sha256("\0".join(parts).encode()).hexdigest()[:32])


def _nameless(reason: str, email: str) -> str:
    """A server's answer often repeats the address, which is kept nowhere."""
    return reason.replace(email, "...")
