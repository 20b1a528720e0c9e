"""`fairplanner publish PLAN --phone`: the phone packs, and what they say of the revision before."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fairplanner.domain.plan import Plan
    from fairplanner.publish.phone.phone import Phone
    from fairplanner.store import Store


def packs(is_wanted: bool) -> tuple[Phone, ...]:
    """The packs of a plan of which nobody knows what it replaces."""
    from fairplanner.publish.phone.phone import Phone

    return (Phone(),) if is_wanted else ()


def pack_after(store: Store, plan: Plan) -> Phone:
    """The packs of the revision whose number a plan bears, over the one before it in a store."""
    from fairplanner.cli.door import read_both
    from fairplanner.publish.phone.changed import Replaced
    from fairplanner.publish.phone.phone import Phone

    if plan.revision < 2:
        return Phone()
    before = store.revision(plan.programme_id, plan.revision - 1)
    with TemporaryDirectory(prefix="revision-") as name:
        for file, content in (("plan.json", before.plan), ("programme.json", before.programme)):
            (Path(name) / file).write_bytes(content)
        return Phone(Replaced(*read_both(Path(name))))
