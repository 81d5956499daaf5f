"""Claims on what waits: rows that are due are leased for a while, and come back when nobody has done them by then.

Several relays claim side by side without meeting (`skip locked`). Each claim reads an index that holds free rows first,
so that it costs what is due and not what is pending. Leases are real time, by the database's own clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from backend.database import system_rows


@dataclass(frozen=True, slots=True)
class Lease:
    """How long a claim holds, in seconds: `first`, doubled with each try up to `most`; `back` when it is given back."""

    first: float = 15.0
    most: float = 300.0
    back: float = 2.0


DEFAULT_LEASE: Final = Lease()


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event that one of its consumers has yet to take."""

    tenant_id: UUID
    event_id: UUID
    consumer: str


@dataclass(frozen=True, slots=True)
class LiveDelivery:
    """An event that the screens have yet to hear of, with what they are told. `data` is JSON as it is stored."""

    tenant_id: UUID
    event_id: UUID
    type: str
    at: datetime
    ticket_id: UUID | None
    data: str


@dataclass(frozen=True, slots=True)
class QueuedMail:
    """A mail that has yet to be sent."""

    tenant_id: UUID
    mail_id: UUID


@dataclass(frozen=True, slots=True)
class DueTicket:
    """A ticket with timers that are due, and those that were claimed."""

    tenant_id: UUID
    ticket_id: UUID
    timers: tuple[UUID, ...]


LEASED: Final = (
    "leased_until = clock_timestamp() + least($3, $2 * power(2, least(attempts, 16))) * interval '1 second', "
    "attempts = attempts + 1"
)
# Stable, not volatile: else no index could be asked.
FREE: Final = "coalesce(leased_until, '-infinity') <= statement_timestamp()"
BUSINESS_NOW: Final = "(select statement_timestamp() + offset_ms * interval '1 millisecond' from clock)"

# Only the constants above are put into the statements below.
CLAIM_LIVE: Final = f"""
with free as materialized (
    select tenant_id, event_id from deliveries
     where done_at is null and consumer = 'live' and {FREE}
     order by coalesce(leased_until, '-infinity'), event_id limit $1 for update skip locked
), leased as (
    update deliveries d set {LEASED} from free f
     where d.tenant_id = f.tenant_id and d.event_id = f.event_id and d.consumer = 'live'
    returning d.tenant_id, d.event_id
)
select e.tenant_id, e.id as event_id, e.type, e.at, e.ticket_id, e.data
  from leased l join events e on e.tenant_id = l.tenant_id and e.id = l.event_id
 order by e.id
"""  # noqa: S608

CLAIM_DELIVERIES: Final = f"""
with free as materialized (
    select tenant_id, event_id, consumer from deliveries
     where done_at is null and consumer <> 'live' and {FREE}
     order by coalesce(leased_until, '-infinity'), event_id limit $1 for update skip locked
)
update deliveries d set {LEASED} from free f
 where d.tenant_id = f.tenant_id and d.event_id = f.event_id and d.consumer = f.consumer
returning d.tenant_id, d.event_id, d.consumer
"""  # noqa: S608

CLAIM_MAILS: Final = f"""
with free as materialized (
    select tenant_id, id from outgoing_mails
     where state = 'queued' and {FREE}
     order by coalesce(leased_until, '-infinity'), id limit $1 for update skip locked
)
update outgoing_mails m set {LEASED} from free f
 where m.tenant_id = f.tenant_id and m.id = f.id
returning m.tenant_id, m.id as mail_id
"""  # noqa: S608

CLAIM_TIMERS: Final = f"""
with due as materialized (
    select tenant_id, id from timers
     where done_at is null and cancelled_at is null and due_at <= {BUSINESS_NOW} and {FREE}
     order by due_at limit $1 for update skip locked
), leased as (
    update timers t set {LEASED} from due
     where t.tenant_id = due.tenant_id and t.id = due.id
    returning t.tenant_id, t.ticket_id, t.id
)
select tenant_id, ticket_id, array_agg(id) as timers from leased group by tenant_id, ticket_id
"""  # noqa: S608

