"""What stands at each address, asked as calendar programs ask."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from fairplanner.domain.published import Scope
from fairplanner.publish.calendars.lint import lint
from fairplanner.publish.subscribe.site import ROBOTS
from fairplanner.words import words
from tests.serve.asking import AT, FIRM, LAST_MODIFIED, PROGRAMME, Answer, Place, get, running

NOW = datetime.now(UTC).replace(microsecond=0)
THUNDERBIRD = (
    ("Accept", "text/calendar,text/plain;q=0.8,*/*;q=0.5"), ("Accept-Encoding", "gzip, deflate, br, zstd"), ("Cache-Control", "no-cache"),
)  # fmt: skip


def said(answer: Answer, key: str) -> bool:
    return words("zh")(f"serve.{key}") in answer.body.decode() and words("en")(f"serve.{key}") in answer.body.decode()


def test_a_feed_is_sent_as_it_was_published(where: Place) -> None:
    answer = get(where, where.url(), "GET", *THUNDERBIRD)
    content = where.feed().content
    assert (answer.status, answer.body) == (200, content)
    assert answer.headers == {
        "content-type": "text/calendar; charset=utf-8", "content-length": str(len(content)),
        "content-disposition": 'inline; filename="f1.zh.ics"', "etag": f'"{where.feed().etag}"', "last-modified": LAST_MODIFIED,
        "cache-control": "private, max-age=300, must-revalidate", "x-robots-tag": "noindex", "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
    }  # fmt: skip


def test_languages_differ_and_names_do_not_matter(where: Place) -> None:
    assert get(where, where.url("renamed.en.ics")).body == where.feed("en").content
    assert get(where, where.url("%E9%81%B5%E4%B9%89.zh.ics?x=1&alarms=1")).body == where.feed("zh").content


@pytest.mark.parametrize("accept", ["application/calendar+json", "text/html", "image/png;q=0", "*/*;q=0", "\x7f"])
def test_whatever_a_client_accepts_it_gets_the_calendar_and_never_compressed(where: Place, accept: str) -> None:
    answer = get(
        where, where.url(), "GET", ("Accept", accept), ("Accept-Encoding", "gzip, identity;q=0"), ("Range", "bytes=0-3")
    )
    assert (answer.status, answer.body) == (200, where.feed().content)
    assert "content-encoding" not in answer.headers


def test_who_has_it_is_told_so_with_the_validators_again(where: Place) -> None:
    etag = f'"{where.feed().etag}"'
    for headers in (
        [("If-None-Match", etag)], [("If-None-Match", f'"x", W/{etag}')], [("If-None-Match", '"x"'), ("If-None-Match", etag)],
        [("If-None-Match", "*")], [("If-Modified-Since", LAST_MODIFIED)], [("If-None-Match", etag), ("If-Modified-Since", "x")],
    ):  # fmt: skip
        for method in ("GET", "HEAD"):
            answer = get(where, where.url(), method, *headers)
            assert (answer.status, answer.body) == (304, b""), headers
            assert (answer.headers["etag"], answer.headers["last-modified"]) == (etag, LAST_MODIFIED)
            assert answer.headers["cache-control"] == "private, max-age=300, must-revalidate"
            assert "content-length" not in answer.headers


def test_who_has_something_else_gets_it_whole(where: Place) -> None:
    for headers in (
        [("If-None-Match", '"x"'), ("If-Modified-Since", LAST_MODIFIED)], [("If-Modified-Since", "Sun, 22 Nov 2026 08:29:59 GMT")],
        [("If-Modified-Since", "now")], [("If-Modified-Since", LAST_MODIFIED), ("If-Modified-Since", LAST_MODIFIED)],
    ):  # fmt: skip
        assert get(where, where.url(), "GET", *headers).status == 200, headers


def test_head_announces_what_get_sends(where: Place) -> None:
    for name in ("f1.zh.ics", "", "%E5%8F%82%E5%B1%95%E6%89%8B%E5%86%8C.pdf", "missing.pdf"):
        got, head = get(where, where.url(name)), get(where, where.url(name), "HEAD")
        assert (head.status, head.headers, head.body) == (got.status, got.headers, b"")
        assert int(got.headers["content-length"]) == len(got.body) > 0


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "PROPFIND", "OPTIONS", "REPORT", "TRACE", "get"])
@pytest.mark.parametrize("name", ["f1.zh.ics", "", "/x"])
def test_only_reading_is_possible(where: Place, method: str, name: str) -> None:
    answer = get(where, where.url(name), method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
    assert said(answer, "method")


def test_the_page_is_there_with_and_without_a_slash_and_nobody_is_sent_elsewhere(where: Place) -> None:
    pages = [get(where, f"/f/{where.token}{rest}") for rest in ("", "/", "/index.html", "/index.zh.html")]
    assert {page.status for page in pages} == {200}
    assert len({page.body for page in pages}) == 1
    assert f"https://calendars.example.org/f/{where.token}/f1.zh.ics" in pages[0].body.decode()
    assert pages[0].headers["content-type"] == "text/html; charset=utf-8"
    english = get(where, where.url("index.en.html"))
    assert english.body != pages[0].body
    assert f"/f/{where.token}/f1.en.ics" in english.body.decode()
    assert get(where, where.url(), "GET", ("If-None-Match", pages[0].headers["etag"])).status == 200
    assert get(where, where.url(""), "GET", ("If-None-Match", pages[0].headers["etag"])).status == 304


def test_the_host_that_a_request_names_is_not_believed(where: Place) -> None:
    answer = get(
        where,
        where.url(""),
        "GET",
        ("Host", "evil.example"),
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Proto", "ftp"),
    )
    assert b"evil" not in answer.body


def test_documents_of_the_audience_can_be_fetched_and_no_others(where: Place) -> None:
    answer = get(where, where.url("%E5%8F%82%E5%B1%95%E6%89%8B%E5%86%8C.pdf"))
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, b"%PDF-1.7 zh", "application/pdf")
    assert get(where, where.url("handout.html")).headers["content-type"] == "text/html; charset=utf-8"
    for name in (
        "secret.pdf",
        "..",
        "../other/secret.pdf",
        "%2e%2e%2fsecret.pdf",
        "..%5coffice.db",
        "office.db",
        "%2Fetc%2Fpasswd",
    ):
        assert get(where, where.url(name)).status == 404, name


def test_there_is_nothing_elsewhere(where: Place) -> None:
    for path in (
        "/",
        "/f",
        "/f/",
        "/favicon.ico",
        "/health/",
        "/robots.txt/",
        "/f/" + "a" * 27 + "/f1.zh.ics",
        "/.env",
        where.url("f1.xx.ics"),
    ):
        answer = get(where, path)
        assert answer.status == 404, path
        assert said(answer, "not_found")
        assert answer.headers["cache-control"] == "no-store"


def test_an_audience_without_a_feed_has_nothing_to_show(where: Place) -> None:
    token = where.store.create_token(PROGRAMME, Scope("firm", "nobody"), AT)
    for name in ("x.zh.ics", "", "index.zh.html", "x.pdf"):
        assert get(where, f"/f/{token}/{name}").status == 404


def test_a_revoked_link_says_so_for_a_month_and_then_is_gone(where: Place) -> None:
    first, second = where.store.create_token(PROGRAMME, FIRM, AT), where.store.create_token(PROGRAMME, FIRM, AT)
    _, *ids = (t.token_id for t in where.store.tokens(PROGRAMME))
    where.store.revoke(ids[0], NOW - timedelta(days=29))
    where.store.revoke(ids[1], NOW - timedelta(days=30))
    calendar = get(where, f"/f/{first}/f1.zh.ics")
    assert calendar.status == 200
    assert lint(calendar.body) == ()
    assert calendar.body.count(b"BEGIN:VEVENT") == 1
    assert words("zh")("subscribe.ended.title").encode() in calendar.body.replace(b"\r\n ", b"")
    assert get(where, f"/f/{first}/f1.zh.ics", "GET", ("If-None-Match", calendar.headers["etag"])).status == 304
    page = get(where, f"/f/{first}/")
    assert page.status == 200
    assert "企业" not in page.body.decode()
    assert get(where, f"/f/{first}/handout.html").status == 410
    for name in ("f1.zh.ics", "f1.en.ics", "", "index.en.html", "handout.html"):
        answer = get(where, f"/f/{second}/{name}")
        assert answer.status == 410
        assert said(answer, "gone")


def test_a_link_is_not_asked_for_without_end_and_others_are_not_held_up(where: Place) -> None:
    other = where.store.create_token(PROGRAMME, FIRM, AT)

    async def ask() -> list[Answer]:
        async with running(where, burst=3, pace=0.01) as get:
            same = [await get(where.url(name)) for name in ("f1.zh.ics", "f1.en.ics", "", "f1.zh.ics")]
            return [*same, await get(f"/f/{other}/f1.zh.ics")]

    answers = asyncio.run(ask())
    assert [a.status for a in answers] == [200, 200, 200, 429, 200]
    assert 95 <= int(answers[3].headers["retry-after"]) <= 100
    assert said(answers[3], "slow_down")


def test_health_says_that_the_store_answers_and_nothing_of_whom_it_is_about(where: Place) -> None:
    answer = get(where, "/health")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert json.loads(answer.body) == {"status": "ok", "feeds": 2}


def test_robots_may_read_calendars(where: Place) -> None:
    answer = get(where, "/robots.txt")
    assert (answer.status, answer.body.decode()) == (200, ROBOTS)
    assert "Disallow: /" not in answer.body.decode()


def test_what_is_too_long_is_refused_before_anything_is_looked_up(where: Place) -> None:
    assert get(where, where.url("x" * 3000 + ".zh.ics")).status == 414
    assert get(where, where.url("%41" * 1000 + ".zh.ics")).status == 414
    answer = get(where, where.url(), "GET", ("Cookie", "x" * 17_000))
    assert answer.status == 431
    assert said(answer, "too_long")
