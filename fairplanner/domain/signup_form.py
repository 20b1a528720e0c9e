"""What our own sign-up form (报名表) is made of: the keys in its hidden column, the same for whoever writes it and whoever reads it."""

from __future__ import annotations

MARK = "fairplanner-signup-1"
"""What stands in A1 of the form, and in A1 of its hidden lists."""
FIRM, WISHES, WISH, ONCE = "firm.", "wishes:", "wish.", "form."
"""How keys begin in column A: a line of the firm, the header of the wishes, a wish, a line that counts for every wish."""
NUMBER = "no"
"""The column that numbers the wishes: their order of preference."""
FAIR = "fair"
FIRM_LINES = ("firm_id", "name_zh", "name_en", "zone_id", "kind", "sectors", "markets", "export_usd", "staff", "sme")
WISH_COLUMNS = (
    NUMBER, FAIR, "section_id", "wish", "role", "stand", "booths", "least_booths", "people", "exhibits", "note",
)  # fmt: skip
RECEIVED = "received"
MOST_WISHES = 20
LISTED = {FAIR: "fair", "section_id": "section", "zone_id": "zone"}
"""Fields whose lines of a list stand for an id, and what their list is called."""
