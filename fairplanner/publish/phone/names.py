"""File names that still say what they are when a phone cuts them off: revision and kind first, then fair and party.

WeChat shows the beginning (research/planner.md 33), so what tells two files of a pack apart stands within 20 characters.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from fairplanner.publish.paths import safe_name
from fairplanner.publish.press import Press
from fairplanner.publish.views import Party

LONGEST = 80
"""Characters of a name with its ending: 240 octets where all are Chinese; Android and Linux take 255."""
SHORTEST_FAIR = 14
# What Windows and Android refuse, and blanks, at which messages break a name.
REFUSED = re.compile(r'[\x00-\x20<>:"/\\|?*\x7f-\x9f\u3000\ud800-\udfff]+')
GAP = "…"


def folder_of(press: Press, party: Party) -> PurePosixPath:
    """Where the pack of a delegation lies; its name tells nothing of when officials travel."""
    return PurePosixPath("phone") / safe_name(party.delegation.party_id) / press.lang


def who_of(press: Press, party: Party) -> str:
    """The delegation without its fairs: 贵州省交易团."""
    return press.title(party).replace(fairs_of(press, party), "").strip(" ：:")


def fairs_of(press: Press, party: Party) -> str:
    """The fairs of a delegation, as its title has them."""
    return press.naming.listed([press.naming.phase(q) for q in party.phase_ids])


def file_name(press: Press, party: Party, kind: str, ending: str) -> str:
    """第2版_日程图1共3_第141届广交会_贵州分团.png: at most 80 characters, safe on every phone; the fair's middle gives way first."""
    head = f"{press.w('phone.file.revision', number=press.plan.revision)}_{kind}_"
    fair, who = safe(fairs_of(press, party)), safe(who_of(press, party))
    room = LONGEST - len(head) - len(ending) - len("_.")
    who = cut(who, room - min(len(fair), SHORTEST_FAIR))
    return f"{head}{cut(fair, room - len(who))}_{who}.{ending}"


def safe(text: str) -> str:
    """Text as part of a file name: what some system refuses is a hyphen, no dots or hyphens at its ends."""
    return REFUSED.sub("-", text).strip(".-") or "-"


def cut(text: str, room: int) -> str:
    """Text with its middle left out where it is too long: editions and phases stand at the end."""
    if len(text) <= room:
        return text
    tail = (room - len(GAP)) // 2
    return f"{text[: room - len(GAP) - tail]}{GAP}{text[-tail:] if tail else ''}"
