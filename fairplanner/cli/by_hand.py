"""Changes made by hand to the plan that a new one begins from: told all at once where the tables do not have them, or taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairplanner.errors import Problem, UserError
from fairplanner.words import languages, words

if TYPE_CHECKING:
    from fairplanner.domain.programme import Programme
    from fairplanner.domain.taking_over import Entry


def with_what_was_done(programme: Programme, snapshot: Programme | None, take_over: bool | None) -> Programme:
    """The programme as read, with what was done by hand to the earlier one taken over; as it is where the tables are to stand
    (`take_over` False).

    Raises UserError with every row that the tables do not have so, where nobody has said which is meant (None).
    """
    from fairplanner.domain.taking_over import taken_over, unsaid

    lost = list(unsaid(snapshot, programme)) if snapshot is not None else []
    if snapshot is None or not lost or take_over is False:
        return programme
    if take_over is None and (told := [_problem(x, programme) for x in lost if not x.later]):
        raise UserError(told)
    return _redigested(taken_over(snapshot, programme))


def _problem(x: Entry, programme: Programme) -> Problem:
    from fairplanner.publish.dress import Dress
    from fairplanner.publish.wording.entry_words import entry_in_words

    facts = {"reason": x.hand.reason}
    for lang in languages():
        w = words(lang)
        facts[f"says.{lang}"] = entry_in_words(x, programme, w)
        facts[f"on.{lang}"] = Dress(w, programme.settings.currency).day(x.hand.on)
    return Problem("--from", 0, "", "by-hand", x.hand.key, tuple(sorted(facts.items())))


def _redigested(programme: Programme) -> Programme:
    """The programme with the digest of its rows as they are now."""
    from fairplanner.domain.tables import TABLES
    from fairplanner.intake.read import digest

    found = digest(programme.settings, {t.name: getattr(programme, t.name) for t in TABLES}, programme.packs)
    return programme.model_copy(update={"digest": found})
