"""What is served is what the site on disk holds: same addresses, same bytes."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from fairplanner.publish.publication import Publication
from fairplanner.publish.subscribe.site import site
from tests.serve.asking import AT, FIRM, PROGRAMME, Answer, Place, running

BASE = "https://calendars.example.org"


def tree(where: Place, tokens: list[str]) -> list[Publication]:
    keys = {token: where.store.find(token) for token in tokens}
    feeds, papers = where.store.feeds(PROGRAMME), where.store.documents(PROGRAMME)
    found = {token: facts for token, facts in keys.items() if facts is not None}
    return list(site(PROGRAMME, where.store.host, feeds, papers, found, BASE, datetime.now(UTC)))


def test_every_file_of_a_subscriber_is_served_with_the_same_bytes(where: Place) -> None:
    ended = where.store.create_token(PROGRAMME, FIRM, AT)
    where.store.revoke(
        where.store.tokens(PROGRAMME)[-1].token_id, datetime.now(UTC).replace(microsecond=0) - timedelta(days=3)
    )
    where.publish("second")

    async def ask() -> list[tuple[Publication, Answer]]:
        async with running(where) as get:
            files = tree(where, [where.token, ended])
            served = [f for f in files if len(f.path.parts) == 3 or f.path.name == "robots.txt"]
            return [(f, await get("/" + quote(f.path.as_posix()))) for f in served]

    answers = asyncio.run(ask())
    assert len(answers) > 8
    for file, answer in answers:
        assert answer.status == 200, file.path
        assert answer.body == file.content, file.path
        assert answer.headers["content-type"].startswith(file.media_type.split(";")[0])
        assert (
            file.path.suffix != ".ics"
            or answer.headers["content-disposition"] == f'inline; filename="{file.path.name}"'
        )
