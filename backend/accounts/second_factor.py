"""Second factors of an account: which there are, and taking one."""

from dataclasses import dataclass
from typing import Literal, TypeAlias
from uuid import UUID

from backend.accounts.challenges import Holder, Purpose
from backend.accounts.events import RecoveryCodeUsed
from backend.accounts.passkeys import take_signature
from backend.accounts.recovery_codes import take_recovery_code
from backend.accounts.secret import Secret
from backend.accounts.totp import take_code
from backend.actor import Actor
from backend.database import row, transaction
from backend.events import record

Kind: TypeAlias = Literal["totp", "passkey", "recovery"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Factors:
    """What an account has beside its password."""

    totp: bool
    passkeys: int
    recovery_codes: int

    @property
    def any(self) -> bool:
        """Whether there is one: recovery codes alone are none."""
        return self.totp or self.passkeys > 0

    @property
    def kinds(self) -> list[Kind]:
        """The ways to answer when a second factor is asked for."""
        if not self.any:
            return []
        found: list[tuple[Kind, bool]] = [
            ("passkey", self.passkeys > 0), ("totp", self.totp), ("recovery", self.recovery_codes > 0),
        ]  # fmt: skip
        return [kind for kind, there in found if there]


@dataclass(frozen=True, slots=True)
class Factor:
    """What somebody gives as a second factor: a code, or a passkey's answer as JSON."""

    kind: Kind
    secret: Secret


async def factors_of(account_id: UUID) -> Factors:
    """The second factors of an account of the bound tenant; one statement."""
    found = await row(
        """select exists (select from totp_secrets where account_id = $1 and confirmed_at is not null) as totp,
                  (select count(*) from passkeys where account_id = $1) as passkeys,
                  (select count(*) from recovery_codes where account_id = $1 and used_at is null) as recovery_codes""",
        account_id,
    )
    assert found is not None, "it has no condition"
    return Factors(**dict(found))


async def take_factor(actor: Actor, account_id: UUID, factor: Factor, *, purpose: Purpose, holder: Holder) -> bool:
    """Take a second factor of the account, once; False where it is not one. Opens a transaction of its own.

    The owner is told of a recovery code that was used: there are few.
    """
    typed = factor.secret.reveal()
    match factor.kind:
        case "totp":
            return await take_code(actor.tenant_id, account_id, typed) is not None
        case "passkey":
            signed = await take_signature(actor.tenant_id, purpose, holder, typed, account_id=account_id)
            return signed is not None
        case "recovery":
            async with transaction():
                taken = await take_recovery_code(actor.tenant_id, account_id, typed)
                if taken:
                    await record(actor, RecoveryCodeUsed(account_id=account_id))
            return taken
