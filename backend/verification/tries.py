"""Tries to prove, counted as rows under the client's lock: five a day for a client account and method.

A try counts from the moment in which it is written, before its secret is looked at; the last one that passed, and a
lifted lock, start the count anew. One whose secret could not be compared is given back: it is void. None of this needs
Redis.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from backend.actor import Actor
from backend.database import rows, value
from backend.ids import new_id
from backend.verification.levels import Tried

MOST_TRIES: Final = 5
MOST_LIFTS: Final = 3
"""Lifts a day for a client and method: more would make a guess at four digits a matter of patience."""
DAY: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """The tries that count now for one client and method, the first and the last of them."""

    method: Tried
    count: int
    first_at: datetime
    last_at: datetime

    @property
    def locked(self) -> bool:
        return self.count >= MOST_TRIES

    @property
    def locked_until(self) -> datetime:
        """When the first of them is a day old, and one more try is free."""
        return self.first_at + DAY


async def lock_client(client_id: UUID) -> bool:
    """Lock the client's row until the transaction ends; what refers to it can still be written. False: not here."""
    return await value("select id from clients where id = $1 for no key update", client_id) is not None


async def end_try(actor: Actor, client_id: UUID, attempt_id: UUID, outcome: str) -> None:
    """Lock the client's row as `lock_client` does, and note how a try ended: `passed`, `failed`, or `void` where it could
    not be compared."""
    await rows(
        """with locked as materialized (select id from clients where id = $2 for no key update)
           update proof_attempts set outcome = $4 where tenant_id = $1 and id = $3 and exists (select from locked)""",
        actor.tenant_id,
        client_id,
        attempt_id,
        outcome,
    )


async def counted_tries(client_id: UUID, at: datetime) -> dict[Tried, Tries]:
    """The tries of a client of the bound tenant that count at that moment, by method."""
    found = await rows(
        """select a.method, count(*) as count, min(a.at) as first_at, max(a.at) as last_at
             from proof_attempts a
            where a.client_id = $1 and a.at > $2 and a.outcome not in ('passed', 'void')
              and a.at > coalesce((select max(p.at) from proof_attempts p
                                    where p.tenant_id = a.tenant_id and p.client_id = a.client_id and p.method = a.method
                                      and p.at > $2 and p.outcome = 'passed'), '-infinity')
              and a.at > coalesce((select max(l.at) from proof_lifts l
                                    where l.tenant_id = a.tenant_id and l.client_id = a.client_id and l.method = a.method
                                      and l.at > $2), '-infinity')
            group by a.method order by a.method""",
        client_id,
        at - DAY,
    )
    return {each["method"]: Tries(**dict(each)) for each in found}


async def lifts_of_day(client_id: UUID, method: str, at: datetime) -> int:
    """How often the lock of a client and method was lifted in the day before that moment."""
    found: int = await value(
        "select count(*) from proof_lifts where client_id = $1 and method = $2 and at > $3", client_id, method, at - DAY
    )
    return found


async def insert_try(actor: Actor, client_id: UUID, method: Tried, at: datetime) -> UUID:
    """Write a try that is about to be made."""
    attempt_id = new_id()
    await rows(
        """insert into proof_attempts (tenant_id, id, client_id, account_id, method, at, address, outcome)
           values ($1, $2, $3, $4, $5, $6, $7, 'pending')""",
        actor.tenant_id,
        attempt_id,
        client_id,
        actor.account,
        method,
        at,
        actor.address,
    )
    return attempt_id
