"""What a fund may pay: the lines it names, as far as the list of uses of its funding programme names them too."""

from __future__ import annotations

from fairplanner.domain.kinds import CostLine
from fairplanner.domain.money import Fund
from fairplanner.domain.packs import MembershipRules
from fairplanner.domain.programme import Programme


def membership_of(programme: Programme, fund: Fund) -> MembershipRules | None:
    """The chosen pack's rules of the funding programme that a fund belongs to; None where no pack speaks of it."""
    rules = (pack.membership for pack in programme.packs if pack.membership is not None)
    return next((m for m in rules if fund.scheme and m.scheme == fund.scheme), None)


def pays(programme: Programme, fund: Fund, line: CostLine) -> bool:
    """Whether a fund may pay a line: it says so, and the list of uses of its funding programme, where a pack has one, names it.

    Guizhou 2023: «外贸綜合服務、培育引進龍頭企業、外資招引、項目包裝、人才培訓等» names no booth fees; the money is ring-fenced.
    """
    rules = membership_of(programme, fund)
    return line in fund.pays and (rules is None or line in rules.pays)
