"""What a company marks is held back below the needed level, under the ticket's lock; a lead goes on with a reason."""

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from backend.accounts.secret import Secret
from backend.actor import Actor
from backend.database import row, rows, transaction, value
from backend.errors import Refusal
from backend.tests.factories import PASSWORD, TestTenant, a_contact, a_department, a_member, a_tenant, signed_in, within
from backend.tickets.change import lock_ticket
from backend.tickets.held_back import HeldBack, ProofNeeds, held_back
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.prove_ticket import prove_ticket
from backend.tickets.reply import reply
from backend.tickets.set_proof_needs import set_proof_needs
from backend.tickets.transfer import transfer
from backend.verification.checks import Proof
from backend.verification.levels import reaches

REASON = "She was here in person."


@dataclass(frozen=True, slots=True)
class Scene:
    """A company that marks `solved` and transfers to `sysadmin`, and a ticket at `signed_in` that needs a password."""

    tenant: TestTenant
    agent: Actor
    lead: Actor
    contact: Actor
    sysadmin: UUID
    number: int


async def a_scene() -> Scene:
    tenant = await a_tenant()
    domains = await a_department(tenant, "Domains")
    sysadmin = await a_department(tenant, "System administration")
    contact = await signed_in(await a_contact(tenant))
    agent, lead, admin = await a_member(tenant), await a_member(tenant, "lead"), await a_member(tenant, "admin")
    with within(tenant):
        await set_proof_needs(admin, ["solved"], [sysadmin])
        number = (await open_ticket(contact, NewTicket(department_id=domains, subject="MX", body="Change it."))).number
        await rows("update tickets set required_level = 'password' where number = $1", number)
    return Scene(tenant, agent, lead, contact, sysadmin, number)


async def code(doing: Any) -> str:
    """`done`, or the code of the refusal."""
    try:
        await doing
    except Refusal as refusal:
        return refusal.code
    return "done"


async def reasons() -> list[tuple[Any, ...]]:
    return [
        tuple(each)
        for each in await rows(
            "select actor_id, data->>'act', data->>'reason', data->>'needed' from events "
            "where type = 'WentOnWithoutProof' order by at, id"
        )
    ]


async def test_marked_acts_are_refused_below_the_needed_level_and_done_above_it() -> None:
    scene = await a_scene()
    agent, number = scene.agent, scene.number
    with within(scene.tenant):
        assert await code(set_status(agent, number, "solved")) == "held_back"
        assert await code(reply(agent, number, "Done.", status="solved")) == "held_back"
        assert await code(transfer(agent, number, scene.sysadmin)) == "held_back"
        assert await value("select count(*) from messages where side = 'staff'") == 0
        assert await value("select status from tickets") == "open"
        assert await code(set_status(agent, number, "pending")) == "done"
        assert await code(reply(agent, number, "Which?", status="open")) == "done"
        assert await code(transfer(agent, number, scene.tenant.support)) == "done"
        await prove_ticket(scene.contact, number, Proof("password", Secret(PASSWORD)))
        assert await code(transfer(agent, number, scene.sysadmin)) == "done"
        assert await code(reply(agent, number, "Done.", status="solved")) == "done"
        assert await reasons() == []


async def test_the_refusal_names_the_level_in_the_reader_s_language() -> None:
    scene = await a_scene()
    with within(scene.tenant), pytest.raises(Refusal) as refused:
        await set_status(scene.agent, scene.number, "solved")
    assert refused.value.field == "status"
    assert "the account password" in refused.value.message("en")
    assert "het wachtwoord van het account" in refused.value.message("nl")


async def test_a_lead_goes_on_with_a_reason_that_stays_for_that_act_alone() -> None:
    scene = await a_scene()
    number = scene.number
    with within(scene.tenant):
        assert await code(set_status(scene.agent, number, "solved", without_proof=REASON)) == "lead_needed"
        assert await code(set_status(scene.lead, number, "solved")) == "held_back"
        assert await code(set_status(scene.lead, number, "solved", without_proof="  ")) == "required"
        assert await code(transfer(scene.lead, number, scene.sysadmin, without_proof=REASON)) == "done"
        assert await code(set_status(scene.lead, number, "solved")) == "held_back"
        assert (
            await code(reply(scene.lead, number, "Done.", status="solved", without_proof="Known by voice.")) == "done"
        )
        assert await reasons() == [
            (scene.lead.account_id, "transfer", REASON, "password"),
            (scene.lead.account_id, "reply", "Known by voice.", "password"),
        ]
        assert await value("select level from tickets") == "signed_in"


async def test_a_reason_where_nothing_is_held_back_is_not_kept_and_asks_for_no_lead() -> None:
    scene = await a_scene()
    with within(scene.tenant):
        assert await code(set_status(scene.agent, scene.number, "pending", without_proof=REASON)) == "done"
        assert await reasons() == []


