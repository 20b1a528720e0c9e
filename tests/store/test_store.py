"""The contract of a store: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from fairplanner.domain.money import LedgerRow
from fairplanner.domain.published import Feed, FeedKey, Scope
from fairplanner.store import Store, StoreError, StoreTaken, open_store
from tests.store.made import AT, PROGRAMME, document, feed, key, numbers_shown, publish_next, revision

FIRM = Scope("firm", "f000")


class TestStore:
    """One class for every database."""

    def test_a_new_store_is_empty(self, store: Store) -> None:
        assert store.programmes() == ()
        assert store.head(PROGRAMME) is None
        assert store.revisions(PROGRAMME) == ()
        assert store.feeds(PROGRAMME) == {}
        assert store.feed(PROGRAMME, key()) is None
        assert store.documents(PROGRAMME) == ()
        assert store.find("nothing") is None
        assert store.verify(PROGRAMME) == ()

    def test_the_host_is_frozen_when_the_store_is_made(self, store: Store, url: str) -> None:
        with open_store(url, host="elsewhere.example.org") as again:
            assert again.host == store.host == "calendars.example.org"

    def test_what_is_published_comes_back_as_it_was_also_after_opening_again(self, store: Store, url: str) -> None:
        new = revision(1)
        feeds = [feed(1, i) for i in (2, 0, 1)]
        store.publish(new, iter(feeds), [document(1, 1), document(1, 0)], onto="")
        for found in (store, open_store(url)):
            assert found.head(PROGRAMME) == new
            assert found.revision(PROGRAMME, 1) == new
            assert found.programmes() == (PROGRAMME,)
            assert list(found.feeds(PROGRAMME).items()) == [(key(i), feed(1, i)) for i in range(3)]
            assert found.feed(PROGRAMME, key(2)) == feed(1, 2)
            assert found.documents(PROGRAMME) == (document(1, 0), document(1, 1))
            assert found.documents(PROGRAMME, document(1, 1).scope) == (document(1, 1),)
            assert found.verify(PROGRAMME) == ()
        found.close()

    def test_heads_and_the_poll_path_leave_out_what_they_do_not_need(self, store: Store) -> None:
        publish_next(store)
        heads = store.heads(PROGRAMME)
        assert [(f.key, f.etag, f.modified) for f in heads] == [
            (key(i), feed(1, i, mark="计划岗").etag, feed(1, i).modified) for i in range(3)
        ]
        assert {f.content for f in heads} == {b""}
        assert {f.states for f in heads} == {()}
        polled = store.feed(PROGRAMME, key(1), states=False)
        assert polled is not None
        assert polled.content == feed(1, 1, mark="计划岗").content
        assert polled.states == ()

    def test_a_revision_replaces_only_the_feeds_it_is_given(self, store: Store) -> None:
        first = publish_next(store)
        second = revision(2, first.seal)
        store.publish(second, [feed(2, 1, entries=5), feed(2, 9)], None, onto=first.seal)
        found = store.feeds(PROGRAMME)
        assert {k.subject: {s.sequence for s in f.states} for k, f in found.items()} == {
            "f000": {1}, "f001": {2}, "f002": {1}, "f009": {2},
        }  # fmt: skip
        assert len(found[key(1)].states) == 5
        assert [d.content for d in store.documents(PROGRAMME)] == [b"%PDF 1"] * 3

    def test_a_set_of_documents_replaces_the_one_before(self, store: Store) -> None:
        first = publish_next(store)
        store.publish(revision(2, first.seal), [], [document(2, 1)], onto=first.seal)
        assert store.documents(PROGRAMME) == (document(2, 1),)

    def test_the_same_bytes_for_many_audiences_are_kept_once(self, store: Store) -> None:
        first = publish_next(store, feeds=20)
        with store._database.looking() as connection:
            assert connection.execute(text("SELECT count(*) FROM contents")).scalar() == 1
        store.publish(revision(2, first.seal), [], [], onto=first.seal)
        with store._database.looking() as connection:
            assert connection.execute(text("SELECT count(*) FROM contents")).scalar() == 0

    def test_revisions_are_listed_newest_last_without_their_bytes(self, store: Store) -> None:
        made = [publish_next(store) for _ in range(3)]
        listed = store.revisions(PROGRAMME)
        assert [r.number for r in listed] == [1, 2, 3]
        assert [r.seal for r in listed] == [r.seal for r in made]
        assert {(r.plan, r.programme) for r in listed} == {(b"", b"")}
        assert store.revision(PROGRAMME, 2) == made[1]
        with pytest.raises(KeyError):
            store.revision(PROGRAMME, 4)

    def test_who_publishes_onto_an_old_head_is_told_by_whom_and_when(self, store: Store) -> None:
        first = publish_next(store)
        second = publish_next(store, by="另一岗")
        late = revision(2, first.seal, "来迟")
        with pytest.raises(StoreTaken) as taken:
            store.publish(late, [feed(2, 0, mark="late")], [], onto=first.seal)
        assert (taken.value.number, taken.value.by, taken.value.at) == (2, "另一岗", second.at)
        assert store.head(PROGRAMME) == second
        assert numbers_shown(store) == {2}
        with pytest.raises(StoreTaken):
            store.publish(revision(1), [], None, onto="")
        with pytest.raises(StoreTaken):
            store.refresh(PROGRAMME, [feed(9)], onto=first.seal)

    def test_a_plan_from_another_store_is_told_so(self, store: Store) -> None:
        with pytest.raises(StoreError, match="store-without"):
            store.publish(revision(2, "seal"), [], None, onto="seal")

    def test_a_revision_must_be_the_next_one(self, store: Store) -> None:
        first = publish_next(store)
        with pytest.raises(ValueError, match="revision 3"):
            store.publish(revision(3, first.seal), [], None, onto=first.seal)
        with pytest.raises(ValueError, match="revision 2"):
            store.publish(revision(2, "other"), [], None, onto=first.seal)
        assert store.head(PROGRAMME) == first

    def test_what_fails_on_the_way_leaves_nothing_behind(self, store: Store) -> None:
        first, seen = publish_next(store), store.change()

        def feeds() -> Iterator[Feed]:
            yield from (feed(2, i) for i in range(300))
            raise RuntimeError("rendering failed")

        with pytest.raises(RuntimeError):
            store.publish(revision(2, first.seal), feeds(), [document(2)], onto=first.seal)
        assert store.head(PROGRAMME) == first
        assert numbers_shown(store) == {1}
        assert store.change() == seen

    def test_nothing_is_refreshed_where_nothing_was_published(self, store: Store) -> None:
        with pytest.raises(StoreError, match="store-without"):
            store.refresh(PROGRAMME, [feed(1)], onto="")

    def test_refreshing_changes_feeds_without_a_revision(self, store: Store) -> None:
        first = publish_next(store)
        store.refresh(PROGRAMME, [feed(7, 1)], onto=first.seal)
        assert store.head(PROGRAMME) == first
        assert store.feed(PROGRAMME, key(1)) == feed(7, 1)
        assert store.verify(PROGRAMME) == ()

    def test_programmes_do_not_disturb_one_another(self, store: Store) -> None:
        publish_next(store)
        other = revision(1, programme_id="zunyi-2027")
        store.publish(other, [feed(5, 0)], [document(5, 0)], onto="")
        assert store.programmes() == (PROGRAMME, "zunyi-2027")
        assert len(store.feeds(PROGRAMME)) == 3
        assert store.feeds("zunyi-2027") == {key(0): feed(5, 0)}
        assert store.documents("zunyi-2027") == (document(5, 0),)

    def test_every_language_of_an_audience_is_a_feed_of_its_own(self, store: Store) -> None:
        english = FeedKey("firm", "f000", "en")
        store.publish(revision(1), [feed(1), replace(feed(1), key=english, title="Calendar")], None, onto="")
        assert list(store.feeds(PROGRAMME)) == [english, key()]
        found = store.feed(PROGRAMME, english)
        assert found is not None
        assert found.title == "Calendar"

    def test_entries_come_in_order_of_key_whatever_the_database_thinks(self, store: Store) -> None:
        keys = sorted(["a", "B", "é", "中", "Z", "-", "a b", "ab", "10", "9"])
        base = feed(1).states[0]
        states = tuple(replace(base, key=k) for k in keys)
        store.publish(revision(1), [replace(feed(1), states=states[::-1])], None, onto="")
        assert store.feeds(PROGRAMME)[key()].states == states

    def test_instants_come_back_aware_in_utc_whatever_zone_they_went_in_with(self, store: Store) -> None:
        beijing = AT.astimezone(timezone(timedelta(hours=8)))
        store.publish(revision(1), [replace(feed(1), modified=beijing)], None, onto="")
        found = store.feed(PROGRAMME, key())
        assert found is not None
        assert (found.modified, found.modified.tzinfo) == (AT, UTC)
        assert {s.created.tzinfo for s in found.states} == {UTC}
        assert store.revisions(PROGRAMME)[0].at.tzinfo is UTC

    def test_an_instant_without_a_zone_is_refused(self, store: Store) -> None:
        with pytest.raises(Exception, match="no time zone"):
            store.create_token(PROGRAMME, FIRM, datetime(2026, 11, 22))
        assert store.tokens(PROGRAMME) == ()

    def test_a_token_opens_its_audience_until_it_is_revoked(self, store: Store, url: str) -> None:
        plain = store.create_token(PROGRAMME, FIRM, AT, note="经办")
        with open_store(url) as served:
            found = served.find(plain)
            assert found is not None
            assert (found.programme_id, found.scope, found.created, found.revoked, found.note) == (
                PROGRAMME,
                FIRM,
                AT,
                None,
                "经办",
            )
            assert served.find(plain[:-1]) is None
            assert served.find(plain.swapcase()) is None
            store.revoke(found.token_id, AT + timedelta(days=1))
            seen = served.find(plain)
            assert seen is not None
            assert seen.revoked == AT + timedelta(days=1)

    def test_revoking_again_keeps_the_first_instant(self, store: Store) -> None:
        store.create_token(PROGRAMME, FIRM, AT)
        (token,) = store.tokens(PROGRAMME)
        store.revoke(token.token_id, AT + timedelta(days=1))
        store.revoke(token.token_id, AT + timedelta(days=2))
        assert [t.revoked for t in store.tokens(PROGRAMME)] == [AT + timedelta(days=1)]
        with pytest.raises(KeyError):
            store.revoke(99, AT)
        with pytest.raises(KeyError):
            store.renew(99, AT)

    def test_renewing_revokes_the_old_token_and_makes_one_for_the_same_audience(self, store: Store) -> None:
        old = store.create_token(PROGRAMME, FIRM, AT, note="经办")
        (token,) = store.tokens(PROGRAMME)
        new = store.renew(token.token_id, AT + timedelta(days=1))
        gone, come = store.tokens(PROGRAMME)
        assert store.find(old) == gone
        assert store.find(new) == come
        assert (gone.revoked, come.revoked) == (AT + timedelta(days=1), None)
        assert (come.scope, come.note, come.created) == (FIRM, "经办", AT + timedelta(days=1))

    def test_use_is_remembered_and_never_goes_back(self, store: Store) -> None:
        store.create_token(PROGRAMME, FIRM, AT)
        store.create_token(PROGRAMME, FIRM, AT)
        first, second = store.tokens(PROGRAMME)
        seen = store.change()
        store.mark_used({first.token_id: AT + timedelta(hours=2), second.token_id: AT, 99: AT})
        store.mark_used({first.token_id: AT + timedelta(hours=1)})
        store.mark_used({})
        assert [t.used for t in store.tokens(PROGRAMME)] == [AT + timedelta(hours=2), AT]
        assert store.change() == seen

    def test_change_grows_with_everything_that_a_subscriber_may_see(self, store: Store, url: str) -> None:
        seen = [store.change()]

        def grew(other: Store) -> bool:
            seen.append(other.change())
            return seen[-1] > seen[-2]

        with open_store(url) as served:
            first = publish_next(store)
            assert grew(served)
            store.refresh(PROGRAMME, [feed(2)], onto=first.seal)
            assert grew(served)
            store.create_token(PROGRAMME, FIRM, AT)
            assert grew(served)
            (token,) = store.tokens(PROGRAMME)
            store.renew(token.token_id, AT)
            assert grew(served)
            store.revoke(token.token_id + 1, AT)
            assert grew(served)
            assert not grew(served)

    def test_the_ledger_keeps_a_row_per_firm_fair_day_and_subsidy(self, store: Store) -> None:
        known = {"fair_id": "canton", "on": date(2026, 11, 4), "source": "省商务厅", "confidence": "user"}
        one = LedgerRow(firm_id="f2", subsidy_id="s1", amount=Decimal("1000.50"), **known)
        two = LedgerRow(firm_id="f1", booths=2, again=True, **known)
        store.record(PROGRAMME, [one, two])
        mended = one.model_copy(update={"amount": Decimal(1200)})
        store.record(PROGRAMME, [mended])
        store.record("other", [one])
        assert store.ledger(PROGRAMME) == (two, mended)
        assert store.ledger("other") == (one,)

    def test_a_notice_is_marked_as_sent_once(self, store: Store) -> None:
        assert store.sent(PROGRAMME) == {}
        store.mark_sent(PROGRAMME, ["a", "b", "a"], AT)
        store.mark_sent(PROGRAMME, ["b", "c"], AT + timedelta(hours=1))
        assert store.sent(PROGRAMME) == {"a": AT, "b": AT, "c": AT + timedelta(hours=1)}
        assert store.sent("other") == {}

    @pytest.mark.parametrize(
        "statement",
        ["UPDATE revisions SET why = 'other'", "DELETE FROM revisions", "UPDATE office SET host = 'other'"],
    )
    def test_the_database_itself_refuses_to_change_what_was_published(self, store: Store, statement: str) -> None:
        new = publish_next(store)
        with pytest.raises(IntegrityError, match="never"), store._database.writing() as connection:
            connection.execute(text(statement))
        assert store.head(PROGRAMME) == new

    def test_quotes_percent_signs_and_long_texts_are_only_text(self, store: Store) -> None:
        odd = "'; DROP TABLE feeds; -- %s %(x)s :name \\ \" \U0001f4c5 " + "长" * 5000
        programme_id = "a'b%c"
        new = revision(1, programme_id=programme_id, by=odd)
        store.publish(new, [replace(feed(1), title=odd, slug=odd)], None, onto="")
        assert store.head(programme_id) == new
        found = store.feed(programme_id, key())
        assert found is not None
        assert (found.title, found.slug) == (odd, odd)
