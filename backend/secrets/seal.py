"""A secret under a key of its own: sealed, opened, destroyed. Callers hold the ticket's lock and have asked who may.

The key is random, used for one secret (and the mail that it was masked in), and kept wrapped by the tenant's key. When
the row of the key is gone, nothing opens the ciphertext, wherever a copy of it lies.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from backend.accounts.secret import Secret
from backend.database import row, rows, value
from backend.errors import Refusal
from backend.ids import new_id
from backend.secrets.leaks import find_leaks
from backend.secrets.tables import SealedSecret, SecretKey
from backend.text import one_line
from backend.vault import seal, unseal
from backend.wrapping import KEY_BYTES, CannotUnseal, decrypt, encrypt

MOST_VALUE: Final = 10_000
MOST_LABEL: Final = 120
MOST_AT_ONCE: Final = 20
_PURPOSE: Final = "secret key"

Side = Literal["client", "staff"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSecret:
    """What somebody seals: under a name, as the answer to what was asked for (`asked_id`) or to a question of the form.

    `file_key`: it was masked in the mail that is kept there.
    """

    label: str
    value: Secret
    source: Literal["asked", "form", "message", "mail"] = "message"
    asked_id: UUID | None = None
    question_id: UUID | None = None
    file_key: str | None = None


def check_secret(new: NewSecret) -> None:
    """Raises: Refusal where name or value cannot be kept, or the name looks like a secret itself."""
    check_label(new.label)
    text = new.value.reveal()
    if not text.strip():
        raise Refusal("required", "secret")
    if len(text) > MOST_VALUE and new.source != "mail":
        raise Refusal("too_long", "secret", most=MOST_VALUE)
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Refusal("bad_text", "secret")


def check_label(raw: str) -> str:
    """The name of a secret, as it is kept. Raises: Refusal where it cannot be, or looks like a secret itself."""
    label = one_line(raw, "label", MOST_LABEL)
    if find_leaks(label):
        raise Refusal("leak_suspected", "label")
    return label


async def store_secret(
    tenant_id: UUID, ticket_id: UUID, new: NewSecret, *, by: UUID, side: Side, message_id: UUID | None, at: datetime
) -> UUID:
    """Seal a checked secret. One that was asked for takes its place, unless it was destroyed or sent meanwhile.

    Raises:
        Refusal: what was asked for is not asked for any more.
    """
    secret_id = new.asked_id or new_id()
    key = secrets.token_bytes(KEY_BYTES)
    ciphertext = encrypt(key, new.value.reveal().encode(), _context(tenant_id, secret_id, "value"))
    if new.asked_id is None:
        await SealedSecret.insert(
            SealedSecret(
                tenant_id=tenant_id, id=secret_id, ticket_id=ticket_id, message_id=message_id,
                question_id=new.question_id, label=one_line(new.label, "label", MOST_LABEL), source=new.source,
                state="sent", side=side, ciphertext=ciphertext, file_key=new.file_key, sent_by=by, sent_at=at, views=0,
            )
        )  # fmt: skip
    else:
        answered = await row(
            "update secrets set state = 'sent', ciphertext = $4, sent_by = $5, sent_at = $6, message_id = $7 "
            "where tenant_id = $1 and id = $2 and ticket_id = $3 and state = 'asked' returning id",
            tenant_id, secret_id, ticket_id, ciphertext, by, at, message_id,
        )  # fmt: skip
        if answered is None:
            raise Refusal("not_found", "id")
    await SecretKey.insert(
        SecretKey(tenant_id=tenant_id, id=secret_id, wrapped=await seal(tenant_id, _PURPOSE, secret_id, key))
    )
    return secret_id


async def ask_secret(tenant_id: UUID, ticket_id: UUID, label: str, *, by: UUID, at: datetime) -> UUID:
    """A place for a secret that the client's side is asked for."""
    secret_id = new_id()
    await SealedSecret.insert(
        SealedSecret(
            tenant_id=tenant_id, id=secret_id, ticket_id=ticket_id, label=label, source="asked", state="asked",
            side="client", asked_by=by, asked_at=at, views=0,
        )
    )  # fmt: skip
    return secret_id


async def open_secret(tenant_id: UUID, secret_id: UUID) -> Secret:
    """What was sealed.

    Raises:
        Refusal: it was destroyed or never sent, or its key is not here (after a restore, which brings no keys back).
    """
    ciphertext = await value("select ciphertext from secrets where id = $1 and state = 'sent'", secret_id)
    if ciphertext is None:
        raise Refusal("not_found", "id")
    try:
        key = await _key_of(tenant_id, secret_id)
        return Secret(decrypt(key, ciphertext, _context(tenant_id, secret_id, "value")).decode())
    except CannotUnseal:
        raise Refusal("secret_lost", "id") from None


async def seal_file(tenant_id: UUID, secret_id: UUID, data: bytes) -> bytes:
    """A file under the key of a secret, so that it goes with it. Raises: CannotUnseal where the key is gone."""
    return encrypt(await _key_of(tenant_id, secret_id), data, _context(tenant_id, secret_id, "file"))


async def destroy_secret_row(
    tenant_id: UUID, secret_id: UUID, because: Literal["closed", "expired", "by_hand"], at: datetime
) -> None:
    """Take key and ciphertext away; what is left says that there was a secret."""
    await rows("delete from secret_keys where tenant_id = $1 and id = $2", tenant_id, secret_id)
    await rows(
        "update secrets set state = 'destroyed', ciphertext = null, destroyed_at = $3, destroyed_because = $4 "
        "where tenant_id = $1 and id = $2",
        tenant_id, secret_id, at, because,
    )  # fmt: skip


async def _key_of(tenant_id: UUID, secret_id: UUID) -> bytes:
    wrapped = await value("select wrapped from secret_keys where id = $1", secret_id)
    if wrapped is None:
        raise CannotUnseal("The key of this secret is not here.")
    return await unseal(tenant_id, _PURPOSE, secret_id, wrapped)


def _context(tenant_id: UUID, secret_id: UUID, what: str) -> bytes:
    return tenant_id.bytes + secret_id.bytes + what.encode()
