"""README is true: its commands exist, its sections are what the code says, every verb and rule is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fairplanner.cli import build
from fairplanner.domain.columns import column_docs
from fairplanner.domain.tables import TABLES
from fairplanner.rules import RULES
from fairplanner.words import words

README = Path(__file__).parents[1] / "README.md"


def section(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", README.read_text(encoding="utf-8"), re.DOTALL)
    assert found, f"README has no section {name}"
    return found.group(1)


def tables_section() -> str:
    rows = ["| table | 表 | where | key | columns |", "|---|---|---|---|---|"]
    for t in TABLES:
        where = "reference, programme" if t.shared else "programme"
        rows.append(f"| `{t.name}` | {t.zh} | {where} | {', '.join(t.key)} | {', '.join(column_docs(t.row))} |")
    return "\n".join(rows) + "\n"


def rules_section() -> str:
    en, zh = words("en"), words("zh")
    rows = ["| rule | 规则 | what is kept |", "|---|---|---|"]
    rows += [f"| `{r.key}` | {zh(f'rules.{r.key}.name')} | {en(f'rules.{r.key}.says')} |" for r in RULES]
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize(("name", "made"), [("tables", tables_section), ("rules", rules_section)])
def test_section_is_what_the_code_says(name: str, made, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        text = (
            README.read_text(encoding="utf-8").replace(section(name), made())
            if section(name)
            else README.read_text(encoding="utf-8").replace(f"<!-- {name} -->\n", f"<!-- {name} -->\n{made()}")
        )
        README.write_text(text, encoding="utf-8")
    assert section(name) == made()


def test_every_verb_is_named_and_every_named_verb_exists() -> None:
    text = README.read_text(encoding="utf-8")
    verbs = set(build("en").commands)
    named = set(re.findall(r"(?<!from )fairplanner ([a-z]+(?:-[a-z]+)*)", text))
    assert verbs <= named
    assert named - verbs <= {"plans"}


def test_pictures_exist() -> None:
    for name in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README.read_text(encoding="utf-8")):
        assert (README.parent / name).is_file(), name
