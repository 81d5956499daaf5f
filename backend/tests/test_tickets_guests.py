"""Guests are heard, and nobody has a company's receipts sent to others by the hundred."""

import asyncio
from collections.abc import Awaitable

from backend.accounts.sessions import find_actor, start_session
from backend.accounts.throttle import PER_GUEST, PER_GUEST_ADDRESS
from backend.database import value
from backend.errors import Refusal
from backend.tests.factories import TestTenant, a_contact, a_tenant, from_address, within
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.write_ticket import OpenedTicket


def asked(tenant: TestTenant, email: str, address: str = "127.0.0.1") -> Awaitable[OpenedTicket]:
    new = NewTicket(department_id=tenant.support, subject="Prices", body="What is it?", name="Eve", email=email)
    return open_ticket(from_address(tenant.guest, address), new)


async def outcomes(*opening: Awaitable[OpenedTicket]) -> list[str]:
    done = await asyncio.gather(*opening, return_exceptions=True)
    assert all(isinstance(each, OpenedTicket | Refusal) for each in done), done
    return [each.code if isinstance(each, Refusal) else "opened" for each in done]


async def test_one_address_gets_so_many_receipts_of_a_guest_from_wherever_they_are_asked_for() -> None:
    tenant = await a_tenant()
    with within(tenant):
        found = await outcomes(*(asked(tenant, "victim@client.example", f"192.0.2.{n}") for n in range(PER_GUEST + 5)))
        assert sorted(found) == ["opened"] * PER_GUEST + ["too_many_tries"] * 5
        assert await value("select count(*) from tickets") == PER_GUEST
        assert await outcomes(asked(tenant, "another@client.example", "192.0.2.1")) == ["opened"]


async def test_one_network_address_asks_so_often_whatever_the_mail_address() -> None:
    tenant, other = await a_tenant(), await a_tenant()
    with within(tenant):
        found = await outcomes(*(asked(tenant, f"victim{n}@client.example") for n in range(PER_GUEST_ADDRESS + 3)))
        assert found.count("too_many_tries") == 3
    with within(other):
        assert await outcomes(asked(other, "victim1@client.example")) == ["opened"]


async def test_who_is_signed_in_opens_as_many_as_it_takes() -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    new = NewTicket(department_id=tenant.support, subject="Site", body="Down.")
    with within(tenant):
        assert set(await outcomes(*(open_ticket(contact, new) for _ in range(PER_GUEST_ADDRESS + 5)))) == {"opened"}


async def test_a_guest_with_a_session_is_held_to_the_same_number() -> None:
    tenant = await a_tenant()
    with within(tenant):
        await asked(tenant, "eve@else.example")
        account = await value("select id from accounts where email = 'eve@else.example'")
        token = await start_session(tenant.id, account, "127.0.0.1", "a browser", made_by="access_code", kind="guest")
        eve = await find_actor(token, "127.0.0.1")
        assert eve is not None
        new = NewTicket(department_id=tenant.support, subject="Prices", body="What is it?")
        found = await outcomes(*(open_ticket(from_address(eve, f"192.0.2.{n}"), new) for n in range(PER_GUEST + 4)))
        assert found.count("too_many_tries") == 5
