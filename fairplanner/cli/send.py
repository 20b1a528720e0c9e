"""`fairplanner send OUTBOX`."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fairplanner.cli.door import errors_at_the_door, lang_option, say, verb
from fairplanner.errors import Problem, UserError
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from email.headerregistry import Address

    from fairplanner.deliver.contacts import Contact
    from fairplanner.deliver.outbox import Outbox
    from fairplanner.deliver.sending import Errand, Round

PASSWORD = "FAIRPLANNER_SMTP_PASSWORD"  # noqa: S105  the name of an environment variable


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "send")
    @click.argument("outbox", type=click.Path(path_type=Path))
    @click.option("--to", "contacts", type=click.Path(path_type=Path), required=True, help=w("cli.send.to"))
    @click.option("--smtp", default="", help=w("cli.send.smtp"))
    @click.option("--from", "origin", default="", help=w("cli.send.from"))
    @click.option("--starttls", is_flag=True, help=w("cli.send.starttls"))
    @click.option("--user", default="", help=w("cli.send.user", variable=PASSWORD))
    @click.option("--edited", is_flag=True, help=w("cli.send.edited"))
    @click.option("--doubtful", is_flag=True, help=w("cli.send.doubtful"))
    @click.option("--dry-run", is_flag=True, help=w("cli.send.dry-run"))
    @lang_option(w)
    def send(
        outbox: Path, contacts: Path, smtp: str, origin: str, starttls: bool, user: str, edited: bool, doubtful: bool,
        dry_run: bool, lang: str,
    ) -> None:  # fmt: skip
        with errors_at_the_door(lang):
            from fairplanner.deliver.contacts import read_contacts
            from fairplanner.deliver.outbox import read_outbox

            read, found = read_outbox(outbox, edited=edited), read_contacts(contacts)
            if dry_run:
                rehearse(read, found, words(lang), doubtful=doubtful)
            else:
                run(read, found, words(lang), smtp=smtp, origin=origin, starttls=starttls, user=user, doubtful=doubtful)

    return send


def rehearse(outbox: Outbox, contacts: tuple[Contact, ...], w: Words, *, doubtful: bool) -> None:
    """Say what would go to whom; send nothing and write nothing."""
    from fairplanner.deliver.sending import planned
    from fairplanner.deliver.sent import SentLog

    plan = planned(outbox, contacts, SentLog(outbox.folder), doubtful=doubtful)
    say(w(f"cli.send.would{'' if plan.errands else '-none'}", count=len(plan.errands), folder=outbox.folder.as_posix()))
    for errand in plan.errands:
        say("  " + _row(w, errand))
    _say_rest(w, plan)
    for errand in plan.doubtful:
        say(w("cli.send.in-doubt", row=_row(w, errand)), err=True)


def run(
    outbox: Outbox, contacts: tuple[Contact, ...], w: Words, *, smtp: str, origin: str, starttls: bool, user: str, doubtful: bool
) -> None:  # fmt: skip
    """Send what was not sent yet; raises UserError with everything that did not go out."""
    from fairplanner.deliver.sending import planned, send
    from fairplanner.deliver.sent import SentLog
    from fairplanner.deliver.smtp import server_at

    if not smtp:
        raise UserError([Problem("--smtp", 0, "", "value-missing")])
    server = server_at(smtp, starttls=starttls, user=user, password=os.environ.get(PASSWORD, ""))
    by = _origin(origin or user)
    with SentLog(outbox.folder) as log:
        plan = planned(outbox, contacts, log, doubtful=doubtful)
        send(outbox, plan, server, by, log, lambda: datetime.now(UTC).replace(microsecond=0))
    say(w("cli.send.done", count=len(plan.sent), server=server.name))
    _say_rest(w, plan)
    if problems := list(_problems(plan, server.name, w.lang)):
        raise UserError(problems)


def _origin(text: str) -> Address:
    from fairplanner.deliver.message import sender

    if (by := sender(text)) is None:
        raise UserError([Problem("--from", 0, "", "send-from", text)])
    return by


def _say_rest(w: Words, plan: Round) -> None:
    if plan.already:
        say(w("cli.send.already", count=len(plan.already)))
    for contact in plan.unread:
        say(w("cli.send.unread", email=contact.email, language=w(f"contacts.language.{contact.lang}")))
    if plan.strangers:
        say(w("cli.send.strangers", count=len(plan.strangers)), err=True)
    for kind, own in groupby(sorted(plan.strangers, key=lambda x: x.kind), key=lambda x: x.kind):
        ids = w("calendar.comma").join(dict.fromkeys(x.subject for x in own))
        say("  " + w("cli.send.stranger", kind=w(f"contacts.kind.{kind}"), ids=ids), err=True)
    for key, parties in (("withheld", plan.withheld), ("missing", plan.missing)):
        if parties:
            say(w(f"cli.send.{key}", count=len(parties)), err=True)
        for party in parties:
            facts = {"kind": w(f"contacts.kind.{party.kind}"), "id": party.subject, "title": party.title(w.lang)}
            say("  " + w("cli.send.party", **facts), err=True)


def _row(w: Words, errand: Errand) -> str:
    lang = w(f"contacts.language.{errand.letter.lang}")
    return w("cli.send.row", email=errand.email, language=lang, title=errand.party.title(w.lang))


def _problems(plan: Round, server: str, lang: str) -> list[Problem]:
    """Everything that did not go out, or may not have."""
    found = [
        Problem(errand.email, 0, "", "send-refused", reason, (("title", errand.party.title(lang)),))
        for errand, reason in plan.refused
    ]
    found += [Problem(x.email, 0, "", "send-doubtful", x.party.title(lang)) for x in plan.doubtful]
    if plan.lost:
        found.append(Problem(server, 0, "", "send-lost", plan.lost, (("left", str(plan.left)),)))
    return found
