"""Programmes with one planted cause each: why one firm is not at one fair. A table to be read from the bottom (`REFUSALS`).

Every programme begins as `loose`: three firms, two fairs at home on other days and one abroad, nothing limited at all, so that
everybody goes everywhere. The planted cause is all that stands in the way of `firm` at `phase`; `eased` gives way by an amount
in the tables, and `least` is the smallest whole amount that lets the firm in (1 and no smaller part where it is not divisible).
Nothing here knows of `explain`: the facts are proven by `tests.explain.independent` in test_planted_facts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from fairplanner.domain.kinds import Status
from fairplanner.domain.programme import Programme
from tests import builders as b
from tests.explain.independent import but, changed, dropped, with_choice

ABROAD, EXPO, EXPO2, RIVAL = "abroad-1-1", "expo-1-1", "expo-1-2", "rival-1-1"
Eased = Callable[[Programme, int], Programme]


@dataclass(frozen=True)
class Refusal:
    """`rule`: key of the law that stands in the way; `label`: of its row, '' where the programme offers the place to nobody
    (posing left it out); `beaten_by`: places that stand where the firm's would be."""

    name: str
    made: Callable[[], Programme]
    rule: str
    label: str
    eased: Eased
    least: int = 1
    firm: str = "f3"
    phase: str = EXPO
    beaten_by: tuple[tuple[str, str], ...] = ()


def loose(**tables: Any) -> Programme:
    """`a_programme` in which nothing is limited: parties abroad of firms alone, no leader, no least size, no quota; the
    province alone sends."""
    free: dict[str, Any] = {
        "zones": of_zones(), "settings": settings(), "choices": (b.choice("abroad"), b.choice("expo", policy="optimise")),
        "targets": (), "quotas": (), "subsidies": (),
    }  # fmt: skip
    return b.a_programme(**(free | tables))


def of_zones(sends: bool = True) -> tuple[Any, ...]:
    """The province and two zones below it that send nobody themselves."""
    return b.zone("east", "prov", sends=False), b.zone("prov", sends=sends), b.zone("west", "prov", sends=False)


def settings(abroad: dict[str, Any] | None = None, **changes: Any) -> Any:
    """Settings in which a party abroad is of firms alone unless `abroad` says otherwise."""
    profile = {"least_firms": 0, "officials": 0, "needs_leader": False, "policy": "optimise"} | (abroad or {})
    return b.settings(profiles={"abroad": profile}, **changes)


def with_rival(**tables: Any) -> Programme:
    """`loose` with one more fair at home on the days of expo-1-1, more important than it, for which f3 alone applies too."""
    base = loose()
    free = {
        "fairs": (*base.fairs, b.fair("rival")),
        "phases": (*base.phases, b.phase("rival", 1, place_id="hills")),
        "applications": tuple(sorted((*base.applications, b.application("f3", RIVAL)), key=lambda a: a.application_id)),
        "prices": (*base.prices, b.price("rival")),
        "choices": (*base.choices, b.choice("rival", policy="optimise", weight=1.0)),
    }
    return loose(**(free | tables))


def of_firms(**cells: dict[str, Any]) -> tuple[Any, ...]:
    """The three firms, some with cells of their own."""
    return tuple(b.firm(f, zone, **cells.get(f, {})) for f, zone in (("f1", "east"), ("f2", "east"), ("f3", "west")))


def asked(**cells: dict[str, Any]) -> tuple[Any, ...]:
    """Everybody applies everywhere; cells by firm for expo-1-1."""
    return tuple(
        b.application(f, q, **(cells.get(f, {}) if q == EXPO else {})) for f in ("f1", "f2", "f3") for q in (ABROAD, EXPO, EXPO2)
    )  # fmt: skip


def of_phases(**cells: Any) -> tuple[Any, ...]:
    """The three phases, with cells for expo-1-1."""
    base = b.a_programme()
    return tuple(b.phase("expo", 1, **cells) if q.phase_id == EXPO else q for q in base.phases)


WEAK = {"f3": {"record": 0.0}}
"""f3 did worst at past fairs: where one must stay at home, it does."""


