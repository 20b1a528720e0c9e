"""Money in words: how a claim came about, which limits took what, and how sure the rules behind it are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from fairplanner.domain.money import Fund
from fairplanner.domain.pack_numbers import Item, items_of
from fairplanner.domain.packs import Cite, Pack, Part, Subsidy
from fairplanner.publish.dress import Dress
from fairplanner.publish.money.money_view import PAYER, ClaimSeen
from fairplanner.publish.naming import Naming
from fairplanner.publish.wording.pack_words import stale
from fairplanner.rules.reckon.awards import AtStake
from fairplanner.rules.reckon.entitlement import M2_PER_BOOTH, eligible_m2
from fairplanner.rules.reckon.grants import ROUNDING
from fairplanner.rules.reckon.limits import most_at

UNVERIFIED = ("background", "unknown", "projected")


class MoneyWords:
    """The words of one programme's money in one language."""

    def __init__(self, naming: Naming, dress: Dress) -> None:
        self.naming, self.dress, self.w = naming, dress, naming.say
        self.programme = naming.programme
        self.choices = {c.id: c for c in self.programme.settings.packs}

    def subsidy(self, subsidy_id: str) -> str:
        """Name of a subsidy; its id where it is not in force any more."""
        found = self.programme.subsidy.get(subsidy_id)
        return (self.w.name(found) or subsidy_id) if found else subsidy_id

    def claimed(self, seen: ClaimSeen) -> str:
        """Name of a claim's subsidy, with the section where the firm claims it in several sections of one phase."""
        name = self.subsidy(seen.claim.subsidy_id)
        if seen.section_id is None:
            return name
        found = self.programme.section.get(seen.section_id)
        return self.w(
            "money.in-section", subsidy=name, section=self.w.name(found) if found else self.w("giving.no_section")
        )

    def fund(self, fund_id: str) -> str:
        """Name of a fund."""
        found = self.programme.fund.get(fund_id)
        return self.w.name(found) if found else fund_id

    def limit(self, limit_id: str, phase_id: str = "") -> str:
        """Name of a limit over several claims, with its amount (at a phase); of rounding and of the payer."""
        if limit_id in (ROUNDING, PAYER):
            return self.w(f"money.by.{limit_id}")
        limit = next((x for x in self.programme.limits if x.limit_id == limit_id), None)
        if limit is None:
            return limit_id
        name = self.w.name(limit) or self._made(limit_id)
        most = most_at(self.programme, limit, phase_id)
        return self.w("money.limit", name=name, most=self.dress.amount(most))

    def _made(self, limit_id: str) -> str:
        """Name of a limit that the programme makes of a subsidy's own cap: `subsidy.year`, `subsidy.phase`."""
        subsidy_id, _, kind = limit_id.rpartition(".")
        key = f"money.by.{kind}"
        return self.w(key, subsidy=self.subsidy(subsidy_id)) if key in self.w else limit_id

    def limits(self, seen: ClaimSeen) -> str:
        """What took the difference between what a claim gives and what is paid."""
        return self.naming.listed([self.limit(x, seen.claim.phase_id) for x in seen.by])

    def trace(self, seen: ClaimSeen) -> str:
        """Base, rate, and each cap that bit with the amount after it."""
        steps = dict(seen.trace)
        if not steps:
            return ""
        base, rate = self.dress.amount(steps["base"]), percent(seen.rate)
        facts = {"rate": rate, "amount": self.dress.amount(steps["rate"])}
        if seen.counted:
            said = [self.w("money.base", base=base), *self.counted(seen), self.w("money.at", **facts)]
        else:
            said = [self.w("money.trace", base=base, **facts)]
        said += [self.step(key, amount) for key, amount in seen.steps]
        said += [self.w("money.turn", turn=seen.claim.turn)] if seen.claim.turn else []
        said += [self.w("money.level", level=seen.claim.level)] if seen.claim.level else []
        return self.w("money.joint").join(said)

    def counted(self, seen: ClaimSeen) -> tuple[str, ...]:
        """What of the base counts, with the base after it, step by step."""
        amount = self.dress.amount
        return tuple(
            self.w("money.counted-step", step=self._counts(seen, x), amount=amount(y)) for x, y in seen.counted
        )

    def _counts(self, seen: ClaimSeen, key: str) -> str:
        subsidy = self.programme.subsidy[seen.claim.subsidy_id]
        area = eligible_m2(self.programme, subsidy, seen.claim.phase_id, seen.booths)
        shares = [percent(x) for x in subsidy.booth_shares]
        shares += shares[-1:] * (-(-area // M2_PER_BOOTH) - len(shares))
        told = self.w("money.share-joint").join(
            self.w("money.share", share=x) for x in shares[: -(-area // M2_PER_BOOTH)]
        )
        return self.w(f"money.counted.{key}", area=area, people=min(seen.people, subsidy.most_people or 0), shares=told)

    def step(self, key: str, amount: Decimal) -> str:
        """One step after the rate."""
        return self.w("money.step", step=self.w(f"money.steps.{key}"), amount=self.dress.amount(amount))

    def caps(self, seen: ClaimSeen) -> str:
        """The caps of one claim that bit, by name only."""
        counted = [self._counts(seen, key) for key, _ in seen.counted]
        return self.naming.listed([*counted, *(self.w(f"money.steps.{key}") for key, _ in seen.steps)])

    def marks(self, seen: ClaimSeen) -> tuple[str, ...]:
        """What is to be known before a claim is relied on: the payer's discretion, assumed validity, weak sources."""
        return tuple(self._marks(seen))

    def _marks(self, seen: ClaimSeen) -> Iterator[str]:
        if seen.up_to:
            yield self.w("money.up-to")
        subsidy = self.programme.subsidy.get(seen.claim.subsidy_id)
        pack = self.programme.pack.get(subsidy.pack_id) if subsidy else None
        if subsidy is None or pack is None:
            return
        last = self.assumed_after(pack, subsidy, self.programme.phase[seen.claim.phase_id].end)
        if last is not None:
            yield self.w("money.assumed", last=last)
        for cite in cites_of(pack, subsidy):
            yield from self.doubts(cite)

    def assumed_after(self, pack: Pack, subsidy: Subsidy, end: date | None) -> date | None:
        """The last day that a subsidy's own text gives, where a fair ends after it and the choice assumes it goes on."""
        own = next((s for s in pack.subsidies if s.subsidy_id == subsidy.subsidy_id.rpartition(".")[2]), subsidy)
        last = own.valid_to or pack.valid_to
        is_assumed = self.choices[pack.pack_id].still_valid and last is not None and end is not None and end > last
        return last if is_assumed else None

    def doubts(self, cite: Cite) -> Iterator[str]:
        """What speaks against a source: read in a copy, out of date, unverified."""
        if cite.reading == "second-hand":
            yield self.w("money.second-hand", title=cite.title)
        if why := stale(self.w, cite):
            yield self.w("money.stale", why=why)
        if cite.confidence in UNVERIFIED:
            yield self.w("money.unverified", title=cite.title)

    def fund_notes(self, fund: Fund) -> tuple[str, ...]:
        """Reserve, certainty and the dated rate of a fund in another currency."""
        said = []
        if fund.reserve:
            said.append(self.w("money.fund-reserve", share=percent(Decimal(str(fund.reserve)))))
        if fund.certainty != 1:
            said.append(self.w("money.fund-certainty", share=percent(Decimal(str(fund.certainty)))))
        rate = next((r for r in self.programme.rates if r.currency == fund.currency), None)
        if rate is not None and fund.currency != self.programme.settings.currency:
            facts = {"amount": self.dress.amount(fund.amount), "currency": fund.currency, "on": rate.on}
            said.append(self.w("money.fund-rate", rate=f"{rate.rate.normalize():f}", **facts))
        return tuple(said)

    def award(self, stake: AtStake) -> str:
        """Whether the rest of an award comes."""
        return self.w("money.met" if stake.met else "money.not-met" if stake.reachable else "money.out-of-reach")


def cites_of(pack: Pack, subsidy: Subsidy) -> tuple[Cite, ...]:
    """The sources of a subsidy's numbers, each once, in order of the pack."""
    path = f"subsidies.{subsidy.subsidy_id.rpartition('.')[2]}."
    said = (item for item in items_of(pack) if item.path.startswith(path) and item.is_number)
    keys = {item.cite_key for item in said if not is_default(subsidy, item)}
    return tuple(cite for key, cite in pack.sources.items() if key in keys)


def is_default(part: Part, item: Item) -> bool:
    """Whether a number is only what its type says where a pack is silent: a programme that was stored has them all."""
    field = type(part).model_fields.get(item.field)
    return field is not None and item.value == field.default


def percent(share: Decimal) -> str:
    """0.35 as 35, 0.125 as 12.5."""
    return f"{(share * 100).normalize():f}"
