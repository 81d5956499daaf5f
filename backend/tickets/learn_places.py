"""Learn from a company's tickets where requests belong: from the words with which each began and the place where it ended."""

import asyncio
from typing import Final
from uuid import UUID

from backend.database import Row, bind, rows
from backend.intake.suggestions.keep import due_to_learn, keep_learnt
from backend.intake.suggestions.model import Ended, Learnt, learn
from backend.intake.suggestions.words import words_of

MOST_TICKETS: Final = 3_000
MOST_LETTERS: Final = 1_500
_AT_ONCE: Final = 20


async def learn_places() -> int:
    """Learn from the tickets of companies that are due, some at a time. Returns how many there were."""
    due = await due_to_learn(_AT_ONCE)
    for tenant_id in due:
        with bind(tenant_id):
            await learn_from_tickets(tenant_id)
    return len(due)


async def learn_from_tickets(tenant_id: UUID) -> int:
    """Learn from the bound tenant's latest tickets that were answered or ended. Returns how many.

    A ticket counts for where it is now, after all transfers; one that was merged away for nothing. Sealed secrets are
    no part of a message, and what was masked in one is left out (see words.py).
    """
    found = await rows(
        """select t.department_id, t.kind_id, coalesce(t.client_id, t.requester_id) as person, t.subject, m.body
             from tickets t cross join lateral (
                  select left(m.body, $2) as body from messages m
                   where m.tenant_id = t.tenant_id and m.ticket_id = t.id and m.side = 'client' and m.kind = 'message'
                   order by m.at, m.id limit 1) m
            where t.merged_into is null and (t.first_responded_at is not null or t.meaning in ('solved', 'closed'))
            order by t.last_activity_at desc, t.id desc limit $1""",
        MOST_TICKETS,
        MOST_LETTERS,
    )
    await keep_learnt(tenant_id, await asyncio.to_thread(_learn, found), len(found))
    return len(found)


def _learn(found: list[Row]) -> Learnt:
    return learn(
        Ended(
            frozenset(words_of(f"{each['subject']}\n{each['body']}")),
            str(each["person"]),
            tuple(str(place) for place in (each["department_id"], each["kind_id"]) if place is not None),
        )
        for each in found
    )
