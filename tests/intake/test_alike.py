"""Names that may be one firm's are found, names of two firms are not."""

from __future__ import annotations

import pytest

from fairplanner.intake.alike import alike


@pytest.mark.parametrize(
    "names",
    [
        ("示例茶业（贵州）有限公司", "示例茶业(贵州)有限公司"),
        ("示例茶业有限公司", "示例茶业有限责任公司"),
        ("贵州省示例茶业有限公司", "贵州示例茶业有限公司"),
        ("贵州示例茶业有限公司", "示例茶业有限公司"),
        ("遵义市示例茶业有限公司", "遵义示例茶业有限公司"),
        ("示例 茶业 有限公司", "示例茶业有限公司"),
        ("貴陽示例機電有限公司", "贵阳示例机电有限公司"),
        ("Ｓａｍｐｌｅ Tea Co., Ltd.", "SAMPLE TEA CO LTD"),
        ("Sample Tea Company Limited", "Sample Tea Co., Ltd."),
    ],
)
def test_names_that_differ_as_people_write_them_are_alike(names: tuple[str, str]):
    assert alike(("别的公司", *names)) == (tuple(sorted(names)),)


@pytest.mark.parametrize(
    "names",
    [
        ("贵阳示例茶业有限公司", "遵义示例茶业有限公司"),
        ("贵州示例茶业有限公司", "云南示例茶业有限公司"),
        ("示例茶业有限公司", "示例茶业股份有限公司"),
        ("示例茶业一厂", "示例茶业二厂"),
        ("贵州茶业", "茶业"),
        ("Sample Tea", "Sample Teas"),
    ],
)
def test_names_of_two_firms_are_not(names: tuple[str, str]):
    assert alike(names) == ()


def test_equal_names_are_one_name_and_the_order_does_not_matter():
    names = ["乙公司", "甲 公司", "乙公司", "甲公司"]
    assert alike(names) == alike(reversed(names)) == (("甲 公司", "甲公司"),)
