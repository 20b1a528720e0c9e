"""Two sheets of one plan in two languages become one that says everything in both, the second language under the first.

A text that both say alike stands once; else the first, U+2028 and the second in one string, line by line where they have as many
lines. `lines()` of `parts/sheet.typ` and the filter `two_lines` of a page dress what follows U+2028 as a smaller line and tag it
with its own language.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from difflib import SequenceMatcher
from typing import Any, Final, TypeVar

from fairplanner.publish.sheet import Table

SECOND: Final = "\u2028"
"""What follows it to the end of the line is in the second language."""
ONCE: Final = frozenset({"lang", "kind", "key", "qr", "qr_alt"})
"""Fields that name no words, or a drawing that leads to one address: the first language's stand."""
ROOM: Final = 6.0
"""Between two drawings that stand one under the other, in their own unit."""

T = TypeVar("T")


def bilingual(first: T, second: T) -> T:
    """One value of the same type, for frozen dataclasses, tuples and strings in any depth; numbers are those of the first.

    Tuples of one length are paired by place; others by their `key` or where both say the same, and what has no pair stands in its
    place, the first language's before the second's. Tables with different numbers of rows stand one after the other under common
    headers. A dataclass with a field `second` is told the language of the second. Raises TypeError for two different types,
    ValueError for tables with different columns.
    """
    return _both(first, second)  # type: ignore[no-any-return]


def _both(first: Any, second: Any) -> Any:
    if first is None or second is None:
        return first if second is None else only_second(second)
    if type(first) is not type(second):
        raise TypeError(f"{type(first).__name__} and {type(second).__name__} do not pair")
    if isinstance(first, str):
        return _text(first, second)
    if isinstance(first, tuple):
        return _tuple(first, second)
    return _parts(first, second) if is_dataclass(first) else first


def _parts(first: Any, second: Any) -> Any:
    if isinstance(first, Table) and len(first.headers) != len(second.headers):
        raise ValueError(f"tables with different columns: {first.headers}, {second.headers}")
    made = {
        f.name: getattr(first, f.name) if f.name in ONCE else _field(f.name, first, second)
        for f in fields(first)
        if f.name != "second"
    }
    if any(f.name == "second" for f in fields(first)):
        made["second"] = second.lang
    return type(first)(**made)


def _field(name: str, first: Any, second: Any) -> Any:
    one, other = getattr(first, name), getattr(second, name)
    if isinstance(one, str) and isinstance(other, str) and one.startswith("<svg"):
        return stacked(one, other)
    if name in ("widths", "numeric"):
        return one
    return _both(one, other)


def _tuple(first: tuple[Any, ...], second: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(first) == len(second) and [_mark(x) for x in first if _keyed(x)] == [_mark(x) for x in second if _keyed(x)]:
        return tuple(_both(a, b) for a, b in zip(first, second, strict=True))
    made: list[Any] = []
    # the marks of things that are no sections are themselves: what both say alike stands once
    steps = SequenceMatcher(None, [_mark(x) for x in first], [_mark(x) for x in second], autojunk=False).get_opcodes()
    for kind, i, j, k, m in steps:
        if kind == "equal":
            made += [_both(a, b) for a, b in zip(first[i:j], second[k:m], strict=True)]
        else:
            made += [*first[i:j], *map(only_second, second[k:m])]
    return tuple(made)


def _keyed(value: Any) -> bool:
    return is_dataclass(value) and hasattr(value, "key")


def _mark(value: Any) -> Any:
    return value.key if _keyed(value) else value


def _text(first: str, second: str) -> str:
    if first == second:
        return first
    ours, theirs = first.split("\n"), second.split("\n")
    if len(ours) == len(theirs):
        return "\n".join(a if b in ("", a) else f"{a}{SECOND}{b}" for a, b in zip(ours, theirs, strict=True))
    return "\n".join([*(ours if first else []), *(f"{SECOND}{line}" for line in theirs if line)])


def only_second(value: Any) -> Any:
    """A value that only the second language has, marked so that it is dressed as that language."""
    if isinstance(value, str):
        return "\n".join(f"{SECOND}{line}" if line else "" for line in value.split("\n"))
    if isinstance(value, tuple):
        return tuple(map(only_second, value))
    if not is_dataclass(value):
        return value
    made = {f.name: getattr(value, f.name) for f in fields(value)}
    plain = {name: x for name, x in made.items() if name in ONCE or (isinstance(x, str) and x.startswith("<svg"))}
    kind: Any = type(value)
    return kind(**{name: only_second(x) for name, x in made.items()} | plain)


def one_line(value: str, between: str = " / ") -> str:
    """Both languages in one line, for a title or a name."""
    return between.join(filter(None, re.split(f"[{SECOND}\n]", value)))


VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def stacked(first: str, second: str) -> str:
    """Two drawings, one under the other, as one; the first alone where they are alike or have no sizes."""
    sizes = [VIEW.search(x) for x in (first, second)]
    if first == second or sizes[0] is None or sizes[1] is None:
        return first
    (w1, h1), (w2, h2) = ((float(m[1]), float(m[2])) for m in sizes if m)
    placed = (_placed(first, 0, w1, h1), _placed(second, h1 + ROOM, w2, h2))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {max(w1, w2):g} {h1 + ROOM + h2:g}" role="img">{"".join(placed)}</svg>'


def _placed(svg: str, y: float, width: float, height: float) -> str:
    return svg.replace("<svg ", f'<svg x="0" y="{y:g}" width="{width:g}" height="{height:g}" ', 1)
