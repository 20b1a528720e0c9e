"""The tree of a site: what stands in each subscriber's folder, and that nothing outside says whose it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from fairplanner.domain.published import Feed, FeedKey, Scope, Token
from fairplanner.errors import OutputError
from fairplanner.publish.calendars.lint import lint
from fairplanner.publish.calendars.stopped import stopped
from fairplanner.publish.publication import Publication
from fairplanner.publish.subscribe.addresses import Address
from fairplanner.publish.subscribe.site import GENERATOR, by_audience, front, plain_page, site, subscriber
from tests.publish.reading import Page
from tests.publish.subscriptions import ADDRESS, BASE, FIRST, HOST, LANGS, TOKEN, a_document, first_feeds, meta

FIRM = Scope("firm", "f1")
OTHER = "Another0token1of2another3fi"


def firm_feeds() -> list[Feed]:
    return [first_feeds()[FeedKey(*FIRM, lang)] for lang in LANGS]


def a_token(scope: Scope = FIRM, **changes: object) -> Token:
    return replace(Token(1, "test", scope, "abcd1234", FIRST), **changes)  # type: ignore[arg-type]


def the_tree(**keys: Token) -> dict[str, Publication]:
    made = site("test", HOST, first_feeds(), [a_document()], keys, BASE, FIRST + timedelta(days=40))
    return {str(one.path): one for one in made}


def own(tree: dict[str, Publication], token: str = TOKEN) -> dict[str, bytes]:
    """Files of one subscriber."""
    below = f"f/{token}/"
    return {path.removeprefix(below): one.content for path, one in tree.items() if path.startswith(below)}


def test_a_subscriber_finds_his_calendars_byte_for_byte_his_documents_and_a_page_in_each_language() -> None:
    files = own(the_tree(**{TOKEN: a_token()}))
    assert set(files) == {"f1.zh.ics", "f1.en.ics", "answer.zh.html", "index.html", "index.zh.html", "index.en.html"}
    for lang in LANGS:
        assert files[f"f1.{lang}.ics"] == first_feeds()[FeedKey(*FIRM, lang)].content
    assert files["index.html"] == files["index.zh.html"]
    assert files["answer.zh.html"] == a_document().content


def test_every_link_between_the_files_of_a_subscriber_leads_to_one_of_them() -> None:
    files = own(the_tree(**{TOKEN: a_token()}))
    for name in ("index.zh.html", "index.en.html"):
        near = [a for a in Page(files[name]).addresses if ":" not in a]
        assert near
        assert set(near) <= set(files)


def test_a_document_goes_to_its_own_audience_only() -> None:
    tree = the_tree(**{TOKEN: a_token(), OTHER: a_token(Scope("firm", "f2"))})
    assert "answer.zh.html" in own(tree)
    assert "answer.zh.html" not in own(tree, OTHER)
    assert b"answer" not in own(tree, OTHER)["index.zh.html"]


def test_nothing_outside_a_subscribers_folder_names_him_or_his_token() -> None:
    tree = the_tree(**{TOKEN: a_token(), OTHER: a_token(Scope("firm", "f2"))})
    for path, one in tree.items():
        for token in (TOKEN, OTHER):
            if not path.startswith(f"f/{token}/"):
                assert token.encode() not in one.content
        if path.count("/") < 2:
            assert "f1" not in one.content.decode()


def test_a_folder_that_a_server_might_list_has_a_page_of_its_own() -> None:
    tree = the_tree(**{TOKEN: a_token()})
    folders = {path.rpartition("/")[0] for path in tree}
    assert folders == {"", "f", f"f/{TOKEN}"}
    assert all(f"{folder}/index.html".lstrip("/") in tree for folder in folders)


def test_robots_may_fetch_calendars_and_pages_say_that_they_are_not_to_be_found() -> None:
    rules = {str(one.path): one.content.decode() for one in front()}
    assert [line for line in rules["robots.txt"].splitlines() if line.startswith("Disallow")] == ["Disallow:"]
    assert "noindex" in meta(Page(rules["index.html"].encode()), "robots")


def test_the_hints_for_a_web_server_concern_only_what_lies_below_f() -> None:
    rules = {str(one.path): one.content.decode() for one in front()}
    assert [path for path in rules if path.endswith(".htaccess")] == ["f/.htaccess"]
    assert "text/calendar; charset=utf-8" in rules["f/.htaccess"]
    assert "no-gzip" in rules["f/.htaccess"]


def test_what_lies_at_the_top_is_known_as_ours() -> None:
    assert all(GENERATOR.encode() in one.content for one in front())


def test_a_revoked_subscription_keeps_its_calendars_name_and_says_that_it_has_ended() -> None:
    revoked = FIRST + timedelta(days=20)
    files = own(the_tree(**{TOKEN: a_token(revoked=revoked)}))
    assert set(files) == {"f1.zh.ics", "f1.en.ics", "index.html"}
    assert files["f1.zh.ics"] == stopped("test", FeedKey(*FIRM, "zh"), revoked, HOST)
    assert lint(files["f1.zh.ics"]) == ()
    assert "此订阅已停用" in Page(files["index.html"]).text
    assert "示例企业" not in files["index.html"].decode()


def test_a_subscription_that_was_revoked_long_ago_leaves_nothing() -> None:
    assert own(the_tree(**{TOKEN: a_token(revoked=FIRST + timedelta(days=10))})) == {}


def test_an_audience_with_one_language_begins_with_it() -> None:
    feeds = [f for f in firm_feeds() if f.key.lang == "en"]
    files = {one.path.name: one.content for one in subscriber(feeds, (), ADDRESS, FIRST)}
    assert set(files) == {"f1.en.ics", "index.en.html", "index.html"}
    assert files["index.html"] == files["index.en.html"]


@pytest.mark.parametrize(
    "name",
    ["../x.pdf", "a/b.pdf", "a\\b.pdf", "c:x.pdf", ".htaccess", "index.html", "index.zh.html", "f1.zh.ics", "a\n", ""],
)
def test_a_document_whose_name_would_lie_elsewhere_or_cover_another_file_is_refused(name: str) -> None:
    with pytest.raises(OutputError) as caught:
        list(subscriber(firm_feeds(), [a_document(name)], Address(BASE, TOKEN), FIRST))
    assert [(p.what, p.value) for p in caught.value.problems] == [("document-name", name)]


def test_two_documents_of_one_name_are_refused() -> None:
    with pytest.raises(OutputError):
        list(subscriber(firm_feeds(), [a_document(), a_document(lang="en")], ADDRESS, FIRST))


def test_feeds_and_documents_are_dealt_out_by_audience() -> None:
    assert {f.key.lang for f in by_audience(first_feeds().values())[FIRM]} == set(LANGS)
    assert by_audience([a_document()]) == {FIRM: [a_document()]}


@pytest.mark.parametrize("which", ["front", "ended"])
def test_a_plain_page_speaks_both_languages_and_fetches_nothing(which: str) -> None:
    page = Page(plain_page(which))
    assert "订阅" in page.text
    assert "subscription" in page.text
    assert [a for a in page.addresses if not a.startswith("data:")] == []
