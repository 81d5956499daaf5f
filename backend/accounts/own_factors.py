"""Set up second factors of one's own, and remove them. Each change wants a recent sign-in, and is mailed to the owner."""

from uuid import UUID

from backend.accounts.challenges import Holder
from backend.accounts.events import FactorsChanged, FactorsReset
from backend.accounts.own import Own, own_account
from backend.accounts.passkeys import insert_passkey, registration_options
from backend.accounts.recovery_codes import replace_codes
from backend.accounts.second_factor import factors_of
from backend.accounts.secret import Secret
from backend.accounts.sessions import revoke_sessions
from backend.accounts.totp import TotpSetup, insert_secret, take_code
from backend.actor import Actor, require_admin, require_recent_sign_in
from backend.clock import real_now
from backend.database import Row, row, rows, transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.text import one_line

MOST_PASSKEYS = 20


async def list_passkeys(actor: Actor) -> list[Row]:
    """One's own passkeys, oldest first."""
    own = own_account(actor)
    return await rows(
        "select id, name, created_at, last_used_at from passkeys where account_id = $1 order by created_at, id",
        own.account_id,
    )


async def begin_totp(actor: Actor) -> TotpSetup:
    """Make the secret of an authenticator app; it counts once a code of it was given.

    Raises:
        Refusal: not signed in a short while ago, or there is one already.
    """
    own = _recent(actor)
    if (await factors_of(own.account_id)).totp:
        raise Refusal("already_there")
    async with transaction():
        await _lock_account(own)
        company: str = await value("select name from tenants")
        return await insert_secret(actor.tenant_id, own.account_id, issuer=company, name=own.email)


async def confirm_totp(actor: Actor, code: Secret) -> list[str]:
    """Let the secret count, by a code of it. Returns the recovery codes where this is the first second factor.

    Raises:
        Refusal: not signed in a short while ago, or it is no code of that secret.
    """
    own = _recent(actor)
    async with transaction():
        await _lock_account(own)
        had = await factors_of(own.account_id)
        secret_id = await take_code(actor.tenant_id, own.account_id, code.reveal(), confirmed=False)
        if secret_id is None or had.totp:
            raise Refusal("code_refused", "code")
        await rows("update totp_secrets set confirmed_at = $2 where id = $1", secret_id, real_now())
        return await _added(actor, own, "totp_added", first=not had.any)


async def remove_totp(actor: Actor) -> None:
    """Forget the authenticator app.

    Raises:
        Refusal: not signed in a short while ago, there is none, or the company requires one and there is no other.
    """
    own = _recent(actor)
    async with transaction():
        await _lock_account(own)
        gone = await value("delete from totp_secrets where account_id = $1 returning true", own.account_id)
        if not gone:
            raise Refusal("not_found")
        await _removed(actor, own, "totp_removed")


async def begin_passkey(actor: Actor, origin: str) -> str:
    """What the browser needs to make a passkey, as JSON.

    Raises:
        Refusal: not signed in a short while ago, or there are too many.
    """
    own = _recent(actor)
    if (await factors_of(own.account_id)).passkeys >= MOST_PASSKEYS:
        raise Refusal("too_many_passkeys", most=MOST_PASSKEYS)
    found = await row(
        "select a.name, t.name as company from accounts a join tenants t on t.id = a.tenant_id where a.id = $1",
        own.account_id,
    )
    assert found is not None, "it is signed in"
    return await registration_options(
        actor.tenant_id, own.account_id, holder=_session(own), origin=origin, company=found["company"],
        email=own.email, name=found["name"],
    )  # fmt: skip


async def add_passkey(actor: Actor, name: str, answer: Secret) -> list[str]:
    """Keep the passkey that the browser made. Returns the recovery codes where this is the first second factor.

    Raises:
        Refusal: not signed in a short while ago, a name that cannot be kept, or an answer that does not hold.
    """
    own = _recent(actor)
    shown = one_line(name, "name", 100)
    async with transaction():
        await _lock_account(own)
        had = await factors_of(own.account_id)
        if had.passkeys >= MOST_PASSKEYS:
            raise Refusal("too_many_passkeys", most=MOST_PASSKEYS)
        if not await insert_passkey(actor.tenant_id, own.account_id, shown, _session(own), answer.reveal()):
            raise Refusal("passkey_refused", "passkey")
        return await _added(actor, own, "passkey_added", first=not had.any)


async def remove_passkey(actor: Actor, passkey_id: UUID) -> None:
    """Forget a passkey.

    Raises:
        Refusal: not signed in a short while ago, it is none of theirs, or the company requires one and it is the last.
    """
    own = _recent(actor)
    async with transaction():
        await _lock_account(own)
        gone = await value(
            "delete from passkeys where id = $1 and account_id = $2 returning true", passkey_id, own.account_id
        )
        if not gone:
            raise Refusal("not_found", "id")
        await _removed(actor, own, "passkey_removed")


async def new_recovery_codes(actor: Actor) -> list[str]:
    """New recovery codes; the old ones count no more.

    Raises:
        Refusal: not signed in a short while ago, or there is no second factor.
    """
    own = _recent(actor)
    async with transaction():
        await _lock_account(own)
        if not (await factors_of(own.account_id)).any:
            raise Refusal("no_second_factor")
        codes = await replace_codes(actor.tenant_id, own.account_id)
        await record(actor, FactorsChanged(account_id=own.account_id, what="recovery_codes_made"))
        return codes


async def reset_factors(actor: Actor, member_id: UUID) -> None:
    """Take the second factors from a colleague who lost them, and sign them out everywhere. They are told by mail.

    Raises:
        Refusal: not an admin with a recent sign-in, an owner's by another than an owner, one's own, or not here.
    """
    require_admin(actor)
    require_recent_sign_in(actor)
    async with transaction():
        member = await row("select account_id, role from members where id = $1 for update", member_id)
        if member is None:
            raise Refusal("not_found", "id")
        if member["account_id"] == actor.account_id or (member["role"] == "owner" and actor.role != "owner"):
            raise Refusal("not_allowed", "id")
        await _forget(member["account_id"])
        await revoke_sessions(member["account_id"])
        await record(actor, FactorsReset(account_id=member["account_id"]))


async def _added(actor: Actor, own: Own, what: str, *, first: bool) -> list[str]:
    codes = await replace_codes(actor.tenant_id, own.account_id) if first else []
    await record(actor, FactorsChanged(account_id=own.account_id, what=what))
    return codes


async def _removed(actor: Actor, own: Own, what: str) -> None:
    if not (await factors_of(own.account_id)).any:
        required = await value(
            "select t.staff_second_factor from tenants t join members m on m.tenant_id = t.id where m.account_id = $1",
            own.account_id,
        )
        if required:
            raise Refusal("second_factor_required")
        await _forget(own.account_id)
    await record(actor, FactorsChanged(account_id=own.account_id, what=what))


async def _forget(account_id: UUID) -> None:
    for table in ("totp_secrets", "passkeys", "recovery_codes"):
        await rows(f"delete from {table} where account_id = $1", account_id)  # noqa: S608 (names of ours)


async def _lock_account(own: Own) -> None:
    """One change at a time, so that two cannot each remove the other's last factor."""
    await rows("select id from accounts where id = $1 for no key update", own.account_id)


def _recent(actor: Actor) -> Own:
    own = own_account(actor)
    require_recent_sign_in(actor)
    return own


def _session(own: Own) -> Holder:
    return Holder("session", str(own.session_id))
