"""The versions of a company's lifecycle: a version is never changed, an edit makes the next one."""

from uuid import UUID

import msgspec

from backend.actor import Actor, require_admin
from backend.clock import now
from backend.database import Row, row, rows, transaction
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.tenants.tables import LifecyclePolicy, Tenant
from backend.text import one_line
from backend.tickets.lifecycle.events import LifecycleChanged
from backend.tickets.lifecycle.faults import read_policy
from backend.tickets.lifecycle.policy import as_definition, stored_policy

MOST_DEFINITION = 100_000
MOST_VERSIONS = 100


async def save_policy(actor: Actor, *, base: UUID, name: str, definition: str) -> UUID:
    """Make the next version, which every new ticket follows from now on. Open ones keep theirs: see change_over.py.

    `base` is the version that was edited; saving it as it is makes no other.

    Raises:
        Refusal: not an admin, a name that cannot be kept, or somebody else made a version meanwhile.
        PolicyFaulty: the definition contradicts itself.
    """
    require_admin(actor)
    name = one_line(name, "name", 100)
    if len(definition) > MOST_DEFINITION:
        raise Refusal("too_long", "definition", most=MOST_DEFINITION)
    policy = read_policy(definition)
    async with transaction():
        tenant = await row("select policy_id from tenants for no key update")
        if tenant is None or tenant["policy_id"] != base:
            raise Refusal("lifecycle_changed_meanwhile", "base")
        current = await row("select name, version, definition from lifecycle_policies where id = $1", base)
        if current is None:
            raise Refusal("not_found", "base")
        if current["name"] == name and stored_policy(current["definition"]) == policy:
            return base
        policy_id, version = new_id(), current["version"] + 1
        await LifecyclePolicy.insert(
            LifecyclePolicy(
                tenant_id=actor.tenant_id, id=policy_id, name=name, version=version,
                definition=msgspec.json.encode(as_definition(policy)).decode(), created_at=now(), created_by=actor.account_id,
            )
        )  # fmt: skip
        await Tenant.update({Tenant.policy_id: policy_id}).where(Tenant.id == actor.tenant_id)
        await record(actor, LifecycleChanged(policy_id=policy_id, version=version))
    return policy_id


async def policy_versions(actor: Actor) -> list[Row]:
    """The versions of the bound tenant, the newest first, with how many open tickets follow each.

    Raises:
        Refusal: not an admin.
    """
    require_admin(actor)
    return await rows(
        """
        select p.id, p.name, p.version, p.definition, p.created_at, a.name as created_by, p.id = t.policy_id as is_current,
               coalesce(o.tickets, 0) as open_tickets
          from lifecycle_policies p cross join tenants t
          left join accounts a on a.tenant_id = p.tenant_id and a.id = p.created_by
          left join (select policy_id, count(*) as tickets from tickets
                      where meaning in ('new', 'open', 'waiting_for_client', 'on_hold', 'solved') group by policy_id) o
            on o.policy_id = p.id
         order by p.version desc limit $1
        """,
        MOST_VERSIONS,
    )
