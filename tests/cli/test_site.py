"""A site on disk: brought to what stands published, again and again, whatever came in between."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from fairplanner.cli.site import LINKS, Link, Written, links_of, links_table, remember, tokens_in, write_site
from fairplanner.domain.published import Document, FeedKey, Scope
from fairplanner.errors import OutputError
from fairplanner.publish.calendars.feeds import feeds_of
from fairplanner.publish.calendars.stamping import revision_of
from fairplanner.store import Store, open_store
from tests.publish import plans
from tests.publish.subscriptions import BASE, FIRST, LANGS, SECOND, a_document

FIRM = Scope("firm", "f1")
DAY = timedelta(days=1)
REASON = "published for a test"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with everything published once, and a document for one firm."""
    with open_store(str(tmp_path / "office.db"), host="calendars.invalid") as opened:
        publish(opened, FIRST, documents=[a_document()])
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "web"


def publish(store: Store, at: datetime, booths: int = 1, documents: list[Document] | None = None) -> None:
    """The next revision: the home delegation's first firm has so many booths."""
    head = store.head("test")
    participations = tuple(
        x.model_copy(update={"booths": booths}) if x.participation_id == "f1/expo-1-1/-/prov" else x
        for x in plans.plan().participations
    )
    plan = plans.plan(participations=participations, revision=head.number + 1 if head else 1)
    made = feeds_of(plans.programme(), plan, store.feeds("test"), at, store.host, LANGS)
    revision = revision_of(plans.programme(), plan, head, at, "office", REASON)
    store.publish(revision, made.changed, documents, onto=head.seal if head else "")


def put(store: Store, folder: Path, at: datetime = FIRST) -> Written:
    return write_site(store, "test", folder, BASE, at)


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file of a site by its path below it."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def of_scope(store: Store, folder: Path, scope: Scope = FIRM) -> list[Path]:
    """The folders of an audience."""
    return [folder / "f" / name for name, t in tokens_in(store, "test", folder).items() if t.scope == scope]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_every_audience_but_everything_gets_a_subscription(store: Store, folder: Path) -> None:
    done = put(store, folder)
    scopes = {key.scope for key in store.feeds("test")}
    assert Scope("everything", "") in scopes
    assert {t.scope for t in tokens_in(store, "test", folder).values()} == scopes - {Scope("everything", "")}
    assert done.new == len(scopes) - 1 == len(done.links)


def test_calendars_are_the_very_bytes_of_the_store_and_documents_lie_beside_them(store: Store, folder: Path) -> None:
    put(store, folder)
    (own,) = of_scope(store, folder)
    for lang in LANGS:
        feed = store.feed("test", FeedKey(*FIRM, lang))
        assert feed is not None
        assert (own / f"f1.{lang}.ics").read_bytes() == feed.content
    assert (own / "answer.zh.html").read_bytes() == a_document().content


def test_writing_again_changes_nothing_and_makes_no_token(store: Store, folder: Path) -> None:
    put(store, folder)
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*")}
    tokens = store.tokens("test")
    done = put(store, folder)
    assert (done.new, done.written, done.removed) == (0, 0, 0)
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*")} == before
    assert store.tokens("test") == tokens


def test_a_new_revision_touches_the_calendars_of_those_concerned_only(store: Store, folder: Path) -> None:
    put(store, folder)
    before = files_in(folder)
    publish(store, SECOND, booths=2)
    put(store, folder, SECOND)
    after = files_in(folder)
    changed = {path.rpartition("/")[2] for path in after if path.endswith(".ics") and after[path] != before[path]}
    assert "f1.zh.ics" in changed
    assert not {"f2.zh.ics", "f3.zh.ics", "west.zh.ics", "deadlines.zh.ics"} & changed
    assert set(after) == set(before)


def test_a_document_that_is_no_longer_published_goes(store: Store, folder: Path) -> None:
    put(store, folder)
    publish(store, SECOND, booths=2, documents=[])
    assert put(store, folder, SECOND).removed == 1
    (own,) = of_scope(store, folder)
    assert "answer.zh.html" not in names(own)


