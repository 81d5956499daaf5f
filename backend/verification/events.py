"""What happens to proofs. With a `ticket_id` it stands in the history of that ticket; no secret is in any of them."""

from datetime import datetime
from uuid import UUID

from backend.events import LIVE, Event


class ProofPassed(Event, frozen=True, kw_only=True):
    """A contact proved that the client account is theirs.

    No screen waits for it: what it brought to a ticket is an event of that ticket.
    """

    consumers = ()
    client_id: UUID
    method: str
    level: str
    attestation_id: UUID


class ProofRefused(Event, frozen=True, kw_only=True):
    """A try did not pass; `tries` is how many count now, out of those that lock."""

    client_id: UUID
    method: str
    tries: int


class ProofLocked(Event, frozen=True, kw_only=True):
    """The tries of a day are used up. The link that lifts the lock is mailed to the contact who tried."""

    consumers = (LIVE, "proof_lock_mail")
    client_id: UUID
    account_id: UUID
    method: str
    link_id: UUID
    locked_until: datetime


class ProofLockLifted(Event, frozen=True, kw_only=True):
    """The mailed link was followed: tries are counted from here."""

    client_id: UUID
    method: str


class PersonErased(Event, frozen=True, kw_only=True):
    """Who gave these proofs is erased. It names the proofs and not the person."""

    consumers = ()
    attestation_ids: list[UUID]
