"""What is known of the fairs and markets of a delegation, each with where it is known from."""

from __future__ import annotations

from fairplanner.domain.kinds import Regime
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Table
from fairplanner.publish.views import Party


def markets(press: Press, party: Party) -> Section:
    """What is known of the fairs and the markets they open, each with where it is known from."""
    w, p = press.w, press.programme
    rows: list[tuple[str, str, str]] = []
    for fair_id in dict.fromkeys(p.phase[q].fair_id for q in party.phase_ids):
        fair = p.fair[fair_id]
        known = [
            (key, press.naming.readable(str(getattr(fair, key)))) for key in ("organiser", "website", "usual_window")
        ]
        rows.append(
            (
                w.name(fair),
                "\n".join(w(f"briefing.fair_{key}", value=value) for key, value in known if value),
                press.naming.source(fair.source),
            )
        )
    for market_id in dict.fromkeys(m for q in party.phase_ids for m in p.markets_of(q)):
        market = p.market[market_id]
        said = [w(f"enums.MarketClass.{market.market_class}")] if market.market_class else []
        quote = press.naming.readable(market.quote)
        quoted = [w("briefing.quoted", quote=quote)] if quote else []
        rows.append((w.name(market), "\n".join([*said, *quoted]), press.naming.source(market.source)))
    if party.delegation.regime is not Regime.HOME:
        rows += _abroad(press, party)
    kept = tuple(row for row in rows if row[1])
    if not kept:
        return Section(w("briefing.markets"), "markets", paragraphs=(w("briefing.no_markets"),))
    headers = tuple(w(f"paper.col_{key}") for key in ("about", "fact", "source"))
    return Section(w("briefing.markets"), "markets", table=Table(headers, kept, (2.4, 4.4, 3.2)))


def _abroad(press: Press, party: Party) -> list[tuple[str, str, str]]:
    w, p = press.w, press.programme
    rows = []
    for code in dict.fromkeys(p.territory_of(q) for q in party.phase_ids):
        territory = p.territory[code]
        if territory.interpreter:
            rows.append(
                (
                    w.name(territory),
                    w("briefing.interpreter", language=press.reasons.language(territory.interpreter)),
                    press.naming.source(territory.source),
                )
            )
    return rows
