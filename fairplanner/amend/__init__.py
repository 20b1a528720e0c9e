"""Amend: the last two weeks. A firm withdraws, the next on the list comes in, somebody else goes; no solver, the order rules."""

from fairplanner.amend.draft import Broken
from fairplanner.amend.letting import Coming, coming_by_name, coming_in_order, let_in
from fairplanner.amend.posts import post
from fairplanner.amend.promoting import promote
from fairplanner.amend.substituting import by_firm, people
from fairplanner.amend.withdrawing import withdraw

__all__ = [
    "Broken",
    "Coming",
    "by_firm",
    "coming_by_name",
    "coming_in_order",
    "let_in",
    "people",
    "post",
    "promote",
    "withdraw",
]
