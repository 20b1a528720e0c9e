"""The house: who may import whom, who owns which library, who prints, and how long a module or function may be."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "fairplanner"
MODULES = sorted(PACKAGE.rglob("*.py"))

GROUND = {"errors", "words", "shipped", "report", "domain"}
WORKSHOP_FLOOR = GROUND | {"rules"}
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "shipped": set(),
    "words": {"errors", "shipped"},
    "report": {"errors", "words", "shipped"},
    "domain": {"errors"},
    "rules": {"errors", "domain"},
    "intake": WORKSHOP_FLOOR,
    "pose": WORKSHOP_FLOOR,
    "solver": WORKSHOP_FLOOR,
    "publish": WORKSHOP_FLOOR,
    "store": WORKSHOP_FLOOR,
    "amend": WORKSHOP_FLOOR,
    "deliver": WORKSHOP_FLOOR,
    "serve": WORKSHOP_FLOOR | {"store", "publish"},
    "cli": WORKSHOP_FLOOR | {"intake", "pose", "solver", "publish", "store", "amend", "deliver", "serve", "__init__"},
    "__main__": {"cli"},
    "__init__": WORKSHOP_FLOOR | {"intake", "pose", "solver", "publish"},
}
OWNERS: dict[str, set[str]] = {
    "numba": {"solver"},
    "ortools": {"solver"},
    "icalendar": {"publish", "intake"},
    "jinja2": {"publish"},
    "typst": {"publish"},
    "segno": {"publish"},
    "manimgx_fonts_cjk": {"publish"},
    "chinese_calendar": {"rules"},
    "docx": {"publish"},
    "openpyxl": {"intake", "publish"},
    "pypdf": {"publish"},
    "rapidfuzz": {"intake"},
    "click": {"cli"},
    "rich": {"cli"},
    "sqlalchemy": {"store"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
    "smtplib": {"deliver"},
    "caldav": {"deliver"},
}
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Every module imported anywhere in the file, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module == "fairplanner":
                yield from (f"fairplanner.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_module_imports_only_what_its_room_may(path: Path) -> None:
    room = room_of(path)
    assert room in MAY_IMPORT, f"{room} is not a room of the house"
    for name in imports(path):
        top, _, rest = name.partition(".")
        if top == "fairplanner":
            other = rest.split(".")[0] or "__init__"
            if other not in MAY_IMPORT:
                other = "__init__"
            assert other == room or other in MAY_IMPORT[room], f"{room} imports {name}"
        assert room in OWNERS.get(top, {room}), f"{room} imports {top}, which belongs to {OWNERS.get(top)}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_only_the_door_prints(path: Path) -> None:
    calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
    prints = [n for n in calls if isinstance(n.func, ast.Name) and n.func.id in {"print", "input", "exit"}]
    assert not prints or room_of(path) == "cli"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_module_and_functions_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


def test_every_dependency_is_used_and_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = [d.split(">")[0].split("<")[0] for d in tomllib.loads(text)["project"]["dependencies"]]
    used = {name.partition(".")[0] for path in MODULES for name in imports(path)}
    for name in names:
        module = {
            "manimgx-fonts-cjk": "manimgx_fonts_cjk",
            "python-calamine": "python_calamine",
            "python-docx": "docx",
            "fonttools": "fontTools",
            "chinesecalendar": "chinese_calendar",
        }.get(name, name)
        # time zones are found by Python, requests are read for uvicorn (serve/protocol.py builds on that)
        assert module in used or name in ("tzdata", "httptools"), f"{name} is not imported anywhere"
    listed = [line for line in text.splitlines() if re.match(r'  "[a-z0-9-]+>=', line)]
    assert len(listed) > len(names), "the optional ones are listed line by line as well"
    assert [line for line in listed if "#" not in line] == [], "a dependency without a reason"


def test_every_rule_has_its_own_file_and_test() -> None:
    from fairplanner.rules import RULES

    for rule in RULES:
        name = rule.key.replace("-", "_")
        assert (PACKAGE / "rules" / f"{name}.py").is_file(), rule.key
        assert (ROOT / "tests" / "rules" / f"test_{name}.py").is_file(), rule.key


def test_languages_have_the_same_keys_and_placeholders() -> None:
    from string import Formatter

    from fairplanner.words import languages, words

    base = words("en")
    fields = {k: {f for _, f, _, _ in Formatter().parse(base._entries[k]) if f} for k in sorted(base.keys())}
    for lang in languages():
        other = words(lang)
        assert other.keys() == base.keys(), sorted(other.keys() ^ base.keys())
        for key, names in fields.items():
            own = {f for _, f, _, _ in Formatter().parse(other._entries[key]) if f}
            assert own == names, f"{lang}: {key}: {own ^ names}"
