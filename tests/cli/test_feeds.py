"""Who may subscribe, as a user says it: `fairplanner feeds`."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from fairplanner.cli import build
from fairplanner.domain.published import FeedKey, Revision, Scope
from fairplanner.domain.sealing import sealed
from fairplanner.store import open_store
from tests.publish.subscriptions import FIRST, first_feeds

BASE = "https://fairs.example.org"
ID = "guizhou"
AT = "2026-11-22T08:30:00Z"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A store in which one revision is published."""
    path = tmp_path_factory.mktemp("store") / "office.db"
    with open_store(str(path)) as store:
        first = sealed(Revision(ID, 1, "digest", "", "", FIRST, "office", "first", b"{}", b"{}"))
        store.publish(first, first_feeds().values(), [], onto="")
    return path.read_bytes()


@pytest.fixture
def path(published: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "office.db"
    made.write_bytes(published)
    monkeypatch.setenv("FAIRPLANNER_STORE", str(made))
    return made


def run(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(build(lang), ["feeds", *args], catch_exceptions=False)


def facts(*args: str) -> dict[str, list[dict[str, str]]]:
    result = run(*args, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, list[dict[str, str]]] = json.loads(result.stdout)
    return found


def test_a_link_is_made_for_each_audience_named_and_opens_just_that(path: Path) -> None:
    made = facts("create", "firm:f1", "deadlines", "firm:f1", "--base-url", BASE + "/", "--at", AT, "--note", "群")[
        "links"
    ]
    assert [(m["kind"], m["subject"], m["note"], m["created"][:10]) for m in made] == [
        ("firm", "f1", "群", "2026-11-22"), ("deadlines", "", "群", "2026-11-22"),
    ]  # fmt: skip
    with open_store(str(path)) as store:
        for one in made:
            token = store.find(one["token"])
            assert token is not None
            assert token.scope == Scope(one["kind"], one["subject"])
            assert token.mark == one["mark"]
            assert one["link"] == f"{BASE}/f/{one['token']}/index.en.html"
            assert one["title"] == store.feeds(ID)[FeedKey(*token.scope, "en")].title


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_link_is_said_once_and_the_list_shows_only_its_mark(path: Path, lang: str) -> None:
    said = run("create", "firm:f1", "--base-url", BASE, "--lang", lang)
    assert said.exit_code == 0
    said.output.encode("cp936")
    token = re.findall(r"/f/([\w-]{27})/", said.output)[0]
    listed = run("list", "--lang", lang)
    assert token not in listed.output
    with open_store(str(path)) as store:
        found = store.find(token)
    assert found is not None
    assert found.mark in listed.output
    assert facts("list")["tokens"][0].keys() >= {"id", "mark", "created", "used", "revoked"}
    assert token not in json.dumps(facts("list"))
    assert any(line.startswith("   -") for line in listed.output.splitlines()), (
        "audiences without a link are listed too"
    )


def test_all_makes_links_where_there_never_was_one_and_none_for_everything(path: Path) -> None:
    facts("create", "firm:f1", "--at", AT)
    facts("revoke", "1")
    made = facts("create", "--all")["links"]
    every = {(a["kind"], a["subject"]) for a in facts("list")["audiences"]}
    assert ("everything", "") in every
    assert {(m["kind"], m["subject"]) for m in made} == every - {("everything", ""), ("firm", "f1")}
    assert facts("create", "--all")["links"] == []
    assert "everything" not in run("create", "--all").output
    assert facts("create", "everything")["links"][0]["kind"] == "everything"


def test_renewing_ends_the_old_link_and_keeps_whom_it_is_for(path: Path) -> None:
    (old,) = facts("create", "firm:f1", "--note", "群")["links"]
    for name in ("{base}/f/{token}/firm-f1.en.ics", "{mark}", "{id}"):
        (new,) = facts("renew", name.format(base=BASE, **old))["links"]
        assert (new["kind"], new["subject"], new["note"]) == ("firm", "f1", "群")
        with open_store(str(path)) as store:
            found = store.find(old["token"])
            assert found is not None
            assert found.revoked is not None
        old = new


def test_a_link_that_was_ended_is_not_opened_again(path: Path) -> None:
    (old,) = facts("create", "firm:f1")["links"]
    facts("renew", str(old["id"]))
    result = run("renew", str(old["id"]))
    assert result.exit_code == 1
    assert "feeds create firm:f1" in result.output
    with open_store(str(path)) as store:
        assert [t.revoked is None for t in store.tokens(ID)].count(True) == 1


def test_a_revoked_link_opens_nothing_whether_named_by_number_mark_or_link(path: Path) -> None:
    made = facts("create", "firm:f1", "firm:f3", "deadlines")["links"]
    names = [str(made[0]["id"]), made[1]["mark"], f"{BASE}/f/{made[2]['token']}/", str(made[0]["id"])]
    result = run("revoke", *names, "--at", AT)
    assert result.exit_code == 0
    assert len(result.output.splitlines()) == 3
    with open_store(str(path)) as store:
        assert {t.revoked.isoformat() for t in store.tokens(ID) if t.revoked} == {"2026-11-22T08:30:00+00:00"}
        assert all(t.revoked for t in store.tokens(ID))
    assert run("list").output.count("revoked") == 3


def test_what_is_meant_wrongly_is_said_with_a_suggestion_and_nothing_is_made(path: Path) -> None:
    wrong = run("create", "firm:f1", "frim:f1", "deadline", "nonsense-beyond-repair")
    assert wrong.exit_code == 1
    assert "did you mean 'firm:f1'" in wrong.output
    assert "did you mean 'deadlines'" in wrong.output
    assert "nonsense" in wrong.output
    for args in (
        ["create"],
        ["revoke", "99"],
        ["renew", "zzz"],
        ["list", "--programme", "guizou"],
        ["create", "firm:f1", "--at", "soon"],
    ):
        result = run(*args)
        assert result.exit_code == 1, args
        assert "Traceback" not in result.output
    assert "did you mean 'guizhou'" in run("list", "--programme", "guizou").output
    assert run("create", "firm:f1", "--base-url", "ftp://x").exit_code == 1
    assert run("create", "firm:f1", "--sheet", "x.pdf").exit_code == 1
    with open_store(str(path)) as store:
        assert store.tokens(ID) == ()


def test_a_link_that_is_not_known_is_not_repeated_where_it_may_be_logged(path: Path) -> None:
    result = run("revoke", f"{BASE}/f/notoneofourtokens123456789/")
    assert result.exit_code == 1
    assert "notoneofourtokens" not in result.output


def test_tokens_of_another_programme_are_not_touched(path: Path) -> None:
    (made,) = facts("create", "firm:f1")["links"]
    with open_store(str(path)) as store:
        store.create_token("zunyi", Scope("firm", "f1"), FIRST)
    assert run("list").exit_code == 1, "which programme?"
    assert "guizhou, zunyi" in run("list").output
    assert run("revoke", made["token"], "--programme", "zunyi").exit_code == 1
    assert run("revoke", "1", "--programme", "zunyi").exit_code == 1
    assert run("revoke", "1", "--programme", "guizhou").exit_code == 0


def test_no_store_and_an_empty_one_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FAIRPLANNER_STORE", raising=False)
    assert "--store" in run("list").output
    missing = run("list", "--store", str(tmp_path / "none.db"))
    assert missing.exit_code == 1
    assert not (tmp_path / "none.db").exists()
    open_store(str(tmp_path / "empty.db")).close()
    assert "publish" in run("list", "--store", str(tmp_path / "empty.db")).output


def test_qr_codes_of_new_links_are_written_once_they_are_known(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "codes.pdf"
    result = run("create", "firm:f1", "firm:f3", "--base-url", BASE, "--at", AT, "--sheet", str(out))
    assert result.exit_code == 0, result.output
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(out.read_bytes())).pages)
    assert "fairs.example.org" in text.replace("\n", "")


def test_a_static_site_learns_of_new_links_and_prints_its_own(path: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    (made,) = facts("create", "firm:f1", "--base-url", BASE, "--site", str(site))["links"]
    assert [p.name for p in (site / "f").iterdir()] == [made["token"]]
    out = tmp_path / "codes.pdf"
    found = facts("sheet", "--site", str(site), "--base-url", BASE, "--out", str(out), "--at", AT)
    assert found["count"] == 1
    assert out.read_bytes().startswith(b"%PDF")
    facts("revoke", "1")
    assert facts("sheet", "--site", str(site), "--base-url", BASE, "--out", str(out), "--at", AT)["count"] == 0


def test_every_action_has_an_example_in_its_help() -> None:
    for lang in ("zh", "en"):
        for action in ("list", "create", "renew", "revoke", "sheet"):
            assert f"fairplanner feeds {action}" in run(action, "--help", lang=lang).output


def test_people_read_the_time_of_the_office_and_machines_utc(path: Path) -> None:
    late = "2026-11-22T18:30:00Z"
    made = facts("create", "firm:f1", "--at", late)["links"]
    assert made[0]["created"] == "2026-11-22T18:30:00+00:00"
    assert "2026-11-23 02:30 北京时间 起启用" in run("list", "--lang", "zh").output
    assert "2026-11-23 02:30 Beijing time" in run("list").output


def test_an_audience_with_one_live_link_names_that_link_and_one_with_several_has_them_listed(path: Path) -> None:
    facts("create", "firm:f1", "firm:f2", "--at", AT)
    facts("create", "firm:f2", "--at", AT)
    ended = run("revoke", "firm:f1", "--lang", "zh")
    assert ended.exit_code == 0
    assert "订阅 1（" in ended.output
    several = run("revoke", "firm:f2", "--lang", "zh")
    assert several.exit_code == 1
    assert "有 2 个链接：2、3" in several.output
    gone = run("revoke", "firm:f1", "--lang", "zh")
    assert gone.exit_code == 1
    assert "没有启用中的链接" in gone.output
