"""The policy editor through the API: what is wrong, what would happen, the next version, and moving tickets over."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import msgspec
import pytest
from litestar import Litestar

from backend.jobs.consumers import EFFECTS
from backend.jobs.drain import drain
from backend.tests.client import Browser, a_browser
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, within
from backend.tickets.lifecycle.presets import FOUNDRY, PRESETS
from backend.tickets.open import NewTicket, open_ticket


async def _nothing(_tenant: UUID, _id: UUID) -> None:
    """Mails stay in their queue."""


WITHOUT_MAIL = replace(EFFECTS, send_mail=_nothing)
LIFECYCLE = """versions { id version name definition isCurrent openTickets createdBy } presets { key definition } reminders
    statusesToFollow { status name tickets } changeOver { id tickets done endedAt }"""
READ = f"{{ lifecycle {{ {LIFECYCLE} }} }}"
CHECK = "query($d: String!) { checkPolicy(definition: $d) { faults { path code message } arrows { source to by } } }"
TRY = """query($d: String!, $acts: [TrialActInput!]!) { tryPolicy(definition: $d, acts: $acts, openedAt: "2026-03-02T09:00:00+01:00") {
    faults { path } entries { at what outcome status reminder tag pending { action dueAt status tag } } } }"""
SAVE = f"""mutation($b: ID!, $d: String!) {{ savePolicy(base: $b, name: "Ours", definition: $d) {{ __typename
    ... on Lifecycle {{ {LIFECYCLE} }} ... on PolicyFaults {{ faults {{ path code message }} }} ... on Problem {{ code field }} }} }}"""
PLAN = """mutation { planChangeOver(statuses: []) { ... on ChangeOver { id tickets closing newly noLonger restatused }
    ... on Problem { code } } }"""
BEGIN = "mutation($id: ID!) { beginChangeOver(id: $id) { ... on ChangeOver { id beganAt } ... on Problem { code } } }"
TICKETS = (
    "query($id: ID!) { changeOverTickets(id: $id) { hasMore tickets { number subject status toStatus done changed } } }"
)


@dataclass(frozen=True, slots=True)
class Settings:
    tenant: TestTenant
    admin: Browser
    agent: Browser


@pytest.fixture
async def settings_page(app: Litestar) -> AsyncIterator[Settings]:
    tenant = await a_tenant()
    async with a_browser(app, tenant) as admin, a_browser(app, tenant) as agent:
        await admin.carry_on(await a_member(tenant, "admin", name="Ada Blum"))
        await agent.carry_on(await a_member(tenant, "lead"))
        yield Settings(tenant, admin, agent)


def definition(**change: Any) -> str:
    return msgspec.json.encode({**FOUNDRY, **change}).decode()


async def test_an_admin_reads_the_versions_and_the_five_to_start_from(settings_page: Settings) -> None:
    found = await settings_page.admin.ask(READ)
    [version] = found["versions"]
    assert (version["version"], version["isCurrent"], version["createdBy"]) == (1, True, None)
    assert msgspec.json.decode(version["definition"])["initial"] == "open"
    assert {each["key"]: msgspec.json.decode(each["definition"]) for each in found["presets"]} == PRESETS
    assert found["reminders"] == ["reminder_first", "reminder_second"]


async def test_what_is_wrong_is_told_where_it_is_mended_and_nothing_is_saved(settings_page: Settings) -> None:
    base = (await settings_page.admin.ask(READ))["versions"][0]["id"]
    wrong = definition(replies=["nope"], initial="pending")
    for found in (
        await settings_page.admin.ask(CHECK, d=wrong),
        await settings_page.admin.ask(SAVE, b=base, d=wrong),
    ):
        assert {(each["path"], each["code"]) for each in found["faults"]} == {
            ("initial", "begins_closed"),
            ("replies", "unknown_status"),
        }
    assert len((await settings_page.admin.ask(READ))["versions"]) == 1
    unreadable = await settings_page.admin.ask(CHECK, d="{")
    assert [each["code"] for each in unreadable["faults"]] == ["unreadable"]


async def test_the_arrows_say_who_leads_from_where_to_where(settings_page: Settings) -> None:
    found = await settings_page.admin.ask(CHECK, d=definition())
    arrows = {(each["source"], each["to"]): each["by"] for each in found["arrows"]}
    assert arrows["pending", "closed"] == ["AGENT", "CLIENT", "TIMER"]
    assert arrows["solved", "open"] == ["AGENT", "CLIENT"]
    assert not [source for source, _ in arrows if source == "closed"]
    dead = await settings_page.admin.ask(CHECK, d=definition(transitions=[], timers={}, replies=["open"]))
    assert "dead_end" in {each["code"] for each in dead["faults"]}
    assert dead["arrows"], "what leads where is shown all the more when something leads nowhere"


async def test_a_trial_is_played_by_the_rule_itself(settings_page: Settings) -> None:
    acts = [
        {"what": "STAFF_WROTE", "afterMinutes": 120, "status": "pending"},
        {"what": "CLIENT_WROTE", "afterMinutes": 4 * 1440},
        {"what": "STAFF_WROTE", "afterMinutes": 4 * 1440 + 60, "status": "solved"},
        {"what": "STAFF_WROTE", "afterMinutes": 4 * 1440 + 90, "status": "nope"},
        {"what": "CLIENT_WROTE", "afterMinutes": 20 * 1440},
    ]
    found = await settings_page.admin.ask(TRY, d=definition(), acts=acts)
    told = [
        (each["at"][5:16], each["what"], each["outcome"], each["status"], each["reminder"]) for each in found["entries"]
    ]
    assert told == [
        ("03-02T08:00", "OPENED", "TOOK_STATUS", "open", None),
        ("03-02T10:00", "STAFF_WROTE", "TOOK_STATUS", "pending", None),
        ("03-03T10:00", "TIMER", "STAYED", "pending", "reminder_first"),
        ("03-06T08:00", "CLIENT_WROTE", "TOOK_STATUS", "open", None),
        ("03-06T09:00", "STAFF_WROTE", "TOOK_STATUS", "solved", None),
        ("03-06T09:30", "STAFF_WROTE", "NOT_OFFERED", "solved", None),
        ("03-07T09:00", "TIMER", "TOOK_STATUS", "closed", None),
        ("03-22T08:00", "CLIENT_WROTE", "FOLLOW_UP", "closed", None),
    ]
    [closing] = found["entries"][4]["pending"]
    assert (closing["action"], closing["dueAt"][5:16], closing["status"]) == ("set_status", "03-07T09:00", "closed")


async def test_the_next_version_is_saved_and_open_tickets_move_over_as_previewed(settings_page: Settings) -> None:
    contact = await a_contact(settings_page.tenant)
    with within(settings_page.tenant):
        new = NewTicket(department_id=settings_page.tenant.support, subject="Slow", body="It is slow.")
        number = (await open_ticket(contact, new)).number
    base = (await settings_page.admin.ask(READ))["versions"][0]["id"]
    late = definition(timers={"open": [{"after_hours": 4, "action": "tag", "tag": "Late"}]})
    saved = await settings_page.admin.ask(SAVE, b=base, d=late)
    assert [(each["version"], each["createdBy"], each["openTickets"]) for each in saved["versions"]] == [
        (2, "Ada Blum", 0),
        (1, None, 1),
    ]
    assert saved["statusesToFollow"] == [{"status": "open", "name": "Open", "tickets": 1}]
    assert (await settings_page.admin.ask(SAVE, b=base, d=definition()))["code"] == "lifecycle_changed_meanwhile"
    plan = await settings_page.admin.ask(PLAN)
    assert (plan["tickets"], plan["closing"], plan["newly"]) == (1, 0, 0)
    page = await settings_page.admin.ask(TICKETS, id=plan["id"])
    assert [(each["number"], each["status"], each["done"]) for each in page["tickets"]] == [(number, "open", False)]
    assert (await settings_page.agent.ask(BEGIN, id=plan["id"]))["code"] == "not_allowed"
    assert (await settings_page.admin.ask(BEGIN, id=plan["id"]))["beganAt"] is not None
    with within(settings_page.tenant):
        await drain(settings_page.tenant.id, effects=WITHOUT_MAIL)
    over = (await settings_page.admin.ask(READ))["changeOver"]
    assert (over["done"], over["endedAt"] is not None) == (1, True)
    assert (await settings_page.admin.ask(TICKETS, id=plan["id"]))["tickets"][0]["done"] is True


async def test_nobody_but_admins_reads_checks_or_tries(settings_page: Settings) -> None:
    for document, variables in ((READ, {}), (CHECK, {"d": definition()}), (TRY, {"d": definition(), "acts": []})):
        answer = await settings_page.agent.post("/graphql", {"query": document, "variables": variables})
        assert answer.json()["errors"][0]["extensions"]["code"] == "not_allowed"