def cells(table: str, key: str, value: str, **reads: Callable[[Any, int], Any]) -> Eased:
    """Gives way in one row of a table: each cell is what its function says of the row and the amount."""

    def eased(programme: Programme, amount: int) -> Programme:
        row = next(r for r in getattr(programme, table) if getattr(r, key) == value)
        new = {name: read(row, amount) for name, read in reads.items()}
        return changed(programme, table, lambda r: getattr(r, key) == value, **new)

    return eased


def abroad(programme: Programme, **new: Any) -> Programme:
    """The programme with another profile abroad."""
    own = programme.settings.model_dump(mode="json")
    own["profiles"]["abroad"] |= new
    return but(programme, settings=type(programme.settings)(**own))


def fen(amount: int) -> Decimal:
    return Decimal(amount) / 100


# limits shared with others


def full_quota() -> Programme:
    return loose(quotas=(b.quota(booths=2),), firms=of_firms(**WEAK))


def full_quota_of_firms() -> Programme:
    return loose(quotas=(b.quota(booths=None, firms=2),), firms=of_firms(**WEAK))


def full_area() -> Programme:
    raw = {f: {"stand": "raw"} for f in ("f1", "f2", "f3")}
    return loose(
        quotas=(b.quota(booths=None, area_m2=18),), firms=of_firms(**WEAK), applications=asked(**raw),
        prices=(b.price("abroad", 20_000), b.price(), b.price(stand="raw")),
    )  # fmt: skip


def kept_back() -> Programme:
    """Three booths, one of them kept back for decisions."""
    return loose(quotas=(b.quota(booths=3, reserve=1),), firms=of_firms(**WEAK))


def passed_over() -> Programme:
    """Three booths in published order: the first takes two, the second wants both that are not there, the third only one."""
    wants = {
        "f1": {"booths": 2, "least_booths": 2, "score": 90},
        "f2": {"booths": 2, "least_booths": 2, "score": 80},
        "f3": {"score": 70},
    }
    return loose(
        quotas=(b.quota(booths=3),), applications=asked(**wants),
        choices=(b.choice("abroad"), b.choice("expo", policy="rank")),
    )  # fmt: skip


def two_booths_in_order() -> Programme:
    """Two booths in published order, and the third in the order."""
    scores = {"f1": {"score": 90}, "f2": {"score": 80}, "f3": {"score": 70}}
    return loose(
        quotas=(b.quota(booths=2),), applications=asked(**scores),
        choices=(b.choice("abroad"), b.choice("expo", policy="rank")),
    )  # fmt: skip


def full_delegation() -> Programme:
    return loose(
        choices=(b.choice("abroad", most_firms=2), b.choice("expo", policy="optimise")), firms=of_firms(**WEAK)
    )


def full_permit() -> Programme:
    """A permit for the exhibition abroad for four people; three firms of two."""
    return loose(approvals=(b.approval((ABROAD,), kind="exhibition", people=4),), firms=of_firms(**WEAK))


# a delegation that does not go


def too_few() -> Programme:
    """Four firms at least, and three apply."""
    return loose(choices=(b.choice("abroad", least_firms=4), b.choice("expo", policy="optimise")))


def led(**tables: Any) -> Programme:
    """Parties abroad with a leader; a second fair abroad on the same days, for which f3 alone applies, less important."""
    base = loose()
    free: dict[str, Any] = {
        "settings": settings({"needs_leader": True}),
        "fairs": (*base.fairs, b.fair("second", markets=("asean",))),
        "phases": (*base.phases, b.phase("second", 1, start=date(2025, 3, 18), end=date(2025, 3, 20), place_id="lion")),
        "applications": (*(a for a in base.applications if (a.firm_id, a.phase_id) != ("f3", ABROAD)), b.application("f3", "second-1-1")),
        "prices": (*base.prices, b.price("second", 20_000)),
        "choices": (*base.choices, b.choice("second", weight=0.0)),
    }  # fmt: skip
    return loose(**(free | tables))


def no_leader() -> Programme:
    return loose(settings=settings({"needs_leader": True}), posts=())


def short_trips() -> Programme:
    """Officials may be away three days; there, two fair days, and back takes four."""
    return loose(settings=settings({"officials": 2, "day_limits": (3,), "min_presence_days": 2}))


def long_presence() -> Programme:
    """Officials must be present four fair days of a fair of three."""
    return loose(settings=settings({"officials": 2, "min_presence_days": 4}))


def large_party() -> Programme:
    return loose(choices=(b.choice("abroad", officials=8), b.choice("expo", policy="optimise")))


