"""The application: addresses, and what goes on beside them while it runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from fairplanner.serve.endpoints import Feeds, Health, Robots, not_found
from fairplanner.serve.gate import Gate
from fairplanner.serve.holdings import Holdings
from fairplanner.serve.keeper import Keeper, Unreachable
from fairplanner.serve.settings import Settings

FLUSHED_EVERY = 60.0
"""Seconds between two writings of which links were used."""
WRITTEN_WITHIN = 10.0
"""Seconds such a writing may take: somebody may be publishing, and nobody waits for it."""


class Used:
    """Which links were used since this was last written to the store."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._when: dict[int, datetime] = {}

    def __call__(self, token_id: int, at: datetime) -> None:
        """Note one use."""
        self._when[token_id] = at

    async def write(self) -> None:
        """Write them down; those of a store that does not answer are kept for the next time."""
        used, self._when = self._when, {}
        if not used:
            return
        try:
            await self._keeper.ask(lambda store: store.mark_used(used), slow=True, patience=WRITTEN_WITHIN)
        except Unreachable:
            self._when = used | self._when

    async def keep_writing(self) -> None:
        """Write them down again and again."""
        while True:
            await asyncio.sleep(FLUSHED_EVERY)
            await self.write()


def app(store: str, settings: Settings | None = None) -> Starlette:
    """The application over the store at an address; nothing is opened before it starts."""
    settings = settings or Settings(store)
    keeper = Keeper(store)
    holdings, used = Holdings(keeper, settings), Used(keeper)

    @asynccontextmanager
    async def running(_app: Starlette) -> AsyncIterator[None]:
        writing = asyncio.create_task(used.keep_writing())
        try:
            yield
        finally:
            writing.cancel()
            with suppress(asyncio.CancelledError):
                await writing
            await used.write()
            keeper.close()

    routes = [
        Mount("/f", app=Feeds(holdings, settings, used)),
        Route("/health", endpoint=Health(holdings)),
        Route("/robots.txt", endpoint=Robots()),
    ]
    made = Starlette(routes=routes, middleware=[Middleware(Gate)], lifespan=running)
    # nobody is sent elsewhere: some clients would rewrite the address they were given
    made.router.redirect_slashes = False
    made.router.default = not_found
    return made
