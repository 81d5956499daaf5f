"""Tables of verification; definitions only. The migrations make them, a test compares the two."""

from piccolo.columns import UUID, BigInt, Bytea, Text, Timestamptz
from piccolo.table import Table

from backend.database import DB


class ProofAttempt(Table, db=DB, tablename="proof_attempts"):
    """A try to prove, written before the secret is compared."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    client_id = UUID(default=None, null=False)
    account_id = UUID(default=None, null=False)
    method = Text(default=None, null=False)
    at = Timestamptz(default=None, null=False)
    address = Text(default=None, null=False)
    outcome = Text(default=None, null=False)


class ProofLift(Table, db=DB, tablename="proof_lifts"):
    """The moment in which a lock was lifted."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    client_id = UUID(default=None, null=False)
    method = Text(default=None, null=False)
    at = Timestamptz(default=None, null=False)
    account_id = UUID(default=None, null=False)


class Attestation(Table, db=DB, tablename="attestations"):
    """A proof that was given: how, when, for what, and its place in the chain. Written by `chain.append` alone."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    client_id = UUID(default=None, null=True)
    method = Text(default=None, null=False)
    level = Text(default=None, null=False)
    at = Timestamptz(default=None, null=False)
    scope = Text(default=None, null=False)
    session_id = UUID(default=None, null=True)
    ticket_id = UUID(default=None, null=True)
    message_id = UUID(default=None, null=True)
    expires_at = Timestamptz(default=None, null=True)
    sequence = BigInt(default=None, null=False)
    recorded_by = UUID(default=None, null=True)
    commitment = Bytea(default=None, null=False)
    link = Bytea(default=None, null=False)


class AttestationPerson(Table, db=DB, tablename="attestation_persons"):
    """Who gave a proof, and from where; gone where the person was erased."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    account_id = UUID(default=None, null=False)
    address = Text(default=None, null=False)
    salt = Bytea(default=None, null=False)


class SupportPin(Table, db=DB, tablename="support_pins"):
    """Digits that a contact may read out on the telephone, as a keyed hash."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    client_id = UUID(default=None, null=False)
    account_id = UUID(default=None, null=False)
    digits_hmac = Bytea(default=None, null=False)
    level = Text(default=None, null=False)
    created_at = Timestamptz(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False)
    ended_at = Timestamptz(default=None, null=True)
