"""A programme that firms sign up for, folders of what they hand in, and what collecting makes of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fairplanner.domain.kinds import Status
from fairplanner.domain.planning import Application, Firm
from fairplanner.domain.programme import Programme
from fairplanner.intake.signups import Collected, collected
from tests import builders as b

CODES = ("91520100MA6DTEST00", "91520100MA6DTEST19")


def code(number: int) -> str:
    """A credit code of nobody's with the right check character."""
    from fairplanner.intake.credit_codes import check_character

    body = f"915201{number:011d}"
    return body + check_character(body)


def programme(**tables: object) -> Programme:
    """Two editions of one fair at home, two phases each, and one fair abroad; two zones; one firm that has applied."""
    days = {(137, 1): (4, 15), (137, 2): (4, 23), (138, 1): (10, 15), (138, 2): (10, 23)}
    home = [
        b.phase("expo", n, phase_id=f"expo-{e}-{n}", edition=str(e), start=date(2025, m, d), end=date(2025, m, d + 4))
        for (e, n), (m, d) in days.items()
    ]
    base: dict[str, object] = {
        "fairs": (
            b.fair("abroad", name_zh="海外乐器展览会", name_en="Overseas Music Fair"),
            b.fair("expo", name_zh="中国样品交易会", name_en="China Sample Fair", aliases=("样交会",)),
        ),
        "phases": (
            *home, b.phase("abroad", 1, start=None, end=None, place_id="lion", status=Status.UNKNOWN, edition="9"),
        ),
        "sections": (
            b.section(), b.section("expo-tools", name_zh="工具", name_en="Tools"),
            b.section("expo-toys", name_zh="玩具", name_en="Toys", phase=2),
        ),
        "zones": (
            b.zone("prov", name_zh="样品省", kind="province"), b.zone("east", "prov", name_zh="东江市", name_en="Dongjiang"),
            b.zone("west", "prov", name_zh="西山经开区", name_en="Xishan zone"),
        ),
        "firms": (b.firm("f1", name_zh="示例老企业有限公司"),),
        "applications": (b.application("f1", "expo-137-1"),),
    }  # fmt: skip
    return b.a_programme(**(base | tables))


def taken(folder: Path, **tables: object) -> Collected:
    """What collecting makes of a folder that has its sign-ups in 报名."""
    return collected(folder, programme(**tables))


def inbox(folder: Path, name: str) -> Path:
    """Where a file of this name is to lie; folders are made."""
    path = folder / "报名" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def asked(found: Collected) -> dict[tuple[str, str], dict[str, object]]:
    """By name of the firm and phase what was asked for, without the keys and where it came from."""
    names = {f.firm_id: f.name_zh for f in found.firms}
    return {(names.get(a.firm_id, a.firm_id), a.phase_id): said(a) for a in found.applications}


def said(row: Firm | Application) -> dict[str, object]:
    """What a row says that is not its key and not where it came from."""
    quiet = {"firm_id", "phase_id", "source", "confidence"}
    return {name: getattr(row, name) for name in row.model_fields_set - quiet}


def whats(found: Collected) -> list[str]:
    """Kinds of problems in order."""
    return [p.what for p in found.problems]
