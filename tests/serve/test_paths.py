"""What addresses mean."""

from __future__ import annotations

import pytest

from fairplanner.serve.paths import Asked, asked

TOKEN = "5LKaBRA37C7xHVYyWWUJk6s02hE"  # noqa: S105


@pytest.mark.parametrize(
    ("rest", "kind", "lang"),
    [
        ("/f1.zh.ics", "feed", "zh"), ("/any-name.en.ics", "feed", "en"), ("/遵义.zh.ics", "feed", "zh"),
        ("/a.zh.en.ics", "feed", "en"), ("", "page", ""), ("/", "page", ""), ("/index.html", "page", ""),
        ("/index.zh.html", "page", "zh"), ("/index.en.html", "page", "en"), ("/参展手册.pdf", "document", ""),
        ("/f1.ics", "document", ""), ("/f1.xx.ics", "document", ""), ("/zh.ics", "document", ""), ("/.zh.ics", "document", ""),
        ("/index.xx.html", "document", ""), ("/..", "document", ""), ("/f1.zh.ICS", "document", ""),
    ],
)  # fmt: skip
def test_an_address_asks_for_one_thing(rest: str, kind: str, lang: str) -> None:
    assert asked(f"/f/{TOKEN}{rest}") == Asked(TOKEN, kind, lang, rest.removeprefix("/"))


@pytest.mark.parametrize(
    "path",
    ["/", "", "/f", "/f/", "/f//", "/f/short/x.zh.ics", f"/f/{TOKEN}/a/b.zh.ics", f"/f/{TOKEN}//", f"//f/{TOKEN}/x.zh.ics",
     f"/F/{TOKEN}/x.zh.ics", f"/f/{TOKEN}é/x.zh.ics", f"/f/{'a' * 129}/x.zh.ics", f"/f/{TOKEN}/x.zh.ics\n", f"/f/{TOKEN}/\x00.zh.ics",
     f"/f/{TOKEN}/x\r\nSet-Cookie: a.zh.ics", f"/f/../f/{TOKEN}/x.zh.ics", f"/x/f/{TOKEN}/x.zh.ics"],
)  # fmt: skip
def test_other_addresses_ask_for_nothing(path: str) -> None:
    assert asked(path) is None
