"""Claims on what waits: rows that are due are leased for a while, and come back when nobody has done them by then.

Several relays claim side by side without meeting (`skip locked`). Each claim reads an index that holds free rows first,
so that it costs what is due and not what is pending. Leases are real time, by the database's own clock.

What waits longest goes first. Where more waits than can be taken the tenants take turns (`fairly`), so that one of whom
ten thousand are due holds up no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from backend.database import system_rows
from backend.jobs.claims import CLAIM_LIVE, DELIVERIES, INCOMING, MAILS, TIMERS, Line


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
class StoredMail:
    """A mail that came in and has yet to be processed."""

    tenant_id: UUID
    mail_id: UUID


@dataclass(frozen=True, slots=True)
class DueTicket:
    """A ticket with timers that are due, and those of them that were claimed."""

    tenant_id: UUID
    ticket_id: UUID
    timers: tuple[UUID, ...]


FREE_AGAIN: Final = "leased_until = clock_timestamp() + $1 * interval '1 second', attempts = greatest(attempts - 1, 0)"


async def claim_live(most: int, lease: Lease) -> list[LiveDelivery]:
    """Lease live updates, in the order in which they happened."""
    found = await system_rows(CLAIM_LIVE, most, lease.first, lease.most)
    return [LiveDelivery(**row) for row in found]


async def claim_deliveries(most: int, lease: Lease, *, fairly: bool = False) -> list[Delivery]:
    """Lease deliveries to the other consumers."""
    return [Delivery(**row) for row in await _claim(DELIVERIES, most, lease, fairly=fairly)]


async def claim_mails(most: int, lease: Lease, *, fairly: bool = False) -> list[QueuedMail]:
    """Lease mails."""
    return [QueuedMail(**row) for row in await _claim(MAILS, most, lease, fairly=fairly)]


async def claim_incoming(most: int, lease: Lease, *, fairly: bool = False) -> list[StoredMail]:
    """Lease mails that came in."""
    return [StoredMail(**row) for row in await _claim(INCOMING, most, lease, fairly=fairly)]


async def claim_timers(most: int, lease: Lease, *, fairly: bool = False) -> list[DueTicket]:
    """Lease timers that are due by business time, and name each ticket once."""
    tickets: dict[tuple[UUID, UUID], list[UUID]] = {}
    for row in await _claim(TIMERS, most, lease, fairly=fairly):
        tickets.setdefault((row["tenant_id"], row["ticket_id"]), []).append(row["id"])
    return [DueTicket(tenant_id, ticket_id, tuple(timers)) for (tenant_id, ticket_id), timers in tickets.items()]


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


async def give_back_incoming(claimed: Sequence[StoredMail], lease: Lease) -> None:
    """As `give_back_deliveries`."""
    await system_rows(
        f"""
        update incoming_mails m set {FREE_AGAIN}
          from unnest($2::uuid[], $3::uuid[]) as t (tenant_id, id)
         where m.tenant_id = t.tenant_id and m.id = t.id and m.outcome = 'received'
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


async def _claim(line: Line, most: int, lease: Lease, *, fairly: bool) -> list[Any]:
    return await system_rows(line.taking_turns if fairly else line.longest_first, most, lease.first, lease.most)
