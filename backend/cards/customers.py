"""Which customer at Stripe pays for which client, and what its default card is.

By hand, by `client_number` in the customer's metadata, or by the e-mail address of the client's owner: what was said in
an earlier of these ways gives way to nothing said in a later one. An address counts only where exactly one customer has it.
"""

from datetime import datetime
from uuid import UUID

from backend.actor import Actor, require_recent_sign_in, require_scope
from backend.cards.connection import open_connection
from backend.cards.events import BillingCustomerLinked
from backend.cards.facts import keep_card
from backend.cards.stripe_gateway import Customer, KeyRefused, StripeAway, fetch_customer
from backend.cards.tables import BillingCustomer
from backend.database import Row, row, rows, transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.text import one_line


async def link_customer(actor: Actor, client_number: int, customer: str) -> None:
    """Say by hand which customer at Stripe pays for a client; its card is known from then on.

    Raises:
        Refusal: neither an admin who signed in a short while ago nor a program that may; no such client or customer; the customer pays for another client; Stripe cannot be asked.
    """
    require_scope(actor, "cards")
    require_recent_sign_in(actor)
    wanted = one_line(customer, "customer", 255)
    client_id = await client_of_number(client_number)
    if client_id is None:
        raise Refusal("not_found", "clientNumber")
    connection = await open_connection(actor.tenant_id)
    if connection is None:
        raise Refusal("not_found", "customer")
    asked_at = await database_time()
    try:
        found = await fetch_customer(connection.key, wanted)
    except KeyRefused as refused:
        raise Refusal(refused.code, "customer") from None
    except StripeAway:
        raise Refusal("stripe_away", "customer") from None
    if found is None:
        raise Refusal("not_found", "customer")
    async with transaction():
        await value("select id from clients where id = $1 for no key update", client_id)
        if await value("select 1 from billing_customers where customer = $1 and client_id <> $2", found.id, client_id):
            raise Refusal("customer_taken", "customer")
        await rows("delete from billing_customers where client_id = $1", client_id)
        link = await _insert(actor, client_id, found.id, "hand")
        await apply(actor, link, found, asked_at)
        await record(actor, BillingCustomerLinked(client_id=client_id, linked=True))


async def unlink_customer(actor: Actor, client_number: int) -> None:
    """Say by hand that no customer pays for a client: the card is forgotten, and no reading links them again.

    Raises:
        Refusal: as above, or there is no link.
    """
    require_scope(actor, "cards")
    require_recent_sign_in(actor)
    async with transaction():
        client_id = await client_of_number(client_number)
        found = await rows(
            "update billing_customers set customer = null, linked_by = 'hand', asked_at = null "
            "where client_id = $1 and customer is not null returning id",
            client_id,
        )
        if client_id is None or not found:
            raise Refusal("not_found", "clientNumber")
        await keep_card(actor, client_id, None, "hand")
        await record(actor, BillingCustomerLinked(client_id=client_id, linked=False))


async def client_of_number(number: int) -> UUID | None:
    """The client with that number, in the bound tenant."""
    found: UUID | None = await value("select id from clients where number = $1", number)
    return found


async def link_of(customer: str) -> Row | None:
    """The link of a customer, locked until the transaction ends."""
    return await row(
        "select id, client_id, linked_by, asked_at from billing_customers where customer = $1 for update", customer
    )


async def ensure_link(actor: Actor, customer: Customer, *, lonely: bool) -> Row | None:
    """The link of a customer, made where it can be told whose it is; inside the caller's transaction.

    `lonely`: no other customer has its address, so that the address may tell.
    """
    link = await link_of(customer.id)
    by_number = await client_of_number(customer.client_number) if customer.client_number is not None else None
    if link is not None and (link["linked_by"] == "hand" or by_number in (None, link["client_id"])):
        return link
    if by_number is not None:
        other = await row("select id, linked_by from billing_customers where client_id = $1 for update", by_number)
        if other is not None and other["linked_by"] != "email":
            return link
        if other is not None:
            await rows("delete from billing_customers where id = $1", other["id"])
        if link is not None:
            await rows("delete from billing_customers where id = $1", link["id"])
            await keep_card(actor, link["client_id"], None, "stripe")
        return await _insert(actor, by_number, customer.id, "number")
    if lonely and customer.email and (owned := await client_by_owner(customer.email)):
        return await _insert(actor, owned, customer.id, "email")
    return None


async def client_by_owner(email: str) -> UUID | None:
    """The client that the owner of this address owns, where it is linked to no customer yet."""
    found: UUID | None = await value(
        """select c.client_id from contacts c join accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id
            where a.email = $1 and a.disabled_at is null and c.role = 'owner'
              and not exists (select 1 from billing_customers b where b.tenant_id = c.tenant_id and b.client_id = c.client_id)""",
        email,
    )
    return found


async def apply(actor: Actor, link: Row, customer: Customer | None, asked_at: datetime) -> None:
    """Keep what Stripe said of a linked customer, unless it was asked again since; inside the caller's transaction."""
    if link["asked_at"] is not None and link["asked_at"] > asked_at:
        return
    await rows("update billing_customers set asked_at = $2 where id = $1", link["id"], asked_at)
    await keep_card(actor, link["client_id"], customer.digits if customer is not None else None, "stripe")


async def database_time() -> datetime:
    """The database's own clock, which all processes share."""
    found: datetime = await value("select clock_timestamp()")
    return found


async def _insert(actor: Actor, client_id: UUID, customer: str, linked_by: str) -> Row:
    await BillingCustomer.insert(
        BillingCustomer(
            tenant_id=actor.tenant_id, id=new_id(), client_id=client_id, customer=customer, linked_by=linked_by, asked_at=None
        )
    )  # fmt: skip
    made = await link_of(customer)
    assert made is not None, "it was just written"
    return made