def closed_days() -> Programme:
    """Nobody official may leave while the fair is on."""
    closed = b.d.Blackout(
        blackout_id="congress",
        first=date(2025, 3, 19),
        last=date(2025, 3, 19),
        zone_id="prov",
        reason="示例",
        **b.SAMPLE,
    )
    return loose(settings=settings({"officials": 2}), blackouts=(closed,))


def poor_fund() -> Programme:
    """12,000 for a party of two that costs 13,134."""
    return loose(settings=settings({"officials": 2}), funds=(b.fund(amount=12_000),))


def late_money() -> Programme:
    """The fund is large enough, but most of its money comes in after the fair."""
    return loose(
        settings=settings({"officials": 2}), funds=(b.fund(amount=100_000),),
        instalments=(b.instalment(date(2025, 1, 5), 12_000), b.instalment(date(2025, 6, 5), 88_000)),
    )  # fmt: skip


def next_years_fund() -> Programme:
    """The only fund begins after the fair."""
    return loose(settings=settings({"officials": 2}), funds=(b.fund(period_from=date(2025, 3, 25)),))


def of_nobody() -> Programme:
    """No zone above the firm sends delegations."""
    return loose(zones=of_zones(sends=False))


# what the firm itself has and says


def own_money_for_less() -> Programme:
    """5,000 of its own for a stand of 10,000."""
    return loose(firms=of_firms(f3={"own_money": Decimal(5_000)}), applications=(b.application("f3", EXPO),))


def own_money_for_one() -> Programme:
    """Money for one of two fairs at home and not for both; the other is more important."""
    return with_rival(
        phases=tuple(q if q.phase_id != RIVAL else b.phase("rival", 1, start=date(2025, 6, 15), end=date(2025, 6, 19), place_id="hills") for q in with_rival().phases),
        applications=(b.application("f3", EXPO), b.application("f3", RIVAL)),
        firms=of_firms(f3={"own_money": Decimal(20_000)}),
    )  # fmt: skip


def one_fair_a_year() -> Programme:
    return with_rival(
        phases=tuple(q if q.phase_id != RIVAL else b.phase("rival", 1, start=date(2025, 6, 15), end=date(2025, 6, 19), place_id="hills") for q in with_rival().phases),
        applications=(b.application("f3", EXPO), b.application("f3", RIVAL)),
        firms=of_firms(f3={"max_phases": 1}),
    )  # fmt: skip


def late_application() -> Programme:
    """Closed on 20 September, came in on 1 October."""
    return loose(choices=(b.choice("abroad"), b.choice("expo", policy="optimise", closes=date(2024, 9, 20))))


def past_duty() -> Programme:
    """A duty that blocks, due 177 days before opening, on 20 October; planned on 1 November."""
    return loose(duties=(b.duty("visa", -177, who="firms", regimes=("home",), blocks=True),))


def under_base() -> Programme:
    """The booth-base procedure gives a first booth from 60 points; the firm has 40."""
    scores = {"f1": {"score": 90}, "f2": {"score": 80}, "f3": {"score": 40}}
    return loose(
        settings=settings(packs=(b.pack_choice("places"),)), packs=(b.handing_out(),), applications=asked(**scores),
        quotas=(b.quota(booths=2, base_score=60),), choices=(b.choice("abroad"), b.choice("expo", policy="rank")),
    )  # fmt: skip


def begun() -> Programme:
    """The fair has opened, an earlier plan stands, and the firm had no place in it."""
    return loose(
        settings=settings(as_of=date(2025, 4, 16)),
        settled=tuple(b.settled(f, EXPO, first=date(2025, 4, 15), last=date(2025, 4, 19)) for f in ("f1", "f2")),
    )  # fmt: skip


def _of_application(**cells: Any) -> Callable[[], Programme]:
    return lambda: loose(applications=asked(f3=cells))


def _of_phase(**cells: Any) -> Callable[[], Programme]:
    return lambda: loose(phases=of_phases(**cells))


def _decided(**who: str) -> Callable[[], Programme]:
    return lambda: loose(decisions=(b.decision(**({"kind": "must-not"} | who)),))


def not_worth_it() -> Programme:
    """A stand of 400,000: 80 points of cost for 55 of score."""
    return loose(
        prices=(b.price("abroad", 20_000), b.price("expo", 400_000)), applications=(b.application("f3", EXPO),)
    )


