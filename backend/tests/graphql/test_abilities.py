"""What a ticket says may be done is what the verbs accept: for every role, every policy and every status."""

from typing import Any

import pytest
from litestar import Litestar

from backend.database import rows
from backend.tests.client import Browser, a_browser
from backend.tests.factories import TestTenant, a_contact, a_department, a_member, a_tenant, within
from backend.tickets.lifecycle.faults import read_policy
from backend.tickets.lifecycle.presets import PRESETS
from backend.tickets.open import NewTicket, open_ticket

CASES = [(policy, status["key"]) for policy, definition in PRESETS.items() for status in definition["statuses"]]
ABILITIES = """query($n: Int!) { ticket(number: $n) { abilities {
    reply beginsNew note assign transfer setStatus seeInternal statuses { key } replyStatuses { key } } } }"""
WENT = "{ __typename ... on Problem { code } }"
VERBS: dict[str, tuple[str, dict[str, Any]]] = {
    "reply": (f'mutation($n: Int!) {{ reply(number: $n, body: "More.") {WENT} }}', {}),
    "note": (f'mutation($n: Int!) {{ addNote(number: $n, body: "Hm.") {WENT} }}', {}),
    "assign": (f"mutation($n: Int!) {{ assign(number: $n) {WENT} }}", {}),
    "transfer": (f"mutation($n: Int!, $d: ID!) {{ transfer(number: $n, departmentId: $d) {WENT} }}", {"d": None}),
}
ANSWER = 'mutation($n: Int!) { reply(number: $n, body: "More.") { ... on ReplySuccess { followUp } } }'
SET = f"mutation($n: Int!, $s: String!) {{ setStatus(number: $n, status: $s) {WENT} }}"
SEND = f'mutation($n: Int!, $s: String!) {{ reply(number: $n, body: "More.", status: $s) {WENT} }}'


class Trial:
    """One ticket that is put back into its status before each verb."""

    def __init__(self, tenant: TestTenant, browser: Browser, number: int, status: str, meaning: str) -> None:
        self.tenant, self.browser, self.number, self.status, self.meaning = tenant, browser, number, status, meaning

    async def put_back(self) -> None:
        with within(self.tenant):
            await rows(
                "update tickets set status = $2, meaning = $3, department_id = $4 where number = $1",
                self.number, self.status, self.meaning, self.tenant.support,
            )  # fmt: skip

    async def accepts(self, document: str, **variables: Any) -> bool:
        await self.put_back()
        found = await self.browser.ask(document, n=self.number, **variables)
        assert found["__typename"] != "Problem" or found["code"] in ("not_allowed", "status_not_offered"), found
        return bool(found["__typename"] != "Problem")


@pytest.mark.parametrize("role", ["agent", "admin", "contact"])
@pytest.mark.parametrize(("policy", "status"), CASES)
async def test_a_ticket_s_abilities_are_what_its_verbs_accept(
    app: Litestar, policy: str, status: str, role: str
) -> None:
    tenant = await a_tenant(policy=policy)
    billing = await a_department(tenant)
    contact = await a_contact(tenant)
    actor = contact if role == "contact" else await a_member(tenant, "admin" if role == "admin" else "agent")
    definition = read_policy(PRESETS[policy])
    found = definition.status(status)
    assert found is not None
    with within(tenant):
        number = (
            await open_ticket(contact, NewTicket(department_id=tenant.support, subject="Slow", body="Slow."))
        ).number
    async with a_browser(app, tenant) as browser:
        await browser.carry_on(actor)
        trial = Trial(tenant, browser, number, status, found.meaning)
        await trial.put_back()
        told = (await browser.ask(ABILITIES, n=number))["abilities"]
        for name, (document, further) in VERBS.items():
            variables = {key: str(billing) for key in further}
            assert await trial.accepts(document, **variables) == told[name], name
        others = [each.key for each in definition.statuses if each.key != status]
        accepted = [key for key in others if await trial.accepts(SET, s=key)]
        assert [each["key"] for each in told["statuses"]] == accepted
        assert told["setStatus"] == bool(accepted)
        if role != "contact":
            sent = {each.key for each in definition.statuses if await trial.accepts(SEND, s=each.key)}
            assert {each["key"] for each in told["replyStatuses"]} == sent
            assert told["beginsNew"] is False
        else:
            assert told["replyStatuses"] == []
            await trial.put_back()
            answered = await browser.ask(ANSWER, n=number)
            assert told["beginsNew"] == answered["followUp"]
        assert told["seeInternal"] == (role != "contact")


async def test_what_the_viewer_may_do_at_all_is_what_the_verbs_accept(app: Litestar) -> None:
    tenant = await a_tenant()
    document = f"mutation {{ setPriorityChoice(allowed: true) {WENT} }}"
    people = [await a_contact(tenant), *[await a_member(tenant, role) for role in ("agent", "lead", "admin", "owner")]]
    for actor in people:
        async with a_browser(app, tenant) as browser:
            await browser.carry_on(actor)
            told = (await browser.ask("{ viewer { abilities { useDesk administer openTickets } } }"))["abilities"]
            done = (await browser.ask(document))["__typename"] != "Problem"
            assert told["administer"] == done, actor.role
            queue = await browser.raw("{ queue { edges { cursor } } }")
            assert told["useDesk"] == ("errors" not in queue), actor.role
            assert told["openTickets"]
