"""What a sign-up may say: the columns of firms and applications that a firm can know, and how else people ask for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from fairplanner.domain.tables import Table
from fairplanner.intake.columns import Column, also_of, columns_of
from fairplanner.intake.lists import spelling, spellings
from fairplanner.intake.sheet import BY_NAME, bare
from fairplanner.words import languages, words

FIRM_FIELDS = (
    "firm_id", "name_zh", "name_en", "zone_id", "kind", "sectors", "markets", "export_usd", "teams", "max_phases", "own_money",
    "staff", "turnover", "founded", "sme",
)  # fmt: skip
WISH_FIELDS = (
    "section_id", "wish", "role", "stand", "booths", "least_booths", "preference", "people", "exhibits", "received",
    "recommended_by", "note",
)  # fmt: skip
FAIR_FIELDS = ("fair", "edition", "phase", "area")
"""What stands in cells of sign-ups and in no column of ours: the fair as people call it, and raw space in square metres."""
FREE = ("exhibits", "note")
"""Fields that hold whatever people write."""
FIELDS = (*FIRM_FIELDS, *FAIR_FIELDS, *WISH_FIELDS)

_NUMBER = re.compile(r"^\s*(?:[（(]?(?:Q|第)?\s*\d{1,3}\s*(?:题|[、.．:：)）]))+\s*", re.IGNORECASE)
_KIND = re.compile(r"[\[【(（](?:单选题?|多选题?|填空题?|矩阵\w*题?|必填|选填|必答|可多选|single\w*|multiple\w*|required|optional)[\]】)）]", re.IGNORECASE)  # fmt: skip
_MARKS = re.compile(r"[*＊★※]")


def table_of(field: str) -> Table:
    """The table whose column a field is; that of applications for those that are none."""
    return BY_NAME["firms" if field in FIRM_FIELDS else "applications"]


def column_of(field: str) -> Column | None:
    """The column of a field; None for the fields that are none of ours."""
    return columns_of(table_of(field)).get(field)


def header_of(field: str, lang: str) -> str:
    """What a field is called in a language."""
    if field in FAIR_FIELDS:
        return words(lang)(f"signups.column.{field}")
    column = columns_of(table_of(field))[field]
    return column.doc.zh if lang == "zh" else column.doc.en


@lru_cache(maxsize=1)
def known_titles() -> Mapping[str, str]:
    """Every way a field is asked for, bare, with the field; the field's own headers before all others."""
    found: dict[str, str] = {}
    for lang in languages():
        found |= {bare(header_of(field, lang)): field for field in FIELDS} | {bare(field): field for field in FIELDS}
    for lang in languages():
        w = words(lang)
        for field in FIELDS:
            key = f"signups.also.{field}"
            for name in w(key).split("|") if key in w else ():
                found.setdefault(bare(name), field)
    for table in ("firms", "applications"):
        for name, field in also_of(BY_NAME[table]).items():
            own = "fair" if field == "phase_id" else field
            if own in FIELDS:
                found.setdefault(name, own)
    return found


@dataclass(frozen=True)
class Asked:
    """A title without its number and marks; `base` and `option` are its parts where it is one option of a question."""

    text: str
    base: str
    option: str


@lru_cache(maxsize=20_000)
def asked(title: str) -> Asked:
    """A title taken apart: `5、拟参加展会（第141届广交会第一期）*` is the option in brackets of 拟参加展会."""
    text = unicodedata.normalize("NFKC", " ".join(title.split()))
    text = _MARKS.sub("", _KIND.sub("", _NUMBER.sub("", text))).strip(" :?。")
    if match := re.fullmatch(r"(.*?)[\s:]*[(\[【](.*)[)\]】]", text):
        return Asked(text, match[1].strip(), match[2].strip())
    parts = re.split(r"\s*(?:——|—|--|[|:])\s*", text, maxsplit=1)
    return Asked(text, parts[0], parts[1]) if len(parts) == 2 else Asked(text, text, "")


@lru_cache(maxsize=20_000)
def field_asked(text: str) -> str:
    """The field that a text asks for, also in a polite sentence (请填写贵公司的企业名称); '' where it asks for none."""
    known = known_titles()
    key = bare(text)
    if key in known:
        return known[key]
    for part in sorted(listed_words("fillers"), key=lambda x: (-len(x), x)):
        # a single letter is a word only where it stands at an end: 申请 is no 请
        key = key.replace(part, "") if len(part) > 1 else key.removeprefix(part).removesuffix(part)
        if key in known:
            return known[key]
    return ""


@lru_cache(maxsize=1)
def _list_words() -> frozenset[str]:
    found = [c.listed for field in FIELDS if (c := column_of(field)) and c.listed]
    return frozenset(word for section, values, _ in found for word in spellings(section, values))


def is_list_word(text: str) -> bool:
    """Whether a text is one of the words that a closed list admits: an answer."""
    return spelling(text) in _list_words()


@lru_cache(maxsize=20_000)
def is_personal(text: str) -> bool:
    """Whether a title asks for what planning does not hold: who the contact is, numbers of telephones and papers."""
    key = bare(text)
    return any(part in key for part in listed_words("personal"))


@lru_cache(maxsize=20_000)
def is_quiet(text: str) -> bool:
    """Whether a title heads what nobody asks about: the number of a row, where an answer was sent from."""
    return bare(asked(text).text) in listed_words("quiet")


@lru_cache(maxsize=8)
def listed_words(kind: str) -> frozenset[str]:
    """Words of every language under `signups.<kind>`, bare."""
    return frozenset(bare(x) for lang in languages() for x in words(lang)(f"signups.{kind}").split("|")) - {""}
