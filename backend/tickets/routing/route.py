"""Give a ticket to whom the company's rules choose, in the transaction of what happened to it (FIELD.md B4)."""

from typing import Final, Literal, TypeAlias
from uuid import UUID

import msgspec

from backend.actor import Actor, system
from backend.clock import now
from backend.database import rows, value
from backend.events import record
from backend.tickets.events import TicketAssigned
from backend.tickets.routing.choose import Choice, Turn, choose

Happening: TypeAlias = Literal["opened", "replied", "transferred", "changed"]
ENOUGH: Final = 10
"""Who has so many open tickets, and no capacity of their own, is given none of those that waited for somebody: else the
first who comes in the morning would be given all of the night."""


async def route(actor: Actor, ticket_id: UUID, number: int, happening: Happening) -> None:
    """Apply the first route that fits the ticket as it is now; inside the caller's transaction, as its last lock.

    Where no rule finds somebody, a new ticket is nobody's until somebody is available (see `seek`), and one that there
    was stays with whom it is, unless they do not work in its department.
    """
    at = now()
    found = await value("select take_turn($1, $2, $3)", happening, ticket_id, at)
    if found is None:
        if happening == "transferred":
            await rows(
                "update tickets set sought_as = null where tenant_id = $1 and id = $2", actor.tenant_id, ticket_id
            )
        return
    turn = msgspec.json.decode(found, type=Turn)
    choice = choose(turn, at)
    if choice is None and turn.assignee is None:
        await rows(
            "update tickets set sought_as = $3, sought_at = null where tenant_id = $1 and id = $2",
            actor.tenant_id, ticket_id, happening,
        )  # fmt: skip
        return
    if choice is None and (happening != "transferred" or turn.has(turn.assignee)):
        return
    if choice is not None and choice.person.id == turn.assignee:
        return
    await _give(actor, ticket_id, number, turn, choice, happening)


async def route_again(actor: Actor, ticket_id: UUID, number: int, happening: Happening) -> Turn | None:
    """As `route`, for a ticket that is nobody's since no rule found somebody when this happened to it.

    Returns what the rules looked at where they found nobody again; None where there is nothing to seek any more.
    """
    at = now()
    found = await value("select take_turn($1, $2, $3)", happening, ticket_id, at)
    if found is None:
        await rows("update tickets set sought_as = null where tenant_id = $1 and id = $2", actor.tenant_id, ticket_id)
        return None
    turn = msgspec.json.decode(found, type=Turn)
    choice = choose(turn, at, enough=ENOUGH)
    if choice is None:
        return turn
    await _give(actor, ticket_id, number, turn, choice, happening)
    return None


async def _give(
    actor: Actor, ticket_id: UUID, number: int, turn: Turn, choice: Choice | None, happening: Happening
) -> None:
    await _assign(actor, ticket_id, turn, choice, happening)
    by_rule = system(actor.tenant_id, actor.language, "a rule of the company's routing")
    await record(
        by_rule,
        TicketAssigned(
            ticket_id=ticket_id,
            number=number,
            assignee_id=choice.person.id if choice else None,
            previous_id=turn.assignee,
            because=choice.because if choice else "nobody_fits",
            load=choice.person.load if choice else None,
            project=turn.project if choice and choice.because == "project_lead" else None,
        ),
    )


async def _assign(actor: Actor, ticket_id: UUID, turn: Turn, choice: Choice | None, happening: Happening) -> None:
    """One statement for the ticket and, where it was a turn, for whose it was.

    What goes to another because somebody is away can be handed back when they return.
    """
    await rows(
        """
        with turn as (
            update counters set last_number = last_number + 1 where tenant_id = $1 and id = 'turn' and $4 returning last_number
        ), taken as (
            update members set last_turn = (select last_number from turn)
             where tenant_id = $1 and account_id = $3 and exists (select from turn)
        )
        update tickets set assignee_id = $3, assigned_because = $5, sought_as = $7, sought_at = null,
               taken_over_from = case when $6 then nullif(coalesce(taken_over_from, assignee_id), $3) end
         where tenant_id = $1 and id = $2
        """,
        actor.tenant_id,
        ticket_id,
        choice.person.id if choice else None,
        choice is not None and choice.because == "next_available",
        choice.because if choice else None,
        turn.assignee_away and choice is not None,
        happening if choice is None else None,
    )
