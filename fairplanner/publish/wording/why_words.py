"""Why a subsidy is not claimed, in words; subsidies with the same reason share a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from fairplanner.publish.money.money_words import MoneyWords
from fairplanner.publish.money.unclaimed import Unclaimed

ENUMS = {"stand": "StandKind", "kind": "FirmKind", "fund-lines": "CostLine", "fund-nature": "Nature"}
NUMBERS = ("export", "staff", "turnover")
PERIODS = ("validity", "fund-period")


class WhyWords:
    """The words of one programme in one language."""

    def __init__(self, say: MoneyWords) -> None:
        self.say, self.w = say, say.w

    def lines(self, found: Iterable[Unclaimed], key: str = "money.unclaimed") -> tuple[str, ...]:
        """One line a reason, with all subsidies it holds for; `key`: how a line is put."""
        same: defaultdict[str, list[str]] = defaultdict(list)
        for x in found:
            same[self.why(x)].append(self.say.subsidy(x.subsidy_id))
        return tuple(self.w(key, subsidies=self.say.naming.listed(names), why=why) for why, names in same.items())

    def why(self, x: Unclaimed) -> str:
        """The reason, with limit and value."""
        facts = dict(x.facts)
        told = {name: self._fact(x, name, value) for name, value in facts.items()}
        could = self.say.dress.amount(x.could) if x.could is not None else ""
        return self.w(
            f"money.why.{x.key}",
            **{"fund": "", "limit": "", "value": "", "left": "", "until": "", "could": could} | told,
        )

    def _fact(self, x: Unclaimed, name: str, value: str) -> str:
        if name == "left":
            return self.say.dress.amount(Decimal(value))
        if name == "fund":
            return self.say.fund(value)
        if name == "limit" and x.could is not None:
            return self._limit(x, value)
        if name == "limit" and x.key in (*NUMBERS, *PERIODS):
            return self._between(value, "money.bounds" if x.key in NUMBERS else "money.range")
        if name == "until":
            return value
        if not value:
            return self.w("money.not-known")
        return self._several(x.key, value)

    def _limit(self, x: Unclaimed, limit_id: str) -> str:
        """Name of a limit over several claims; of one that counts no money without its figure."""
        if x.key == "limit":
            return self.say.limit(limit_id, x.phase_id)
        p = self.say.programme
        names = {part.limit_id: self.w.name(part) for part in p.limits}
        names |= {part.limit_id: self.w.name(part) for part in p.share_limits}
        names |= {part.limit_id: self.w.name(part) for part in p.group_minimums}
        names |= {part.limit_id: self.w.name(part) for part in p.market_spreads}
        names |= {part.limit_id: self.w.name(part) for part in p.exclusions}
        own = limit_id.removesuffix(".turns")
        return names.get(limit_id) or (self.say.subsidy(own) if own in p.subsidy else limit_id)

    def _between(self, value: str, words: str) -> str:
        low, _, high = (_figure(part) for part in value.partition("/"))
        kind = "both" if low and high else "least" if low else "most"
        return self.w(f"{words}.{kind}", low=low, high=high)

    def _several(self, key: str, value: str) -> str:
        return self.say.naming.listed([self._item(key, item) for item in value.split(";")])

    def _item(self, key: str, item: str) -> str:
        if key in ENUMS:
            return self.w(f"enums.{ENUMS[key]}.{item}")
        if key == "sector" and item in self.say.programme.sector:
            return self.w.name(self.say.programme.sector[item])
        if key == "tag" and item.startswith("-"):
            return self.w("money.not-one-of", item=item[1:])
        return self.say.dress.day(date.fromisoformat(item)) if _is_day(item) else _figure(item)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _figure(text: str) -> str:
    """A number with its thousands apart; anything else as it is."""
    try:
        return f"{Decimal(text):,f}"
    except InvalidOperation:
        return text
