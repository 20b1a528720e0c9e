"""Names of firms that may be one firm's: told, never merged.

Compared without width, case, blanks and punctuation, 有限责任公司 as 有限公司, 省 and 市 left out, traditional letters as simplified ones; and
a name with its province before it is like the same without.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海"
    "|内蒙古|广西|西藏|宁夏|新疆"
)
SHORTEST = 4
"""Letters that must be left of a name without its province; less would be anybody's."""
_SIMPLER = str.maketrans(
    "貿業貴陽雲國際電機廠實發進綠環術東華興農產飲藥醫鋼鐵鋁輪車門紡織絲綢裝傢傳聯鑫銀錫銅鎂鋅儀錶錄龍鳳馬魚鳥麥麵醬釀區縣鄉鎮園場頭達遠運輸儲應鏈網絡數據碼資訊財務開創設備製造廣寶豐強順長萬億"
    "壽禮樂樓橋島灣瀘滬漢溫濟蘇寧贛獅黃藍紅緣維紙筆書畫質選優譽議談調級統總結構築燈電腦線圈處會個與為戶戲單雙歐亞韓",
    "贸业贵阳云国际电机厂实发进绿环术东华兴农产饮药医钢铁铝轮车门纺织丝绸装家传联鑫银锡铜镁锌仪表录龙凤马鱼鸟麦面酱酿区县乡镇园场头达远运输储应链网络数据码资讯财务开创设备制造广宝丰强顺长万亿"
    "寿礼乐楼桥岛湾泸沪汉温济苏宁赣狮黄蓝红缘维纸笔书画质选优誉议谈调级统总结构筑灯电脑线圈处会个与为户戏单双欧亚韩",
)
_FORMS = ((re.compile("有限责任公司"), "有限公司"), (re.compile(r"(?<=\w)[省市](?=\w{4})"), ""))
_ENGLISH = ((r"\bcompany\b", "co"), (r"\blimited\b", "ltd"), (r"\bcorporation\b", "corp"), (r"\bthe\b|\binc\b", ""))
_PREFIX = re.compile(f"(?:{PROVINCES})(?:壮族自治区|回族自治区|维吾尔自治区|自治区)?(.+)")


@lru_cache(maxsize=20_000)
def form_of(name: str) -> str:
    """A name without the differences that people make; names with equal forms may be one firm's."""
    text = unicodedata.normalize("NFKC", name).casefold()
    for pattern, other in _ENGLISH:
        text = re.sub(pattern, other, text)
    text = "".join(c for c in text if c.isalnum()).translate(_SIMPLER)
    for form, other in _FORMS:
        text = form.sub(other, text)
    return text


def alike(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Groups of two or more different names that may be one firm's, each sorted, in order of their first."""
    by_form: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        if form := form_of(name):
            by_form[form].add(name)
    joined: defaultdict[str, set[str]] = defaultdict(set)
    for form, found in by_form.items():
        joined[_without_province(form, by_form)] |= found
    return tuple(sorted(tuple(sorted(group)) for group in joined.values() if len(group) > 1))


def _without_province(form: str, known: Iterable[str]) -> str:
    found = _PREFIX.fullmatch(form)
    return found[1] if found and len(found[1]) >= SHORTEST and found[1] in known else form
