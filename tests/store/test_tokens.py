"""Of a token only the hash is anywhere."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from fairplanner.domain.published import Scope
from fairplanner.store import Store, open_store
from fairplanner.store.tokens import hashed
from tests.store.made import AT, PROGRAMME


def test_tokens_are_long_different_and_fit_a_url(store: Store) -> None:
    made = [store.create_token(PROGRAMME, Scope("firm", "a"), AT) for _ in range(20)]
    assert len(set(made)) == 20
    assert {len(t) for t in made} == {27}, "20 random bytes"
    assert all(t.replace("-", "").replace("_", "").isalnum() and t.isascii() for t in made)


def test_no_token_begins_like_an_option_of_a_command(store: Store) -> None:
    made = [store.create_token(PROGRAMME, Scope("firm", "a"), AT) for _ in range(300)]
    # without this rule 300 tokens would all be spared with a chance of 1 in 13,000
    assert all(token[0].isalnum() for token in made)


def test_a_file_holds_no_plain_token_not_even_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    with open_store(str(path)) as store:
        plain = [store.create_token(PROGRAMME, Scope("firm", str(i)), AT) for i in range(5)]
        plain.append(store.renew(3, AT))
        files = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
        assert any(hashed(plain[0]).encode() in content for content in files.values())
        assert [t for t in plain for content in files.values() if t.encode() in content] == []


def test_no_column_of_any_database_holds_a_plain_token(store: Store) -> None:
    plain = store.create_token(PROGRAMME, Scope("firm", "a"), AT)
    with store._database.looking() as connection:
        (row,) = connection.execute(text("SELECT * FROM tokens"))
    assert plain not in repr(row)
    assert hashed(plain) in repr(row)
    (token,) = store.tokens(PROGRAMME)
    assert token.mark == hashed(plain)[:8]
    assert plain not in repr(token)


def test_the_hash_itself_opens_nothing(store: Store) -> None:
    plain = store.create_token(PROGRAMME, Scope("firm", "a"), AT)
    assert store.find(hashed(plain)) is None
    assert store.find(hashed(plain)[:8]) is None


@given(st.text(alphabet=st.characters(), max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_has_a_hash(asked: str) -> None:
    assert len(hashed(asked)) == 64


def test_odd_texts_are_simply_not_found(store: Store) -> None:
    for asked in ("", "\0", "\ud800", "' OR 1=1 --", "%", "a" * 100_000, "中"):
        assert store.find(asked) is None