def test_a_revoked_subscription_says_so_for_thirty_days_and_then_is_gone(store: Store, folder: Path) -> None:
    put(store, folder)
    (own,) = of_scope(store, folder)
    (token,) = [t for t in store.tokens("test") if t.scope == FIRM]
    store.revoke(token.token_id, FIRST + DAY)
    put(store, folder, FIRST + 2 * DAY)
    assert names(own) == {"f1.zh.ics", "f1.en.ics", "index.html"}
    assert "此订阅已停用" in (own / "f1.zh.ics").read_text(encoding="utf-8")
    put(store, folder, FIRST + 31 * DAY)
    assert not own.exists()


def test_an_audience_whose_subscription_was_revoked_on_purpose_gets_no_other(store: Store, folder: Path) -> None:
    put(store, folder)
    (token,) = [t for t in store.tokens("test") if t.scope == FIRM]
    store.revoke(token.token_id, FIRST + DAY)
    for day in (2, 40):
        done = put(store, folder, FIRST + day * DAY)
        assert done.new == 0
        assert FIRM not in {link.scope for link in done.links}


def test_a_renewed_subscription_is_filled_once_the_site_knows_it(store: Store, folder: Path) -> None:
    put(store, folder)
    (old,) = of_scope(store, folder)
    (token,) = [t for t in store.tokens("test") if t.scope == FIRM]
    new = store.renew(token.token_id, FIRST + DAY)
    remember(folder, new)
    done = put(store, folder, FIRST + 2 * DAY)
    assert done.new == 0
    assert names(folder / "f" / new) >= {"f1.zh.ics", "index.html", "answer.zh.html"}
    assert "answer.zh.html" not in names(old)
    (link,) = [x for x in done.links if x.scope == FIRM]
    assert new in link.pages["zh"]


def test_everything_is_there_for_whoever_is_given_a_link_on_purpose(store: Store, folder: Path) -> None:
    remember(folder, token := store.create_token("test", Scope("everything", ""), FIRST))
    put(store, folder)
    assert "everything.zh.ics" in names(folder / "f" / token)


def test_a_subscription_made_before_anything_is_published_for_it_is_not_forgotten(store: Store, folder: Path) -> None:
    remember(folder, token := store.create_token("test", Scope("firm", "comes-later"), FIRST))
    done = put(store, folder)
    assert (folder / "f" / token).is_dir()
    assert "comes-later" not in {link.scope.subject for link in done.links}


def test_folders_that_are_no_tokens_of_ours_are_left_alone(store: Store, folder: Path) -> None:
    stranger = folder / "f" / "somebody-elses"
    stranger.mkdir(parents=True)
    (stranger / "page.html").write_bytes(b"theirs")
    other = store.create_token("another-programme", FIRM, FIRST)
    remember(folder, other)
    (folder / "f" / other / "f1.zh.ics").write_bytes(b"of another programme")
    put(store, folder)
    assert (stranger / "page.html").read_bytes() == b"theirs"
    assert (folder / "f" / other / "f1.zh.ics").read_bytes() == b"of another programme"


def test_an_offices_own_front_page_is_left_to_it_and_told(store: Store, folder: Path) -> None:
    folder.mkdir()
    (folder / "index.html").write_bytes(b"<h1>Welcome</h1>")
    done = put(store, folder)
    assert done.foreign == [folder / "index.html"]
    assert (folder / "index.html").read_bytes() == b"<h1>Welcome</h1>"
    assert (folder / "f" / "index.html").is_file()


def test_links_lie_beside_the_site_and_never_in_it(store: Store, folder: Path) -> None:
    done = put(store, folder)
    assert done.internal == folder.with_name("web-internal")
    assert names(done.internal) == {LINKS, "网站说明.txt", "site-readme.txt"}
    assert not list(folder.rglob("*.csv"))
    assert not list(folder.rglob("*.json"))
    raw = (done.internal / LINKS).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "or a spreadsheet takes it for another encoding"
    header, *rows = csv.reader(raw.decode("utf-8-sig").splitlines())
    assert len(header) == 6
    assert [row[3] for row in rows] == [link.pages["zh"] for link in done.links]
    assert ["企业", "f1", "示例企业f1展会日历"] in [row[:3] for row in rows]
    for row in rows:
        assert (folder / row[3].removeprefix(f"{BASE}/") / "index.html").is_file()
        assert (folder / row[4].removeprefix(f"{BASE}/")).is_file()


