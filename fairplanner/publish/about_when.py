"""When a fair is held of which no more is known than about when: 2027年4月中旬, mid-April 2027; whatever is printed here is read back."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from fairplanner.words import Words

THIRDS = {(1, 10): "early", (11, 20): "mid", (21, 0): "late"}
"""First and last day of the thirds of a month (旬); 0 is its last day."""
SPANS = {
    (1, 12): "year",
    (1, 6): "half1",
    (7, 12): "half2",
    (1, 3): "quarter1",
    (4, 6): "quarter2",
    (7, 9): "quarter3",
    (10, 12): "quarter4",
}


def about_when(say: Words, first: date, last: date) -> str:
    """Days between which a fair lies, by the name of the part of the year where they have one."""
    if first.year == last.year:
        if name := _part(say, first, last):
            return name
        if whole := _months(say, first, last):
            return whole
        one, two = _third_from(first), _third_to(last)
        if one and two:
            return say(
                "about.thirds",
                y=first.year,
                one=say(f"about.part.{one}", m=_month(say, first)),
                two=say(f"about.part.{two}", m=_month(say, last)),
            )
    facts = {
        "d1": first.day,
        "m1": _month(say, first),
        "y1": first.year,
        "d2": last.day,
        "m2": _month(say, last),
        "y2": last.year,
    }
    return say(f"about.{'years' if first.year != last.year else 'days'}", **facts)


def _part(say: Words, first: date, last: date) -> str:
    """A third of a month."""
    third = _third_from(first)
    if first.month != last.month or not third or third != _third_to(last):
        return ""
    return say("about.third", y=first.year, part=say(f"about.part.{third}", m=_month(say, first)))


def _months(say: Words, first: date, last: date) -> str:
    """Whole months."""
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return ""
    if key := SPANS.get((first.month, last.month)):
        return say(f"about.{key}", y=first.year)
    one, two = _month(say, first), _month(say, last)
    return say("about.month" if one == two else "about.months", y=first.year, m1=one, m2=two)


def _third_from(day: date) -> str:
    return next((name for (lo, _), name in THIRDS.items() if day.day == lo), "")


def _third_to(day: date) -> str:
    end = monthrange(day.year, day.month)[1]
    return next((name for (_, hi), name in THIRDS.items() if day.day == (hi or end)), "")


def _month(say: Words, day: date) -> str:
    return say(f"calendar.month.{day.month}")
