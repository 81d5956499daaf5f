"""Requests whose sender is asked for proof, and the links that ask."""

from typing import Any
from uuid import UUID

from backend.accounts.secret import Secret
from backend.database import row, rows
from backend.keys import link_token
from backend.mailboxes.senders import actor_of_address
from backend.tests.factories import TestTenant, a_department
from backend.tickets.open import NewTicket, open_from_mail, open_ticket
from backend.tickets.write_ticket import OpenedTicket
from backend.verification.checks import Proof


async def mailed(tenant: TestTenant, department: UUID, email: str) -> OpenedTicket:
    """A request by mail, whose sender is all that is known."""
    actor = await actor_of_address(tenant.id, email)
    return await open_from_mail(
        actor, department_id=department, subject="New MX", body="Please.", name="", email=email, mail_message_id=None,
        answer_by_mail=True, idempotency_key=email,
    )  # fmt: skip


async def a_guest_ticket(tenant: TestTenant, named: str, department: UUID | None = None, turn: int = 0) -> OpenedTicket:
    new = NewTicket(
        department_id=department or tenant.support, subject="Move it", body="Please.", name="Eve",
        email=f"eve{turn}@else.example", account_named=named,
    )  # fmt: skip
    return await open_ticket(tenant.guest, new)


async def tokens(tenant: TestTenant, number: int, *, account: UUID | None = None) -> list[str]:
    """The tokens of a ticket's links, oldest first."""
    found = await rows(
        "select l.id from one_time_links l join tickets t on t.id = l.ticket_id where t.number = $1 and l.purpose = 'prove' "
        "and ($2::uuid is null or l.account_id = $2) order by l.created_at, l.id",
        number,
        account,
    )
    return [link_token(tenant.id, each["id"]) for each in found]


async def ticket(number: int) -> Any:
    return await row("select level, required_level, client_id, requester_id from tickets where number = $1", number)


def proof(method: str, secret: str) -> Proof:
    return Proof(method, Secret(secret))


async def a_domain_department(tenant: TestTenant, level: str = "password") -> UUID:
    return await a_department(tenant, "Domains", audience="everyone", proof_level=level)
