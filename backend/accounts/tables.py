"""Tables of accounts; definitions only. The migrations make them, a test compares the two."""

from piccolo.columns import UUID, Array, BigInt, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table

from backend.database import DB


class Account(Table, db=DB, tablename="accounts"):
    """Someone who signs in, or a guest who wrote."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    kind = Text(default=None, null=False)
    email = Text(default=None, null=False)
    name = Text(default=None, null=False)
    language = Text(default=None, null=True)
    password_hash = Text(default=None, null=True)
    disabled_at = Timestamptz(default=None, null=True)
    created_at = Timestamptz(default=None, null=False)
    password_reset_at = Timestamptz(default=None, null=True)


class Session(Table, db=DB, tablename="sessions"):
    """A sign-in of one account at one tenant."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    account_id = UUID(default=None, null=False)
    token_hash = Bytea(default=None, null=False)
    created_at = Timestamptz(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False)
    revoked_at = Timestamptz(default=None, null=True)
    address = Text(default=None, null=False)
    user_agent = Text(default=None, null=False)
    kind = Text(default=None, null=False)
    made_by = Text(default=None, null=False)
    last_seen_at = Timestamptz(default=None, null=False)
    stepped_up_at = Timestamptz(default=None, null=True)


class OneTimeLink(Table, db=DB, tablename="one_time_links"):
    """A mailed link; its token is derived, not stored."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    purpose = Text(default=None, null=False)
    account_id = UUID(default=None, null=False)
    client_id = UUID(default=None, null=True)
    ticket_id = UUID(default=None, null=True)
    method = Text(default=None, null=True)
    created_at = Timestamptz(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False)
    used_at = Timestamptz(default=None, null=True)


class KnownBrowser(Table, db=DB, tablename="known_browsers"):
    """A browser from which an account has signed in."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    account_id = UUID(default=None, null=False)
    token_hash = Bytea(default=None, null=False)
    first_seen_at = Timestamptz(default=None, null=False)
    last_seen_at = Timestamptz(default=None, null=False)


class FirstStep(Table, db=DB, tablename="first_steps"):
    """The right password was typed and a second factor is due; no session yet."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    account_id = UUID(default=None, null=False)
    token_hash = Bytea(default=None, null=False)
    made_by = Text(default=None, null=False)
    tries = Integer(default=None, null=False)
    created_at = Timestamptz(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False)
    used_at = Timestamptz(default=None, null=True)


class TotpSecret(Table, db=DB, tablename="totp_secrets"):
    """The sealed secret of an authenticator app."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    account_id = UUID(default=None, null=False)
    sealed = Bytea(default=None, null=False)
    created_at = Timestamptz(default=None, null=False)
    confirmed_at = Timestamptz(default=None, null=True)
    last_step = BigInt(default=None, null=True)


class Passkey(Table, db=DB, tablename="passkeys"):
    """A key that a device or a password manager keeps; the public half."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    account_id = UUID(default=None, null=False)
    name = Text(default=None, null=False)
    credential_id = Bytea(default=None, null=False)
    public_key = Bytea(default=None, null=False)
    sign_count = BigInt(default=None, null=False)
    created_at = Timestamptz(default=None, null=False)
    last_used_at = Timestamptz(default=None, null=True)


class PasskeyChallenge(Table, db=DB, tablename="passkey_challenges"):
    """What a passkey is asked to sign, once."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    purpose = Text(default=None, null=False)
    holder = Bytea(default=None, null=False)
    origin = Text(default=None, null=False)
    challenge = Bytea(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False)


class RecoveryCode(Table, db=DB, tablename="recovery_codes"):
    """The keyed hash of a code that stands in for a second factor, once."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    account_id = UUID(default=None, null=False)
    code_hash = Bytea(default=None, null=False)
    created_at = Timestamptz(default=None, null=False)
    used_at = Timestamptz(default=None, null=True)


class AccessCode(Table, db=DB, tablename="access_codes"):
    """What a guest's access code is derived from."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    account_id = UUID(default=None, null=False)
    salt = Bytea(default=None, null=False)
    created_at = Timestamptz(default=None, null=False)
    lapsed_at = Timestamptz(default=None, null=True)


class ApiToken(Table, db=DB, tablename="api_tokens"):
    """A token of a program of the tenant's; its hash alone is kept."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    name = Text(default=None, null=False)
    token_hash = Bytea(default=None, null=False)
    scopes = Array(base_column=Text(), default=list, null=False)
    created_by = UUID(default=None, null=True)
    created_at = Timestamptz(default=None, null=False)
    last_used_at = Timestamptz(default=None, null=True)
    revoked_at = Timestamptz(default=None, null=True)
