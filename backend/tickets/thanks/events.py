"""What happens when the client's side only thanks. Nobody is notified; screens that are open show it."""

from uuid import UUID

from backend.events import Event


class ClientThanked(Event, frozen=True, kw_only=True):
    """The client's side only thanked: by a message, or (`satisfied`) by the button that says that all is fine.

    `avoided`: a message would have reopened the ticket, or opened another.
    """

    number: int
    thanks_id: UUID
    satisfied: bool
    avoided: bool
    channel: str


class ThanksWereReply(Event, frozen=True, kw_only=True):
    """A member said that what was taken for thanks was a reply. `reopened`: it had not been answered meanwhile."""

    number: int
    message_id: UUID
    reopened: bool
