"""Since when a ticket waits, from the messages that it holds: what a split leaves behind and what it takes along."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID


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
