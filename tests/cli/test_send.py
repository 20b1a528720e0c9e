"""`fairplanner send`: what it says, what it leaves behind, how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from tests.deliver.servers import Mailbox, listening
from tests.publish.notices import made as notices


def run(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(build(lang), ["send", *args, "--lang", lang], catch_exceptions=False)


@pytest.fixture
def outbox(tmp_path: Path) -> Path:
    return notices.written(notices.second(), tmp_path)


@pytest.fixture
def contacts(tmp_path: Path) -> Path:
    path = tmp_path / "contacts.csv"
    rows = [
        "类别,编号,邮箱,语言",
        "企业,f1,a@firm.example,中文",
        "企业,f2,b@firm.example,英文",
        "地区,east,c@zone.example,中文",
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_a_dry_run_says_what_would_go_to_whom_and_writes_nothing(outbox: Path, contacts: Path) -> None:
    before = {p: p.read_bytes() for p in outbox.rglob("*") if p.is_file()}
    result = run(str(outbox), "--to", str(contacts), "--dry-run", lang="zh")
    assert result.exit_code == 0
    assert "a@firm.example（中文通知）：示例企业f1展会日历\n" in result.stdout
    assert "b@firm.example（英文通知）：示例企业f2展会日历\n" in result.stdout
    assert "没有联系人、未通知的 5 方" in result.stderr
    assert "企业 f3：示例企业f3展会日历" in result.stderr
    assert {p: p.read_bytes() for p in outbox.rglob("*") if p.is_file()} == before


def test_refused_readers_are_told_together_and_the_command_ends_with_1_when_all_others_have_theirs(
    outbox: Path, contacts: Path
) -> None:
    mailbox = Mailbox()
    mailbox.refuses = {"a@firm.example", "b@firm.example"}
    with listening(mailbox) as where:
        result = run(str(outbox), "--to", str(contacts), "--smtp", where, "--from", "Office <o@plan.example>")
    assert (result.exit_code, mailbox.readers) == (1, ["c@zone.example"])
    assert "Sent: 1" in result.stdout
    assert "2 problems" in result.stderr
    assert "a@firm.example: the server did not take the notice to 'Sample f1: fair calendar' (550" in result.stderr


def test_sending_twice_says_what_was_sent_before(outbox: Path, contacts: Path) -> None:
    mailbox = Mailbox()
    with listening(mailbox) as where:
        args = (str(outbox.parent), "--to", str(contacts), "--smtp", where, "--from", "o@plan.example")
        assert run(*args).exit_code == 0
        again = run(*args)
    assert (again.exit_code, len(mailbox.arrived)) == (0, 3)
    assert "Sent: 0" in again.stdout
    assert "Sent earlier, not again: 3." in again.stdout


def test_a_connection_that_breaks_ends_with_1_and_says_what_is_left(outbox: Path, contacts: Path) -> None:
    mailbox = Mailbox()
    mailbox.lost_at, mailbox.lost_when = 1, "before"
    with listening(mailbox) as where:
        args = (str(outbox), "--to", str(contacts), "--smtp", where, "--from", "o@plan.example")
        result = run(*args)
        assert result.exit_code == 1
        assert "not sent: 2" in result.stderr
        assert "may or may not have arrived" in result.stderr
        rest = run(*args)
        assert rest.exit_code == 1
        done = run(*args, "--doubtful")
    assert (done.exit_code, sorted(mailbox.readers)) == (0, ["a@firm.example", "b@firm.example", "c@zone.example"])


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--from", "o@plan.example"), "--smtp"),
        (("--smtp", "mail.example.org:25"), "the sender '' is no address"),
        (("--smtp", "mail.example.org:25", "--user", "o@plan.example"), "FAIRPLANNER_SMTP_PASSWORD"),
        (("--smtp", "nonsense:port", "--from", "o@plan.example"), "is no mail server"),
    ],
)
def test_what_is_missing_is_a_problem_in_words(outbox: Path, contacts: Path, args: tuple[str, ...], said: str) -> None:
    result = run(str(outbox), "--to", str(contacts), *args)
    assert result.exit_code == 1
    assert said in result.stderr
    assert not (outbox / "sent.jsonl").exists()


def test_a_party_left_out_by_the_reviewer_is_named(outbox: Path, contacts: Path) -> None:
    for path in (outbox / "firm" / "f1").iterdir():
        path.unlink()
    (outbox / "firm" / "f1").rmdir()
    result = run(str(outbox), "--to", str(contacts), "--dry-run")
    assert "Folder deleted, not told: 1" in result.stderr
    assert "a@firm.example" not in result.stdout


def test_contacts_for_whom_there_is_no_notice_are_named_and_so_are_parties_without_a_contact(
    outbox: Path, contacts: Path
) -> None:
    contacts.write_text("类别,编号,邮箱,语言\n企业,F-1,a@firm.example,中文\n", encoding="utf-8")
    result = run(str(outbox), "--to", str(contacts), "--dry-run", lang="zh")
    assert result.exit_code == 0
    assert result.stdout.startswith("没有要发出的通知（")
    assert "有 1 行，在本稿通知中没有对应的收件方" in result.stderr
    assert "企业：F-1" in result.stderr
    assert "企业 f1：示例企业f1展会日历" in result.stderr


def test_contacts_that_are_not_there_are_said_to_be_missing(outbox: Path, tmp_path: Path) -> None:
    result = run(str(outbox), "--to", str(tmp_path / "none.csv"), "--dry-run", lang="zh")
    assert result.exit_code == 1
    assert "没有这个文件" in result.stderr
    assert "关闭" not in result.stderr
