"""The line of progress says what has happened, and nothing that has not (FIELD.md E1)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from litestar import Litestar

from backend.clock import advance
from backend.tests.client import a_browser
from backend.tests.factories import a_contact, a_member, a_tenant, within
from backend.tickets.assign import assign
from backend.tickets.lifecycle.policy import stored_policy
from backend.tickets.lifecycle.presets import PRESETS
from backend.tickets.lifecycle.progress import Known, progress
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.reply import reply

AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
LINE = "query($n: Int!) { ticket(number: $n) { progress { key name state at } } }"


def line(preset: str, **known: Any) -> str:
    steps = progress(stored_policy(PRESETS[preset]), Known(opened_at=AT, **known))
    return " ".join({"done": "+", "now": "*", "ahead": ".", "skipped": "-"}[each.state] + each.key for each in steps)


@pytest.mark.parametrize(
    ("preset", "known", "said"),
    [
        ("foundry", {"meaning": "open"}, "*received .looked_at .waiting_for_client .solved .closed"),
        ("foundry", {"meaning": "open", "looked_at": AT}, "+received *looked_at .waiting_for_client .solved .closed"),
        ("foundry", {"meaning": "waiting_for_client", "looked_at": AT, "asked_at": AT}, "+received +looked_at *waiting_for_client .solved .closed"),
        ("foundry", {"meaning": "on_hold", "looked_at": AT, "held_at": AT}, "+received +looked_at -waiting_for_client *on_hold .solved .closed"),
        ("foundry", {"meaning": "solved", "looked_at": AT, "solved_at": AT}, "+received +looked_at -waiting_for_client *solved .closed"),
        ("foundry", {"meaning": "closed", "asked_at": AT, "closed_at": AT}, "+received -looked_at +waiting_for_client -solved *closed"),
        # Solved once, and opened again.
        ("foundry", {"meaning": "open", "looked_at": AT, "asked_at": AT}, "+received *looked_at .waiting_for_client .solved .closed"),
        ("larkspur", {"meaning": "open"}, "*received .looked_at .waiting_for_client .closed"),
    ],
)  # fmt: skip
def test_the_line_of_a_ticket(preset: str, known: dict[str, Any], said: str) -> None:
    assert line(preset, **known) == said


async def test_the_client_reads_how_far_the_request_is_and_since_when(app: Litestar) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    async with a_browser(app, tenant) as portal:
        await portal.carry_on(contact)
        with within(tenant):
            number = (
                await open_ticket(contact, NewTicket(department_id=tenant.support, subject="Slow", body="Slow."))
            ).number

        async def states() -> dict[str, str]:
            return {each["key"]: each["state"] for each in (await portal.ask(LINE, n=number))["progress"]}

        assert (await states())["received"] == "NOW"
        with within(tenant):
            members = await agent_id(agent)
            await assign(agent, number, members)
        assert (await states())["looked_at"] == "NOW"
        await advance(timedelta(hours=1))
        with within(tenant):
            await reply(agent, number, "Which page?", status="pending")
        found = (await portal.ask(LINE, n=number))["progress"]
        assert [each["name"] for each in found] == [
            "Received",
            "Being looked at",
            "Waiting for you",
            "Solved",
            "Closed",
        ]
        times = [each["at"] for each in found if each["at"]]
        assert times == sorted(times)
        assert len(times) == 3
        with within(tenant):
            await set_status(agent, number, "closed")
        assert (await states()) == {
            "received": "DONE", "looked_at": "DONE", "waiting_for_client": "DONE", "solved": "SKIPPED", "closed": "NOW",
        }  # fmt: skip


async def agent_id(agent: Any) -> Any:
    from backend.database import value

    return await value("select id from members where account_id = $1", agent.account)
