"""Read all customers at Stripe: when an account is connected, and each day for what no webhook told.

One page a job. How far it got stands in the row, so that a worker that dies costs a page.
"""

import asyncio
from datetime import timedelta
from typing import Final
from uuid import UUID

from backend.actor import Actor, system
from backend.cards.connection import Connection, note_problem, open_connection
from backend.cards.customers import apply, client_by_owner, database_time, ensure_link, link_of
from backend.cards.stripe_gateway import Customer, KeyRefused, StripeAway, customers_page, fetch_customer
from backend.clock import real_now
from backend.database import row, rows, transaction
from backend.log import get_log

EVERY: Final = timedelta(hours=24)
KEEP_WEBHOOKS: Final = timedelta(days=30)
"""Stripe sends a webhook again for three days; after that its id need not be known."""
AT_ONCE: Final = 8
REST: Final = 40
"""Linked customers that no page held, asked for one by one, in one job."""
_PAGES_DONE: Final = ""

_log = get_log(__name__)


async def sync_cards(tenant_id: UUID, connection_id: UUID) -> None:
    """Do the next part of what is due. What cannot be done now stays due, and its lease brings it back."""
    connection = await open_connection(tenant_id)
    due = await row(
        "select sync_after from stripe_connections where id = $1 and sync_due_at <= $2", connection_id, real_now()
    )
    if connection is None or due is None:
        return
    actor = system(tenant_id, "en", "a reading of all customers at Stripe")
    try:
        if due["sync_after"] == _PAGES_DONE:
            await _ask_for_the_rest(actor, connection)
        else:
            await _read_page(actor, connection, due["sync_after"])
    except (KeyRefused, StripeAway) as error:
        code = error.code if isinstance(error, KeyRefused) else "stripe_away"
        await note_problem(code)
        _log.warning("sync_waits", connection_id=str(connection_id), why=code)


async def _read_page(actor: Actor, connection: Connection, after: str | None) -> None:
    asked_at = await database_time()
    customers, following = await customers_page(connection.key, after)
    lonely = await _lonely(connection, customers) if connection.match_by_email else set()
    async with transaction():
        for customer in customers:
            link = await ensure_link(actor, customer, lonely=customer.id in lonely)
            if link is not None:
                await apply(actor, link, customer, asked_at)
        await rows(
            "update stripe_connections set sync_after = $1, sync_started_at = coalesce(sync_started_at, $2), problem = null, "
            "leased_until = null, attempts = 0 where id = $3",
            following if following is not None else _PAGES_DONE,
            asked_at,
            connection.id,
        )
        await rows("select pg_notify('cards', '')")


async def _ask_for_the_rest(actor: Actor, connection: Connection) -> None:
    """Customers that were linked and stood on no page: deleted ones, mostly."""
    missing = await rows(
        """select b.customer from billing_customers b join stripe_connections s on s.tenant_id = b.tenant_id
            where b.customer is not null and (b.asked_at is null or b.asked_at < s.sync_started_at) order by b.id limit $1""",
        REST,
    )
    for each in missing:
        asked_at = await database_time()
        customer = await fetch_customer(connection.key, each["customer"])
        async with transaction():
            link = await link_of(each["customer"])
            if link is not None:
                await apply(actor, link, customer, asked_at)
    if len(missing) < REST:
        at = real_now()
        await rows("delete from webhook_events where done_at < $1", at - KEEP_WEBHOOKS)
        await rows(
            "update stripe_connections set synced_at = $1, sync_due_at = $2, sync_started_at = null, sync_after = null, "
            "problem = null, leased_until = null, attempts = 0 where id = $3",
            at,
            at + EVERY,
            connection.id,
        )
    else:
        await rows("update stripe_connections set leased_until = null, attempts = 0 where id = $1", connection.id)
        await rows("select pg_notify('cards', '')")


async def _lonely(connection: Connection, customers: list[Customer]) -> set[str]:
    """The customers whose address tells whose they are: an owner's, and no other customer's."""
    asking = asyncio.Semaphore(AT_ONCE)
    wanted = [
        each
        for each in customers
        if each.email and each.client_number is None and await client_by_owner(each.email) is not None
    ]

    async def alone(customer: Customer) -> bool:
        async with asking:
            found, _ = await customers_page(connection.key, None, most=2, email=customer.email)
        return [each.id for each in found] == [customer.id]

    return {
        each.id for each, is_alone in zip(wanted, await asyncio.gather(*map(alone, wanted)), strict=True) if is_alone
    }
