"""The bytes of a calendar to its events' properties, line by line; whatever is in them, nothing is raised.

Reads what publishers really send (RFC 5545 section 3.1, and files that break it): LF ends, a byte-order mark, GB18030.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fairplanner.errors import Problem
from fairplanner.intake.cells import shown
from fairplanner.intake.files import decoded

DEEPEST = 20
"""Components inside one another; an alarm in an event in a calendar is three."""

_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^";:,]*)((?:,(?:"[^"]*"|[^";:,]*))*)')
_NAME = re.compile(r"[A-Za-z0-9-]+")
_ESCAPES = re.compile(r"\\(.)", re.DOTALL)
_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml)", re.IGNORECASE)


@dataclass(frozen=True)
class Property:
    """One property with its parameters (names in capitals); `value` as it stands, still escaped."""

    name: str
    value: str
    line: int
    params: dict[str, str]

    @property
    def text(self) -> str:
        """The value of a text without its escapes (RFC 5545 section 3.3.11), on one line."""
        plain = _ESCAPES.sub(lambda m: " " if m[1] in "nN" else m[1], self.value)
        return " ".join(plain.split())


@dataclass
class Component:
    """A component and what stands in it; of a property that is repeated the first one counts."""

    name: str
    line: int
    props: dict[str, Property] = field(default_factory=dict)
    parts: list[Component] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The text of a property; '' where there is none."""
        return self.props[name].text if name in self.props else ""

    def all(self, name: str) -> Iterator[Component]:
        """Every component of this name below this one, in the order of the file."""
        for part in self.parts:
            if part.name == name:
                yield part
            yield from part.all(name)


def text_of(content: bytes, label: str, problems: list[Problem]) -> str:
    """The text of a calendar file; '' with the problem that tells why it is none."""
    text = decoded(content)
    if text is not None and text.strip("\ufeff \t\r\n") == "":
        problems.append(Problem(label, 0, "", "ics-empty"))
    elif text is None:
        problems.append(Problem(label, 0, "", "ics-not-text"))
    elif _PAGE.match(text):
        problems.append(Problem(label, 0, "", "ics-page"))
    elif "BEGIN:VCALENDAR" not in text.upper():
        problems.append(Problem(label, 0, "", "ics-no-calendar", shown(text)))
    else:
        return text
    return ""


def remarks(content: bytes, label: str) -> Iterator[Problem]:
    """What does not keep us from reading, but keeps some calendar programs from it."""
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        yield Problem(label, 1, "", "ics-mark")
    if content.replace(b"\r\n", b"").count(b"\n"):
        yield Problem(label, 0, "", "ics-line-ends")


def components(text: str, label: str, problems: list[Problem]) -> list[Component]:
    """The calendars of a file; lines that are no property and components that do not close become problems."""
    root = Component("", 0)
    open_ = [root]
    for number, line in _unfolded(text):
        found = _property(line, number)
        if found is None:
            problems.append(Problem(label, number, "", "ics-line", shown(line)))
        elif found.name == "BEGIN" and len(open_) > DEEPEST:
            problems.append(Problem(label, number, "", "ics-deep", shown(line)))
            break
        elif found.name == "BEGIN":
            open_.append(Component(found.value.strip().upper(), number))
            open_[-2].parts.append(open_[-1])
        elif found.name == "END":
            _close(found, open_, label, problems)
        else:
            open_[-1].props.setdefault(found.name, found)
    problems += [Problem(label, part.line, "", "ics-not-closed", part.name) for part in open_[1:]]
    return list(root.all("VCALENDAR"))


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Whole lines with the number of their first; a folded line goes on with a blank (RFC 5545 section 3.1)."""
    whole, start = "", 0
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if line[:1] in (" ", "\t") and start:
            whole += line[1:]
            continue
        if whole.strip():
            yield start, whole
        whole, start = line, number
    if whole.strip():
        yield start, whole


def _property(line: str, number: int) -> Property | None:
    name = _NAME.match(line)
    if name is None:
        return None
    params, at = {}, name.end()
    while found := _PARAMETER.match(line, at):
        params[found[1].upper()] = found[2].strip('"')
        at = found.end()
    return Property(name[0].upper(), line[at + 1 :], number, params) if line[at : at + 1] == ":" else None


def _close(end: Property, open_: list[Component], label: str, problems: list[Problem]) -> None:
    name = end.value.strip().upper()
    if name not in [part.name for part in open_[1:]]:
        problems.append(Problem(label, end.line, "", "ics-not-open", shown(name)))
        return
    while (part := open_.pop()).name != name:
        problems.append(Problem(label, part.line, "", "ics-not-closed", part.name))
