"""What happens to a ticket. The history on the ticket is made of these rows."""

from uuid import UUID

from backend.events import LIVE, Event


class TicketOpened(Event, frozen=True, kw_only=True):
    """A ticket came into a department.

    `answer_by_mail` is false for machines, which are never answered. `automatic` is a mail which says that nobody wrote
    it (RFC 3834): our own mail could be the answer to it, and it the answer to ours, so it makes none at all.
    """

    consumers = (LIVE, "receipt", "staff_notice")
    number: int
    department_id: UUID
    message_id: UUID
    channel: str
    answer_by_mail: bool = True
    automatic: bool = False


class ClientReplied(Event, frozen=True, kw_only=True):
    """The client's side wrote on a ticket."""

    consumers = (LIVE, "staff_notice")
    number: int
    department_id: UUID
    message_id: UUID
    channel: str


class StaffReplied(Event, frozen=True, kw_only=True):
    """A member answered in public; the answer is mailed to the requester. `status` is the one it was sent with."""

    consumers = (LIVE, "reply_mail")
    number: int
    message_id: UUID
    status: str
    meaning: str


class ReplyWaits(Event, frozen=True, kw_only=True):
    """A member's answer waits before it leaves."""

    number: int
    reply_id: UUID


class ReplyTakenBack(Event, frozen=True, kw_only=True):
    """An answer was taken back before it left."""

    number: int
    reply_id: UUID


class ReplyStopped(Event, frozen=True, kw_only=True):
    """An answer could not leave as it was; `because` is the code of what stood against it."""

    number: int
    reply_id: UUID
    because: str


class NoteAdded(Event, frozen=True, kw_only=True):
    """A member left an internal note."""

    number: int
    message_id: UUID


class TicketAssigned(Event, frozen=True, kw_only=True):
    """A ticket was given to a member, or (null) to nobody.

    `because` is the rule that chose them, null where somebody did; `load` is how many open tickets they had, `project`
    the one that they lead.
    """

    number: int
    assignee_id: UUID | None
    previous_id: UUID | None
    because: str | None = None
    load: int | None = None
    project: str | None = None


class TicketTakenOver(Event, frozen=True, kw_only=True):
    """A member took a ticket over from a colleague who is away (FIELD.md A3)."""

    number: int
    assignee_id: UUID
    previous_id: UUID


class TicketHandedBack(Event, frozen=True, kw_only=True):
    """A ticket went back to the colleague from whom it was taken over."""

    number: int
    assignee_id: UUID
    previous_id: UUID


class WorkTakenOver(Event, frozen=True, kw_only=True):
    """These tickets were taken over at once from a colleague who is away; both get word of it."""

    consumers = (LIVE, "work_mail")
    from_id: UUID
    to_id: UUID
    numbers: tuple[int, ...]


class WorkHandedBack(Event, frozen=True, kw_only=True):
    """These tickets went back at once to the colleague who had been away; both get word of it."""

    consumers = (LIVE, "work_mail")
    from_id: UUID
    to_id: UUID
    numbers: tuple[int, ...]


class CategoryChanged(Event, frozen=True, kw_only=True):
    """A member said what a ticket is: a question, a work request or a message on a project (FIELD.md B2)."""

    number: int
    old_category: str
    category: str


class ProjectChosen(Event, frozen=True, kw_only=True):
    """A member said to which project a ticket belongs; null: to none."""

    number: int
    project_id: UUID | None
    project: str | None


class TicketTransferred(Event, frozen=True, kw_only=True):
    """A ticket went to another department and kept its place in the queue (FIELD.md A7)."""

    consumers = (LIVE, "transfer_mail")
    number: int
    from_department_id: UUID
    to_department_id: UUID


class StatusChanged(Event, frozen=True, kw_only=True):
    """A ticket changed status: by a member, by a client's message, or (`by_timer`) by itself, perhaps with a tag.

    `tell_client` asks for a mail: the change came without a message that tells of it.
    """

    consumers = (LIVE, "status_mail")
    number: int
    old_status: str
    status: str
    meaning: str
    by_timer: bool = False
    tag: str | None = None
    tell_client: bool = False


class PriorityChanged(Event, frozen=True, kw_only=True):
    """A ticket's urgency changed."""

    number: int
    old_urgency: int
    urgency: int


class ReminderSent(Event, frozen=True, kw_only=True):
    """A timer reminds the client that the ticket waits; `template` is the mail (reminder_first, reminder_second)."""

    consumers = (LIVE, "reminder_mail")
    number: int
    template: str


class TicketTagged(Event, frozen=True, kw_only=True):
    """A timer put a tag on the ticket and changed nothing else."""

    number: int
    tag: str


class FollowUpOpened(Event, frozen=True, kw_only=True):
    """A reply to this closed ticket made a new, linked one (FIELD.md B8)."""

    number: int
    follow_up_id: UUID
    follow_up_number: int


class ProofAsked(Event, frozen=True, kw_only=True):
    """A contact was sent a link to prove that the account is theirs; `in_receipt` says that it went with the receipt."""

    consumers = (LIVE, "proof_asked_mail")
    number: int
    account_id: UUID
    link_id: UUID
    needed: str
    in_receipt: bool = False


class AccountNamed(Event, frozen=True, kw_only=True):
    """Somebody who is not signed in says whose account the request is about; whether there is one is looked up later."""

    consumers = (LIVE, "named_account")
    number: int
    named: str


class WentOnWithoutProof(Event, frozen=True, kw_only=True):
    """A lead did what needs proof without it, and said why. `act` is set_status, reply or transfer."""

    number: int
    act: str
    needed: str
    level: str
    reason: str
    status: str | None = None
    department_id: UUID | None = None


class LevelRaised(Event, frozen=True, kw_only=True):
    """The client's side proved more about this ticket than was known."""

    number: int
    level: str
    method: str


class PinRecorded(Event, frozen=True, kw_only=True):
    """A member recorded that a contact, `account_id`, read out the support PIN; it carried that level."""

    number: int
    account_id: UUID
    level: str
