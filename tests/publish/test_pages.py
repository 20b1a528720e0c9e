from pathlib import Path

import pytest

from fairplanner.errors import LanguageError
from fairplanner.publish.overlay import overlay
from fairplanner.publish.pages import page

BROKEN = {
    "an unknown value": ("<p>\n{{ nothing_of_that_name }}</p>", 2),
    "a tag that does not close": ("<p>\n\n{% if x %}</p>", 3),
    "a sum that cannot be": ("<p>{{ 1 + title }}</p>", 1),
}


@pytest.mark.parametrize(("body", "line"), BROKEN.values(), ids=BROKEN)
def test_a_template_of_ones_own_that_fails_is_named_with_the_line(body: str, line: int, tmp_path: Path) -> None:
    own = tmp_path / "own" / "pages"
    own.mkdir(parents=True)
    (own / "list.html.j2").write_text(body, encoding="utf-8")
    with overlay(own.parent) as folder, pytest.raises(LanguageError) as caught:
        page(folder, "pages/list.html.j2", "zh", title="t")
    (problem,) = caught.value.problems
    assert (problem.file, problem.row, problem.what) == ("pages/list.html.j2", line, "template")


def test_a_part_that_a_page_takes_in_is_named_and_not_the_page(tmp_path: Path) -> None:
    own = tmp_path / "own" / "parts"
    own.mkdir(parents=True)
    (own / "tables.html.j2").write_text(
        "{% macro data_table(t, label, stacked) %}\n{{ t.nothing.more }}{% endmacro %}", "utf-8"
    )
    with overlay(own.parent) as folder, pytest.raises(LanguageError) as caught:
        page(
            folder, "pages/list.html.j2", "zh", title="t", window="", note="", sample="", footer="", table={"rows": [1]}
        )
    assert caught.value.problems[0].file == "parts/tables.html.j2"
