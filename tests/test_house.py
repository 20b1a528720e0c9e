"""The house: who may import whom, who owns which library, who prints, and how long a module or function may be."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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
    "explain": WORKSHOP_FLOOR | {"pose", "solver"},
    "cli": WORKSHOP_FLOOR
    | {"intake", "pose", "solver", "publish", "store", "amend", "deliver", "serve", "explain", "__init__"},
    "__main__": {"cli"},
    "__init__": WORKSHOP_FLOOR | {"intake", "pose", "solver", "publish", "explain"},
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
    "python_calamine": {"intake"},
    "pypdf": {"publish"},
    "rapidfuzz": {"intake"},
    "click": {"cli"},
    "rich": {"cli"},
    "sqlalchemy": {"store"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
    "smtplib": {"deliver"},
    "caldav": {"deliver"},
    "distributed": {"explain"},
}
PRINTS = {"print", "input", "exit"}
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


@dataclass(frozen=True)
class Module:
    """What the house asks of a module: whom it imports anywhere, whether it prints, how long it and its functions are."""

    path: Path
    imports: tuple[str, ...]
    prints: bool
    lines: int
    functions: tuple[tuple[str, int], ...]

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))


@cache
def modules() -> tuple[Module, ...]:
    """All modules, each parsed once."""
    return tuple(read(path) for path in MODULES)


def read(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    nodes = list(ast.walk(ast.parse(text)))
    called = {n.func.id for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    defined = (n for n in nodes if isinstance(n, ast.FunctionDef))
    lengths = tuple((n.name, (n.end_lineno or n.lineno) - n.lineno + 1) for n in defined)
    return Module(path, tuple(imports(path, nodes)), bool(called & PRINTS), text.count("\n"), lengths)


def imports(path: Path, nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Every module imported anywhere in the file, inside functions too."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module == "fairplanner":
                yield from (f"fairplanner.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


def wrongly_imported(room: str, name: str) -> str:
    """Why a room may not import a module; nothing where it may."""
    top, _, rest = name.partition(".")
    if top == "fairplanner":
        other = rest.split(".")[0] or "__init__"
        if other not in MAY_IMPORT:
            other = "__init__"
        if other != room and other not in MAY_IMPORT[room]:
            return f"{room} imports {name}"
    return "" if room in OWNERS.get(top, {room}) else f"{room} imports {top}, which belongs to {OWNERS.get(top)}"


def test_modules_import_only_what_their_room_may() -> None:
    assert {room_of(m.path) for m in modules()} <= MAY_IMPORT.keys(), "not a room of the house"
    said = [(m.name, wrongly_imported(room_of(m.path), name)) for m in modules() for name in m.imports]
    assert [(module, wrong) for module, wrong in said if wrong] == []


def test_only_the_door_prints() -> None:
    assert [m.name for m in modules() if m.prints and room_of(m.path) != "cli"] == []


def test_modules_and_functions_are_short() -> None:
    assert [(m.name, m.lines) for m in modules() if m.lines > LONGEST_MODULE] == []
    long = [(m.name, name, n) for m in modules() for name, n in m.functions if n > LONGEST_FUNCTION]
    assert long == []


def test_every_dependency_is_used_and_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = [d.split(">")[0].split("<")[0] for d in tomllib.loads(text)["project"]["dependencies"]]
    used = {name.partition(".")[0] for m in modules() for name in m.imports}
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
