"""The outbox: who has a folder in it, and what its list says."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from fairplanner.domain.published import FeedKey
from fairplanner.publish.notices.outbox import outbox
from fairplanner.publish.paths import safe_name
from tests.publish.notices import made as notices


def files(made: notices.Published) -> dict[str, bytes]:
    found = list(outbox(made.programme, made.revision, made.changes))
    assert len({str(p.path) for p in found}) == len(found)
    return {str(p.path): p.content for p in found}


def manifest(found: dict[str, bytes], number: int = 2) -> dict[str, Any]:
    return dict(json.loads(found[f"rev-{number:04d}/outbox.json"]))


def test_exactly_the_parties_whose_feed_changed_have_a_folder_with_three_files_in_each_language() -> None:
    made = notices.second()
    found = files(made)
    parties = {(c.key.kind, c.key.subject) for c in made.changes if c.key.kind in ("firm", "zone", "delegation")}
    names = [
        f"{stem}.{lang}.{end}"
        for lang in ("zh", "en")
        for stem, end in (("notice", "html"), ("notice", "txt"), ("change", "ics"))
    ]
    folders = {f"rev-0002/{kind}/{safe_name(subject)}" for kind, subject in parties}
    wanted = {f"{folder}/{name}" for folder in folders for name in names}
    assert set(found) == wanted | {"rev-0002/index.html", "rev-0002/index.en.html", "rev-0002/outbox.json"}


def test_a_party_without_change_gets_nothing() -> None:
    base = notices.first()
    plan = base.plan.model_copy(
        update={
            "revision": 2,
            "participations": tuple(
                p.model_copy(update={"booths": 4}) if p.firm_id == "f3" else p for p in base.plan.participations
            ),
        }
    )
    made = notices.published(base.programme, plan, base.standing, notices.SECOND)
    told = {(x["kind"], x["id"]) for x in manifest(files(made))["parties"]}
    assert ("firm", "f3") in told
    assert not {("firm", "f1"), ("firm", "f2"), ("delegation", "prov/abroad-1-1"), ("zone", "east")} & told


def test_the_same_revision_gives_the_same_bytes_whatever_the_order_of_changes() -> None:
    made = notices.second()
    assert files(made) == files(notices.second()) == files(made._replace(changes=made.changes[::-1]))


def test_the_list_says_who_is_told_what_with_digests_of_every_file_and_no_address() -> None:
    made = notices.second()
    found = files(made)
    told = manifest(found)
    assert (told["programme"], told["number"], told["seal"], told["sample"]) == ("test", 2, made.revision.seal, True)
    (f3,) = [x for x in told["parties"] if (x["kind"], x["id"]) == ("firm", "f3")]
    assert f3["titles"] == {"zh": "示例企业f3展会日历", "en": "Sample f3: fair calendar"}
    assert f3["subjects"]["en"] == "Sample f3: fair calendar: changes in revision 2"
    assert f3["counts"]["zh"] == {"added": 0, "cancelled": 0, "changed": 1, "restored": 0}
    assert f3["files"]["zh"] == {
        "html": "firm/f3/notice.zh.html", "text": "firm/f3/notice.zh.txt", "calendar": "firm/f3/change.zh.ics",
    }  # fmt: skip
    for party in told["parties"]:
        for name, digest in party["digests"].items():
            assert sha256(found[f"rev-0002/{name}"]).hexdigest() == digest
    assert len({x["digest"] for x in told["parties"]}) == len(told["parties"])


def test_the_pages_to_look_through_link_every_file_and_each_other_and_nothing_that_is_not_there() -> None:
    found = files(notices.second())
    for page, other in (("index.html", "index.en.html"), ("index.en.html", "index.html")):
        links = set(re.findall(r'href="([^"]+)"', found[f"rev-0002/{page}"].decode()))
        assert {f"rev-0002/{link}" for link in links} == set(found) - {f"rev-0002/{page}", "rev-0002/outbox.json"}
        assert other in links


def test_a_party_that_changed_in_one_language_only_is_told_in_that_language_only() -> None:
    made = notices.second()
    only = tuple(c for c in made.changes if c.key != FeedKey("firm", "f3", "zh"))
    found = files(made._replace(changes=only))
    (f3,) = [x for x in manifest(found)["parties"] if x["id"] == "f3"]
    assert (set(f3["files"]), set(f3["subjects"])) == ({"en"}, {"en"})
    assert f3["titles"]["zh"] == "示例企业f3展会日历"
    page = found["rev-0002/index.html"].decode()
    assert "示例企业f3展会日历" in page
    assert "变更 1 项（只有英文日历有变化）" in page


def test_each_page_to_look_through_speaks_its_own_language_only() -> None:
    made = notices.second(why="")
    only = tuple(c for c in made.changes if c.key != FeedKey("firm", "f3", "zh"))
    found = files(made._replace(changes=only))
    texts = {
        name: re.sub(r"<style>.*?</style>|<pre.*?</pre>|<[^>]+>", " ", found[f"rev-0002/{name}"].decode(), flags=re.S)
        for name in ("index.html", "index.en.html")
    }
    words_of_english = set(re.findall(r"[A-Za-z]{3,}", texts["index.html"]))
    assert words_of_english <= {"English", "planning", "office", "east", "west", "south", "prov", "abroad", "expo"}
    assert set(re.findall(r"[\u4e00-\u9fff]+", texts["index.en.html"])) <= {"中文"}


def test_the_command_to_copy_stands_in_one_line_with_the_folder_of_the_notices() -> None:
    made = notices.second()
    found = {str(p.path): p.content for p in outbox(made.programme, made.revision, made.changes, place="my notices")}
    command = "<code>fairplanner send &#34;my notices/rev-0002&#34; --to contacts.csv --dry-run</code>"
    assert command in found["rev-0002/index.html"].decode()


def test_a_revision_that_concerns_nobody_says_so() -> None:
    made = notices.second()
    found = files(made._replace(changes=tuple(c for c in made.changes if c.key.kind == "fair")))
    assert manifest(found)["parties"] == []
    assert "没有受影响的一方" in found["rev-0002/index.html"].decode()


def test_folders_are_safe_names_whatever_the_id() -> None:
    made = notices.second()
    (change,) = [c for c in made.changes if c.key == FeedKey("firm", "f3", "zh")]
    odd = replace(change, key=FeedKey("firm", "../../贵州/con", "zh"))
    for path in files(made._replace(changes=(odd,))):
        assert ".." not in PurePosixPath(path).parts
        assert path.isascii()