def _application(**new: Any) -> Eased:
    return cells(
        "applications", "application_id", f"f3/{EXPO}/-", **{k: (lambda _, __, v=v: v) for k, v in new.items()}
    )


def _phase(**new: Any) -> Eased:
    return cells("phases", "phase_id", EXPO, **{k: (lambda _, __, v=v: v) for k, v in new.items()})


def _cheaper(programme: Programme, amount: int) -> Programme:
    return changed(
        programme, "prices", lambda p: p.fair_id == "expo", per_booth=next(p.per_booth for p in programme.prices if p.fair_id == "expo") - fen(amount)
    )  # fmt: skip


def _closing(programme: Programme, amount: int) -> Programme:
    return with_choice(programme, EXPO, closes=date(2024, 9, 20) + timedelta(amount))


def _instalment(programme: Programme, amount: int) -> Programme:
    return changed(programme, "instalments", lambda i: i.on == date(2025, 1, 5), amount=12_000 + fen(amount))


def _second_leader(programme: Programme, amount: int) -> Programme:
    return but(programme, posts=(*programme.posts, *(b.post(f"lead-{n + 2}") for n in range(amount))))


def _drop(table: str) -> Eased:
    return lambda programme, _: dropped(programme, table, lambda _: True)


def _more_days(programme: Programme, amount: int) -> Programme:
    return abroad(programme, day_limits=(3 + amount,))


def _less_presence(programme: Programme, amount: int) -> Programme:
    return abroad(programme, min_presence_days=4 - amount)


def _fewer_officials(programme: Programme, amount: int) -> Programme:
    return with_choice(programme, ABROAD, officials=8 - amount)


def _fewer_least(programme: Programme, amount: int) -> Programme:
    return with_choice(programme, ABROAD, least_firms=4 - amount)


def _more_most(programme: Programme, amount: int) -> Programme:
    return with_choice(programme, ABROAD, most_firms=2 + amount)


def _fund_from(programme: Programme, amount: int) -> Programme:
    return changed(
        programme, "funds", lambda f: f.fund_id == "travel", period_from=date(2025, 3, 25) - timedelta(amount)
    )


def _less_base(programme: Programme, amount: int) -> Programme:
    return changed(programme, "quotas", lambda q: True, base_score=60 - amount, booths=3)


def more(name: str) -> Callable[[Any, int], Any]:
    return lambda row, amount: getattr(row, name) + amount


def more_fen(name: str) -> Callable[[Any, int], Any]:
    return lambda row, amount: getattr(row, name) + fen(amount)


QUOTA, FUND = ("quotas", "phase_id", EXPO), ("funds", "fund_id", "travel")
OWN = ("firms", "firm_id", "f3")
OTHERS = (("f1", EXPO), ("f2", EXPO))