def test_links_go_where_they_are_asked_to_but_not_into_the_site(store: Store, folder: Path, tmp_path: Path) -> None:
    write_site(store, "test", folder, BASE, FIRST, internal=tmp_path / "outbox")
    assert (tmp_path / "outbox" / LINKS).is_file()
    for inside in (folder, folder / "private", folder / "x" / ".." / "y"):
        with pytest.raises(OutputError) as caught:
            write_site(store, "test", folder, BASE, FIRST, internal=inside)
        assert [p.what for p in caught.value.problems] == ["internal-in-site"]


def test_a_name_that_a_spreadsheet_would_reckon_stays_text() -> None:
    link = Link(FIRM, {"zh": "=1+1"}, {"zh": f"{BASE}/f/x/"}, FIRST.date())
    (_, row) = csv.reader(links_table([link]).decode("utf-8-sig").splitlines())
    assert row[2] == "'=1+1"


def test_a_bad_address_is_refused_before_anything_is_written(store: Store, folder: Path) -> None:
    with pytest.raises(OutputError):
        write_site(store, "test", folder, "office.invalid", FIRST)
    assert not folder.exists()
    assert store.tokens("test") == ()


def test_what_stands_in_the_way_is_told_and_the_next_writing_finishes(store: Store, folder: Path) -> None:
    put(store, folder)
    whole = files_in(folder)
    own = sorted((folder / "f").iterdir())[3]
    if not own.is_dir():
        own = of_scope(store, folder)[0]
    (own / "index.en.html").unlink()
    (own / "index.en.html").mkdir()
    with pytest.raises(OutputError):
        put(store, folder)
    (own / "index.en.html").rmdir()
    put(store, folder)
    assert files_in(folder) == whole


def test_parts_that_an_interruption_left_are_cleared(store: Store, folder: Path) -> None:
    put(store, folder)
    (own,) = of_scope(store, folder)
    (own / ".part-abc").write_bytes(b"half")
    assert put(store, folder).removed == 0
    assert ".part-abc" not in names(own)


WRITER = """
import sys
from datetime import datetime
from pathlib import Path
from fairplanner.cli.site import write_site
from fairplanner.store import open_store
with open_store(sys.argv[1]) as store:
    write_site(store, "test", Path(sys.argv[2]), sys.argv[3], datetime.fromisoformat(sys.argv[4]))
"""


@pytest.mark.parametrize(
    "enough",
    [
        5,
        pytest.param(1, marks=pytest.mark.slow),
        pytest.param(12, marks=pytest.mark.slow),
        pytest.param(30, marks=pytest.mark.slow),
        pytest.param(55, marks=pytest.mark.slow),
    ],
)
def test_a_writer_killed_at_any_moment_leaves_whole_files_and_the_next_one_finishes(
    store: Store, folder: Path, tmp_path: Path, enough: int
) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path / "office.db"), str(folder), BASE, FIRST.isoformat()]
    writer = subprocess.Popen(command)  # noqa: S603 - our own interpreter
    until = time.monotonic() + 60
    while writer.poll() is None and time.monotonic() < until and count(folder) < enough:
        time.sleep(0.001)
    writer.kill()
    writer.wait()
    left = {path: content for path, content in files_in(folder).items() if ".part-" not in path}
    put(store, folder)
    whole = files_in(folder)
    assert left.items() <= whole.items(), "what was there was whole"
    assert not [path for path in whole if ".part-" in path]
    scopes = sorted(t.scope for t in tokens_in(store, "test", folder).values())
    assert scopes == sorted({key.scope for key in store.feeds("test")} - {Scope("everything", "")})
    assert put(store, folder).written == 0


def count(folder: Path) -> int:
    return sum(1 for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".part-"))


def test_links_can_be_listed_later(store: Store, folder: Path) -> None:
    done = put(store, folder)
    assert links_of(store, "test", folder, BASE) == done.links


def test_a_folder_without_a_site_has_no_links(store: Store, tmp_path: Path) -> None:
    assert links_of(store, "test", tmp_path / "nothing", BASE) == []
