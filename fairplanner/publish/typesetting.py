"""PDF and pictures by Typst: one set of fonts for the process, data as JSON, PDF/UA-1, the same bytes for the same data."""

from __future__ import annotations

import json
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import manimgx_fonts_cjk
import typst

from fairplanner.errors import LanguageError, OutputError, Problem

STANDARD: Final = "ua-1"
NO_GLYPH = re.compile(r'the text `"(.*)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
"""How Typst names a character that it cannot print by itself: a mark over another letter, one of nobody's."""
PLACE = re.compile(r"┌─ (\S+?):(\d+):\d+")
"""Where a diagnosis of Typst points: file, seen from the folder one stands in, and line."""
# Every character of the data in one line: Typst names the first it cannot show, so asking again names the next.
PROBE = b'#set document(title: "probe", date: none)\n#set text(font: "Noto Sans CJK SC")\n#sys.inputs.data'


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Noto Sans CJK from its pip package, with Typst's own Latin fonts behind it; never the fonts of the machine."""
    folder = str(Path(manimgx_fonts_cjk.__file__).parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def pdf(template: Path, data: dict[str, Any], timestamp: int, root: Path) -> bytes:
    """Typeset `data` by the template; `timestamp` in seconds (UTC) is written into the PDF instead of the clock.

    Raises OutputError naming every character no font can show, LanguageError for a template that does not compile or warns.
    """
    return _compiled(template, data, root, {"pdf_standards": STANDARD, "timestamp": timestamp})


def png(template: Path, data: dict[str, Any], root: Path, ppi: int) -> bytes:
    """The one page of the template as a picture, `ppi` pixels to an inch.

    Raises OutputError naming every character no font can show, LanguageError for a template that does not compile or warns,
    or makes another number of pages.
    """
    # a picture shows a box for what no font has, and Typst does not mind
    if missing := without_glyph(json.dumps(data, ensure_ascii=False, sort_keys=True)):
        raise _problem(template, "", missing)
    return _compiled(template, data, root, {"format": "png", "ppi": ppi})


def _compiled(template: Path, data: dict[str, Any], root: Path, form: dict[str, Any]) -> bytes:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    try:
        made, warnings = typst.compile_with_warnings(
            template, root=root, font_paths=fonts(), sys_inputs={"data": text}, **form
        )
    except typst.TypstError as error:
        if missing := _named(str(error.message)):
            raise _problem(template, "", tuple(sorted({*without_glyph(text), *missing}))) from error
        raise _failed(template, root, str(error.message), str(error.diagnostic)) from error
    if warnings:
        raise _failed(template, root, "; ".join(str(w.message) for w in warnings), str(warnings[0].diagnostic))
    if isinstance(made, list):
        raise _problem(template, f"{len(made)} pages", ())
    return bytes(made)


def _problem(template: Path, message: str, missing: tuple[str, ...]) -> OutputError | LanguageError:
    if not missing:
        return LanguageError([Problem(template.name, 0, "", "template", message)])
    named = ", ".join(f"{c} (U+{ord(c):04X})" if c.isprintable() else f"U+{ord(c):04X}" for c in missing)
    return OutputError([Problem(template.name, 0, "", "no-glyph", named)])


def _failed(template: Path, root: Path, message: str, diagnostic: str) -> LanguageError:
    """The file that Typst points at, which may be one that the template takes in, and its line."""
    found = PLACE.search(diagnostic)
    path, line = (Path(found[1]).resolve(), int(found[2])) if found else (template, 0)
    file = path.relative_to(root.resolve()).as_posix() if path.is_relative_to(root.resolve()) else path.name
    # one's own folder lies in a copy while it is used, which nobody would find
    return LanguageError([Problem(file, line, "", "template", message.replace(f"{root.resolve()}{os.sep}", ""))])


def _named(message: str) -> tuple[str, ...]:
    """The characters of which Typst says that it cannot show them; none where it says something else."""
    found = NO_GLYPH.search(message)
    return tuple(sorted(set(ESCAPED.sub(lambda m: chr(int(m[1], 16)), found[1])))) if found else ()


def without_glyph(text: str) -> tuple[str, ...]:
    """Characters of `text` that none of our fonts can show, in the order of their code points."""
    missing: set[str] = set()
    left = "".join(sorted({c for c in text if not c.isascii()}))
    while left:
        try:
            typst.compile(PROBE, font_paths=fonts(), sys_inputs={"data": left}, pdf_standards=STANDARD)
        except typst.TypstError as error:
            named = set(_named(str(error.message))) & set(left)
            if not named:
                raise
            missing |= named
            left = "".join(c for c in left if c not in named)
        else:
            break
    return tuple(sorted(missing))
