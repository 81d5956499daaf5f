"""The statements by which a relay claims rows: whose turn it is, in SQL. What they are for stands in `leases`."""

from dataclasses import dataclass
from typing import Final

SHARE: Final = 64
"""The most that one tenant gets of one claim that takes turns."""

LEASED: Final = (
    "leased_until = clock_timestamp() + least($3, $2 * power(2, least(attempts, 16))) * interval '1 second', "
    "attempts = attempts + 1"
)
# Stable, not volatile: else no index could be asked.
FREE: Final = "coalesce(leased_until, '-infinity') <= statement_timestamp()"
BUSINESS_NOW: Final = "(select statement_timestamp() + offset_ms * interval '1 millisecond' from clock)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A table in which rows wait. Its fields are SQL, and constants of this file alone.

    `waits` is what the indexes are made for, `due` which of those may be claimed now, `order` is longest waiting first.
    The row that was locked is updated by its place in the table, which costs no second way through an index.
    """

    table: str
    waits: str
    due: str
    order: str
    returning: str

    @property
    def longest_first(self) -> str:
        """Claims what waits longest, of whatever tenants. $1 is how many, $2 and $3 are the lease."""
        return f"""
with due as materialized (
    select tenant_id, ctid as place from {self.table} where {self.waits} and {self.due}
     order by {self.order} limit $1 for update skip locked
)
{self._lease}"""  # noqa: S608

    @property
    def taking_turns(self) -> str:
        """Claims what waits longest of each tenant, then the second of each, and so on.

        It steps from tenant to tenant along an index that leads with the tenant, and looks at a share of each one's: it
        costs the tenants that have rows here, and not the rows. A range of one tenant, not an equation, has that index
        read: in the order of time alone those of a crowd would have to be passed.
        """
        return f"""
with recursive tenant (id) as (
    (select tenant_id from {self.table} where {self.waits} order by tenant_id limit 1)
    union all
    select (select tenant_id from {self.table} where {self.waits} and tenant_id > tenant.id order by tenant_id limit 1)
      from tenant where tenant.id is not null
), turns as materialized (
    select own.place, own.turn
      from tenant cross join lateral (
          select ctid as place, row_number() over (order by tenant_id, {self.order}) as turn
            from {self.table} where tenant_id between tenant.id and tenant.id and {self.waits} and {self.due}
           order by tenant_id, {self.order} limit {SHARE}
      ) own
     order by own.turn limit $1
), due as materialized (
    select o.tenant_id, o.ctid as place from turns join {self.table} o on o.ctid = turns.place
     where {self.waits} and {self.due} for update of o skip locked
)
{self._lease}"""  # noqa: S608

    @property
    def _lease(self) -> str:
        return f"""update {self.table} d set {LEASED} from due where d.ctid = due.place and d.tenant_id = due.tenant_id
returning {self.returning}"""  # noqa: S608


DELIVERIES: Final = Line(
    table="deliveries",
    waits="done_at is null and consumer <> 'live'",
    due=FREE,
    order="coalesce(leased_until, '-infinity'), event_id",
    returning="d.tenant_id, d.event_id, d.consumer",
)
MAILS: Final = Line(
    table="outgoing_mails",
    waits="state = 'queued'",
    due=FREE,
    order="coalesce(leased_until, '-infinity'), id",
    returning="d.tenant_id, d.id as mail_id",
)
INCOMING: Final = Line(
    table="incoming_mails",
    waits="outcome = 'received'",
    due=FREE,
    order="coalesce(leased_until, '-infinity'), id",
    returning="d.tenant_id, d.id as mail_id",
)
TIMERS: Final = Line(
    table="timers",
    waits="done_at is null and cancelled_at is null",
    due=f"due_at <= {BUSINESS_NOW} and {FREE}",
    order="due_at",
    returning="d.tenant_id, d.ticket_id, d.id",
)

# Live updates are quick, and go out in the order in which things happened.
CLAIM_LIVE: Final = f"""
with free as materialized (
    select tenant_id, ctid as place from deliveries
     where done_at is null and consumer = 'live' and {FREE}
     order by coalesce(leased_until, '-infinity'), event_id limit $1 for update skip locked
), leased as (
    update deliveries d set {LEASED} from free f where d.ctid = f.place and d.tenant_id = f.tenant_id
    returning d.tenant_id, d.event_id
)
select e.tenant_id, e.id as event_id, e.type, e.at, e.ticket_id, e.data
  from leased l join events e on e.tenant_id = l.tenant_id and e.id = l.event_id
 order by e.id
"""  # noqa: S608