async def test_the_department_s_own_level_is_needed_before_the_ticket_goes_there() -> None:
    scene = await a_scene()
    with within(scene.tenant):
        await rows("update tickets set required_level = 'none' where number = $1", scene.number)
        await rows("update departments set proof_level = 'card' where id = $1", scene.sysadmin)
        assert await code(transfer(scene.agent, scene.number, scene.sysadmin)) == "held_back"
        await rows("update departments set proof_level = 'signed_in' where id = $1", scene.sysadmin)
        assert await code(transfer(scene.agent, scene.number, scene.sysadmin)) == "done"
        assert await value("select required_level from tickets") == "signed_in"
        assert await code(transfer(scene.agent, scene.number, scene.tenant.support)) == "done"
        assert await value("select required_level from tickets") == "signed_in", "moving on never needs less"


async def test_only_admins_mark_and_only_what_the_company_has() -> None:
    scene = await a_scene()
    other = await a_tenant()
    admin = await a_member(scene.tenant, "admin")
    with within(scene.tenant):
        for actor in (scene.agent, scene.lead, scene.contact, scene.tenant.guest):
            assert await code(set_proof_needs(actor, [], [])) in ("not_allowed", "sign_in_needed")
        assert await code(set_proof_needs(admin, ["nothing"], [])) == "not_found"
        assert await code(set_proof_needs(admin, [], [other.support])) == "not_found"
        marked = await row(
            "select held_statuses, (select array_agg(id) from departments where holds_transfers) as ids from tenants"
        )
        assert marked is not None
        assert (list(marked["held_statuses"]), list(marked["ids"])) == (["solved"], [scene.sysadmin])
        assert await code(set_proof_needs(admin, [], [])) == "done"
        assert await code(set_status(scene.agent, scene.number, "solved")) == "done"


async def test_an_answer_by_mail_that_would_take_a_marked_status_is_refused() -> None:
    scene = await a_scene()
    with within(scene.tenant):
        assert await code(reply(scene.agent, scene.number, "Done.", channel="email")) == "held_back"


async def test_the_level_is_looked_at_under_the_ticket_s_lock() -> None:
    """Whoever waits for the lock decides by what the other one left, not by what it saw before."""
    scene = await a_scene()
    held, release = asyncio.Event(), asyncio.Event()

    async def lower() -> None:
        async with transaction():
            await lock_ticket(scene.agent, scene.number)
            held.set()
            await release.wait()
            await rows("update tickets set level = 'none' where number = $1", scene.number)

    with within(scene.tenant):
        await rows("update tickets set level = 'password' where number = $1", scene.number)
        lowering = asyncio.create_task(lower())
        await held.wait()
        waiting = asyncio.create_task(code(set_status(scene.agent, scene.number, "solved")))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        release.set()
        await lowering
        assert await waiting == "held_back"


@pytest.mark.parametrize("level", ["none", "email", "signed_in", "card", "password", "second_factor"])
@pytest.mark.parametrize("required", ["none", "card", "password"])
async def test_what_the_screen_is_told_is_what_the_verbs_refuse(level: str, required: str) -> None:
    scene = await a_scene()
    with within(scene.tenant):
        await rows(
            "update tickets set level = $2, required_level = $3 where number = $1", scene.number, level, required
        )
        here = await value("select department_id from tickets where number = $1", scene.number)
        needs = ProofNeeds(statuses=frozenset({"solved"}), departments={scene.sysadmin: "none"})
        told = held_back(
            needs, level=level, required=required, statuses=["pending", "solved"], replies=["open", "solved"], here=here
        )
        held = not reaches(level, required)
        assert told == (
            [
                HeldBack(act="set_status", needed=required, status="solved"),
                HeldBack(act="reply", needed=required, status="solved"),
                HeldBack(act="transfer", needed=required, department_id=scene.sysadmin),
            ]
            if held
            else []
        )
        expected = "held_back" if held else "done"
        assert await code(transfer(scene.agent, scene.number, scene.sysadmin)) == expected
        assert await code(set_status(scene.agent, scene.number, "solved")) == expected


async def test_why_a_lead_goes_on_holds_no_secret_that_the_history_would_keep() -> None:
    scene = await a_scene()
    with within(scene.tenant):
        told = "She said it: the password is Hunter-2-4817."
        assert await code(set_status(scene.lead, scene.number, "solved", without_proof=told)) == "leak_suspected"
        assert await value("select count(*) from events where data::text like '%Hunter-2%'") == 0
        assert await code(set_status(scene.lead, scene.number, "solved", without_proof=REASON)) == "done"
