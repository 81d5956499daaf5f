"""A number jumps to its ticket from every search, however it is written (FIELD.md C6)."""

import pytest

from backend.actor import Actor
from backend.tests.factories import a_contact, a_member, a_tenant, within
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.search import number_in, search_tickets

WRITTEN = ("{}", "#{}", " # {} ", "[#{}]", "({})", "Ticket {}", "nr. {}", "Re: [#{}] The form fails with error 500")


@pytest.mark.parametrize(
    "words", ["", "#", "error 500", "web12", "1042 and 1043", "2026-11-24", "1234567890123", "\u0661"]
)
def test_words_are_no_number(words: str) -> None:
    assert number_in(words) is None


async def test_a_number_puts_its_ticket_first_for_whoever_may_see_it() -> None:
    tenant = await a_tenant()
    contact, stranger, agent = await a_contact(tenant), await a_contact(tenant), await a_member(tenant)

    async def found(actor: Actor, query: str) -> list[int]:
        return [each["number"] for each in (await search_tickets(actor, query)).rows]

    with within(tenant):
        new = NewTicket(department_id=tenant.support, subject="Slow", body="Slow.")
        number = (await open_ticket(contact, new)).number
        other = NewTicket(department_id=tenant.support, subject=f"Like {number}", body=f"Like ticket {number}.")
        later = (await open_ticket(stranger, other)).number
        for each in WRITTEN:
            assert (await found(agent, each.format(number)))[0] == number
            assert await found(contact, each.format(number)) == [number]
            assert number not in await found(stranger, each.format(number))
        assert await found(agent, f"[#{number}]") == [number, later]
