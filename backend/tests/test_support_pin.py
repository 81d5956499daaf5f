"""The support PIN: shown once, good for ten minutes and one call, counted like any other try to prove."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.accounts.own_sessions import end_own_session
from backend.accounts.secret import Secret
from backend.actor import Actor
from backend.clock import real_now
from backend.database import rows, transaction, value
from backend.errors import Refusal
from backend.files import open_files
from backend.jobs.consumers import EFFECTS
from backend.jobs.drain import drain
from backend.keys import link_token
from backend.settings import Settings
from backend.tests.factories import (
    PASSWORD,
    TestTenant,
    a_contact,
    a_member,
    a_tenant,
    as_owner,
    signed_in,
    within,
)
from backend.tickets.open import NewTicket, open_from_mail, open_ticket
from backend.tickets.queries import get_ticket
from backend.tickets.record_pin import record_pin
from backend.tickets.timeline import timeline
from backend.verification.checks import Proof
from backend.verification.methods import set_methods
from backend.verification.prove import prove
from backend.verification.queries import get_attestations, list_locks
from backend.verification.support_pin import MOST_AN_HOUR, create_support_pin
from backend.verification.tries import MOST_TRIES
from backend.verification.use_link import use_link
from backend.verification.verify_chain import verify_chain
from infra.dev.services import ServiceUrls


class Call:
    """A client on the telephone: their contact, an agent, and a ticket of theirs."""

    def __init__(self, tenant: TestTenant, caller: Actor, agent: Actor, number: int) -> None:
        self.tenant, self.caller, self.agent, self.number = tenant, caller, agent, number

    async def says(self, digits: str, agent: Actor | None = None) -> str:
        """`passed`, or the code of the refusal."""
        try:
            await record_pin(agent or self.agent, self.number, Secret(digits))
        except Refusal as refusal:
            return refusal.code
        return "passed"

    async def shows(self, caller: Actor | None = None) -> str:
        return (await create_support_pin(caller or self.caller)).digits.reveal()

    async def ticket(self) -> Any:
        return await get_ticket(self.agent, self.number)


async def a_call(**contact: Any) -> Call:
    tenant = await a_tenant()
    caller = await signed_in(await a_contact(tenant, **contact))
    with within(tenant):
        # By mail, so that nothing is proved about it yet.
        opened = await open_from_mail(
            replace(caller, session_id=None), department_id=tenant.support, subject="MX", body="Please", name=caller.name,
            email=caller.email, mail_message_id=None, answer_by_mail=True, idempotency_key="first",
        )  # fmt: skip
    return Call(tenant, caller, await a_member(tenant, name="Mara Kovač"), opened.number)


async def drain_unsent(tenant_id: UUID) -> None:
    """Everything that is due, but the sending of mails: they stay queued."""

    async def leave(tenant: UUID, mail: UUID) -> None:
        del tenant, mail

    await drain(tenant_id, effects=replace(EFFECTS, send_mail=leave))


def other_than(digits: str) -> str:
    return f"{(int(digits) + 1) % 1_000_000:06d}"


async def test_the_digits_raise_the_ticket_to_the_level_of_the_session_that_showed_them(settings: Settings) -> None:
    open_files(settings.data_dir / "files")
    call = await a_call(card="4071", name="Joel Achterberg")
    with within(call.tenant):
        assert (await create_support_pin(call.caller)).level == "signed_in"
        await prove(call.caller, Proof("card", Secret("4071")))
        shown = await create_support_pin(call.caller)
        assert shown.level == "card"
        digits = shown.digits.reveal()
        assert await call.says(f" {digits[:3]} {digits[3:]} ") == "passed"
        ticket = await call.ticket()
        assert (ticket["level"], ticket["proof_method"], ticket["proof_by"]) == ("card", "pin", "Joel Achterberg")
        assert (ticket["proof_recorded_by"], ticket["proof_address"]) == ("Mara Kovač", "")
        kept = (await get_attestations([ticket["attestation_id"]]))[ticket["attestation_id"]]
        assert (kept.account_id, kept.recorded_by, kept.scope) == (call.caller.account, call.agent.account, "ticket")
        history = [
            each["type"] for each in (await timeline(call.agent, ticket["id"])).rows if each["entry"] == "history"
        ]
        assert "PinRecorded" in history
        assert "PinRecorded" not in [each["type"] for each in (await timeline(call.caller, ticket["id"])).rows]
        assert (await verify_chain(call.tenant.id)).faults == ()


async def test_a_pin_works_once_for_ten_minutes_and_until_a_newer_one_is_shown(urls: ServiceUrls) -> None:
    call = await a_call()
    with within(call.tenant):
        older, newer = await call.shows(), await call.shows()
        assert await call.says(older) in ("pin_refused", "passed" if older == newer else "pin_refused")
        assert await call.says(newer) == "passed"
        assert await call.says(newer) == "pin_refused"
        last = await call.shows()
        assert await value("select max(expires_at - created_at) from support_pins") == timedelta(minutes=10)
        await as_owner(urls, "update support_pins set expires_at = $2 where tenant_id = $1", call.tenant.id, real_now())
        assert await call.says(last) == "pin_refused"


async def test_a_level_that_is_proved_already_stays_and_the_call_is_kept_beside_it() -> None:
    call = await a_call()
    with within(call.tenant):
        digits = await call.shows()
        await prove(call.caller, Proof("password", Secret(PASSWORD)))
        strong = await open_ticket(
            call.caller, NewTicket(department_id=call.tenant.support, subject="MX", body="Please")
        )
        call.number = strong.number
        assert await call.says(digits) == "passed"
        ticket = await call.ticket()
        assert (ticket["level"], ticket["proof_method"]) == ("password", "password")
        assert (
            await value("select count(*) from attestations where method = 'pin' and ticket_id = $1", ticket["id"]) == 1
        )


async def test_five_wrong_pins_of_a_day_lock_and_are_told_once_to_who_asked(urls: ServiceUrls) -> None:
    call = await a_call()
    with within(call.tenant):
        digits = await call.shows()
        for _ in range(MOST_TRIES):
            assert await call.says(other_than(digits)) == "pin_refused"
        for typed in (digits, other_than(digits)):
            assert await call.says(typed) == "pin_locked"
        [lock] = await list_locks(call.agent, call.caller.client_id)  # type: ignore[arg-type]
        assert (lock.method, lock.tries) == ("pin", MOST_TRIES)
        told = await rows("select data from events where type = 'ProofLocked'")
        assert len(told) == 1
        [link] = await rows("select id, account_id, method from one_time_links where purpose = 'lift_lock'")
        assert (link["account_id"], link["method"]) == (call.caller.account, "pin")
    await drain_unsent(call.tenant.id)
    with within(call.tenant):
        assert await value("select count(*) from outgoing_mails where template = 'proof_lock'") == 1
        await use_link(call.tenant.guest, link_token(call.tenant.id, link["id"]), None)
        assert await call.says(digits) == "passed"


async def test_a_pin_of_another_client_or_of_who_left_proves_nothing(urls: ServiceUrls) -> None:
    call = await a_call()
    stranger = await signed_in(await a_contact(call.tenant))
    colleague = await signed_in(await a_contact(call.tenant, client=call.caller.client_id, name="Cato Mulder"))
    with within(call.tenant):
        assert await call.says(await call.shows(stranger)) == "pin_refused"
        mine, theirs = await call.shows(), await call.shows(colleague)
        assert mine != theirs
        assert await call.says(theirs) == "passed"
        assert (await call.ticket())["proof_by"] == "Cato Mulder"
        assert await call.says(mine) == "passed", "a colleague's newer one ends none of mine"
        last = await call.shows()
        await as_owner(
            urls,
            "update accounts set disabled_at = now() where tenant_id = $1 and id = $2",
            call.tenant.id,
            call.caller.account,
        )
        assert await call.says(last) == "pin_refused"


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "x" * 100_000, "\x00" * 6, "-1.2e3"]
)
async def test_what_can_be_no_pin_is_refused_like_a_wrong_one(typed: str) -> None:
    call = await a_call()
    with within(call.tenant):
        await call.shows()
        assert await call.says(typed) == "pin_refused"


async def test_staff_alone_hear_a_pin_and_contacts_alone_are_shown_one() -> None:
    call = await a_call()
    other = await a_tenant()
    foreign = await a_member(other)
    with within(call.tenant):
        digits = await call.shows()
        assert await call.says(digits, call.caller) == "not_allowed"
        assert await call.says(digits, call.tenant.guest) == "sign_in_needed"
        for actor, code in ((call.agent, "not_allowed"), (call.tenant.guest, "sign_in_needed"),
                            (replace(call.caller, session_id=None), "sign_in_needed")):  # fmt: skip
            with pytest.raises(Refusal) as refused:
                await create_support_pin(actor)
            assert refused.value.code == code
    with within(other):
        assert await call.says(digits, foreign) == "not_found"
    with within(call.tenant):
        assert await call.says(digits) == "passed"


async def test_a_ticket_of_no_client_takes_no_pin() -> None:
    call = await a_call()
    with within(call.tenant):
        await rows("update departments set audience = 'everyone'")
        guest = NewTicket(
            department_id=call.tenant.support, subject="Hello", body="There", name="G", email="g@else.example"
        )
        call.number = (await open_ticket(call.tenant.guest, guest)).number
        assert await call.says(await call.shows()) == "no_client"


async def test_a_company_without_pins_shows_and_hears_none() -> None:
    call = await a_call()
    admin = await signed_in(await a_member(call.tenant, "admin"))
    with within(call.tenant):
        digits = await call.shows()
        await set_methods(admin, ["email", "card", "password"])
        assert await call.says(digits) == "proof_not_offered"
        with pytest.raises(Refusal) as refused:
            await call.shows()
        assert refused.value.code == "proof_not_offered"


async def test_one_contact_is_shown_so_many_an_hour() -> None:
    call = await a_call()
    with within(call.tenant):
        for _ in range(MOST_AN_HOUR):
            await call.shows()
        with pytest.raises(Refusal) as refused:
            await call.shows()
        assert refused.value.code == "too_many_tries"
        async with transaction():
            good = await rows("select 1 from support_pins where ended_at is null")
        assert len(good) == 1


async def test_a_pin_that_a_session_showed_is_not_heard_when_that_session_was_ended() -> None:
    call = await a_call()
    with within(call.tenant):
        stolen = await signed_in(call.caller)
        digits = await call.shows(stolen)
        assert stolen.session_id is not None
        await end_own_session(call.caller, stolen.session_id)
        assert await call.says(digits) == "pin_refused"
        assert await call.says(await call.shows()) == "passed"
