"""HTML by Jinja2: every value escaped, a missing one an error, each page one file that needs no network."""

from __future__ import annotations

import traceback
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2.runtime import Context
from markupsafe import Markup, escape

from fairplanner.errors import LanguageError, Problem
from fairplanner.publish.bilingual import SECOND, one_line
from fairplanner.publish.design.tokens import design

HTML_LANG = {"zh": "zh-CN"}


@lru_cache(maxsize=8)
def _environment(folder: Path) -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder, encoding="utf-8"), undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(enabled_extensions=("html.j2",), default=True),
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, newline_sequence="\n",
    )  # fmt: skip
    made.globals["design_css"] = design(folder).css
    made.filters |= {"two_lines": _two_lines, "one_line": one_line}
    return made


@jinja2.pass_context
def _two_lines(context: Context, value: str) -> Markup:
    """Text with its line breaks; what is in the second language of a bilingual sheet smaller and tagged with that language."""
    sheet = context.get("sheet")
    lang = getattr(sheet, "second", "") or "en"
    made, tagged = Markup(""), Markup('<span class="second" lang="{}">{}</span>')
    for line in str(value).split("\n"):
        first, mark, second = line.partition(SECOND)
        # a line of the second language is a block: what follows begins a line by itself
        made += ("" if not made or made.endswith("</span>") else "\n") + escape(first)
        made += tagged.format(HTML_LANG.get(lang, lang), second) if mark else ""
    return made


def page(folder: Path, template: str, lang: str, **values: Any) -> bytes:
    """The page of a template below `folder`, UTF-8. Raises LanguageError for a template that cannot be used."""
    try:
        text = _environment(folder).get_template(template).render(html_lang=HTML_LANG.get(lang, lang), **values)
    except Exception as error:
        file, line = _place(error, folder)
        if not (file or isinstance(error, jinja2.TemplateError)):
            raise
        raise LanguageError([Problem(file or template, line, "", "template", str(error))]) from error
    return text.encode("utf-8")


def _place(error: Exception, folder: Path) -> tuple[str, int]:
    """The template and the line in which an error arose; ('', 0) where it was none of ours."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.name or "", error.lineno
    frames = [(Path(f.filename), f.lineno or 0) for f in traceback.extract_tb(error.__traceback__)]
    inside = [(path.relative_to(folder).as_posix(), line) for path, line in frames if path.is_relative_to(folder)]
    return inside[-1] if inside else ("", 0)
