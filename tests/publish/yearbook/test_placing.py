from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from fairplanner.domain.kinds import Regime
from fairplanner.publish.yearbook.boards import Band, Board, Flag, Item, Placed
from fairplanner.publish.yearbook.placing import HIGH, LEFT, SIZES, WIDE, board

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
NAME = "第138届中国进出口商品交易会第{n}期"


def item(n: int, day: date, days: int = 5, places: int = 1, **changes: Any) -> Item:
    facts: dict[str, Any] = {"tone": "home", "is_projected": False, "places": places} | changes
    end = day + timedelta(days=days - 1)
    return Item(
        f"q{n:03}", day, end, NAME.format(n=n), "4月15日—19日 · 广州", "42 家 · 75 展位", ("1", "4", "12"), **facts
    )


def spread(count: int) -> list[Item]:
    return [item(n, FIRST + timedelta(days=(n * 37) % 355), places=n) for n in range(count)]


def hung(home: list[Item], abroad: list[Item] | None = None, flags: tuple[Flag, ...] = ()) -> Board:
    groups = {Regime.ABROAD: abroad or [], Regime.HOME: home}
    return board(FIRST, LAST, groups, {g: g.value for g in groups}, flags, "时间节点", ())


def box(placed: Placed) -> tuple[float, float, float, float]:
    left = min(placed.x, placed.text_x, placed.away_x or placed.x)
    right = max(placed.x + placed.wide, placed.text_x + placed.text_wide, placed.away_x + placed.away_wide)
    return left, placed.y, right, placed.y + placed.high


def overlap(a: tuple[float, float, float, float], c: tuple[float, float, float, float]) -> bool:
    return a[0] < c[2] - 0.05 and c[0] < a[2] - 0.05 and a[1] < c[3] - 0.05 and c[1] < a[3] - 0.05


def test_no_fair_and_no_label_lies_on_another_and_none_leaves_the_board() -> None:
    for count in (1, 14, 40):
        made = hung(
            spread(count),
            [item(900, date(2025, 12, 28), away_from=date(2025, 12, 27), away_to=date(2025, 12, 31), tone="abroad")],
        )
        boxes = [box(p) for p in made.items]
        assert not [(a, c) for n, a in enumerate(boxes) for c in boxes[n + 1 :] if overlap(a, c)]
        for left, top, right, bottom in boxes:
            assert left >= LEFT - 0.01
            assert right <= WIDE + 0.01
            assert top >= 0
            assert bottom <= made.pins_y


def test_few_fairs_are_set_large_and_many_small_but_all_of_them_are_there() -> None:
    few, many = hung(spread(4)), hung(spread(40))
    assert few.type == SIZES[0]
    assert many.type < few.type
    assert len(many.items) == 40
    assert many.left_out == 0


def test_where_not_even_the_smallest_type_is_enough_the_smallest_fairs_are_counted_and_journeys_abroad_stay() -> None:
    going = item(900, date(2025, 5, 1), places=1, away_from=date(2025, 4, 30), away_to=date(2025, 5, 6), tone="abroad")
    made = hung([item(n, date(2025, 4, 1) + timedelta(days=n % 9), places=n + 10) for n in range(120)], [going])
    assert made.left_out > 0
    assert len(made.items) + made.left_out == 121
    kept = {p.key for p in made.items}
    assert "q900" in kept
    assert "q119" in kept
    assert "q000" not in kept


def test_a_name_keeps_its_end_which_tells_one_phase_from_the_next() -> None:
    long = item(1, date(2025, 4, 15), days=5)
    named = Item(
        long.key,
        long.first,
        long.last,
        "China Import and Export Fair (Canton Fair), edition 141, phase 3",
        long.detail,
        long.size,
        (),
        "home",
        False,
    )
    made = hung([named])
    assert "".join(made.items[0].lines).replace(" ", "").endswith("phase3")


def test_a_fair_at_the_end_of_the_year_has_its_words_to_the_left() -> None:
    made = hung([item(1, date(2025, 12, 20)), item(2, date(2025, 2, 1))])
    sides = {p.key: p.align for p in made.items}
    assert sides == {"q001": "right", "q002": "left"}


def test_deadlines_without_room_for_words_keep_their_mark_and_are_counted() -> None:
    flags = tuple(
        Flag(date(2025, 6, 1) + timedelta(days=n), f"6月{n + 1}日", "报名截止：" + NAME.format(n=n), 2)
        for n in range(20)
    )
    made = hung(spread(4), flags=flags)
    assert len(made.pins) == 20
    assert made.unnamed == 2 * sum(not p.text for p in made.pins) > 0
    for lane in {p.lane for p in made.pins if p.text}:
        starts = sorted(p.text_x for p in made.pins if p.lane == lane and p.text)
        assert all(b - a > 10 for a, b in pairwise(starts))


def test_no_line_of_a_deadline_runs_through_words_where_there_is_another_lane() -> None:
    flags = tuple(
        Flag(date(2025, 3, 1) + timedelta(days=9 * n), "3月1日", "报名截止：" + NAME.format(n=n), 1) for n in range(3)
    )
    pins = hung([item(1, date(2025, 2, 1))], flags=flags).pins
    assert [p.lane for p in pins] == [2, 1, 0]
    assert all(p.text for p in pins)
    for line, words in ((a, b) for a in pins for b in pins if b.lane < a.lane):
        assert not words.text_x < line.x < words.text_x + 90


def test_shaded_days_lie_where_their_days_are() -> None:
    made = board(FIRST, LAST, {}, {}, (), "", (Band(date(2025, 1, 1), date(2025, 12, 31), "holiday", ""),))
    assert (made.shades[0].x, round(made.shades[0].x + made.shades[0].wide, 1)) == (LEFT, WIDE)
    assert made.high == HIGH
    assert len(made.months) == 12
