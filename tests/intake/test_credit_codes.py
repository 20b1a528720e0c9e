"""统一社会信用代码: the check character of GB 32100-2015, slips that are named, and other ids that are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplanner.intake import cells
from fairplanner.intake.bad_cell import BadCellError
from fairplanner.intake.credit_codes import ALPHABET, check_character, credit_code, likely_meant, problem_of_code

# the worked example of the standard's annex, a university and a made-up firm
KNOWN = ("91350100M000100Y43", "12100000400002259A", "91520100MA6DTEST04")


def body(draw_digits: str, letters: str) -> str:
    return "91" + draw_digits + letters


BODIES = st.builds(
    body, st.text("0123456789", min_size=6, max_size=6), st.text("0123456789", min_size=5, max_size=5)
).flatmap(lambda head: st.text(ALPHABET, min_size=4, max_size=4).map(lambda tail: head + tail))
CODES = BODIES.map(lambda b: b + check_character(b))


def test_the_example_of_the_standard_is_right():
    assert check_character(KNOWN[0][:-1]) == KNOWN[0][-1]
    assert problem_of_code(KNOWN[0]) == ""


def test_the_weights_are_those_of_the_standard():
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    for place, weight in enumerate(weights):
        single = "0" * place + "1" + "0" * (16 - place)
        assert ALPHABET.index(check_character(single)) == (31 - weight) % 31


@given(CODES, st.integers(8, 17), st.sampled_from(ALPHABET))
def test_one_character_copied_wrongly_is_always_found(code: str, place: int, other: str):
    assert problem_of_code(code) == ""
    wrong = code[:place] + other + code[place + 1 :]
    assert problem_of_code(wrong) == ("" if wrong == code else "credit-check")


@given(CODES, st.sampled_from(["lower", "wide", "blanks", "nbsp"]))
def test_width_case_and_blanks_make_no_difference(code: str, how: str):
    written = {
        "lower": code.lower(), "wide": "".join(chr(ord(c) + 0xFEE0) for c in code), "blanks": f" {code[:4]} {code[4:10]} {code[10:]}",
        "nbsp": f"{code[:9]}\u00a0{code[9:]}",
    }[how]  # fmt: skip
    assert credit_code(written) == code == cells.firm_code(written)


@given(CODES.filter(lambda c: "0" in c[8:-1]))
def test_the_letter_o_for_a_nought_is_said(code: str):
    at = code.index("0", 8)
    wrong = code[:at] + "O" + code[at + 1 :]
    assert problem_of_code(wrong) == "credit-letter"
    assert likely_meant(wrong) == code
    with pytest.raises(BadCellError) as caught:
        cells.firm_code(wrong)
    assert (caught.value.what, dict(caught.value.facts)) == ("credit-letter-near", {"near": code})


@pytest.mark.parametrize(
    "code", ["SAMPLE-001", "F1", "示例企业1", "firm-with-18-chars", "123456", "贵州省遵义市示例茶业有限公司一二三四"]
)
def test_ids_of_ones_own_are_left_as_they_are(code: str):
    assert problem_of_code(code) == ""
    assert credit_code(code) == code


@pytest.mark.parametrize("code", ["91350100M000100Y4", "91350100M000100Y433", "9152010012345678"])
def test_a_code_with_a_character_too_many_or_too_few_is_told(code: str):
    with pytest.raises(BadCellError) as caught:
        cells.firm_code(code)
    assert (caught.value.what, dict(caught.value.facts)) == ("credit-length", {"count": str(len(code))})