FREE_AGAIN: Final = "leased_until = clock_timestamp() + $1 * interval '1 second', attempts = greatest(attempts - 1, 0)"


async def claim_live(most: int, lease: Lease) -> list[LiveDelivery]:
    """Lease live updates, in the order in which they happened."""
    return [LiveDelivery(**row) for row in await _claim(CLAIM_LIVE, most, lease)]


async def claim_deliveries(most: int, lease: Lease) -> list[Delivery]:
    """Lease deliveries to the other consumers."""
    return [Delivery(**row) for row in await _claim(CLAIM_DELIVERIES, most, lease)]


async def claim_mails(most: int, lease: Lease) -> list[QueuedMail]:
    """Lease mails."""
    return [QueuedMail(**row) for row in await _claim(CLAIM_MAILS, most, lease)]


async def claim_timers(most: int, lease: Lease) -> list[DueTicket]:
    """Lease timers that are due by business time, and name each ticket once."""
    found = await _claim(CLAIM_TIMERS, most, lease)
    return [DueTicket(row["tenant_id"], row["ticket_id"], tuple(row["timers"])) for row in found]


async def finish_live(told: Sequence[LiveDelivery]) -> None:
    """Live updates were handed to Redis."""
    await system_rows(
        """
        update deliveries d set done_at = clock_timestamp()
          from unnest($1::uuid[], $2::uuid[]) as t (tenant_id, event_id)
         where d.tenant_id = t.tenant_id and d.event_id = t.event_id and d.consumer = 'live' and d.done_at is null
        """,
        [one.tenant_id for one in told],
        [one.event_id for one in told],
    )


async def give_back_deliveries(claimed: Sequence[Delivery | LiveDelivery], lease: Lease) -> None:
    """Nobody could be woken for these: they are free again soon, and the try does not count."""
    await system_rows(
        f"""
        update deliveries d set {FREE_AGAIN}
          from unnest($2::uuid[], $3::uuid[], $4::text[]) as t (tenant_id, event_id, consumer)
         where d.tenant_id = t.tenant_id and d.event_id = t.event_id and d.consumer = t.consumer and d.done_at is null
        """,  # noqa: S608
        lease.back,
        [one.tenant_id for one in claimed],
        [one.event_id for one in claimed],
        [one.consumer if isinstance(one, Delivery) else "live" for one in claimed],
    )


async def give_back_mails(claimed: Sequence[QueuedMail], lease: Lease) -> None:
    """As `give_back_deliveries`."""
    await system_rows(
        f"""
        update outgoing_mails m set {FREE_AGAIN}
          from unnest($2::uuid[], $3::uuid[]) as t (tenant_id, id)
         where m.tenant_id = t.tenant_id and m.id = t.id and m.state = 'queued'
        """,  # noqa: S608
        lease.back,
        [one.tenant_id for one in claimed],
        [one.mail_id for one in claimed],
    )


async def give_back_timers(claimed: Sequence[DueTicket], lease: Lease) -> None:
    """As `give_back_deliveries`."""
    timers = [(one.tenant_id, timer) for one in claimed for timer in one.timers]
    await system_rows(
        f"""
        update timers m set {FREE_AGAIN}
          from unnest($2::uuid[], $3::uuid[]) as t (tenant_id, id)
         where m.tenant_id = t.tenant_id and m.id = t.id and m.done_at is null and m.cancelled_at is null
        """,  # noqa: S608
        lease.back,
        [tenant_id for tenant_id, _ in timers],
        [timer for _, timer in timers],
    )


async def _claim(statement: str, most: int, lease: Lease) -> list[Any]:
    return await system_rows(statement, most, lease.first, lease.most)
