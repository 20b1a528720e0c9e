"""What `archive` gathers: the tables received, what a store keeps, whom an outbox told, what else was handed in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fairplanner.cli.files import LEDGER
from fairplanner.errors import FairplannerError, Problem, UserError

if TYPE_CHECKING:
    from fairplanner.domain.plan import Plan
    from fairplanner.publish.archive.material import Given, Material, Told
    from fairplanner.store import Store


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Where things lie; None and () for what nobody named."""

    inputs: Path | None = None
    extras: tuple[Path, ...] = ()
    outbox: Path | None = None
    ledgers: tuple[Path, ...] = ()


def gathered(plan: Plan, sources: Sources, store: Store | None) -> Material:
    """Everything that can be had. Raises UserError for every path that is not there, CatalogueError for a ledger that cannot be read."""
    from fairplanner.intake.ledger_file import read_ledger
    from fairplanner.publish.archive.material import Material

    paths = [sources.inputs, *sources.extras, sources.outbox, *sources.ledgers]
    if absent := [path for path in paths if path is not None and not path.exists()]:
        raise UserError([Problem(p.as_posix(), 0, "", "archive-input-missing", p.as_posix()) for p in absent])
    inputs = tuple(_below(sources.inputs)) if sources.inputs else None
    rows = [row for path in sources.ledgers for row in read_ledger(path)]
    told = tuple(_told(sources.outbox, plan.programme_id)) if sources.outbox else None
    kept = _kept(store, plan, rows) if store else {"ledger": tuple(rows)}
    return Material(
        inputs=inputs, is_as_planned=_is_as_planned(sources.inputs, plan) if sources.inputs else None,
        extras=tuple(_given(path, path.name) for path in sources.extras), told=told, **kept,
    )  # fmt: skip


def _kept(store: Store, plan: Plan, rows: Sequence[Any]) -> dict[str, Any]:
    """What the store has of the programme; a revision comes with its bytes."""
    own = plan.programme_id
    revisions = tuple(store.revision(own, r.number) for r in store.revisions(own)) if own in store.programmes() else ()
    return {
        "revisions": revisions, "feeds": store.feeds(own), "documents": store.documents(own), "ledger": (*store.ledger(own), *rows),
    }  # fmt: skip


def _below(folder: Path) -> Iterator[Given]:
    """Every file of a folder by its name below it, in order; hidden ones, and lock files of spreadsheet programs, are nobody's."""
    if folder.is_file():
        yield _given(folder, folder.name)
        return
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        is_ours = path.name == LEDGER
        if path.is_file() and not is_ours and not any(part.startswith((".", "~$")) for part in parts):
            yield _given(path, "/".join(parts))


def _given(path: Path, name: str) -> Given:
    from fairplanner.publish.archive.material import Given

    try:
        return Given(name, path.read_bytes())
    except OSError as error:
        raise UserError(
            [Problem(path.as_posix(), 0, "", "archive-input-missing", error.strerror or str(path))]
        ) from error


def _is_as_planned(inputs: Path, plan: Plan) -> bool:
    """Whether the tables say what the plan was made from; not where they cannot be read any more."""
    from fairplanner.intake import read_programme

    try:
        return read_programme(inputs).digest == plan.programme_digest
    except FairplannerError:
        return False


def _told(outbox: Path, programme_id: str) -> Iterator[Told]:
    """The parties of every revision's notices in a folder, with what the log beside them says was sent."""
    from fairplanner.publish.archive.material import Told

    for manifest in sorted([*outbox.glob("outbox.json"), *outbox.glob("rev-*/outbox.json")]):
        try:
            said = json.loads(manifest.read_text(encoding="utf-8"))
            sent = dict(_sent(manifest.with_name("sent.jsonl")))
            if said["programme"] != programme_id:
                continue
            for row in said["parties"]:
                changes = max((sum(counts.values()) for counts in row["counts"].values()), default=0)
                at = sent.get((row["kind"], row["id"]), ())
                yield Told(
                    int(said["number"]), row["kind"], row["id"], row["titles"], changes, len(at), min(at, default=None)
                )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError([Problem(str(manifest), 0, "", "outbox-broken", str(error))]) from error


def _sent(log: Path) -> Iterator[tuple[tuple[str, str], tuple[datetime, ...]]]:
    """When messages went out, by kind and id of the party; a message that was only tried did not."""
    whom: dict[str, tuple[str, str]] = {}
    sent: dict[tuple[str, str], list[datetime]] = {}
    for line in log.read_text(encoding="utf-8").splitlines() if log.is_file() else ():
        told = json.loads(line)
        if "kind" in told:
            whom[told["key"]] = (told["kind"], told["id"])
        if told["state"] == "sent" and told["key"] in whom:
            sent.setdefault(whom[told["key"]], []).append(datetime.fromisoformat(told["at"]))
    for party, at in sent.items():
        yield party, tuple(at)


def store_if(stack: ExitStack, url: str | None) -> Store | None:
    """The store, open as long as the stack lasts; None where none is named."""
    from fairplanner.cli.office import opened

    return stack.enter_context(opened(url)) if url else None
