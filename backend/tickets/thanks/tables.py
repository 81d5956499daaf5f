"""The table of what only thanks; definitions only. The migrations make it, a test compares the two."""

from piccolo.columns import UUID, Boolean, Integer, Text, Timestamptz
from piccolo.table import Table

from backend.database import DB


class ThankYou(Table, db=DB, tablename="thanks"):
    """A message that only thanked, under the message's id, or the button that says that all is fine.

    `avoided` says that it would have reopened its ticket, or opened another; `minutes` is what that saved.
    """

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    ticket_id = UUID(default=None, null=False)
    message_id = UUID(default=None, null=True)
    author_id = UUID(default=None, null=False)
    channel = Text(default=None, null=False)
    at = Timestamptz(default=None, null=False)
    status = Text(default=None, null=False)
    avoided = Boolean(default=None, null=False)
    minutes = Integer(default=None, null=False)
    undone_at = Timestamptz(default=None, null=True)
    undone_by = UUID(default=None, null=True)
