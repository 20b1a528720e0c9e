"""`fairplanner packs [ID]`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairplanner.cli.door import errors_at_the_door, json_option, lang_option, say, say_json, verb
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.domain.columns import Row
    from fairplanner.domain.packs import Pack, Part


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "packs")
    @click.argument("pack_id", metavar=w("cli.packs.id"), required=False)
    @click.option("--folder", type=click.Path(path_type=Path), default=None, help=w("cli.packs.folder"))
    @json_option(w)
    @lang_option(w)
    def packs(pack_id: str | None, folder: Path | None, as_json: bool, lang: str) -> None:
        with errors_at_the_door(lang, as_json=as_json):
            run(pack_id, folder, as_json, lang)

    return packs


def run(pack_id: str | None, folder: Path | None, as_json: bool, lang: str) -> None:
    """List the rule packs, or print every number of one with its source; a programme's own packs with `folder`."""
    from fairplanner.intake import read_packs

    w = words(lang)
    packs = read_packs(folder)
    if pack_id is not None and pack_id not in packs:
        raise _unknown(pack_id, packs)
    if as_json:
        say_json(_facts(packs[pack_id]) if pack_id else {"packs": [_head(pack) for pack in packs.values()]})
        return
    for line in _details(w, packs[pack_id]) if pack_id else _list(w, packs):
        say(line)


def _unknown(pack_id: str, packs: Mapping[str, Pack]) -> Exception:
    from fairplanner.errors import CatalogueError, Problem
    from fairplanner.intake.suggest import nearest

    near = nearest(pack_id, packs)
    facts = (("near", near),) if near else ()
    return CatalogueError([Problem("packs", 0, "", "pack-unknown-near" if near else "pack-unknown", pack_id, facts)])


def _list(w: Words, packs: Mapping[str, Pack]) -> Iterator[str]:
    from fairplanner.publish.wording.pack_words import marks, validity

    for pack in packs.values():
        yield w("cli.packs.row", id=pack.pack_id, name=w.name(pack))
        facts = [_place(w, pack), validity(w, pack), marks(w, pack)]
        yield "    " + w("cli.packs.separator").join(fact for fact in facts if fact)


def _place(w: Words, pack: Pack) -> str:
    return pack.jurisdiction_zh if w.lang == "zh" else pack.jurisdiction_en


def _note(w: Words, row: Any) -> str:
    text = (row.note_zh if w.lang == "zh" else row.note_en) or row.note_en
    return w("cli.packs.note", note=text) if text else ""


def _details(w: Words, pack: Pack) -> Iterator[str]:
    """Head, parts with their fields, then the sources by number."""
    from fairplanner.domain.pack_numbers import parts_of
    from fairplanner.publish.wording.pack_words import validity

    yield w("cli.packs.row", id=pack.pack_id, name=w.name(pack))
    yield "    " + w("cli.packs.separator").join((_place(w, pack), validity(w, pack), pack.currency))
    if note := _note(w, pack):
        yield "    " + note
    numbers = {key: number for number, key in enumerate(pack.sources, start=1)}
    names = _names()
    for path, part in parts_of(pack):
        yield ""
        yield w("cli.packs.part", name=w.name(part), path=path)
        yield from _fields(w, pack, (path, part), numbers, names)
    yield ""
    yield w("cli.packs.sources")
    for key, number in numbers.items():
        yield from _source(w, pack, key, number)


def _fields(
    w: Words, pack: Pack, placed: tuple[str, Part], numbers: Mapping[str, int], names: Mapping[str, Row]
) -> Iterator[str]:
    from fairplanner.domain.pack_numbers import items_of
    from fairplanner.publish.wording.pack_words import label, value

    path, part = placed
    for item in (item for item in items_of(pack) if item.path == f"{path}.{item.field}"):
        facts = {"label": label(w, item), "value": value(w, pack, part, item, names)}
        yield "    " + w("cli.packs.item", number=numbers[item.cite_key], **facts)
    if note := _note(w, part):
        yield "    " + note


def _source(w: Words, pack: Pack, key: str, number: int) -> Iterator[str]:
    from fairplanner.publish.wording.pack_words import stale

    cite = pack.sources[key]
    yield w("cli.packs.source", number=number, title=cite.title)
    if cite.address:
        yield "      " + cite.address
    facts = [w(f"enums.Confidence.{cite.confidence}"), w(f"packs.reading.{cite.reading}")]
    facts += [w("packs.read-on", day=cite.read_on)] if cite.read_on else []
    yield "      " + w("cli.packs.separator").join(facts)
    if why := stale(w, cite):
        yield "      " + w("cli.packs.stale", why=why)


def _names() -> dict[str, Row]:
    """Rows of the reference by id."""
    from fairplanner.intake import read_reference

    keys = {"territories": "territory_id", "markets": "market_id", "fairs": "fair_id", "sectors": "sector_id"}
    reference = read_reference()
    return {
        str(getattr(row, key)): row
        for table, key in (keys | {"sections": "section_id"}).items()
        for row in reference[table]
    }


def _head(pack: Pack) -> dict[str, Any]:
    names = (
        "pack_id",
        "name_zh",
        "name_en",
        "jurisdiction_zh",
        "jurisdiction_en",
        "valid_from",
        "valid_to",
        "currency",
    )
    sources = pack.sources.values()
    return pack.model_dump(mode="json", include=set(names)) | {
        "stale": any(cite.stale_zh for cite in sources),
        "second_hand": any(cite.reading == "second-hand" for cite in sources),
        "unverified": any(cite.confidence in ("background", "unknown") for cite in sources),
    }


def _facts(pack: Pack) -> dict[str, Any]:
    """The pack as a machine reads it: every field with its unit and the key of its source."""
    from pydantic_core import to_jsonable_python

    from fairplanner.domain.pack_numbers import items_of, parts_of, unit_of

    parts = dict(parts_of(pack))
    items = [
        {
            "path": item.path,
            "value": to_jsonable_python(item.value),
            "unit": unit_of(item, parts[item.path.removesuffix(f".{item.field}")]),
            "source": item.cite_key,
        }
        for item in items_of(pack)
    ]
    sources = {key: cite.model_dump(mode="json") for key, cite in pack.sources.items()}
    return _head(pack) | {"items": items, "sources": sources, "note_zh": pack.note_zh, "note_en": pack.note_en}
