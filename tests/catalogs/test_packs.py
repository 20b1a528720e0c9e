"""The shipped rule packs: read without a problem, every number with its source, both languages, quotes as they stand."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fairplanner.domain import packs as k
from fairplanner.domain.kinds import Confidence
from fairplanner.domain.pack_numbers import LISTS, SECTIONS, UNITS, cite_of, items_of, parts_of, unit_of
from fairplanner.intake import read_packs
from fairplanner.intake.packs import OF_PROGRAMME
from tests.catalogs.quotes import SEEDS, documents_of, missing_quotes, plain
from tests.catalogs.reference import REFERENCE, rows

FOLDER = REFERENCE / "packs"
PACKS = read_packs()
BLANK = FOLDER / "blank.toml"
EXPECTED = {
    "beijing-2020", "blank", "canton-quota", "changzhou-2019", "cn-claim-papers", "cn-official-travel-2008",
    "cn-official-travel-2013", "de-bavaria-2026", "de-young-innovators", "guizhou-2023", "heilongjiang-2023", "hk-emf",
    "in-mai", "jiangsu-2024", "jilin-2022", "shenzhen-2021", "sichuan-2025", "us-certified-pavilion",
}  # fmt: skip
MODELS = (
    k.Cite, k.FirmTest, k.Subsidy, k.Bonus, k.Limit, k.ShareLimit, k.GroupMinimum, k.MarketSpread, k.Exclusion,
    k.TravelRules, k.QuotaRules, k.MembershipRules, k.Paper,
)  # fmt: skip

each_pack = pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.pack_id)
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the source documents are not beside this repository")


def uncommented() -> str:
    return re.sub(r"^# ", "", BLANK.read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_the_promised_packs_are_shipped_and_named_by_their_files() -> None:
    assert set(PACKS) >= EXPECTED
    assert {path.stem for path in FOLDER.iterdir()} == set(PACKS)


@each_pack
def test_every_number_resolves_to_a_source_with_an_address_or_a_document(pack: k.Pack) -> None:
    for item in items_of(pack):
        cite = cite_of(pack, item)
        assert cite.address or re.search(r"[\w〔（《]", cite.title), item


@each_pack
def test_every_number_has_a_unit(pack: k.Pack) -> None:
    parts = dict(parts_of(pack))
    for item in items_of(pack):
        if item.is_number:
            assert unit_of(item, parts[item.path.removesuffix(f".{item.field}")]), item


@each_pack
def test_every_name_and_note_is_in_both_languages(pack: k.Pack) -> None:
    assert pack.name_zh
    assert pack.name_en
    for path, part in parts_of(pack):
        assert part.name_zh, path
        assert part.name_en, path
        assert bool(part.note_zh) == bool(part.note_en), path


@each_pack
def test_why_a_source_may_be_out_of_date_is_said_in_both_languages(pack: k.Pack) -> None:
    for key, cite in pack.sources.items():
        assert bool(cite.stale_zh) == bool(cite.stale_en), key
        assert cite.confidence is not Confidence.SAMPLE


@each_pack
def test_a_pack_of_past_years_says_that_it_may_be_out_of_date(pack: k.Pack) -> None:
    if pack.valid_to and pack.valid_to < date(2026, 1, 1):
        assert any(cite.stale_en for cite in pack.sources.values())


@needs_seeds
@each_pack
def test_quotes_stand_in_the_document_that_is_named(pack: k.Pack) -> None:
    if pack.membership and pack.membership.quote:
        named = documents_of(pack.cite(pack.membership, "quote").title)
        texts = [plain((SEEDS / name).read_text(encoding="utf-8")) for name in named]
        assert texts
        assert missing_quotes(pack.membership.quote, texts) == []


def test_the_scheme_of_a_yearly_list_is_one_of_the_table_of_memberships() -> None:
    schemes = {row.scheme for row in rows("memberships")}
    assert {p.membership.scheme for p in PACKS.values() if p.membership} <= schemes


def test_the_2023_notice_of_guizhou_pays_four_fifths_in_advance_and_names_no_booth_fees() -> None:
    membership = PACKS["guizhou-2023"].membership
    assert membership is not None
    assert (membership.advance, membership.tiers, membership.pays) == (Decimal("0.8"), (3, 4), ())
    assert len(membership.uses_zh) == len(membership.uses_en) == 5
    assert PACKS["guizhou-2023"].subsidies == ()


def test_official_travel_is_told_for_both_times_without_a_gap_or_an_overlap() -> None:
    old, new = PACKS["cn-official-travel-2008"], PACKS["cn-official-travel-2013"]
    assert old.travel
    assert new.travel
    assert (old.travel.day_limits, new.travel.day_limits) == ((6, 10, 12), (5, 8, 10))
    assert old.valid_to is not None
    assert new.valid_from is not None
    assert (new.valid_from - old.valid_to).days == 1


def test_the_papers_of_a_claim_are_those_that_the_notices_ask_for() -> None:
    papers = {paper.paper_id for paper in PACKS["cn-claim-papers"].papers}
    assert papers >= {
        "contract", "invoice", "booth-photo", "catalogue", "travel", "passport", "social-insurance",
    }  # fmt: skip


def test_the_blank_pack_has_a_line_for_every_key() -> None:
    keys = set(re.findall(r"^(?:# )?(\w+) = ", BLANK.read_text(encoding="utf-8"), flags=re.MULTILINE))
    wanted = {name for model in MODELS for name in model.model_fields if name not in OF_PROGRAMME}
    headers = set(re.findall(r"\[+(?:subsidies\.)?(\w+)[\].]", uncommented()))
    assert wanted - keys <= {"bonus"}
    assert headers >= {*LISTS, *SECTIONS, "sources", "bonus", "of"}


def test_the_blank_pack_with_every_line_uncommented_is_read_without_a_problem(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    text = uncommented()
    (tmp_path / "packs" / "blank.toml").write_text(text, encoding="utf-8")
    assert tomllib.loads(text)["subsidies"][0]["turns"] == [0.6, 0.6, 0.5]
    full = read_packs(tmp_path)["blank"]
    assert full.travel
    assert {unit_of(item, part) for path, part in parts_of(full) for item in items_of(full) if item.path.startswith(path) and item.is_number} <= {*UNITS.values()}  # fmt: skip


def test_every_explanation_in_the_blank_pack_is_in_both_languages() -> None:
    blocks = re.findall(r"(?:^## .*\n)+", BLANK.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(blocks) > 60
    assert [b for b in blocks if not (re.search("[\u4e00-\u9fff]", b) and re.search("[A-Za-z]{2}", b))] == []
