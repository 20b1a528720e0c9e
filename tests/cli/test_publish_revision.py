"""Publishing revisions into a store, as a user does it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.domain.published import Document, FeedKey
from fairplanner.publish.calendars.lint import lint
from fairplanner.store import open_store
from tests.publish.reading import pdf_text

TINY = Path(__file__).parents[1] / "programmes" / "tiny"
ID = "tiny"
BOTH = ("--in", "zh", "--in", "en")


def run(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(build(lang), list(args), catch_exceptions=False)


@pytest.fixture(scope="module")
def plans(tiny_planned: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The tiny programme's plan, and its plan after the guitar fair was cancelled."""
    folder = tmp_path_factory.mktemp("plans")
    shutil.copytree(tiny_planned, folder / "first")
    shutil.copytree(TINY, folder / "tiny")
    table = folder / "tiny" / "phases.csv"
    text = table.read_text(encoding="utf-8")
    assert "2025-06-12,t-harbour,held" in text
    table.write_text(text.replace("2025-06-12,t-harbour,held", "2025-06-12,t-harbour,cancelled"), encoding="utf-8")
    again = run("plan", str(folder / "tiny"), "--from", str(folder / "first"), "--out", str(folder / "second"))
    assert again.exit_code == 0
    return folder / "first", folder / "second"


def publish(plan: Path, where: Path, at: str, *more: str, lang: str = "en") -> Result:
    """In English unless languages are named with --in, where one is as good as both and half the work."""
    if "--in" not in more:
        more = (*more, "--in", "en")
    return run(
        "publish", str(plan), "--out", str(where / "out"), "--store", str(where / "plan.db"), "--by", "office",
        "--at", at, "--outbox", str(where / "outbox"), *more, lang=lang,
    )  # fmt: skip


