"""What the reader may do with a ticket, by the rules that guard the verbs."""

from typing import TYPE_CHECKING
from uuid import UUID

import strawberry

from backend.graphql.context import Info
from backend.graphql.types.asking import HeldBack
from backend.graphql.types.statuses import Status
from backend.tickets import held_back as holding
from backend.tickets.abilities import abilities
from backend.tickets.routing.queries import can_hand_back, can_take_over

if TYPE_CHECKING:
    from backend.graphql.types.tickets import Ticket


@strawberry.type(description="What the reader may do with the ticket now.")
class TicketAbilities:
    reply: bool
    note: bool
    assign: bool
    transfer: bool
    set_status: bool
    see_internal: bool
    ask_for_secret: bool
    split: bool
    merge: bool
    keep_open: bool = strawberry.field(description="Whether the ticket ends by itself and can be kept from it.")
    close_now: bool = strawberry.field(description="Whether the reader may end it now.")
    snooze: bool
    pause: bool
    resume: bool
    thank: bool = strawberry.field(description="Whether the reader may say that all is fine.")
    begins_new: bool = strawberry.field(description="Whether what the reader answers begins a new, linked request.")
    statuses: list[Status]
    reply_statuses: list[Status] = strawberry.field(
        description="What an answer may be sent with, as it is offered; the last is the usual one, taken where none is named."
    )
    ask_for_proof: bool = strawberry.field(
        description="Whether something is left to be proved, and an address on file can be asked."
    )
    held_back: list[HeldBack] = strawberry.field(description="What of this is held back until more is proved.")
    take_over: bool = strawberry.field(description="Whether who has it is away, and it is unfinished.")
    hand_back: bool = strawberry.field(description="Whether it was taken over from somebody who is back.")
    categorise: bool
    go_on_without_proof: bool = strawberry.field(description="Whether the reader may do it all the same, saying why.")


async def abilities_of(info: Info, ticket: "Ticket") -> TicketAbilities:
    """What the reader may do with the ticket now; asks in batches, so that a page of tickets costs few statements."""
    actor = info.context.actor
    language = actor.language
    timers = await info.context.timers.load(UUID(ticket.id)) if actor.is_staff else []
    found = abilities(
        actor,
        ticket.policy,
        ticket.status.key,
        merged=ticket.merged_into_id is not None,
        pending=bool(timers),
        thankable=ticket.first_responded_at is not None and ticket.satisfied_at is None,
        paused=any(each["due_at"] is None for each in timers),
        closed_at=ticket.closed_at,
    )
    held: list[holding.HeldBack] = []
    assignment = await info.context.assignments.load(UUID(ticket.id)) if actor.is_staff and ticket.assignee else None
    if actor.is_staff:
        held = holding.held_back(
            await info.context.proof_needs.load(0),
            level=ticket.level.value,
            required=ticket.required_level.value,
            statuses=[each.key for each in found.statuses],
            replies=[each.key for each in found.reply_statuses],
            here=UUID(ticket.department.id),
        )
    lacks_proof = await info.context.who_can_be_asked.load(UUID(ticket.id)) if actor.is_staff else None
    return TicketAbilities(
        reply=found.reply,
        note=found.note,
        assign=found.assign,
        transfer=found.transfer,
        set_status=found.set_status,
        see_internal=found.see_internal,
        ask_for_secret=found.ask_for_secret,
        split=found.split,
        merge=found.merge,
        keep_open=found.keep_open,
        close_now=found.close_now,
        snooze=found.snooze,
        pause=found.pause,
        resume=found.resume,
        thank=found.thank,
        begins_new=found.begins_new,
        statuses=[Status.of(each, language) for each in found.statuses],
        reply_statuses=[Status.of(each, language) for each in found.reply_statuses],
        ask_for_proof=lacks_proof is True,
        held_back=[HeldBack.of(each, language, can_ask=lacks_proof is not None) for each in held],
        take_over=found.categorise and can_take_over(actor, assignment, ticket.status.meaning.value),
        hand_back=found.categorise and can_hand_back(assignment, ticket.status.meaning.value),
        categorise=found.categorise,
        go_on_without_proof=actor.leads,
    )
