"""Codes of an authenticator app (RFC 6238): six digits, thirty seconds, the step before and after counted too.

The secret is sealed under the tenant's keys. A code is taken once: the step that it belongs to is kept, and neither that
step nor an earlier one is taken again, however many ask side by side.
"""

import base64
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from backend.accounts.tables import TotpSecret
from backend.clock import real_now
from backend.database import row, value
from backend.ids import new_id
from backend.vault import seal, unseal

STEP_SECONDS: Final = 30
DIGITS: Final = 6
SECRET_BYTES: Final = 20
_PURPOSE: Final = "totp secret"


@dataclass(frozen=True, slots=True)
class TotpSetup:
    """A secret that was just made: as it is typed into an app, and as the address that a picture holds."""

    key: str
    uri: str


async def insert_secret(tenant_id: UUID, account_id: UUID, *, issuer: str, name: str) -> TotpSetup:
    """Make a secret that counts once a code of it has been given; inside the caller's transaction.

    An earlier one that was never confirmed goes.
    """
    await value("delete from totp_secrets where account_id = $1 and confirmed_at is null returning true", account_id)
    secret, secret_id = secrets.token_bytes(SECRET_BYTES), new_id()
    await TotpSecret.insert(
        TotpSecret(
            tenant_id=tenant_id,
            id=secret_id,
            account_id=account_id,
            sealed=await seal(tenant_id, _PURPOSE, secret_id, secret),
            created_at=real_now(),
            confirmed_at=None,
            last_step=None,
        )
    )
    # A colon parts issuer and name in the address (Key URI Format), so it may stand in neither.
    uri = _generator(secret).get_provisioning_uri(name.replace(":", " "), issuer.replace(":", " "))
    return TotpSetup(key=base64.b32encode(secret).decode(), uri=uri)


async def take_code(tenant_id: UUID, account_id: UUID, typed: str, *, confirmed: bool = True) -> UUID | None:
    """Take a code, once. Returns the id of the secret that it belongs to, or None where the code is not taken."""
    code = "".join(typed.split())
    found = await row(
        "select id, sealed from totp_secrets where account_id = $1 and (confirmed_at is not null) = $2",
        account_id,
        confirmed,
    )
    if found is None or len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        return None
    step = matching_step(await unseal(tenant_id, _PURPOSE, found["id"], found["sealed"]), code, real_now())
    if step is None:
        return None
    taken: UUID | None = await value(
        "update totp_secrets set last_step = $2 where id = $1 and coalesce(last_step, -1) < $2 returning id",
        found["id"],
        step,
    )
    return taken


def matching_step(secret: bytes, code: str, at: datetime) -> int | None:
    """The time step whose code it is: now, the one before or the one after. All three are compared."""
    generator, now = _generator(secret), int(at.timestamp()) // STEP_SECONDS
    found: int | None = None
    for step in (now - 1, now, now + 1):
        if hmac.compare_digest(generator.generate(step * STEP_SECONDS).decode(), code):
            found = step
    return found


def _generator(secret: bytes) -> TOTP:
    return TOTP(secret, DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303 (HMAC-SHA-1 is what the apps speak)
