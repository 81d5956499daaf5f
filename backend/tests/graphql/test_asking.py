"""Asking for proof through the API: what the desk is told, and what the client's side and a named account's visitor are not."""

from typing import Any

from litestar import Litestar

from backend.accounts.sessions import start_session
from backend.actor import Actor
from backend.database import rows, transaction, value
from backend.events import get_event
from backend.http.cookies import SESSION_COOKIE
from backend.tests.client import Browser, a_browser
from backend.tests.factories import TestTenant, a_contact, a_department, a_member, a_tenant, signed_in, within
from backend.tickets.ask_for_proof import ask_for_proof, ask_named_account
from backend.tickets.open import NewTicket, open_ticket

LOOK = """query($n: Int!) { ticket(number: $n) { client { number } proofAsked { waits at expiresAt }
    abilities { askForProof goOnWithoutProof heldBack { act status departmentId needed reason canAsk } }
    timeline { edges { node { ... on HistoryEntry { type sentence } } } } } }"""
ASK = "mutation($n: Int!) { askForProof(number: $n) { __typename ... on Ticket { proofAsked { waits } } ... on Problem { code } } }"
MARK = """mutation($s: [String!]!, $d: [ID!]!) { setProofNeeds(statuses: $s, departmentIds: $d) {
    __typename ... on Problem { code } ... on ProofNeeds { statuses { key isHeld } heldDepartmentIds } } }"""
NEEDS = "{ proofNeeds { statuses { key isHeld } heldDepartmentIds } }"


async def a_ticket(tenant: TestTenant, contact: Actor) -> int:
    """A ticket that needs the account password and has not got it."""
    with within(tenant):
        opened = await open_ticket(contact, NewTicket(department_id=tenant.support, subject="MX", body="Change it."))
        await rows("update tickets set required_level = 'password' where id = $1", opened.id)
    return opened.number


def history(found: dict[str, Any]) -> list[str]:
    return [each["node"]["type"] for each in found["timeline"]["edges"] if each["node"]]


async def test_the_desk_is_told_what_is_held_back_why_and_by_whom_it_can_be_done(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await signed_in(await a_contact(tenant))
    sysadmin = await a_department(tenant, "System administration")
    number = await a_ticket(tenant, contact)
    admin = await a_member(tenant, "admin")
    async with a_browser(app, tenant, admin) as browser:
        marked = await browser.ask(MARK, s=["solved"], d=[str(sysadmin)])
        assert [each["key"] for each in marked["statuses"] if each["isHeld"]] == ["solved"]
        assert marked["heldDepartmentIds"] == [str(sysadmin)]
    reason = "This ticket needs the account password before that. Ask for proof; a lead can go on without it."
    for role, leads in (("agent", False), ("lead", True)):
        async with a_browser(app, tenant, await a_member(tenant, role)) as desk:  # type: ignore[arg-type]
            found = (await desk.ask(LOOK, n=number))["abilities"]
            assert (found["askForProof"], found["goOnWithoutProof"]) == (True, leads)
            assert found["heldBack"] == [
                {
                    "act": "SET_STATUS",
                    "status": "solved",
                    "departmentId": None,
                    "needed": "PASSWORD",
                    "reason": reason,
                    "canAsk": True,
                },
                {
                    "act": "REPLY",
                    "status": "solved",
                    "departmentId": None,
                    "needed": "PASSWORD",
                    "reason": reason,
                    "canAsk": True,
                },
                {
                    "act": "TRANSFER",
                    "status": None,
                    "departmentId": str(sysadmin),
                    "needed": "PASSWORD",
                    "reason": reason,
                    "canAsk": True,
                },
            ]
            assert (await desk.ask(MARK, s=[], d=[]))["code"] == "not_allowed"
            assert (await desk.ask(NEEDS))["heldDepartmentIds"] == [str(sysadmin)]
            assert (await desk.ask(ASK, n=number))["proofAsked"] == {"waits": True}


async def test_the_client_s_side_is_told_nothing_of_it(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await signed_in(await a_contact(tenant))
    number = await a_ticket(tenant, contact)
    agent = await a_member(tenant)
    with within(tenant):
        await ask_for_proof(agent, number)
    async with a_browser(app, tenant, agent) as desk, a_browser(app, tenant) as portal, a_browser(app, tenant) as guest:
        await portal.carry_on(contact)
        assert "ProofAsked" in history(await desk.ask(LOOK, n=number))
        found = await portal.ask(LOOK, n=number)
        assert found["proofAsked"] is None
        assert found["abilities"] == {"askForProof": False, "goOnWithoutProof": False, "heldBack": []}
        assert "ProofAsked" not in history(found)
        for browser in (portal, guest):
            assert await refused(browser, ASK, n=number) in ("not_allowed", "sign_in_needed")
            answer = await browser.post("/graphql", {"query": NEEDS})
            assert b"heldDepartmentIds" not in answer.content


async def test_a_visitor_who_reads_the_ticket_does_not_learn_whether_the_named_account_exists(app: Litestar) -> None:
    """Their own ticket looks the same, whether its owners were asked or there is nobody to ask."""
    tenant = await a_tenant()
    owner = await a_contact(tenant)
    agent = await a_member(tenant)
    seen = []
    for turn, named in enumerate((owner.email, "nobody@client.example")):
        new = NewTicket(
            department_id=tenant.support, subject="Move", body="Please.", name="Eve", email=f"eve{turn}@else.example",
            account_named=named,
        )  # fmt: skip
        with within(tenant):
            opened = await open_ticket(tenant.guest, new)
            requester = await value("select requester_id from tickets where id = $1", opened.id)
            if turn == 0:
                # As the look-up after the answer does.
                event = await get_event(await value("select id from events where type = 'AccountNamed'"))
                assert event is not None
                async with transaction():
                    await ask_named_account(event)
                assert await value("select count(*) from one_time_links where purpose = 'prove'") == 1
            token = await start_session(tenant.id, requester, "127.0.0.1", "a browser", kind="guest")
        async with a_browser(app, tenant) as browser, a_browser(app, tenant, agent) as desk:
            browser.http.cookies.set(SESSION_COOKIE, token)
            seen.append(await browser.ask(LOOK, n=opened.number))
            assert "AccountNamed" in history(await desk.ask(LOOK, n=opened.number))
    assert seen[0] == seen[1]
    assert seen[0] is not None


async def refused(browser: Browser, document: str, **variables: Any) -> str:
    found = await browser.ask(document, **variables)
    return str(found.get("code"))
