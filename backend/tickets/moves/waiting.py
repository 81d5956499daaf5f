"""Since when a ticket waits, from the messages that it holds: what a split leaves behind and what it takes along."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from backend.errors import Refusal
from backend.tickets.change import LockedTicket
from backend.tickets.lifecycle.decide import Changes, LeftUnanswered, decide
from backend.tickets.lifecycle.policy import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message as far as waiting goes. `asks`: the client's side wrote it in public and wants an answer."""

    id: UUID
    at: datetime
    side: Literal["client", "staff"]
    public: bool
    asks: bool

    @property
    def answers(self) -> bool:
        return self.side == "staff" and self.public


def unanswered_since(messages: Iterable[Said]) -> datetime | None:
    """When the first message was written that asks and that no answer follows."""
    since: datetime | None = None
    for each in sorted(messages, key=lambda said: (said.at, said.id)):
        if each.answers:
            since = None
        elif each.asks and since is None:
            since = each.at
    return since


def waiting_without(before: datetime | None, stay: Iterable[Said], gone: Iterable[Said]) -> datetime | None:
    """Since when a ticket waits that waited since `before`, when `gone` has left and `stay` has not.

    What was settled before (answered, or closed and opened again) stays settled, unless its answer has left.
    """
    if any(each.answers for each in gone):
        return unanswered_since(stay)
    if before is None:
        return None
    return unanswered_since(each for each in stay if each.answers or each.at >= before)


def waits(ticket: LockedTicket, since: datetime | None, at: datetime, *, has_more: bool = False) -> Changes:
    """What follows for a ticket that waits since then from now on.

    Where that is news, or it `has_more` that nobody answered, it does not stay in a status that waits for the client or
    holds it. A closed ticket stays closed.
    """
    if since is None or ticket.meaning == "closed" or not (has_more or since != ticket.waiting_since):
        return Changes(status=status_of(ticket), waiting_since=since)
    return decide(replace(ticket, waiting_since=None).state, LeftUnanswered(since), ticket.policy, at)


def status_of(ticket: LockedTicket) -> Status:
    """The status that a ticket has. Raises: Refusal where its lifecycle does not know it."""
    status = ticket.policy.status(ticket.status)
    if status is None:
        raise Refusal("status_not_offered", "number")
    return status
