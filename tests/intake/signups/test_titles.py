"""What titles of columns, questions and labels are taken for."""

from __future__ import annotations

import pytest

from fairplanner.intake.fairs_meant import FairsMeant
from fairplanner.intake.signups.fields import FIELDS
from fairplanner.intake.signups.titles import Target, Titles, read_target
from tests.signups import programme


@pytest.fixture(scope="module")
def titles() -> Titles:
    made = programme()
    return Titles(made, FairsMeant(made))


@pytest.mark.parametrize(
    ("title", "target"),
    [
        ("企业名称", Target("name_zh")),
        ("＊ 企业 名称：", Target("name_zh")),
        ("1、请填写贵公司的企业全称（必填）", Target("name_zh")),
        ("Q2. 统一社会信用代码 [填空题]", Target("firm_id")),
        ("上年度出口额（万美元）", Target("export_usd")),
        ("5、(第137届样交会第一期)", Target("fair", "expo-137-1")),
        ("5、拟参加的展会（海外乐器展览会）", Target("fair", "abroad-1-1")),
        ("6、各展会申请展位数(第138届样交会第二期)", Target("booths", "expo-138-2")),
        ("第137届样交会第一期展位数", Target("booths", "expo-137-1")),
        ("7、参加方式（采购）", Target("role", option="采购")),
        ("第二志愿", Target("fair", rank=2)),
        ("4、您希望参加哪些展会？（多选题）", Target("fair")),
        ("4. Which fairs would you like to attend?", Target("fair")),
        ("志愿3", Target("fair", rank=3)),
        ("2nd choice", Target("fair", rank=2)),
        ("提交答卷时间", Target("received")),
        ("Booths wanted", Target("booths")),
        ("8、联系人手机", Target()),
        ("法定代表人身份证号", Target()),
        ("来自IP", Target()),
        ("序号", Target()),
        ("您对组展工作的建议", Target()),
    ],
)
def test_a_title_is_taken_for(titles: Titles, title: str, target: Target) -> None:
    found = titles(title)
    assert (found.target, found.is_open) == (target, False)


@pytest.mark.parametrize(
    ("title", "near"),
    [
        ("近三年是否参加过样交会", "expo-137-1, expo-137-2, expo-138-1, expo-138-2"),
        ("您对第137届样交会第一期满意吗", "expo-137-1"),
        ("企业名称变更情况", "name_zh"),
        ("申请展位数量合计", "booths"),
        ("海外乐器展", "海外乐器展览会"),
        ("拟参展届次/期", "edition"),
        ("5. How many booths do you need?", "booths"),
        ("Which prefecture are you in?", "zone_id"),
        ("展位数（样交会第一期）", "expo-137-1, expo-138-1"),
        ("展位数（第137届样交会一二期）", "expo-137-1, expo-137-2, expo-138-1, expo-138-2"),
        ("4. Which trade fairs suit you?", "fair"),
    ],
)
def test_what_only_resembles_something_is_for_a_person_to_decide(titles: Titles, title: str, near: str) -> None:
    found = titles(title)
    assert (found.target, found.is_open, found.near) == (Target(), True, near)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_target_is_read_as_it_is_written(lang: str) -> None:
    made = programme()
    plain = [Target(field) for field in FIELDS]
    special = [Target(), Target("fair", "expo-137-1"), Target("booths", "abroad-1-1"), Target("fair", rank=4)]
    for target in [*plain, *special, Target("role", option="采购")]:
        assert read_target(target.written(lang), made) == target


@pytest.mark.parametrize("text", ["展会: nothing-1", "企业名称: expo-137-1", "什么", "参加方式 ="])
def test_a_line_that_says_nothing_known_is_no_target(text: str) -> None:
    assert read_target(text, programme()) is None
