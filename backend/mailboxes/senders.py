"""Who wrote a mail, as far as an address can say. By itself it proves nothing."""

from uuid import UUID

from backend.actor import Actor, guest
from backend.database import row, value


async def actor_of_address(tenant_id: UUID, email: str) -> Actor:
    """The member, contact or guest of the bound tenant with that address; a guest without account where it is new.

    Someone who was disabled writes as a guest.
    """
    found = await row(
        """
        select a.id as account_id, a.name, a.email, coalesce(a.language, t.language) as language,
               case when m.id is not null then 'member' when c.id is not null then 'contact' else 'guest' end as kind,
               m.role, c.client_id, c.role as contact_role, a.disabled_at is not null as disabled
          from accounts a
          join tenants t on t.id = a.tenant_id
          left join members m on m.tenant_id = a.tenant_id and m.account_id = a.id and a.kind = 'member'
          left join contacts c on c.tenant_id = a.tenant_id and c.account_id = a.id and a.kind = 'contact'
         where a.email = $1
        """,
        email,
    )
    if found is None or found["disabled"]:
        return guest(tenant_id, await value("select language from tenants"))
    fields = dict(found)
    del fields["disabled"]
    return Actor(tenant_id=tenant_id, **fields)
