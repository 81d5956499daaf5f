"""Recovery codes: each stands in for a second factor once. Shown when they are made, kept as keyed hashes."""

import secrets
from typing import Final
from uuid import UUID

from backend.accounts.tables import RecoveryCode
from backend.clock import real_now
from backend.database import value
from backend.ids import new_id
from backend.keys import keyed_hash

HOW_MANY: Final = 10
LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for one another."""
LENGTH: Final = 10
"""Letters of a code: 49 bits, which no throttled guessing reaches."""
_LONGEST_TYPED: Final = 100


async def replace_codes(tenant_id: UUID, account_id: UUID) -> list[str]:
    """New codes in place of the old; inside the caller's transaction. They stand nowhere else from then on."""
    await value("with gone as (delete from recovery_codes where account_id = $1) select true", account_id)
    codes = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(HOW_MANY)]
    at = real_now()
    await RecoveryCode.insert(
        *(
            RecoveryCode(
                tenant_id=tenant_id,
                id=new_id(),
                account_id=account_id,
                code_hash=_hash(tenant_id, account_id, code),
                created_at=at,
                used_at=None,
            )
            for code in codes
        )
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


async def take_recovery_code(tenant_id: UUID, account_id: UUID, typed: str) -> bool:
    """Use a code up; False where it is none, or was used before."""
    code = "".join(letter for letter in typed[:_LONGEST_TYPED].lower() if letter.isascii() and letter.isalnum())
    used = await value(
        "update recovery_codes set used_at = $3 where account_id = $1 and code_hash = $2 and used_at is null returning true",
        account_id,
        _hash(tenant_id, account_id, code),
        real_now(),
    )
    return used is not None


def _hash(tenant_id: UUID, account_id: UUID, code: str) -> bytes:
    return keyed_hash("recovery code", tenant_id.bytes, account_id.bytes, code)
