"""The page that links everything that was published, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from fairplanner.publish.agendas.agenda import AudienceKind
from fairplanner.publish.calendars.ical import path_of
from fairplanner.publish.handbook import path_of as handbook_path
from fairplanner.publish.handbook import print_path_of as handbook_print_path
from fairplanner.publish.lists.places_list import by_phase
from fairplanner.publish.lists.places_list import path_of as places_path
from fairplanner.publish.pages import page
from fairplanner.publish.paths import safe_name
from fairplanner.publish.phone.phone import page_path as phone_path
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Publication
from fairplanner.publish.report.report import path_of as report_path
from fairplanner.publish.sheets.answer import answered
from fairplanner.publish.sheets.answer import path_of as answer_path
from fairplanner.publish.sheets.cover import size
from fairplanner.publish.sheets.handout import path_of as handout_path
from fairplanner.publish.sheets.handout_firm import firms
from fairplanner.publish.sheets.handout_firm import path_of as firm_path
from fairplanner.publish.sheets.handout_leader import path_of as leader_path
from fairplanner.publish.sheets.handout_small import a5_path, card_path
from fairplanner.publish.subscribe.open_address import path_of as open_path
from fairplanner.publish.views import Party
from fairplanner.publish.yearbook.publishing import KINDS as YEAR
from fairplanner.publish.yearbook.publishing import path_of as year_path
from fairplanner.rules.reckon.lists import places_lists

Link = tuple[str, str]
LONGEST_OPEN = 12
AUDIENCES = (AudienceKind.ZONE, AudienceKind.FAIR, AudienceKind.FIRM)


@dataclass(frozen=True)
class Group:
    """Links of one kind and whom they are for; a long list is folded under `unfold`."""

    title: str
    text: str
    links: list[Link]
    unfold: str = ""


def index_page(press: Press, folder: Path, published: frozenset[str]) -> Publication:
    """Links, relative to the page, to whatever of `published` a reader may look for; nothing that is not there."""
    words: dict[str, object] = {
        key: press.w(f"index.{key}") for key in ("delegations", "delegations_for", "how", "how_text", "none")
    }
    words["columns"] = [press.w(f"index.col_{key}") for key in ("days", "delegation", "size", "links")]
    title = press.w("index.title", programme=press.w.name(press.programme.settings))
    general = [_group(press, key, links, published) for key, links in _general(press).items()]
    calendars = [_group(press, kind.value, _calendars(press, kind), published) for kind in AUDIENCES]
    calendars += [_group(press, key, links, published) for key, links in _given(press).items()]
    content = page(
        folder, "pages/index.html.j2", press.lang, title=title, lead=_lead(press), general=general,
        delegations=_delegations(press, published), words=words, sample=press.sample, footer=press.footer, calendars=calendars,
    )  # fmt: skip
    return Publication(PurePosixPath(f"index.{press.lang}.html"), "text/html; charset=utf-8", content)


def _group(press: Press, key: str, links: list[Link], published: frozenset[str]) -> Group:
    kept = _kept(links, published)
    unfold = press.w("index.unfold", count=len(kept)) if len(kept) > LONGEST_OPEN else ""
    return Group(press.w(f"index.{key}"), press.w(f"index.{key}_for"), kept, unfold)


def _delegations(press: Press, published: frozenset[str]) -> list[tuple[str, str, str, list[Link]]]:
    """Days, name, size and links of every delegation, in the order in which their fairs open."""
    phase = press.programme.phase
    in_order = sorted(
        press.parties, key=lambda x: (phase[x.phase_ids[0]].start, x.phase_ids, x.delegation.delegation_id)
    )
    return [
        ("\n".join(press.dress.phase_days(phase[q]) for q in x.phase_ids), press.title(x), size(press, x),
         _kept(_of_party(press, x), published))
        for x in in_order
    ]  # fmt: skip


def _lead(press: Press) -> str:
    plan = press.plan
    return press.w(
        "index.lead",
        delegations=len(plan.delegations),
        firms=len({x.firm_id for x in plan.participations}),
        places=len(plan.participations),
    )


def _kept(links: list[Link], published: frozenset[str]) -> list[Link]:
    return [(name, path) for name, path in links if path in published]


def _general(press: Press) -> dict[str, list[Link]]:
    lang = press.lang
    everything, deadlines = (str(path_of(k, "", lang)) for k in (AudienceKind.EVERYTHING, AudienceKind.DEADLINES))
    paths = {
        "public": {"list": f"list.{lang}.html", "list_xlsx": f"list.{lang}.xlsx"},
        "office": {
            **{kind: str(year_path(kind, lang)) for kind in YEAR},
            "report": str(report_path(lang)),
            "workbook": f"plan.{lang}.xlsx",
            "everything": everything,
            "deadlines": deadlines,
            "due": f"internal/due.{lang}.html",
            "due_pdf": f"internal/due.{lang}.pdf",
            "due_xlsx": f"internal/due.{lang}.xlsx",
            "plan": "plan.json",
        },
    }
    return {
        group: [(press.w(f"index.link_{key}"), path) for key, path in links.items()] for group, links in paths.items()
    }


def _given(press: Press) -> dict[str, list[Link]]:
    """Lists of places (page, PDF, XLSX); pages and itineraries of firms and answers to them."""
    lists = places_lists(press.programme, press.plan)
    shown = {"html": "{name}", "pdf": "{name} (PDF)", "xlsx": "{name} (XLSX)"}
    places = [
        (form.format(name=press.naming.phase(q)), str(places_path(q, press.lang, ending)))
        for q, _ in by_phase(lists)
        for ending, form in shown.items()
    ]
    own = [(press.naming.firm(f.firm_id), str(firm_path(f.firm_id, press.lang))) for f in firms(press)]
    pages = [
        (press.naming.firm(f.firm_id), str(open_path(AudienceKind.FIRM, f.firm_id, press.lang))) for f in firms(press)
    ]
    return {
        "places": places,
        "pages": pages,
        "itineraries": own,
        "answers": [(press.naming.firm(f), str(answer_path(f, press.lang))) for f in answered(press)],
    }


def _of_party(press: Press, party: Party) -> list[Link]:
    own, outward, lang = party.delegation.delegation_id, party.delegation.party_id, press.lang
    paths = {
        "briefing": f"briefings/{safe_name(own)}.{lang}.html", "briefing_pdf": f"briefings/{safe_name(own)}.{lang}.pdf",
        "handout": handout_path(outward, lang), "handout_a5": a5_path(outward, lang), "handout_card": card_path(outward, lang),
        "leader": leader_path(own, lang), "phone": phone_path(press, party),
        "handbook": handbook_path(outward, lang), "handbook_print": handbook_print_path(outward, lang),
        "page": open_path(AudienceKind.DELEGATION, party.delegation.party_id, lang),
        "calendar": path_of(AudienceKind.DELEGATION, party.delegation.party_id, lang),
    }  # fmt: skip
    return [(press.w(f"index.link_{key}"), str(path)) for key, path in paths.items()]


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
