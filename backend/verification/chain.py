"""The chain of attestations: each tenant's are numbered from 1, and each is linked to the one before.

Canonical encoding. A field is its length in four bytes, big end first, and its bytes; one that is missing is the length
ffffffff alone. Ids are their 16 bytes, numbers and times 8 bytes big end first (times in microseconds since 1970, UTC),
texts UTF-8. The personal part begins with the field `countersign person 1`, then account and network address; the core
with `countersign attestation 1`, then the fields of `Core` in their order.

    commitment = SHA-256(salt + personal part)      salt: 32 random bytes, kept beside the personal part alone
    link       = SHA-256(link before + core)        before the first: 32 zero bytes

The same encoding stands as SQL in the migration `0003_attestation_chain`, for what is written in bulk.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from backend.database import row, rows

GENESIS: Final = bytes(32)
"""What the first attestation is linked to."""
SALT_BYTES: Final = 32
_MISSING: Final = b"\xff\xff\xff\xff"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Core:
    """What the chain fixes for good, and what names no person but the member who recorded it."""

    tenant_id: UUID
    sequence: int
    id: UUID
    client_id: UUID | None
    method: str
    level: str
    at: datetime
    scope: str
    session_id: UUID | None
    ticket_id: UUID | None
    message_id: UUID | None
    expires_at: datetime | None
    recorded_by: UUID | None
    commitment: bytes

    def encoded(self) -> bytes:
        return encode("countersign attestation 1", *self.values())

    def values(self) -> tuple[object, ...]:
        """The fields in their order. The standard library's `astuple` would copy each of them deeply."""
        return tuple(getattr(self, each.name) for each in fields(self))


@dataclass(frozen=True, slots=True)
class Person:
    """The part that can be erased: who proved it, from which network address, and the salt that hides them."""

    account_id: UUID
    address: str
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(SALT_BYTES), repr=False)

    @property
    def commitment(self) -> bytes:
        return hashlib.sha256(self.salt + encode("countersign person 1", self.account_id, self.address)).digest()


def encode(*values: object) -> bytes:
    """The values in the canonical encoding."""
    return b"".join(_MISSING if each is None else _field(_bytes(each)) for each in values)


def link_after(before: bytes, core: Core) -> bytes:
    """The link of an attestation that follows another."""
    return hashlib.sha256(before + core.encoded()).digest()


async def append(made: Sequence[tuple[Core, Person]]) -> None:
    """Write attestations of the bound tenant at the end of its chain, inside the caller's transaction.

    Number and commitment are set here. The head stays locked until the transaction ends: a client is locked before it,
    a counter after it.
    """
    if not made:
        return
    tenant_id = made[0][0].tenant_id
    sequence, link = await _lock_head(tenant_id)
    written: list[tuple[Core, Person, bytes]] = []
    for core, person in made:
        sequence += 1
        placed = replace(core, sequence=sequence, commitment=person.commitment)
        link = link_after(link, placed)
        written.append((placed, person, link))
    columns = [*zip(*(core.values()[1:] for core, _, _ in written), strict=True)]
    await rows(
        """
        with proofs as (
            insert into attestations (tenant_id, sequence, id, client_id, method, level, at, scope, session_id, ticket_id,
                                      message_id, expires_at, recorded_by, commitment, link)
            select $1::uuid, * from unnest($2::bigint[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[],
                                     $8::text[], $9::uuid[], $10::uuid[], $11::uuid[], $12::timestamptz[], $13::uuid[],
                                     $14::bytea[], $15::bytea[])
        ), people as (
            insert into attestation_persons (tenant_id, id, account_id, address, salt)
            select $1::uuid, * from unnest($3::uuid[], $16::uuid[], $17::text[], $18::bytea[])
        )
        update attestation_heads set sequence = $19, link = $20 where tenant_id = $1
        """,
        tenant_id,
        *(list(each) for each in columns),
        [each for _, _, each in written],
        [person.account_id for _, person, _ in written],
        [person.address for _, person, _ in written],
        [person.salt for _, person, _ in written],
        sequence,
        link,
    )


async def _lock_head(tenant_id: UUID) -> tuple[int, bytes]:
    """The end of the tenant's chain, locked; it is made with the first attestation."""
    found: Any = await row("select sequence, link from attestation_heads where tenant_id = $1 for update", tenant_id)
    if found is None:
        found = await row(
            "insert into attestation_heads as h (tenant_id, id, sequence, link) values ($1, 'attestations', 0, $2) "
            "on conflict (tenant_id, id) do update set sequence = h.sequence returning sequence, link",
            tenant_id,
            GENESIS,
        )
    return found["sequence"], found["link"]


def _field(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def _bytes(value: object) -> bytes:
    match value:
        case bytes():
            return value
        case UUID():
            return value.bytes
        case int():
            return value.to_bytes(8, "big", signed=True)
        case datetime():
            return ((value - _EPOCH) // _MICROSECOND).to_bytes(8, "big", signed=True)
        case str():
            return value.encode()
    raise TypeError(f"A {type(value).__name__} has no canonical encoding.")
