"""Labels in names."""

from __future__ import annotations

import pytest

from fairplanner.cli.labels import LabelNames
from fairplanner.words import words
from tests import builders as b

PACKED = b.packed(
    b.pack(
        b.pack_subsidy(name_zh="展位费", name_en="Stands"),
        limits=(b.limit(1), b.limit(2, "named", name_en="Cap of the year")),
    )
)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("pk.year · f1 · 2025", "cap on Stands · Sample f1 · 2025"),
        ("pk.named · f1 · 2025", "Cap of the year · Sample f1 · 2025"),
        ("f1 · abroad-1-1 · places", "Sample f1 · abroad fair, edition 1 · costs of the place"),
        ("pk.year · f1 · asean", "cap on Stands · Sample f1 · ASEAN"),
    ],
)
def test_limits_and_what_they_are_about_are_called_by_name(label: str, said: str) -> None:
    assert LabelNames(PACKED, words("en")).label(label) == said


def test_a_cap_of_a_plain_subsidy_is_called_after_it() -> None:
    assert LabelNames(b.a_programme(), words("zh")).label("half.year · f1 · 2025") == "展位补贴限额 · 示例企业f1 · 2025"


def test_a_part_without_a_name_is_called_by_its_id() -> None:
    names = LabelNames(b.packed(b.pack()), words("zh"))
    assert names.label("pk.stand · f1 · 2025") == "pk.stand · 示例企业f1 · 2025"
