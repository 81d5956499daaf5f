"""Whose mailbox an address is: found before any tenant is bound."""

from dataclasses import dataclass
from uuid import UUID

from backend.database import bind, row
from backend.mailboxes.addresses import ReplyTag, read_address, read_tag
from backend.tenants.queries import tenant_of_mail_domain


class NoSuchMailbox(Exception):
    """Nobody here takes mail for that address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A department's mailbox, and the ticket that the address claims to answer."""

    tenant_id: UUID
    department_id: UUID
    address: str
    tag: ReplyTag | None


async def find_mailbox(recipient: str) -> Mailbox:
    """The mailbox that an address belongs to; before any tenant is bound.

    An archived department takes answers on its tickets, and nothing new.

    Raises:
        NoSuchMailbox: the domain or the mailbox is not one of ours.
    """
    address = read_address(recipient)
    if address is None:
        raise NoSuchMailbox(recipient)
    tenant_id = await tenant_of_mail_domain(address.domain)
    if tenant_id is None:
        raise NoSuchMailbox(recipient)
    tag = read_tag(address.tag)
    with bind(tenant_id):
        department = await row("select id, archived_at from departments where mailbox = $1", address.mailbox)
    if department is None or (department["archived_at"] is not None and tag is None):
        raise NoSuchMailbox(recipient)
    return Mailbox(
        tenant_id=tenant_id,
        department_id=department["id"],
        address=f"{address.mailbox}{'+' + address.tag if address.tag else ''}@{address.domain}",
        tag=tag,
    )
