"""Tables of attachments; definitions only. The migrations make them, a test compares the two."""

from piccolo.columns import UUID, Array, BigInt, Boolean, Bytea, Integer, SmallInt, Text, Timestamptz
from piccolo.table import Table

from backend.database import DB


class AttachmentContent(Table, db=DB, tablename="attachment_contents"):
    """What is in a file, once for a company, with what the virus scanner said of it."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    sha256 = Bytea(default=None, null=False)
    size = BigInt(default=None, null=False)
    stored = Boolean(default=None, null=False)
    used_at = Timestamptz(default=None, null=False)
    scan = Text(default=None, null=False)
    found = Text(default=None, null=True)
    scan_due_at = Timestamptz(default=None, null=True)
    scan_attempts = Integer(default=None, null=False)
    scanned_at = Timestamptz(default=None, null=True)


class Attachment(Table, db=DB, tablename="attachments"):
    """A file by its name: on a message, or waiting for one."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    content_id = UUID(default=None, null=True)
    message_id = UUID(default=None, null=True)
    place = SmallInt(default=None, null=False)
    name = Text(default=None, null=False)
    media_type = Text(default=None, null=False)
    size = BigInt(default=None, null=False)
    inline_id = Text(default=None, null=True)
    refused_because = Text(default=None, null=True)
    uploaded_by = UUID(default=None, null=True)
    uploaded_at = Timestamptz(default=None, null=False)


class AttachmentRules(Table, db=DB, tablename="attachment_rules"):
    """What a company takes."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    most_bytes = BigInt(default=None, null=False)
    space_bytes = BigInt(default=None, null=False)
    mail_bytes = BigInt(default=None, null=False)
    refused_types = Array(base_column=Text(), default=list, null=False)
    unscanned = Boolean(default=None, null=False)
