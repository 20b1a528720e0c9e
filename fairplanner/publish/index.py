"""The page that links everything that was published, in plain words."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from fairplanner.publish.agenda import AudienceKind
from fairplanner.publish.ical import path_of
from fairplanner.publish.pages import page
from fairplanner.publish.paths import safe_name
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Publication
from fairplanner.publish.views import Party

Link = tuple[str, str]


def index_page(press: Press, folder: Path, published: frozenset[str]) -> Publication:
    """Links, relative to the page, to whatever of `published` a reader may look for; nothing that is not there."""
    words: dict[str, object] = {
        key: press.w(f"index.{key}") for key in ("general", "delegations", "calendars", "how", "how_text", "none")
    }
    words["columns"] = [press.w(f"index.col_{key}") for key in ("days", "delegation", "size", "links")]
    title = press.w("index.title", programme=press.w.name(press.programme.settings))
    content = page(
        folder, "pages/index.html.j2", press.lang, title=title, lead=_lead(press), general=_kept(_general(press), published),
        delegations=_delegations(press, published), words=words, sample=press.sample, footer=press.footer,
        calendars=[(press.w(f"index.calendars_{kind}"), _kept(_calendars(press, kind), published)) for kind in _KINDS],
    )  # fmt: skip
    return Publication(PurePosixPath(f"index.{press.lang}.html"), "text/html; charset=utf-8", content)


def _delegations(press: Press, published: frozenset[str]) -> list[tuple[str, str, str, list[Link]]]:
    """Days, name, size and links of every delegation, in the order in which their fairs open."""
    phase = press.programme.phase
    in_order = sorted(
        press.parties, key=lambda x: (phase[x.phase_ids[0]].start, x.phase_ids, x.delegation.delegation_id)
    )
    return [
        ("\n".join(press.dress.phase_days(phase[q]) for q in x.phase_ids), press.naming.delegation(x.delegation), _size(press, x),
         _kept(_of_party(press, x), published))
        for x in in_order
    ]  # fmt: skip


_KINDS = (AudienceKind.ZONE, AudienceKind.FAIR, AudienceKind.FIRM)


def _lead(press: Press) -> str:
    plan = press.plan
    return press.w(
        "index.lead",
        delegations=len(plan.delegations),
        firms=len({x.firm_id for x in plan.participations}),
        places=len(plan.participations),
    )


def _size(press: Press, party: Party) -> str:
    return press.w("paper.size", firms=party.firms, booths=press.booths(party.booths))


def _kept(links: list[Link], published: frozenset[str]) -> list[Link]:
    return [(name, path) for name, path in links if path in published]


def _general(press: Press) -> list[Link]:
    lang = press.lang
    paths = {
        "workbook": f"plan.{lang}.xlsx", "list": f"list.{lang}.html", "list_xlsx": f"list.{lang}.xlsx",
        "everything": str(path_of(AudienceKind.EVERYTHING, "", lang)), "deadlines": str(path_of(AudienceKind.DEADLINES, "", lang)),
        "plan": "plan.json",
    }  # fmt: skip
    return [(press.w(f"index.link_{key}"), path) for key, path in paths.items()]


def _of_party(press: Press, party: Party) -> list[Link]:
    name, lang = safe_name(party.delegation.delegation_id), press.lang
    paths = {
        "briefing": f"briefings/{name}.{lang}.html", "briefing_pdf": f"briefings/{name}.{lang}.pdf", "handout": f"handouts/{name}.{lang}.pdf",
        "calendar": str(path_of(AudienceKind.DELEGATION, party.delegation.delegation_id, lang)),
    }  # fmt: skip
    return [(press.w(f"index.link_{key}"), path) for key, path in paths.items()]


def _calendars(press: Press, kind: AudienceKind) -> list[Link]:
    rows = [
        (_subject(press, k, subject), str(path_of(k, subject, press.lang)))
        for k, subject in press.book.audiences()
        if k is kind
    ]
    return sorted(rows, key=lambda link: link[1])


def _subject(press: Press, kind: AudienceKind, subject: str) -> str:
    if kind is AudienceKind.FAIR:
        return press.w.name(press.programme.fair[subject])
    return press.naming.zone(subject) if kind is AudienceKind.ZONE else press.naming.firm(subject)
