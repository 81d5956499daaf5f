"""What is kept of the queue, so that neither a count nor an expectation reads the tickets themselves."""

from piccolo.columns import UUID, Integer, SmallInt, Text, Timestamptz
from piccolo.table import Table

from backend.database import DB


class QueueCount(Table, db=DB, tablename="queue_counts"):
    """A part of how many tickets are in a view: the sum of the rows is the count. The database writes it."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    department_id = UUID(default=None, null=False)
    view = Text(default=None, null=False)
    assignee_id = UUID(default=None, null=True)
    tickets = Integer(default=None, null=False)


class FirstResponse(Table, db=DB, tablename="first_responses"):
    """How long the client of a ticket, whose id it has, waited for the first answer, in opening hours."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    department_id = UUID(default=None, null=False)
    urgency = SmallInt(default=None, null=False)
    answered_at = Timestamptz(default=None, null=False)
    seconds = Integer(default=None, null=False)
