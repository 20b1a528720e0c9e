"""`fairplanner serve`."""

from __future__ import annotations

import click

from fairplanner.cli.door import errors_at_the_door, lang_option, say, verb
from fairplanner.errors import Problem, UserError
from fairplanner.words import Words, words

EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104  addresses that no link can name


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "serve")
    @click.option("--store", envvar="FAIRPLANNER_STORE", default=None, help=w("cli.serve.store"))
    @click.option("--host", default="127.0.0.1", show_default=True, help=w("cli.serve.host"))
    @click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help=w("cli.serve.port"))
    @click.option("--base-url", default=None, help=w("cli.serve.base-url"))
    @click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help=w("cli.serve.workers"))
    @click.option("--burst", type=click.IntRange(1), default=600, show_default=True, help=w("cli.serve.burst"))
    @click.option(
        "--per-second",
        type=click.FloatRange(0.001, 1e6),
        default=10.0,
        show_default=True,
        help=w("cli.serve.per-second"),
    )
    @lang_option(w)
    def serve(
        store: str | None,
        host: str,
        port: int,
        base_url: str | None,
        workers: int,
        burst: int,
        per_second: float,
        lang: str,
    ) -> None:
        with errors_at_the_door(lang):
            run(store, (host, port), base_url, workers, (burst, per_second), words(lang))

    return serve


def run(
    store: str | None, at: tuple[str, int], base_url: str | None, workers: int, limit: tuple[int, float], w: Words
) -> None:
    """Look that the store is there, listen, say so, and answer until told to stop."""
    from fairplanner.publish.subscribe.addresses import base_address
    from fairplanner.serve import Settings, bound, serve
    from fairplanner.store import open_store

    if not store:
        raise UserError([Problem("--store", 0, "", "no-store")])
    base = base_address(base_url) if base_url else None
    with open_store(store, create=False) as found:
        feeds = sum(len(found.heads(programme)) for programme in found.programmes())
    with bound(*at) as listening:
        own = _address(at[0], listening.getsockname()[1])
        say(w("cli.serve.listening", url=own, feeds=feeds, base=base or own), err=True)
        if base is None:
            say(w("cli.serve.no-base", base=own), err=True)
        serve(Settings(store, base or own, *limit), listening, workers)
    say(w("cli.serve.stopped"), err=True)


def _address(host: str, port: int) -> str:
    name = "localhost" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"
