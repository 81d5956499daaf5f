"""Tables of tickets; definitions only. The migrations make them, a test compares the two."""

from piccolo.columns import (
    JSONB,
    UUID,
    Array,
    BigInt,
    Boolean,
    Bytea,
    DoublePrecision,
    Integer,
    SmallInt,
    Text,
    Timestamptz,
)
from piccolo.table import Table

from backend.database import DB


class Ticket(Table, db=DB, tablename="tickets"):
    """A request with its place in the queue."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    number = BigInt(default=None, null=False)
    department_id = UUID(default=None, null=False)
    kind_id = UUID(default=None, null=True)
    client_id = UUID(default=None, null=True)
    requester_id = UUID(default=None, null=False)
    assignee_id = UUID(default=None, null=True)
    policy_id = UUID(default=None, null=False)
    follow_up_of = UUID(default=None, null=True)
    split_from = UUID(default=None, null=True)
    merged_into = UUID(default=None, null=True)
    subject = Text(default=None, null=False)
    status = Text(default=None, null=False)
    meaning = Text(default=None, null=False)
    urgency = SmallInt(default=None, null=False)
    channel = Text(default=None, null=False)
    level = Text(default=None, null=False)
    required_level = Text(default=None, null=False)
    attestation_id = UUID(default=None, null=True)
    tags = Array(base_column=Text(), default=list, null=False)
    opened_at = Timestamptz(default=None, null=False)
    waiting_since = Timestamptz(default=None, null=True)
    last_activity_at = Timestamptz(default=None, null=False)
    first_responded_at = Timestamptz(default=None, null=True)
    solved_at = Timestamptz(default=None, null=True)
    closed_at = Timestamptz(default=None, null=True)
    ladder_since = Timestamptz(default=None, null=True)
    clocks = JSONB(default=None, null=True)
    breach_at = Timestamptz(default=None, null=True)
    category = Text(default=None, null=False)
    project_id = UUID(default=None, null=True)
    assigned_because = Text(default=None, null=True)
    taken_over_from = UUID(default=None, null=True)
    satisfied_at = Timestamptz(default=None, null=True)
    sought_as = Text(default=None, null=True)
    sought_at = Timestamptz(default=None, null=True)


class Message(Table, db=DB, tablename="messages"):
    """A message or an internal note on a ticket."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    ticket_id = UUID(default=None, null=False)
    author_id = UUID(default=None, null=False)
    side = Text(default=None, null=False)
    kind = Text(default=None, null=False)
    channel = Text(default=None, null=False)
    body = Text(default=None, null=False)
    level = Text(default=None, null=False)
    attestation_id = UUID(default=None, null=True)
    at = Timestamptz(default=None, null=False)
    idempotency_key = Text(default=None, null=True)
    mail_message_id = Text(default=None, null=True)


class Timer(Table, db=DB, tablename="timers"):
    """What will happen to a ticket by itself, and when."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    ticket_id = UUID(default=None, null=False)
    secret_id = UUID(default=None, null=True)
    reply_id = UUID(default=None, null=True)
    step = SmallInt(default=None, null=False)
    action = Text(default=None, null=False)
    due_at = Timestamptz(default=None, null=True)
    hours_left = DoublePrecision(default=None, null=True)
    leased_until = Timestamptz(default=None, null=True)
    attempts = Integer(default=None, null=False)
    done_at = Timestamptz(default=None, null=True)
    cancelled_at = Timestamptz(default=None, null=True)


class SearchEntry(Table, db=DB, tablename="search_entries"):
    """What search knows of one message."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    ticket_id = UUID(default=None, null=False)
    internal = Boolean(default=None, null=False)


class TicketMove(Table, db=DB, tablename="ticket_moves"):
    """Messages went from one ticket to another; `kept` is what an undo puts back (see moves/kept.py)."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    kind = Text(default=None, null=False)
    from_id = UUID(default=None, null=False)
    to_id = UUID(default=None, null=False)
    moved_by = UUID(default=None, null=True)
    moved_at = Timestamptz(default=None, null=False)
    undone_at = Timestamptz(default=None, null=True)
    kept = JSONB(default=None, null=False)


class WaitingReply(Table, db=DB, tablename="waiting_replies"):
    """An answer of the staff that has not left yet, or what became of it."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    ticket_id = UUID(default=None, null=False)
    author_id = UUID(default=None, null=False)
    body = Text(default=None, null=True)
    sealed = Bytea(default=None, null=True)
    status = Text(default=None, null=False)
    without_proof = Text(default=None, null=True)
    attachments = Array(base_column=UUID(), default=None, null=False)
    idempotency_key = Text(default=None, null=True)
    after_id = UUID(default=None, null=True)
    state = Text(default=None, null=False)
    stopped_because = Text(default=None, null=True)
    message_id = UUID(default=None, null=True)
    made_at = Timestamptz(default=None, null=False)
    leaves_at = Timestamptz(default=None, null=False)
    ended_at = Timestamptz(default=None, null=True)
