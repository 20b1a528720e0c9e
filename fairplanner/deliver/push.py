"""One feed's entries pushed into a CalDAV collection: what is there already stays, what is ours and gone is taken out.

A collection holds one feed; other people's entries in it are never touched. Pushing the same again writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urljoin, urlsplit

from fairplanner.deliver.objects import Item, Stamped, stamped_of
from fairplanner.deliver.smtp import is_local
from fairplanner.errors import Problem, UserError

if TYPE_CHECKING:
    from caldav.davclient import DAVClient

TIMEOUT = 60
EXTRA = "fairplanner[caldav]"
DAV, CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
EVERY_EVENT = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
    "<D:prop><D:getetag/><C:calendar-data/></D:prop>"
    '<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/></C:comp-filter></C:filter>'
    "</C:calendar-query>"
)
"""RFC 4791 section 7.8."""
CALENDAR = "text/calendar; charset=utf-8"
MULTISTATUS = 207
FIRST_ERROR = 300


@dataclass(frozen=True)
class Held:
    """An entry in the collection: where, and in which state; `etag` '' where the server gives none."""

    href: str
    etag: str
    stamped: Stamped


class Shelf(Protocol):
    """A collection: what of ours and others' is in it, and putting and deleting; each answers with the HTTP status."""

    def held(self) -> Iterator[Held]:
        """Every entry."""

    def put(self, name: str, body: bytes, etag: str | None) -> int:
        """Write an entry; `etag`: over exactly that state, None: where there is none yet."""

    def delete(self, name: str, etag: str) -> int:
        """Delete an entry in exactly that state."""


@dataclass
class Pushed:
    """UIDs by what was (or, rehearsed, would be) done with them; how many entries of others stand beside them."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    others: int = 0
    problems: list[Problem] = field(default_factory=list)


def push(shelf: Shelf, items: Sequence[Item], host: str, *, rehearse: bool = False) -> Pushed:
    """Make a collection hold exactly `items` of ours; what is ours is told by `host`, which stands after the @ of UIDs.

    Refusals of single entries are in `problems`; raises UserError where the collection cannot be read or reached.
    """
    done = Pushed()
    ours: dict[str, Held] = {}
    for held in shelf.held():
        if held.stamped.uid.endswith(f"@{host}"):
            ours[held.stamped.uid] = held
        else:
            done.others += 1
    for item in items:
        _put(shelf, item, ours.get(item.uid), done, rehearse)
    wanted = {item.uid for item in items}
    for uid in sorted(ours.keys() - wanted):
        status = 0 if rehearse else shelf.delete(ours[uid].href, ours[uid].etag)
        _note(done, done.removed, uid, status)
    return done


def _put(shelf: Shelf, item: Item, held: Held | None, done: Pushed, rehearse: bool) -> None:
    if held is not None and held.stamped == item.stamped:
        done.kept.append(item.uid)
        return
    name, etag = (item.name, None) if held is None else (held.href, held.etag)
    status = 0 if rehearse else shelf.put(name, item.body, etag)
    _note(done, done.added if held is None else done.changed, item.uid, status)


def _note(done: Pushed, where: list[str], uid: str, status: int) -> None:
    if status < FIRST_ERROR:
        where.append(uid)
    else:
        done.problems.append(Problem(uid, 0, "", "push-refused", str(status)))


class Collection:
    """A calendar collection on a server, by its own address; a context manager. Raises UserError where it cannot be used."""

    def __init__(self, url: str, user: str = "", password: str = "") -> None:
        self.url = url if url.endswith("/") else f"{url}/"
        parts = urlsplit(self.url)
        if (
            parts.scheme not in ("http", "https")
            or not parts.hostname
            or parts.username
            or parts.query
            or parts.fragment
        ):
            raise UserError([Problem("--url", 0, "", "push-url", url)])
        if user and not password:
            raise UserError([Problem("--user", 0, "", "push-password", user)])
        if user and parts.scheme == "http" and not is_local(parts.hostname):
            raise UserError([Problem("--url", 0, "", "push-open-password", url)])
        self._client = _client(self.url, user, password)

    def __enter__(self) -> Collection:
        return self

    def __exit__(self, *_error: object) -> None:
        self._client.close()

    def held(self) -> Iterator[Held]:
        """Every entry in it."""
        status, tree = self._ask(
            "REPORT", self.url, EVERY_EVENT, {"Depth": "1", "Content-Type": "application/xml; charset=utf-8"}
        )
        if status != MULTISTATUS or tree is None:
            raise UserError([Problem(self.url, 0, "", "push-no-collection", str(status))])
        for response in tree.iter(f"{DAV}response"):
            text = response.findtext(f".//{CALDAV}calendar-data") or ""
            href = urljoin(self.url, response.findtext(f"{DAV}href") or "")
            stamped = stamped_of(text.encode())
            # what lies elsewhere is no business of ours, nor of the password
            if stamped is not None and urlsplit(href)[:2] == urlsplit(self.url)[:2]:
                yield Held(href, response.findtext(f".//{DAV}getetag") or "", stamped)

    def put(self, name: str, body: bytes, etag: str | None) -> int:
        """Write an entry; returns the HTTP status."""
        headers = {"Content-Type": CALENDAR} | ({"If-None-Match": "*"} if etag is None else _if_match(etag))
        return self._ask("PUT", urljoin(self.url, name), body.decode(), headers)[0]

    def delete(self, name: str, etag: str) -> int:
        """Delete an entry; returns the HTTP status."""
        return self._ask("DELETE", urljoin(self.url, name), "", _if_match(etag))[0]

    def _ask(self, method: str, url: str, body: str, headers: dict[str, str]) -> tuple[int, Any]:
        """Status and parsed body of an answer."""
        from caldav.lib.error import AuthorizationError, DAVError

        try:
            answer = self._client.request(url, method, body, headers)
        except AuthorizationError as error:
            raise UserError([Problem(self.url, 0, "", "push-login", method)]) from error
        # requests and its kin raise OSErrors; a body that is no XML is a SyntaxError of lxml
        except (DAVError, OSError, SyntaxError) as error:
            told = " ".join(str(error).split()) or type(error).__name__
            raise UserError([Problem(self.url, 0, "", "push-unreachable", told)]) from error
        return int(answer.status), answer.tree


def _if_match(etag: str) -> dict[str, str]:
    return {"If-Match": etag} if etag else {}


def _client(url: str, user: str, password: str) -> DAVClient:
    try:
        from caldav.davclient import DAVClient
    except ModuleNotFoundError as error:
        raise UserError([Problem("--url", 0, "", "push-extra", EXTRA)]) from error
    # no search for servers by DNS: the address is the one that was given
    return DAVClient(url, username=user or None, password=password or None, timeout=TIMEOUT, enable_rfc6764=False)
