"""The bytes of a calendar, its lines and its components, read as strictly as RFC 5545 section 3.1 is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fairplanner.publish.calendars.flaws import Defect, Flaw

MOST_OCTETS = 75
MOST_BYTES = 900_000  # Google drops events of feeds beyond 1 MB (research/output.md A1, "size")
BOM = b"\xef\xbb\xbf"
BEGIN, END = b"BEGIN:VCALENDAR\r\n", b"END:VCALENDAR\r\n"
BARE_LF, BARE_CR = re.compile(rb"(?<!\r)\n"), re.compile(rb"\r(?!\n)")
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
VALUE = r'(?:"[^"]*"|[^";:,]*)'
CONTENT = re.compile(rf"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+={VALUE}(?:,{VALUE})*)*):(.*)", re.DOTALL)
PARAMETER = re.compile(rf";([A-Za-z0-9-]+)=({VALUE}(?:,{VALUE})*)")
CARET = re.compile(r"\^[\^n']")


@dataclass(frozen=True)
class Prop:
    """One property: name, parameters (unquoted), value as it stands, line."""

    name: str
    params: dict[str, str]
    value: str
    line: int


@dataclass
class Part:
    """One component with its properties and the components inside it."""

    name: str
    line: int
    props: list[Prop] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def first(self, name: str) -> Prop | None:
        """The first property of that name."""
        return next((p for p in self.props if p.name == name), None)

    def named(self, *names: str) -> list[Prop]:
        """Every property of these names."""
        return [p for p in self.props if p.name in names]


def byte_defects(data: bytes) -> Iterator[Defect]:
    """What is wrong before a line is read."""
    if data.startswith(BOM):
        yield Defect(Flaw.BOM, 1)
    if len(data) > MOST_BYTES:
        yield Defect(Flaw.TOO_LARGE, 0, str(len(data)))
    for flaw, pattern in ((Flaw.BARE_LF, BARE_LF), (Flaw.BARE_CR, BARE_CR), (Flaw.CONTROL_CHARACTER, CONTROL)):
        if found := pattern.search(data):
            yield Defect(flaw, data.count(b"\n", 0, found.start()) + 1)
    body = data.removeprefix(BOM)
    if body[:1] in (b"\r", b"\n"):
        yield Defect(Flaw.BLANK_FIRST_LINE, 1)
    elif not body.startswith(BEGIN.rstrip()):
        yield Defect(Flaw.NO_BEGIN, 1)
    if not data.endswith(b"\n"):
        yield Defect(Flaw.NO_FINAL_NEWLINE, data.count(b"\n") + 1)


def unfold(data: bytes, defects: list[Defect]) -> Iterator[tuple[int, str]]:
    """Logical lines with the number of their first physical line; adds to `defects`."""
    lines = re.split(rb"\r?\n", data.removeprefix(BOM).lstrip(b"\r\n"))
    if lines[-1] == b"":
        lines.pop()
    start = 1
    held = b""
    for number, line in enumerate(lines, 1):
        if len(line) > MOST_OCTETS:
            defects.append(Defect(Flaw.LONG_LINE, number, str(len(line))))
        if not line:
            defects.append(Defect(Flaw.BLANK_LINE, number))
        elif line[:1] in (b" ", b"\t"):
            _is_whole(held, line[1:], number, defects)
            held += line[1:]
        else:
            if held:
                yield start, _text(held, start, defects)
            start, held = number, line
    if held:
        yield start, _text(held, start, defects)


def _is_whole(before: bytes, after: bytes, number: int, defects: list[Defect]) -> None:
    # A continuation byte (10xxxxxx) right after the fold belongs to a character that began before it.
    if before and after and before[-1] >= 0x80 and 0x80 <= after[0] < 0xC0:
        defects.append(Defect(Flaw.SPLIT_CHARACTER, number))


def _text(line: bytes, number: int, defects: list[Defect]) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        defects.append(Defect(Flaw.NOT_UTF8, number, error.reason))
        return line.decode("utf-8", "replace")


def read(lines: Iterator[tuple[int, str]], defects: list[Defect]) -> Part | None:
    """The VCALENDAR with everything in it; None where BEGIN and END do not match."""
    root = Part("", 0)
    stack = [root]
    for number, line in lines:
        found = CONTENT.fullmatch(line)
        if not found:
            defects.append(Defect(Flaw.MALFORMED_LINE, number, line[:40]))
            continue
        name, params, value = found[1].upper(), found[2], found[3]
        if len(stack) == 1 and root.parts:
            defects.append(Defect(Flaw.AFTER_THE_END, number, line[:40]))
            return root.parts[0]
        if name == "BEGIN":
            stack[-1].parts.append(Part(value.upper(), number))
            stack.append(stack[-1].parts[-1])
        elif name == "END":
            if stack.pop().name != value.upper() or not stack:
                defects.append(Defect(Flaw.UNBALANCED, number, value))
                return None
        else:
            stack[-1].props.append(Prop(name, _params(params), value, number))
    if len(stack) > 1:
        defects.append(Defect(Flaw.NOT_CLOSED, stack[-1].line, stack[-1].name))
        return None
    return root.parts[0] if root.parts else None


def _params(text: str) -> dict[str, str]:
    return {m[1].upper(): CARET.sub(_caret, m[2].strip('"')) for m in PARAMETER.finditer(text)} if text else {}


def _caret(found: re.Match[str]) -> str:
    # RFC 6868: a caret hides what a parameter cannot hold.
    return {"^^": "^", "^n": "\n", "^'": '"'}[found[0]]
