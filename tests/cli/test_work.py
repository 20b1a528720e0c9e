"""What several verbs do: which files of an earlier publication are of the editions that are written anew."""

from __future__ import annotations

import pytest

from fairplanner.cli.work import is_of_a_party


@pytest.mark.parametrize(
    ("name", "editions", "is_so"),
    [
        ("handouts/a.zh.pdf", ("zh",), True),
        ("handouts/a.card.zh.pdf", ("zh",), True),
        ("handouts/a.zh-en.pdf", ("zh",), False),
        ("handouts/a.zh-en.pdf", ("zh", "zh-en"), True),
        ("phone/prov/zh/第2版_1.5公里.png", ("zh",), True),
        ("internal/handbooks/INTERNAL.zh.txt", ("zh",), True),
        ("plan.zh.xlsx", ("zh",), False),
        ("programme.json", ("zh", "en"), False),
        ("handouts/firms/acme.zh.en.pdf", ("zh",), False),
        ("phone/zh/en/2.txt", ("zh",), False),
    ],
)
def test_a_file_of_a_party_is_known_by_the_end_of_its_name_or_folder(
    name: str, editions: tuple[str, ...], is_so: bool
) -> None:
    assert is_of_a_party(name, editions) is is_so