REFUSALS: tuple[Refusal, ...] = (
    # name, programme | rule that stands in the way, label of its row | what gives way, by how much | who has the place
    Refusal("quota of booths is full and others score more", full_quota, "booth-quota", f"{EXPO} · * · prov · booths", cells(*QUOTA, booths=more("booths")), beaten_by=OTHERS),
    Refusal("quota of firms is full", full_quota_of_firms, "booth-quota", f"{EXPO} · * · prov · firms", cells(*QUOTA, firms=more("firms")), beaten_by=OTHERS),
    Refusal("raw space is taken", full_area, "booth-quota", f"{EXPO} · * · prov · area", cells(*QUOTA, area_m2=more("area_m2")), 9, beaten_by=OTHERS),
    Refusal("the last booth is kept back for decisions", kept_back, "booth-quota", f"{EXPO} · * · prov · open", cells(*QUOTA, reserve=lambda q, n: q.reserve - n), beaten_by=OTHERS),
    Refusal("one ahead of it in the published order waits", passed_over, "rank-respected", f"{EXPO} · * · prov", lambda p, _: with_choice(p, EXPO, policy="optimise")),
    Refusal("third in an order of two booths", two_booths_in_order, "booth-quota", f"{EXPO} · * · prov · booths", cells(*QUOTA, booths=more("booths")), beaten_by=OTHERS),
    Refusal("the delegation takes two firms", full_delegation, "delegation-size", f"prov · {ABROAD}", _more_most, phase=ABROAD, beaten_by=(("f1", ABROAD), ("f2", ABROAD))),
    Refusal("the permit is for four people", full_permit, "approvals", f"a1 · {ABROAD}", cells("approvals", "approval_id", "a1", people=more("people")), 2, phase=ABROAD, beaten_by=(("f1", ABROAD), ("f2", ABROAD))),
    Refusal("a delegation needs four firms and three apply", too_few, "delegation-size", "", _fewer_least, phase=ABROAD),
    Refusal("the one leader is with the other delegation", led, "staff", "prov:leader", _second_leader, phase="second-1-1"),
    Refusal("nobody can lead", no_leader, "staff", "", _second_leader, phase=ABROAD),
    Refusal("officials may not be away so long", short_trips, "official-days", "", _more_days, phase=ABROAD),
    Refusal("officials must be present longer than the fair lasts", long_presence, "presence", "", _less_presence, phase=ABROAD),
    Refusal("the official party is too large", large_party, "official-party", "", _fewer_officials, 2, phase=ABROAD),
    Refusal("nobody official may leave in those days", closed_days, "blackouts", "", _drop("blackouts"), phase=ABROAD),
    Refusal("the travel fund cannot pay the party", poor_fund, "fund-budget", "travel", cells(*FUND, amount=more_fen("amount")), 113_400, phase=ABROAD),
    Refusal("the money comes in after the fair", late_money, "fund-budget", "travel · 2025Q1", _instalment, 113_400, phase=ABROAD),
    Refusal("the fund begins after the fair", next_years_fund, "fund-use", "", _fund_from, 8, phase=ABROAD),
    Refusal("nobody above it sends delegations", of_nobody, "hosting", "", cells("zones", "zone_id", "prov", sends=lambda *_: True), phase=EXPO),
    Refusal("its own money does not pay the stand", own_money_for_less, "own-money", "", cells(*OWN, own_money=more_fen("own_money")), 1_558_800),
    Refusal("its own money pays one fair of two", own_money_for_one, "own-money", "f3", cells(*OWN, own_money=more_fen("own_money")), 1_058_800, beaten_by=(("f3", RIVAL),)),
    Refusal("it goes to one fair a year", one_fair_a_year, "most-phases", "f3", cells(*OWN, max_phases=more("max_phases")), beaten_by=(("f3", RIVAL),)),
    Refusal("its one team is at a more important fair", with_rival, "firm-teams", "f3", cells(*OWN, teams=more("teams")), beaten_by=(("f3", RIVAL),)),
    Refusal("its application came too late", late_application, "deadline", "", _closing, 11),
    Refusal("a duty that blocks is past", past_duty, "duties", "", cells("duties", "duty_id", "visa", days=more("days")), 12),
    Refusal("its score is under the base of first booths", under_base, "allotment", "", _less_base, 20),
    Refusal("the fair has begun", begun, "kept", "", _drop("settled")),
    Refusal("a decision keeps the firm away", _decided(firm_id="f3", phase_id=EXPO), "decisions", "d1", _drop("decisions")),
    Refusal("a decision keeps the only zone that sends away", _decided(zone_id="prov", phase_id=EXPO), "decisions", "d1", _drop("decisions")),
    Refusal("it withdrew", _of_application(state="withdrawn"), "asked-for", "", _application(state="applied")),
    Refusal("it refuses", _of_application(wish="refuses"), "asked-for", "", _application(wish="wants")),
    Refusal("it was not admitted", _of_application(state="not-admitted"), "asked-for", "", _application(state="admitted")),
    Refusal("the fair is not open to visitors", _of_application(role="visit"), "asked-for", "", _application(role="exhibit")),
    Refusal("the phase has no dates", _of_phase(start=None, end=None, status=Status.UNKNOWN), "travel-dates", "", _phase(start=date(2025, 4, 15), end=date(2025, 4, 19), status="held")),
    Refusal("the fair is cancelled", _of_phase(status=Status.CANCELLED), "travel-dates", "", _phase(status="held")),
    Refusal("the phase is in another year", _of_phase(start=date(2026, 4, 15), end=date(2026, 4, 19)), "travel-dates", "", _phase(start=date(2025, 4, 15), end=date(2025, 4, 19))),
    Refusal("it costs more than it is worth", not_worth_it, "plan-value", "", _cheaper, 14_808_501),
)  # fmt: skip
