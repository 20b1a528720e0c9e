import re

from hypothesis import given
from hypothesis import strategies as st

from fairplanner.publish.paths import safe_name

SAFE = re.compile(r"[a-z0-9][a-z0-9._-]{0,80}")


def test_plain_ids_keep_their_name() -> None:
    assert safe_name("canton-137-1") == "canton-137-1"


def test_ids_that_differ_in_case_or_sign_only_differ_on_disk() -> None:
    names = [safe_name(x) for x in ("A", "a", "a/b", "a:b", "a b", "a--b", "贵阳", "安顺", "")]
    assert len(set(names)) == len(names)


def test_names_kept_for_devices_are_avoided() -> None:
    assert safe_name("con") != "con"
    assert safe_name("nul.x") != "nul.x"


@given(st.text())
def test_any_text_gives_a_safe_name(text: str) -> None:
    assert SAFE.fullmatch(safe_name(text))


@given(st.text(), st.text())
def test_different_texts_give_different_names(a: str, b: str) -> None:
    assert a == b or safe_name(a) != safe_name(b)
