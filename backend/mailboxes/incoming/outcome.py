"""What becomes of a mail."""

from dataclasses import dataclass
from typing import Literal, TypeAlias
from uuid import UUID

What: TypeAlias = Literal["opened", "replied", "held", "repeated", "refused", "unreadable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a mail: `reason` says why it was refused or could not be read, as a code.

    `unreadable` stands in the list of what could not be read; `refused` made nothing, and nobody expects that it does.
    """

    outcome: What
    number: int | None = None
    reason: str | None = None
    mail_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """An outcome with the rows that it made."""

    outcome: What
    reason: str | None = None
    number: int | None = None
    ticket_id: UUID | None = None
    message_id: UUID | None = None
