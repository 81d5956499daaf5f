"""Tables of sealed secrets; definitions only. The migrations make them, a test compares the two."""

from piccolo.columns import UUID, Boolean, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table

from backend.database import DB


class SecretQuestion(Table, db=DB, tablename="secret_questions"):
    """A secret that the form of a kind of request asks for."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    kind_id = UUID(default=None, null=False)
    label = Text(default=None, null=False)
    required = Boolean(default=None, null=False)
    position = Integer(default=None, null=False)
    archived_at = Timestamptz(default=None, null=True)


class SealedSecret(Table, db=DB, tablename="secrets"):
    """A secret of a ticket: asked for, sent, destroyed."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    ticket_id = UUID(default=None, null=False)
    message_id = UUID(default=None, null=True)
    question_id = UUID(default=None, null=True)
    label = Text(default=None, null=False)
    source = Text(default=None, null=False)
    state = Text(default=None, null=False)
    side = Text(default=None, null=False)
    ciphertext = Bytea(default=None, null=True)
    file_key = Text(default=None, null=True)
    asked_by = UUID(default=None, null=True)
    asked_at = Timestamptz(default=None, null=True)
    sent_by = UUID(default=None, null=True)
    sent_at = Timestamptz(default=None, null=True)
    viewed_by = UUID(default=None, null=True)
    viewed_at = Timestamptz(default=None, null=True)
    views = Integer(default=None, null=False)
    destroyed_at = Timestamptz(default=None, null=True)
    destroyed_because = Text(default=None, null=True)


class SecretKey(Table, db=DB, tablename="secret_keys"):
    """The key of one secret, wrapped; gone with it."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    wrapped = Bytea(default=None, null=False)
