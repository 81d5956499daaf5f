"""Ask the client's side for proof: a one-time link, mailed to an address that is on file (FIELD.md C1, C2).

Nobody learns from it whether an account exists: it goes to the address on file alone, and the look-up for a visitor who
names an account runs after the visitor has had the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from backend.accounts.links import create_link, lapse_proof_links
from backend.actor import Actor, require_staff, system
from backend.clock import real_now
from backend.database import Row, row, rows, transaction, value
from backend.errors import Refusal
from backend.events import StoredEvent, record
from backend.text import email_address
from backend.tickets.change import lock_ticket, lock_ticket_by_id
from backend.tickets.events import ProofAsked
from backend.tickets.tables import Ticket
from backend.verification.levels import highest, reaches

MOST_NAMED: Final = 5
"""Requests an hour that may name a client from outside and have a link mailed to it; more are not asked about."""
_MOST_DIGITS: Final = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """When the client's side was asked for proof, and until when the link is good."""

    at: datetime
    expires_at: datetime
    waits: bool


async def ask_for_proof(actor: Actor, number: int, for_department: UUID | None = None) -> None:
    """Mail a link to whoever can prove something about the ticket; an older link lapses.

    `for_department`: the ticket is to go there, so it needs from now on what that department needs.

    Raises:
        Refusal: not on the staff, not there, no address on file belongs to it, or nothing is left to be proved.
    """
    require_staff(actor)
    async with transaction():
        ticket = await lock_ticket(actor, number)
        required = ticket.required_level
        if for_department is not None:
            own = await value(
                "select proof_level from departments where id = $1 and archived_at is null", for_department
            )
            if own is None:
                raise Refusal("not_found", "departmentId")
            required = highest(required, own)
        people = await _who_can_prove(ticket.id)
        if not people:
            raise Refusal("nobody_to_ask", "number")
        if required == ticket.required_level and not _lacks_proof(people[0]):
            raise Refusal("proved_enough", "number")
        if required != ticket.required_level:
            await Ticket.update({Ticket.required_level: required}).where(
                Ticket.tenant_id == actor.tenant_id, Ticket.id == ticket.id
            )
        await _ask(actor, ticket.id, number, required, people)


async def can_be_asked(ticket_ids: Sequence[UUID]) -> dict[UUID, bool]:
    """Those of the tickets to which an address on file belongs, and whether a link would prove anything still."""
    return {each["ticket_id"]: _lacks_proof(each) for each in await _who_can_prove(*ticket_ids)}


async def last_asked(ticket_ids: Sequence[UUID]) -> dict[UUID, Asked]:
    """When proof was asked for last, by ticket; it `waits` until the link was used or is too old."""
    found = await rows(
        """select distinct on (ticket_id) ticket_id, created_at as at, expires_at,
                  used_at is null and expires_at > $2 as waits
             from one_time_links where ticket_id = any($1) and purpose = 'prove'
            order by ticket_id, created_at desc, id desc""",
        list(ticket_ids),
        real_now(),
    )
    return {
        each["ticket_id"]: Asked(at=each["at"], expires_at=each["expires_at"], waits=each["waits"]) for each in found
    }


async def ask_in_receipt(event: StoredEvent) -> UUID | None:
    """The link that goes into the receipt of a ticket that needs more than is proved, where its requester is a contact on
    file; inside the transaction that queues the receipt. Anybody else gets the same receipt without it.
    """
    ticket = await row(
        "select id, number, requester_id, level, required_level from tickets where id = $1", event.ticket_id
    )
    if ticket is None or reaches(ticket["level"], ticket["required_level"]):
        return None
    contact = [each for each in await _who_can_prove(ticket["id"]) if each["account_id"] == ticket["requester_id"]]
    if not contact:
        return None
    actor = await _nobody(event.tenant_id, "a request needs more than it proves")
    made = await _ask(actor, ticket["id"], ticket["number"], ticket["required_level"], contact, in_receipt=True)
    return made[0]


