"""`fairplanner feeds list|create|renew|revoke|sheet`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from fairplanner.cli.door import errors_at_the_door, json_option, lang_option, say, say_json, shown, verb
from fairplanner.cli.linking import Wanted, listed, print_sheet, say_ended, show, site_cards, tell
from fairplanner.cli.office import at_option, instant_of, opened, programme_in, store_options
from fairplanner.cli.subscriptions import read
from fairplanner.errors import Problem, UserError
from fairplanner.words import Words, words

Actions = Callable[[Words], click.Command]


def command(w: Words) -> click.Group:
    """The verb in a language: a group of actions."""
    example = "\n".join(f"  {line}" for line in w("cli.feeds.example").strip().splitlines())
    text = f"{w('cli.feeds.help')}\n\n\b\n{w('cli.example')}\n{example}"
    group = click.Group("feeds", help=text, short_help=w("cli.feeds.help"))
    actions: dict[str, Actions] = {
        "list": _list,
        "create": _create,
        "renew": _renew,
        "revoke": _revoke,
        "sheet": _sheet,
    }
    for name, action in actions.items():
        group.add_command(action(w), name)
    return group


def _shared(w: Words, name: str) -> Callable[[Callable[..., None]], click.Command]:
    """An action with what all of them have."""

    def add(function: Callable[..., None]) -> click.Command:
        return verb(w, f"feeds.{name}")(store_options(w)(json_option(w)(lang_option(w)(function))))

    return add


def _links(w: Words) -> Callable[[Any], Any]:
    """Options of the actions that make links."""
    options = (
        at_option(w),
        click.option("--base-url", default=None, help=w("cli.store.base-url")),
        click.option("--site", type=click.Path(file_okay=False, path_type=Path), default=None, help=w("cli.store.site")),
        click.option("--sheet", type=click.Path(dir_okay=False, path_type=Path), default=None, help=w("cli.feeds.with-sheet")),
    )  # fmt: skip

    def add(function: Any) -> Any:
        for option in reversed(options):
            function = option(function)
        return function

    return add


def _list(w: Words) -> click.Command:
    @_shared(w, "list")
    def list_(store: str | None, programme: str | None, as_json: bool, lang: str) -> None:
        with errors_at_the_door(lang, as_json=as_json), opened(store) as found:
            known = read(found, programme_in(found, programme))
            if as_json:
                say_json(listed(known, lang))
            else:
                show(known, words(lang))

    return list_


def _create(w: Words) -> click.Command:
    @click.argument("audiences", nargs=-1, metavar=w("cli.feeds.audience"))
    @click.option("--all", "every", is_flag=True, help=w("cli.feeds.all"))
    @click.option("--note", default="", help=w("cli.feeds.note"))
    @_links(w)
    def create(
        audiences: tuple[str, ...], every: bool, note: str, store: str | None, programme: str | None, as_json: bool, lang: str,
        **asked: Any,
    ) -> None:  # fmt: skip
        with errors_at_the_door(lang, as_json=as_json), opened(store) as found:
            if not audiences and not every:
                raise UserError([Problem("AUDIENCE", 0, "", "store-audience-unnamed")])
            known, wanted = read(found, programme_in(found, programme)), Wanted(**asked)
            at = wanted.checked()
            scopes = dict.fromkeys([*known.audiences(audiences), *(known.never_linked() if every else ())])
            tell(
                known,
                (found.create_token(known.programme_id, s, at, note) for s in scopes),
                wanted,
                lang,
                as_json=as_json,
            )

    return _shared(w, "create")(create)


def _renew(w: Words) -> click.Command:
    @click.argument("subscriptions", nargs=-1, required=True, metavar=w("cli.feeds.token"))
    @_links(w)
    def renew(
        subscriptions: tuple[str, ...], store: str | None, programme: str | None, as_json: bool, lang: str, **asked: Any
    ) -> None:
        with errors_at_the_door(lang, as_json=as_json), opened(store) as found:
            known, wanted = read(found, programme_in(found, programme)), Wanted(**asked)
            at = wanted.checked()
            old = known.meant(subscriptions, live=True)
            tell(known, (found.renew(token.token_id, at) for token in old), wanted, lang, as_json=as_json)
            if not as_json:
                say_ended(known, old, words(lang))

    return _shared(w, "renew")(renew)


def _revoke(w: Words) -> click.Command:
    @click.argument("subscriptions", nargs=-1, required=True, metavar=w("cli.feeds.token"))
    @at_option(w)
    def revoke(
        subscriptions: tuple[str, ...],
        at: str | None,
        store: str | None,
        programme: str | None,
        as_json: bool,
        lang: str,
    ) -> None:
        with errors_at_the_door(lang, as_json=as_json), opened(store) as found:
            known, when = read(found, programme_in(found, programme)), instant_of(at)
            old = known.meant(subscriptions)
            for token in old:
                found.revoke(token.token_id, when)
            if as_json:
                say_json({"programme": known.programme_id, "revoked": [token.token_id for token in old]})
            else:
                say_ended(known, old, words(lang))

    return _shared(w, "revoke")(revoke)


def _sheet(w: Words) -> click.Command:
    @click.option(
        "--site", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True, help=w("cli.store.site")
    )
    @click.option("--base-url", required=True, help=w("cli.store.base-url"))
    @click.option(
        "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help=w("cli.feeds.sheet.out")
    )
    @at_option(w)
    def sheet(
        site: Path,
        base_url: str,
        out: Path,
        at: str | None,
        store: str | None,
        programme: str | None,
        as_json: bool,
        lang: str,
    ) -> None:
        with errors_at_the_door(lang, as_json=as_json), opened(store) as found:
            known, when = read(found, programme_in(found, programme)), instant_of(at)
            cards = list(site_cards(known, site, base_url, lang))
            print_sheet(known, out, cards, lang, when)
            if as_json:
                say_json({"programme": known.programme_id, "sheet": out.as_posix(), "count": len(cards)})
            else:
                say(words(lang)("cli.feeds.sheet-done", count=len(cards), where=shown(out)))

    return _shared(w, "sheet")(sheet)
