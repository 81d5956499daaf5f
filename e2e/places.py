"""Every page that there is, of portal, desk and settings, at a company."""

from __future__ import annotations

import os
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from e2e.api import SignIns
from e2e.people import ANNEKE, DANA, FEMKE, MILES, SANDER, WALTER, Person
from e2e.system import System

AREAS = ("portal", "desk", "settings")
COMPANIES = {"en": (WALTER, DANA, MILES), "nl": (FEMKE, SANDER, ANNEKE)}
"""A client, an agent and an admin of a company that speaks the language."""

_USUAL = (("portal", "nl"), ("desk", "en"), ("settings", "nl"))
WALKS = [
    (area, language)
    for area in AREAS
    for language in COMPANIES
    if os.environ.get("COUNTERSIGN_TEST_SIZE") == "long" or (area, language) in _USUAL
]
"""The areas that are walked through, and in which language: each in both at the long size alone."""


@dataclass(frozen=True)
class Place:
    """A page as somebody sees it; nobody is a guest."""

    name: str
    person: Person | None
    path: str


def places(area: str, language: str, signed_in: SignIns) -> list[Place]:
    client, agent, admin = COMPANIES[language]
    if area == "portal":
        return _portal(client, agent, signed_in)
    return _desk(client, agent, signed_in) if area == "desk" else _settings(agent, admin, signed_in)


def _portal(client: Person, agent: Person, signed_in: SignIns) -> list[Place]:
    api = signed_in(client)
    own = api.ask("{ myTickets(first: 50) { edges { node { number status { meaning } } } } }")["edges"]
    by_meaning = {edge["node"]["status"]["meaning"]: edge["node"]["number"] for edge in own}
    departments = api.ask("{ departments { id kinds { id proofLevel secretQuestions { id } } } }")
    kinds = [(f"/new?department={one['id']}&kind={kind['id']}", kind) for one in departments for kind in one["kinds"]]
    proved = next(path for path, kind in kinds if kind["proofLevel"] == "CARD")
    sealed = next(path for path, kind in kinds if kind["secretQuestions"])
    tickets = [Place(f"ticket-{meaning.lower()}", client, f"/tickets/{n}") for meaning, n in by_meaning.items()]
    assert {"OPEN", "CLOSED"} <= by_meaning.keys(), by_meaning
    return [
        Place("home-guest", None, "/"),
        Place("home", client, "/"),
        Place("home-staff", agent, "/"),
        Place("sign-in", None, "/sign-in"),
        Place("forgotten", None, "/forgotten"),
        Place("access", None, "/access"),
        Place("new-guest", None, "/new"),
        Place("new", client, "/new"),
        Place("new-proof", client, proved),
        Place("new-secret", client, sealed),
        Place("sent", client, f"/sent/{by_meaning['OPEN']}"),
        Place("requests", client, "/tickets"),
        Place("requests-none", client, "/tickets?q=zebrafish"),
        *tickets,
        Place("support-pin", client, "/support-pin"),
        Place("security", client, "/security"),
        Place("link-spent", None, "/link/nothing-like-a-link"),
        Place("not-here", None, "/nothing-here"),
    ]


def _desk(client: Person, agent: Person, signed_in: SignIns) -> list[Place]:
    [edge] = signed_in(agent).ask("{ queue(first: 1) { edges { node { number } } } }")["edges"]
    waiting = edge["node"]["number"]
    return [
        Place("desk-sign-in", None, "/desk"),
        Place("desk-not-staff", client, "/desk"),
        Place("queue", agent, "/desk"),
        Place("queue-all", agent, "/desk/queue/all?view=ALL"),
        Place("queue-mine", agent, "/desk/queue/all?mine=true"),
        Place("queue-none", agent, "/desk/queue/all?view=ON_HOLD"),
        Place("views", agent, "/desk/views"),
        Place("search-empty", agent, "/desk/search"),
        Place("search-none", agent, "/desk/search?q=zebrafish"),
        Place("desk-ticket-none", agent, "/desk/tickets/1"),
        Place("search", agent, "/desk/search?q=mail"),
        Place("desk-ticket", agent, f"/desk/tickets/{waiting}"),
        Place("queue-ticket", agent, f"/desk/queue/all?ticket={waiting}"),
        Place("away", agent, "/desk/away"),
        Place("thanks", agent, "/desk/thanks"),
        Place("team", agent, "/desk/team"),
        Place("projects", agent, "/desk/projects"),
        Place("queue-category", agent, "/desk/queue/all?category=WORK_REQUEST"),
        Place("desk-security", agent, "/desk/security"),
        Place("desk-not-here", agent, "/desk/nothing-here"),
    ]


def _settings(agent: Person, admin: Person, signed_in: SignIns) -> list[Place]:
    api = signed_in(admin)
    department = api.ask("{ departments { id kinds { id } } }")[0]["id"]
    member = next(one for one in api.ask("{ members { id you } }") if not one["you"])["id"]
    return [
        Place("departments", admin, "/desk/admin/departments"),
        Place("department", admin, f"/desk/admin/departments/{department}"),
        Place("department-new", admin, "/desk/admin/departments/new"),
        Place("staff", admin, "/desk/admin/staff"),
        Place("member", admin, f"/desk/admin/staff/{member}"),
        Place("member-new", admin, "/desk/admin/staff/new"),
        Place("routing", admin, "/desk/admin/routing"),
        Place("brand", admin, "/desk/admin/brand"),
        Place("language", admin, "/desk/admin/language"),
        Place("lifecycle", admin, "/desk/admin/lifecycle"),
        Place("files", admin, "/desk/admin/files"),
        Place("proof", admin, "/desk/admin/proof"),
        Place("cards", admin, "/desk/admin/cards"),
        Place("panel", admin, "/desk/admin/panel"),
        Place("tokens", admin, "/desk/admin/tokens"),
        Place("security-rules", admin, "/desk/admin/security"),
        Place("settings-not-yours", agent, "/desk/admin"),
    ]


def go(page: Page, place: Place, tenant: str, system: System) -> None:
    """Open it, and wait until nothing of it is still on its way."""
    page.goto(system.origin(tenant) + place.path)
    expect(page.get_by_role("heading").first).to_be_attached()
    expect(page.locator(".skeleton")).to_have_count(0)