async def ask_named_account(event: StoredEvent) -> None:
    """Look up the account that a visitor named, and ask its owners; inside the transaction that notes it."""
    client_id = await _named_client(event.data["named"])
    if client_id is None:
        return
    actor = await _nobody(event.tenant_id, "a request names an account")
    ticket = await lock_ticket_by_id(actor, _ticket_of(event), even_merged=True)
    asked_of_late: int = await value(
        "select count(distinct ticket_id) from one_time_links where client_id = $1 and purpose = 'prove' and created_at > $2",
        client_id,
        real_now() - timedelta(hours=1),
    )
    if ticket.client_id is not None or ticket.merged_into is not None or asked_of_late >= MOST_NAMED:
        return
    if ticket.requester_id in [each["account_id"] for each in await _who_can_prove(ticket.id)]:
        # The visitor's own address is on file: what is missing is asked for there, in the receipt.
        return
    owners = await rows(
        """select c.account_id, c.client_id from contacts c
             join accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id
            where c.client_id = $1 and c.role = 'owner' and a.disabled_at is null order by c.account_id""",
        client_id,
    )
    await _ask(actor, ticket.id, ticket.number, ticket.required_level, owners)


async def _ask(
    actor: Actor, ticket_id: UUID, number: int, required: str, people: list[Row], *, in_receipt: bool = False
) -> list[UUID]:
    await lapse_proof_links(ticket_id, real_now())
    made = []
    for person in people:
        link_id = await create_link(
            actor, "prove", person["account_id"], client_id=person["client_id"], ticket_id=ticket_id
        )
        await record(
            actor,
            ProofAsked(
                ticket_id=ticket_id, number=number, account_id=person["account_id"], link_id=link_id,
                needed=highest(required, "email"), in_receipt=in_receipt,
            ),
        )  # fmt: skip
        made.append(link_id)
    return made


async def _who_can_prove(*ticket_ids: UUID) -> list[Row]:
    """The requester where it is a contact on file; else the owners of the ticket's client, or who was asked before."""
    return await rows(
        """select t.id as ticket_id, c.account_id, c.client_id, t.level, t.required_level, n.level as newest,
                  coalesce(p.at > n.at, false) as is_proved_since,
                  case when 'email' = any(o.proof_methods) then 'email' else 'signed_in' end as least
             from tickets t
             join tenants o on o.id = t.tenant_id
             left join attestations p on p.tenant_id = t.tenant_id and p.id = t.attestation_id
             left join lateral (
                  select m.level, m.at from messages m
                   where m.tenant_id = t.tenant_id and m.ticket_id = t.id and m.side = 'client' and m.kind = 'message'
                   order by m.at desc, m.id desc limit 1) n on true
             join contacts c on c.tenant_id = t.tenant_id
             join accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id and a.disabled_at is null
            where t.id = any($1) and (t.client_id is null or t.client_id = c.client_id)
              and (c.account_id = t.requester_id
                   or (not exists (select from contacts r where r.tenant_id = t.tenant_id and r.account_id = t.requester_id)
                       and (t.client_id = c.client_id and c.role = 'owner'
                            or exists (select from one_time_links l where l.tenant_id = t.tenant_id and l.ticket_id = t.id
                                          and l.purpose = 'prove' and l.account_id = c.account_id))))
            order by t.id, c.account_id""",
        list(ticket_ids),
    )


def _lacks_proof(ticket: Row) -> bool:
    """Whether the ticket is below what it needs, or its client's newest message is and nothing was proved since."""
    if not reaches(ticket["level"], highest(ticket["required_level"], ticket["least"])):
        return True
    return not (ticket["is_proved_since"] or reaches(ticket["newest"] or "none", ticket["required_level"]))


async def _named_client(named: str) -> UUID | None:
    """The client with that number, or with a contact under that address."""
    digits = named.strip().lstrip("#")
    if digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS:
        by_number: UUID | None = await value("select id from clients where number = $1", int(digits))
        return by_number
    try:
        address = email_address(named)
    except Refusal:
        return None
    by_address: UUID | None = await value(
        """select c.client_id from accounts a join contacts c on c.tenant_id = a.tenant_id and c.account_id = a.id
            where a.email = $1 and a.disabled_at is null""",
        address,
    )
    return by_address


async def _nobody(tenant_id: UUID, reason: str) -> Actor:
    return system(tenant_id, await value("select language from tenants"), reason)


def _ticket_of(event: StoredEvent) -> UUID:
    if event.ticket_id is None:
        raise ValueError("The event is about no ticket.")
    return event.ticket_id
