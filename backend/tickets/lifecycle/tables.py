"""Tables of moving open tickets to another version of the lifecycle; definitions only."""

from piccolo.columns import JSONB, UUID, BigInt, Text, Timestamptz
from piccolo.table import Table

from backend.database import DB


class ChangeOver(Table, db=DB, tablename="change_overs"):
    """A plan to give open tickets another version of the lifecycle, and how far it is."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    policy_id = UUID(default=None, null=False)
    by_id = UUID(default=None, null=False)
    planned_at = Timestamptz(default=None, null=False)
    began_at = Timestamptz(default=None, null=True)
    ended_at = Timestamptz(default=None, null=True)


class ChangeOverTicket(Table, db=DB, tablename="change_over_tickets"):
    """What a plan does to a ticket: its status and what is pending, before and after."""

    tenant_id = UUID(default=None, null=False)
    change_over_id = UUID(default=None, null=False)
    ticket_id = UUID(default=None, null=False)
    number = BigInt(primary_key=True, default=None, null=False)
    stood = Text(default=None, null=False)
    status = Text(default=None, null=False)
    to_status = Text(default=None, null=False)
    closes_at = Timestamptz(default=None, null=True)
    to_closes_at = Timestamptz(default=None, null=True)
    timers = JSONB(default=None, null=False)
    outcome = Text(default=None, null=True)
