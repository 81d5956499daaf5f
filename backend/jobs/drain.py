"""Everything that is due, done here and now, without Redis: for tests, and to load what has effects.

Leases are not looked at. What fails is raised, so that a test sees it.
"""

from dataclasses import dataclass, field
from uuid import UUID

from backend.clock import refresh
from backend.database import bind, system_rows
from backend.jobs.claims import BUSINESS_NOW
from backend.jobs.consumers import EFFECTS
from backend.jobs.deliver import deliver
from backend.jobs.effects import Effects
from backend.jobs.leases import LiveDelivery, finish_live
from backend.live import LiveEvent, live_event


@dataclass(slots=True)
class Drained:
    """What was done: what the screens would have heard, how many deliveries and mails, and which tickets had timers."""

    live: list[LiveEvent] = field(default_factory=list)
    deliveries: int = 0
    mails: int = 0
    incoming: int = 0
    webhooks: int = 0
    tickets: list[UUID] = field(default_factory=list)


async def drain(tenant_id: UUID | None = None, *, effects: Effects = EFFECTS) -> Drained:
    """Do what is due, and what comes of it, until nothing is left; of one tenant, or of all.

    A mail, a webhook and a page of customers are tried once a call: what stays queued waits for the next.
    """
    await refresh()
    done = Drained()
    tried: set[object] = set()
    quiet = False
    while not quiet:
        quiet = True
        for tenant, ticket in await _due_tickets(tenant_id):
            with bind(tenant):
                await effects.fire_timers(tenant, [ticket])
            done.tickets.append(ticket)
            quiet = False
        live = await _live(tenant_id)
        if live:
            await finish_live(live)
            done.live += [live_event(one.event_id, one.type, one.at, one.ticket_id, one.data) for one in live]
        for tenant, event_id, consumer in await _deliveries(tenant_id):
            done.deliveries += await deliver(effects.consumers, tenant, event_id, consumer)
            quiet = False
        for tenant, webhook_id in await _webhooks(tenant_id):
            if webhook_id not in tried:
                tried.add(webhook_id)
                with bind(tenant):
                    await effects.work_webhook(tenant, webhook_id)
                done.webhooks += 1
                quiet = False
        for tenant, connection_id, place in await _syncs(tenant_id):
            if (connection_id, place) not in tried:
                tried.add((connection_id, place))
                with bind(tenant):
                    await effects.sync_cards(tenant, connection_id)
                quiet = False
        for tenant, mail_id in await _incoming(tenant_id):
            if mail_id not in tried:
                tried.add(mail_id)
                with bind(tenant):
                    await effects.process_mail(tenant, mail_id)
                done.incoming += 1
                quiet = False
        for tenant, mail_id in await _mails(tenant_id):
            if mail_id not in tried:
                tried.add(mail_id)
                with bind(tenant):
                    await effects.send_mail(tenant, mail_id)
                done.mails += 1
                quiet = False
    return done


async def _live(tenant_id: UUID | None) -> list[LiveDelivery]:
    found = await system_rows(
        "select e.tenant_id, e.id as event_id, e.type, e.at, e.ticket_id, e.data from deliveries d "
        "join events e on e.tenant_id = d.tenant_id and e.id = d.event_id "
        "where d.done_at is null and d.consumer = 'live' and ($1::uuid is null or d.tenant_id = $1) order by e.id",
        tenant_id,
    )
    return [LiveDelivery(**row) for row in found]


async def _deliveries(tenant_id: UUID | None) -> list[tuple[UUID, UUID, str]]:
    found = await system_rows(
        "select tenant_id, event_id, consumer from deliveries where done_at is null and consumer <> 'live' "
        "and ($1::uuid is null or tenant_id = $1) order by event_id, consumer",
        tenant_id,
    )
    return [(row["tenant_id"], row["event_id"], row["consumer"]) for row in found]


async def _mails(tenant_id: UUID | None) -> list[tuple[UUID, UUID]]:
    found = await system_rows(
        "select tenant_id, id from outgoing_mails where state = 'queued' and ($1::uuid is null or tenant_id = $1) order by id",
        tenant_id,
    )
    return [(row["tenant_id"], row["id"]) for row in found]


async def _incoming(tenant_id: UUID | None) -> list[tuple[UUID, UUID]]:
    found = await system_rows(
        "select tenant_id, id from incoming_mails where outcome = 'received' and ($1::uuid is null or tenant_id = $1) order by id",
        tenant_id,
    )
    return [(row["tenant_id"], row["id"]) for row in found]


async def _webhooks(tenant_id: UUID | None) -> list[tuple[UUID, UUID]]:
    found = await system_rows(
        "select tenant_id, id from webhook_events where done_at is null and ($1::uuid is null or tenant_id = $1) order by id",
        tenant_id,
    )
    return [(row["tenant_id"], row["id"]) for row in found]


async def _syncs(tenant_id: UUID | None) -> list[tuple[UUID, UUID, str | None]]:
    found = await system_rows(
        "select tenant_id, id, sync_after from stripe_connections where sync_due_at <= statement_timestamp() "
        "and ($1::uuid is null or tenant_id = $1) order by id",
        tenant_id,
    )
    return [(row["tenant_id"], row["id"], row["sync_after"]) for row in found]


async def _due_tickets(tenant_id: UUID | None) -> list[tuple[UUID, UUID]]:
    found = await system_rows(
        "select tenant_id, ticket_id from timers where done_at is null and cancelled_at is null "  # noqa: S608 - constants
        f"and due_at <= {BUSINESS_NOW} and ($1::uuid is null or tenant_id = $1) "
        "group by tenant_id, ticket_id order by min(due_at)",
        tenant_id,
    )
    return [(row["tenant_id"], row["ticket_id"]) for row in found]