@pytest.fixture(scope="module")
def once_published(plans: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The first plan as it was published on 2 January 2025, and then the second plan a month later."""
    first, second = (tmp_path_factory.mktemp("published") for _ in plans)
    assert publish(plans[0], first, "2025-01-02T00:00:00Z").exit_code == 0
    shutil.copytree(first, second, dirs_exist_ok=True)
    assert publish(plans[1], second, "2025-02-02T00:00:00Z").exit_code == 0
    return first, second


@pytest.fixture
def one(once_published: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy of the store, the files and the notices of revision 1."""
    return shutil.copytree(once_published[0], tmp_path, dirs_exist_ok=True)


@pytest.fixture
def two(once_published: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy of those of revision 2."""
    return shutil.copytree(once_published[1], tmp_path, dirs_exist_ok=True)


def bytes_below(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def programme_id(where: Path) -> str:
    with open_store(str(where / "plan.db"), create=False) as store:
        (found,) = store.programmes()
    return found


def test_a_first_revision_is_stamped_and_the_files_hold_what_the_store_serves(
    plans: tuple[Path, Path], tmp_path: Path
) -> None:
    result = publish(plans[0], tmp_path, "2025-01-02T03:04:05+08:00", "--why", "council of 2 January")
    assert result.exit_code == 0, result.output
    assert "published (2 January 2025, 03:04 Beijing time)" in result.output
    with open_store(str(tmp_path / "plan.db"), create=False) as store:
        (revision,) = store.revisions(programme_id(tmp_path))
        assert (revision.number, revision.by, revision.why) == (1, "office", "council of 2 January")
        assert revision.at.isoformat() == "2025-01-01T19:04:05+00:00"
        feeds = store.feeds(programme_id(tmp_path))
    written = {p.read_bytes() for p in (tmp_path / "out" / "calendars").rglob("*.ics")}
    assert {feed.content for feed in feeds.values()} == written
    assert all(b"DTSTAMP:20250101T190405Z" in feed.content for feed in feeds.values() if feed.states)


def test_the_same_plan_again_publishes_nothing_and_says_so(plans: tuple[Path, Path], tmp_path: Path) -> None:
    shutil.copytree(plans[0], tmp_path / "out")
    assert publish(tmp_path / "out", tmp_path, "2025-01-02T00:00:00Z").exit_code == 0
    before = bytes_below(tmp_path / "out")
    assert json.loads(before["plan.json"])["revision"] == 1
    assert "Nothing has changed since revision 1" in publish(plans[0], tmp_path, "2025-01-09T00:00:00Z").output
    # also from where it was published to, where the plan bears the number it got
    said = publish(tmp_path / "out", tmp_path, "2025-01-10T00:00:00Z", lang="zh").output
    assert "自第1稿（北京时间 2025年1月2日08:00，" in said
    assert "没有变化" in said
    assert bytes_below(tmp_path / "out") == before
    with open_store(str(tmp_path / "plan.db"), create=False) as store:
        assert [r.number for r in store.revisions(programme_id(tmp_path))] == [1]


def test_a_paper_that_says_nothing_new_stays_as_it_was_with_its_number(once_published: tuple[Path, Path]) -> None:
    papers: list[dict[str, Document]] = []
    for where in once_published:
        with open_store(str(where / "plan.db"), create=False) as store:
            found = store.documents(programme_id(where))
            papers.append({f"{d.scope} {d.name}": d for d in found if d.scope.kind == "delegation"})
    first, second = papers
    same = {name for name in second if name in first and second[name].content == first[name].content}
    assert same, "a delegation to another fair has nothing new to read"
    assert {name for name in second if name in first and second[name].said == first[name].said} == same
    for name, paper in second.items():
        if paper.name.endswith(".pdf"):
            assert ("·revision1·" in pdf_text(paper.content)) == (name in same), name


@pytest.mark.slow
def test_a_cancelled_fair_is_told_to_those_it_concerns_and_to_nobody_else(
    plans: tuple[Path, Path], tmp_path: Path
) -> None:
    assert publish(plans[0], tmp_path, "2025-01-02T00:00:00Z", *BOTH).exit_code == 0
    with open_store(str(tmp_path / "plan.db"), create=False) as store:
        before = store.feeds(programme_id(tmp_path))
    result = publish(plans[1], tmp_path, "2025-02-02T00:00:00Z", "--why", "guitar fair cancelled", *BOTH)
    assert result.exit_code == 0, result.output
    with open_store(str(tmp_path / "plan.db"), create=False) as store:
        after = store.feeds(programme_id(tmp_path))
        revisions = store.revisions(programme_id(tmp_path))
    assert [r.number for r in revisions] == [1, 2]
    assert revisions[1].parent == revisions[0].seal
    assert json.loads((tmp_path / "out" / "plan.json").read_text(encoding="utf-8"))["revision"] == 2
    changed = {key for key in after if key not in before or after[key].etag != before[key].etag}
    assert {k for k in changed if k.kind == "fair"} >= {
        FeedKey("fair", "t-guitar", "zh"),
        FeedKey("fair", "t-guitar", "en"),
    }
    untouched = before.keys() - changed
    assert untouched
    assert all(after[key].content == before[key].content for key in untouched)
    assert b"STATUS:CANCELLED" in after[FeedKey("fair", "t-guitar", "en")].content
    assert all(lint(feed.content) == () for feed in after.values())
    told = json.loads((tmp_path / "outbox" / "rev-0002" / "outbox.json").read_text(encoding="utf-8"))
    parties = {(p["kind"], p["id"]) for p in told["parties"]}
    assert parties
    assert parties <= {key.scope for key in changed}
    assert "guitar fair cancelled" in next((tmp_path / "outbox" / "rev-0002").rglob("notice.en.txt")).read_text("utf-8")


@pytest.mark.slow
@pytest.mark.usefixtures("two")
def test_what_was_cancelled_leaves_when_the_month_is_over_without_a_new_revision(
    plans: tuple[Path, Path], tmp_path: Path
) -> None:
    result = publish(plans[1], tmp_path, "2025-03-20T00:00:00Z")
    assert "taken out" in result.output
    with open_store(str(tmp_path / "plan.db"), create=False) as store:
        assert not any(b"STATUS:CANCELLED" in f.content for f in store.feeds(programme_id(tmp_path)).values())
        assert len(store.revisions(programme_id(tmp_path))) == 2
    assert "Nothing has changed" in publish(plans[1], tmp_path, "2025-03-21T00:00:00Z").output


@pytest.mark.slow
def test_a_language_that_somebody_reads_goes_on_whichever_is_asked_for(
    plans: tuple[Path, Path], tmp_path: Path
) -> None:
    assert publish(plans[0], tmp_path, "2025-01-02T00:00:00Z", "--in", "zh").exit_code == 0
    assert "15 feeds were brought up to it" in publish(plans[0], tmp_path, "2025-01-03T00:00:00Z").output
    with open_store(str(tmp_path / "plan.db"), create=False) as store:
        assert {d.lang for d in store.documents(ID)} == {"zh", "en"}
        assert len(store.revisions(ID)) == 1
    assert publish(plans[1], tmp_path, "2025-02-02T00:00:00Z", "--in", "zh").exit_code == 0
    with open_store(str(tmp_path / "plan.db"), create=False) as store:
        for lang in ("zh", "en"):
            feed = store.feed(ID, FeedKey("fair", "t-guitar", lang))
            assert feed is not None
            assert b"STATUS:CANCELLED" in feed.content
        papers = [(d.scope, d.lang) for d in store.documents(ID)]
    assert {s for s, lang in papers if lang == "zh"} == {s for s, lang in papers if lang == "en"} != set()


@pytest.mark.slow
def test_a_further_language_is_told_to_nobody_as_a_change(plans: tuple[Path, Path], tmp_path: Path) -> None:
    assert publish(plans[0], tmp_path, "2025-01-02T00:00:00Z", "--in", "zh").exit_code == 0
    assert publish(plans[1], tmp_path, "2025-02-02T00:00:00Z").exit_code == 0
    told = json.loads((tmp_path / "outbox" / "rev-0002" / "outbox.json").read_text(encoding="utf-8"))
    assert {(p["kind"], p["id"]) for p in told["parties"]} == {
        ("delegation", "tw:t-guitar-1"), ("zone", "tp"), ("zone", "tw"), ("firm", "f04"), ("firm", "f05"),
    }  # fmt: skip
    assert {lang for p in told["parties"] for lang in p["files"]} == {"zh"}


@pytest.mark.slow
@pytest.mark.usefixtures("one")
def test_papers_written_again_with_another_address_are_those_that_are_served(
    plans: tuple[Path, Path], tmp_path: Path
) -> None:
    with open_store(str(tmp_path / "plan.db"), create=False) as store:
        before = {(d.scope, d.lang, d.name): d.content for d in store.documents(ID)}
    more = ("--again", "--base-url", "https://plan.example/")
    said = publish(plans[0], tmp_path, "2025-01-03T00:00:00Z", *more)
    assert said.exit_code == 0
    assert "calendars/firm at https://plan.example: QR codes" in said.output
    (page, *_) = sorted((tmp_path / "out" / "pages" / "firms").glob("*.en.html"))
    assert "https://plan.example/calendars/firm/" in page.read_text(encoding="utf-8")
    with open_store(str(tmp_path / "plan.db"), create=False) as store:
        after = {(d.scope, d.lang, d.name): d.content for d in store.documents(ID)}
    assert before.keys() == after.keys()
    assert before != after


def test_no_paper_of_a_site_leads_to_where_the_site_has_nothing(plans: tuple[Path, Path], tmp_path: Path) -> None:
    more = ("--site", str(tmp_path / "site"), "--base-url", "https://plan.example/fairs")
    assert publish(plans[0], tmp_path, "2025-01-02T00:00:00Z", *more).exit_code == 0
    papers = list((tmp_path / "site").rglob("handout.*.pdf"))
    assert papers
    assert not any(b"plan.example" in paper.read_bytes() for paper in papers)
    assert not (tmp_path / "out" / "pages").exists()


@pytest.mark.usefixtures("one")
def test_files_that_were_changed_by_hand_are_told_before_anything_is_published(
    plans: tuple[Path, Path], tmp_path: Path
) -> None:
    page = tmp_path / "out" / "index.en.html"
    page.write_text("mine", encoding="utf-8")
    result = publish(plans[1], tmp_path, "2025-02-02T00:00:00Z")
    assert result.exit_code == 1
    assert "index.en.html" in result.output
    with open_store(str(tmp_path / "plan.db"), create=False) as store:
        assert len(store.revisions(ID)) == 1
    assert not list((tmp_path / "outbox").glob(".draft-*"))
    assert publish(plans[1], tmp_path, "2025-02-02T00:00:00Z", "--replace").exit_code == 0
    assert page.read_text(encoding="utf-8") != "mine"


@pytest.mark.slow
@pytest.mark.usefixtures("one")
def test_files_of_a_revision_that_was_cut_off_are_written_by_the_same_command(
    plans: tuple[Path, Path], tmp_path: Path
) -> None:
    cut_off = tmp_path / "out-as-it-was"
    shutil.copytree(tmp_path / "out", cut_off)
    assert publish(plans[1], tmp_path, "2025-02-02T00:00:00Z").exit_code == 0
    written = bytes_below(tmp_path / "out")
    shutil.rmtree(tmp_path / "out")
    cut_off.rename(tmp_path / "out")
    assert "Nothing has changed" in publish(plans[1], tmp_path, "2025-02-03T00:00:00Z").output
    assert bytes_below(tmp_path / "out") == written


@pytest.mark.usefixtures("one")
def test_notices_of_a_revision_that_was_cut_off_after_it_was_published_are_not_lost(
    plans: tuple[Path, Path], tmp_path: Path
) -> None:
    with open_store(str(tmp_path / "plan.db"), create=False) as store:
        head = store.head(programme_id(tmp_path))
    assert head is not None
    ready = bytes_below(tmp_path / "outbox")
    draft = tmp_path / "outbox" / f".draft-{head.seal[:16]}"
    draft.mkdir()
    (tmp_path / "outbox" / "rev-0001").rename(draft / "rev-0001")
    (tmp_path / "outbox" / ".draft-of-somebody-who-lost" / "rev-0001").mkdir(parents=True)
    assert publish(plans[0], tmp_path, "2025-01-03T00:00:00Z").exit_code == 0
    assert bytes_below(tmp_path / "outbox") == ready


@pytest.mark.slow
@pytest.mark.usefixtures("two")
def test_notices_of_a_revision_that_was_cut_off_are_found_also_when_another_was_published_since(
    plans: tuple[Path, Path], tmp_path: Path
) -> None:
    with open_store(str(tmp_path / "plan.db"), create=False) as store:
        head = store.head(ID)
    assert head is not None
    lost = bytes_below(tmp_path / "outbox" / "rev-0002")
    draft = tmp_path / "outbox" / f".draft-{head.seal[:16]}"
    draft.mkdir()
    (tmp_path / "outbox" / "rev-0002").rename(draft / "rev-0002")
    (tmp_path / "outbox" / ".draft-of-somebody-publishing-now" / "rev-0004").mkdir(parents=True)
    output = publish(plans[0], tmp_path, "2025-02-03T00:00:00Z", "--over").output
    assert output.index("rev-0002") < output.index("rev-0003")
    assert bytes_below(tmp_path / "outbox" / "rev-0002") == lost
    assert [p.name for p in (tmp_path / "outbox").glob(".draft-*")] == [".draft-of-somebody-publishing-now"]


@pytest.mark.slow
@pytest.mark.usefixtures("one")
def test_an_outbox_is_one_programmes_and_one_stores(plans: tuple[Path, Path], tmp_path: Path) -> None:
    before = bytes_below(tmp_path / "outbox")
    shutil.copytree(TINY, tmp_path / "b")
    table = tmp_path / "b" / "programme.toml"
    table.write_text(table.read_text(encoding="utf-8").replace('id = "tiny"', 'id = "tiny-b"'), encoding="utf-8")
    assert run("plan", str(tmp_path / "b"), "--out", str(tmp_path / "b-plan")).exit_code == 0
    result = publish(tmp_path / "b-plan", tmp_path, "2025-01-03T00:00:00Z")
    assert result.exit_code == 1
    assert "rev-0001 in it holds notices of another programme (tiny)" in result.output
    again = run(
        "publish", str(plans[0]), "--out", str(tmp_path / "out"), "--store", str(tmp_path / "other.db"), "--by", "office",
        "--at", "2025-01-03T00:00:00Z", "--outbox", str(tmp_path / "outbox"),
    )  # fmt: skip
    assert again.exit_code == 1
    assert bytes_below(tmp_path / "outbox") == before
    with open_store(str(tmp_path / "plan.db"), create=False) as store:
        assert store.programmes() == (ID,)


def test_what_is_missing_is_told_at_once_and_nothing_is_made(plans: tuple[Path, Path], tmp_path: Path) -> None:
    result = run(
        "publish", str(plans[0]), "--store", str(tmp_path / "plan.db"), "--at", "soon", "--site", str(tmp_path / "site")
    )
    assert result.exit_code == 1
    for word in ("--by", "--at", "--base-url", "soon"):
        assert word in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("base_url", ["office.example", "https://office.example/?plan", "https://贵州.example"])
def test_an_address_that_no_code_can_lead_to_is_refused(
    plans: tuple[Path, Path], tmp_path: Path, base_url: str
) -> None:
    result = run("publish", str(plans[0]), "--out", str(tmp_path), "--base-url", base_url)
    assert result.exit_code == 1
    assert "cannot be used as an address" in result.output
    assert not list(tmp_path.iterdir())


def test_what_only_a_store_can_do_is_not_done_without_one(plans: tuple[Path, Path], tmp_path: Path) -> None:
    result = run("publish", str(plans[0]), "--out", str(tmp_path / "out"), "--outbox", str(tmp_path / "outbox"))
    assert result.exit_code == 1
    assert "--outbox needs a store" in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_notices_that_nobody_asked_for_when_it_was_published_can_be_had_afterwards(
    plans: tuple[Path, Path], tmp_path: Path
) -> None:
    for name in ("asked", "later"):
        (tmp_path / name).mkdir()
        more = ("--outbox", str(tmp_path / "asked" / "outbox")) if name == "asked" else ()
        for plan, at in ((plans[0], "2025-01-02T00:00:00Z"), (plans[1], "2025-02-02T00:00:00Z")):
            result = run(
                "publish", str(plan), "--out", str(tmp_path / name / "out"), "--store", str(tmp_path / name / "plan.db"),
                "--by", "office", "--at", at, "--in", "en", *more,
            )  # fmt: skip
            assert result.exit_code == 0, result.output
    assert publish(plans[1], tmp_path / "later", "2025-02-03T00:00:00Z").exit_code == 0
    asked, later = (bytes_below(tmp_path / n / "outbox" / "rev-0002") for n in ("asked", "later"))
    # the page to look through names its own folder
    assert later == {name: content.replace(b"/asked/outbox/", b"/later/outbox/") for name, content in asked.items()}
    assert len(asked) > 3


@pytest.mark.slow
@pytest.mark.usefixtures("one")
def test_a_plan_made_before_somebody_else_published_is_not_published_unasked(
    plans: tuple[Path, Path], tmp_path: Path
) -> None:
    assert publish(plans[1], tmp_path, "2025-02-02T00:00:00Z", "--why", "council").exit_code == 0
    old = publish(plans[0], tmp_path, "2025-02-03T00:00:00Z")
    assert old.exit_code == 1
    for word in ("revision 2", "council", "--from 2", "--over"):
        assert word in old.output
    early = publish(plans[0], tmp_path, "2025-01-20T00:00:00Z", "--over")
    assert early.exit_code == 1
    assert "--at" in early.output
    assert publish(plans[0], tmp_path, "2025-02-03T00:00:00Z", "--over").exit_code == 0
    with open_store(str(tmp_path / "plan.db"), create=False) as store:
        assert [r.number for r in store.revisions(ID)] == [1, 2, 3]


@pytest.mark.slow
@pytest.mark.usefixtures("one")
def test_a_date_that_is_only_confirmed_is_a_draft_of_its_own_and_can_be_published(
    plans: tuple[Path, Path], tmp_path: Path
) -> None:
    shutil.copytree(TINY, tmp_path / "tiny")
    table = tmp_path / "tiny" / "phases.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("2025-06-12,t-harbour,held", "2025-06-12,t-harbour,announced"), encoding="utf-8")
    assert run("plan", str(tmp_path / "tiny"), "--from", str(plans[0]), "--out", str(tmp_path / "new")).exit_code == 0
    assert publish(tmp_path / "new", tmp_path, "2025-01-03T00:00:00Z").exit_code == 0


def test_an_instant_without_a_zone_is_the_offices_own(plans: tuple[Path, Path], tmp_path: Path) -> None:
    assert publish(plans[0], tmp_path, "2025-01-02T08:00:00").exit_code == 0
    with open_store(str(tmp_path / "plan.db"), create=False) as store:
        assert [r.at.isoformat() for r in store.revisions(ID)] == ["2025-01-02T00:00:00+00:00"]


def test_a_year_mistyped_into_the_future_is_refused(plans: tuple[Path, Path], tmp_path: Path) -> None:
    result = publish(plans[0], tmp_path, "2062-01-02T00:00:00Z")
    assert result.exit_code == 1
    assert "check the year" in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_papers_that_a_change_by_hand_wrote_are_still_there_after_it_is_published(
    plans: tuple[Path, Path], tmp_path: Path
) -> None:
    plan = json.loads((plans[0] / "plan.json").read_text(encoding="utf-8"))
    gone = next(p for p in plan["participations"] if p["phase_id"] == "t-guitar-1")
    out = tmp_path / "out"
    left = run(
        "withdraw", str(plans[0]), gone["firm_id"], gone["phase_id"], "--reason", "ill", "--on", "2025-01-03", "--out", str(out)
    )  # fmt: skip
    assert left.exit_code == 0, left.output
    papers = {name for name in bytes_below(out) if name.startswith(("notice.", "record.", "corrected."))}
    assert papers
    assert publish(out, tmp_path, "2025-01-04T00:00:00Z").exit_code == 0
    assert papers <= bytes_below(out).keys()


def test_tables_that_lag_behind_are_pointed_out(plans: tuple[Path, Path], tmp_path: Path) -> None:
    assert "as_of" in publish(plans[0], tmp_path, "2026-01-02T00:00:00Z").output


def test_every_page_of_a_revision_bears_its_number(once_published: tuple[Path, Path]) -> None:
    assert "revision 2" in (once_published[1] / "out" / "list.en.html").read_text(encoding="utf-8").lower()


@pytest.mark.usefixtures("one")
def test_a_revision_of_the_store_can_be_planned_from_and_compared_with(
    plans: tuple[Path, Path], tmp_path: Path
) -> None:
    store = ("--store", str(tmp_path / "plan.db"))
    result = run("plan", str(TINY), "--from", "1", *store, "--out", str(tmp_path / "again"), "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["changes"] == 0
    assert run("diff", "1", str(plans[1]), *store).output == run("diff", str(plans[0]), str(plans[1])).output
    missing = run("plan", str(TINY), "--from", "7", *store, "--out", str(tmp_path / "never"))
    assert missing.exit_code == 1
    assert "7" in missing.output
    assert not (tmp_path / "never").exists()


@pytest.mark.slow
@pytest.mark.usefixtures("one")
def test_a_publisher_killed_at_any_moment_loses_nothing(plans: tuple[Path, Path], tmp_path: Path) -> None:
    """Killed ever later, until one run gets through; every time the store holds one whole revision."""
    command = [
        sys.executable, "-m", "fairplanner", "publish", str(plans[1]), "--out", str(tmp_path / "out"), "--store",
        str(tmp_path / "plan.db"), "--by", "office", "--outbox", str(tmp_path / "outbox"), "--at", "2025-02-02T00:00:00Z",
    ]  # fmt: skip
    wait, killed = 1.0, 0
    while True:
        process = subprocess.Popen(  # noqa: S603  our own command
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ.copy()
        )
        try:
            assert process.wait(wait) == 0
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
            wait += 0.25
        with open_store(str(tmp_path / "plan.db"), create=False) as store:
            numbers = [r.number for r in store.revisions(programme_id(tmp_path))]
            assert numbers in ([1], [1, 2])
            for feed in store.feeds(programme_id(tmp_path)).values():
                assert sha256(feed.content).hexdigest() == feed.etag
    assert killed
    assert publish(plans[1], tmp_path, "2025-02-03T00:00:00Z").exit_code == 0
    assert (tmp_path / "outbox" / "rev-0002" / "outbox.json").is_file()
    assert not list((tmp_path / "outbox").glob(".draft-*"))


def test_a_plan_of_the_same_year_is_not_last_year(plans: tuple[Path, Path], tmp_path: Path) -> None:
    said = run("publish", str(plans[0]), "--out", str(tmp_path / "out"), "--last-year", str(plans[1]))
    assert said.exit_code == 1
    assert "no plan of an earlier year" in said.output
    assert not (tmp_path / "out").exists()
