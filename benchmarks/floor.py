"""The floor: the same rows by one connection bound as the app role, decoded to dictionaries, and nothing around it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import uuid_utils.compat

from backend.tickets.rows import tickets_from

_QUEUE_CONDITION = "meaning in ('new', 'open') and department_id = $1"
_QUEUE_ORDER = "queue_rank, queue_since, id"
_TICKET = tickets_from("number = $1", "id", 1)
_HITS = tickets_from("id = any($1)", "id", 100)
_COUNTS = """
    select department_id, view, sum(tickets) as count, coalesce(sum(tickets) filter (where assignee_id = $1), 0) as mine,
           coalesce(sum(tickets) filter (where assignee_id is null), 0) as unassigned
      from queue_counts group by department_id, view having sum(tickets) <> 0
"""
_TICKETS_COUNTED = """
    select department_id, queue_view(meaning) as view, count(*) as count,
           count(*) filter (where assignee_id is null) as unassigned
      from tickets where meaning <> 'closed' group by 1, 2
"""
_CONVERSATION = """
    select m.*, w.name, w.email, p.method, p.level as proof_level, p.at as proof_at, q.address, p.scope, p.expires_at
      from messages m join accounts w on w.tenant_id = m.tenant_id and w.id = m.author_id
      left join attestations p on p.tenant_id = m.tenant_id and p.id = m.attestation_id
      left join attestation_persons q on q.tenant_id = p.tenant_id and q.id = p.id
     where m.ticket_id = $1 order by m.at, m.id limit 101
"""


@dataclass(slots=True)
class Floor:
    """A connection bound to one tenant."""

    connection: Any
    tenant_id: UUID

    async def queue_page(self, department_id: str, first: int) -> list[dict[str, Any]]:
        statement = tickets_from(_QUEUE_CONDITION, _QUEUE_ORDER, first + 1)
        return [dict(each) for each in await self.connection.fetch(statement, UUID(department_id))]

    async def view_counts(self) -> list[dict[str, Any]]:
        return [dict(each) for each in await self.connection.fetch(_COUNTS, None)]

    async def tickets_counted(self) -> list[dict[str, Any]]:
        """The same counts from the tickets themselves: what the answer has to be, not how it is to be found."""
        return [dict(each) for each in await self.connection.fetch(_TICKETS_COUNTED)]

    async def ticket_page(self, number: int) -> list[dict[str, Any]]:
        ticket = dict(await self.connection.fetchrow(_TICKET, number))
        return [ticket, *(dict(each) for each in await self.connection.fetch(_CONVERSATION, ticket["id"]))]

    async def search(self, word: str, first: int) -> list[dict[str, Any]]:
        found = await self.connection.fetch(
            "select ticket_id from search_tickets('english', $1, true, null, null, null, $2)", f"{word}:*", first + 1
        )
        ids = [each["ticket_id"] for each in found]
        return [dict(each) for each in await self.connection.fetch(_HITS, ids)]

    async def open_ticket(self, like: int) -> None:
        """The rows that opening leaves behind, in one transaction; their effects count as done."""
        run = self.connection.execute
        ticket, message, event = uuid_utils.compat.uuid7(), uuid_utils.compat.uuid7(), uuid_utils.compat.uuid7()
        subject, body = "The certificate expires tomorrow", f"Could you renew it, please? {uuid4()}"
        async with self.connection.transaction():
            number = await self.connection.fetchval(
                "update counters set last_number = last_number + 1 where id = 'ticket' returning last_number"
            )
            await run(
                """insert into tickets (tenant_id, id, number, department_id, client_id, requester_id, policy_id, subject,
                                        status, meaning, urgency, channel, level, tags, opened_at, waiting_since, last_activity_at)
                   select tenant_id, $1, $2, department_id, client_id, requester_id, policy_id, $3, 'on_hold', 'on_hold', 3,
                          'portal', 'none', '{}', now(), null, now()
                     from tickets where number = $4""",
                ticket, number, subject, like,
            )  # fmt: skip
            await run(
                """insert into messages (tenant_id, id, ticket_id, author_id, side, kind, channel, body, at)
                   select tenant_id, $1, $2, requester_id, 'client', 'message', 'portal', $3, now() from tickets where id = $2""",
                message, ticket, body,
            )  # fmt: skip
            await run(
                """insert into search_entries (tenant_id, id, ticket_id, internal, vector)
                   values ($1, $2, $3, false, search_vector('english', $4))""",
                self.tenant_id, message, ticket, f"{subject}\n{body}",
            )  # fmt: skip
            await run(
                """insert into events (tenant_id, id, type, at, actor_kind, ticket_id, data)
                   values ($1, $2, 'TicketOpened', now(), 'guest', $3, '{}')""",
                self.tenant_id, event, ticket,
            )  # fmt: skip
            await run(
                """insert into deliveries (tenant_id, event_id, consumer, done_at)
                   select $1, $2, c, now() from unnest(array['live', 'receipt', 'staff_notice']) c""",
                self.tenant_id, event,
            )  # fmt: skip


async def open_floors(app_url: str, system_url: str, hosts: list[str]) -> list[Floor]:
    """A floor for each tenant, by its host name."""
    system = await asyncpg.connect(system_url)
    found = {each["host"]: each["tenant_id"] for each in await system.fetch("select host, tenant_id from host_names")}
    await system.close()
    floors = []
    for host in hosts:
        connection = await asyncpg.connect(app_url)
        await connection.execute("select set_config('app.tenant_id', $1, false)", str(found[host]))
        floors.append(Floor(connection, found[host]))
    return floors
