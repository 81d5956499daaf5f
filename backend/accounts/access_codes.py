"""A guest's access code: with the address that wrote, it opens that guest's own requests and nothing else (FIELD.md E2).

The code is derived from a row with the secret key, so it stands in no table and no queue: only in the mail that brings it.
"""

import hmac
import secrets
from typing import Final
from uuid import UUID

from backend.accounts.recovery_codes import LETTERS
from backend.accounts.tables import AccessCode
from backend.clock import real_now
from backend.database import row, rows, value
from backend.ids import new_id
from backend.keys import keyed_hash

LENGTH: Final = 10
"""Letters of a code: 49 bits."""
_SALT_BYTES: Final = 16
_LONGEST_TYPED: Final = 100


def access_code(tenant_id: UUID, code_id: UUID, salt: bytes) -> str:
    """The code of a row, as it is mailed."""
    derived = keyed_hash("access code", tenant_id.bytes, code_id.bytes, salt)
    number = int.from_bytes(derived, "big")
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return f"{''.join(letters[:5])}-{''.join(letters[5:])}"


async def first_access_code(tenant_id: UUID, account_id: UUID) -> UUID | None:
    """A code for a guest who has none; inside the caller's transaction. None where there is one: it is shown once."""
    await _lock(account_id)
    if await value("select true from access_codes where account_id = $1 and lapsed_at is null", account_id):
        return None
    return await _insert(tenant_id, account_id)


async def replace_access_code(tenant_id: UUID, account_id: UUID) -> UUID:
    """A new code; the one before works no more. Inside the caller's transaction."""
    await _lock(account_id)
    await rows(
        "update access_codes set lapsed_at = $2 where account_id = $1 and lapsed_at is null", account_id, real_now()
    )
    return await _insert(tenant_id, account_id)


async def guest_of_code(tenant_id: UUID, email: str, typed: str) -> UUID | None:
    """The guest whose address and code these are. The same work is done whoever is, or is not, there."""
    found = await row(
        """select a.id as account_id, c.id, c.salt from accounts a
             join access_codes c on c.tenant_id = a.tenant_id and c.account_id = a.id and c.lapsed_at is null
            where a.email = $1 and a.kind = 'guest' and a.disabled_at is null""",
        email,
    )
    code_id, salt = (found["id"], found["salt"]) if found else (UUID(int=0), b"")
    given = _letters(typed[:_LONGEST_TYPED])
    same = hmac.compare_digest(given, _letters(access_code(tenant_id, code_id, salt)))
    return found["account_id"] if found and same else None


async def _lock(account_id: UUID) -> None:
    """One code at a time: of two receipts that are made side by side one brings it."""
    await rows("select id from accounts where id = $1 for no key update", account_id)


async def _insert(tenant_id: UUID, account_id: UUID) -> UUID:
    code_id = new_id()
    await AccessCode.insert(
        AccessCode(
            tenant_id=tenant_id,
            id=code_id,
            account_id=account_id,
            salt=secrets.token_bytes(_SALT_BYTES),
            created_at=real_now(),
            lapsed_at=None,
        )
    )
    return code_id


def _letters(typed: str) -> bytes:
    return "".join(letter for letter in typed.lower() if letter.isascii() and letter.isalnum()).encode()
