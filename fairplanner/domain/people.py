"""People with their names: known at print time only, from a file of the user's, and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass

ROLES = ("head", "deputy", "guide", "contact", "interpreter", "official", "member")
"""团长, 副团长, 领队, 联络员, 翻译, 公务人员, 参展（参会）人员; whoever does something else says so in words of his own."""


@dataclass(frozen=True)
class Hotel:
    """Where people sleep, as far as it is known: for the reader, and for the driver in the language that is read there."""

    name: str
    name_en: str = ""
    address_zh: str = ""
    address_en: str = ""
    address_local: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Stay:
    """A hotel and the room in it; '' where it is not known yet."""

    hotel: Hotel
    room: str = ""


@dataclass(frozen=True)
class Person:
    """One traveller of one delegation; with a firm, with a post of the office, or with neither.

    `role`: a value of ROLES, other words as they were written, or ''. `out` and `back`: flights or trains, several on lines of
    their own; `stand`: number of the stand.
    """

    name: str
    delegation_id: str
    firm_id: str = ""
    post_id: str = ""
    role: str = ""
    phone: str = ""
    group: str = ""
    out: str = ""
    back: str = ""
    seat: str = ""
    stand: str = ""
    stays: tuple[Stay, ...] = ()


@dataclass(frozen=True)
class People:
    """Everybody in the file, in its order; `unused`: headers of columns that say nothing we print."""

    persons: tuple[Person, ...] = ()
    unused: tuple[str, ...] = ()

    def of(self, delegation_id: str) -> tuple[Person, ...]:
        """The people of one delegation."""
        return tuple(p for p in self.persons if p.delegation_id == delegation_id)

    @property
    def delegations(self) -> frozenset[str]:
        """Ids of the delegations that somebody belongs to."""
        return frozenset(p.delegation_id for p in self.persons)
