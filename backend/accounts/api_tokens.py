"""Tokens of a company's own programs: made and revoked by its admins, shown once, kept as a hash.

Whoever shows one acts as a program with the token's scopes and no other right; there is no session and no cookie.
"""

import base64
import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from backend.accounts.events import ApiTokenChanged
from backend.accounts.secret import Secret
from backend.accounts.tables import ApiToken
from backend.accounts.throttle import give_back, take_place, take_program_place
from backend.actor import Actor, program, require_admin, require_recent_sign_in
from backend.clock import real_now
from backend.database import Row, row, rows, transaction
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.keys import token_hash
from backend.text import one_line

PREFIX: Final = "cst_"
SCOPES: Final = ("cards",)
MOST_TOKENS: Final = 50
_SEEN: Final = timedelta(minutes=1)


async def create_api_token(actor: Actor, name: str, scopes: list[str]) -> tuple[UUID, Secret]:
    """Make a token. Returns its id and the token itself, which nobody can read again.

    Raises:
        Refusal: not an admin; no name; a scope that is none, or none at all; more tokens than anyone needs.
    """
    require_admin(actor)
    require_recent_sign_in(actor)
    named = one_line(name, "name", 100)
    if not scopes or not set(scopes) <= set(SCOPES):
        raise Refusal("required", "scopes")
    token = PREFIX + base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")
    token_id = new_id()
    async with transaction():
        if len(await rows("select 1 from api_tokens where revoked_at is null")) >= MOST_TOKENS:
            raise Refusal("too_many", most=MOST_TOKENS)
        await ApiToken.insert(
            ApiToken(
                tenant_id=actor.tenant_id, id=token_id, name=named, token_hash=token_hash(token),
                scopes=sorted(set(scopes)), created_by=actor.account_id, created_at=real_now(), last_used_at=None,
                revoked_at=None,
            )
        )  # fmt: skip
        await record(actor, ApiTokenChanged(token_id=token_id, name=named, what="created"))
    return token_id, Secret(token)


async def revoke_api_token(actor: Actor, token_id: UUID) -> None:
    """Take a token's rights away at once. Raises: Refusal: not an admin, or there is no such token in force."""
    require_admin(actor)
    async with transaction():
        found = await rows(
            "update api_tokens set revoked_at = $2 where id = $1 and revoked_at is null returning name",
            token_id,
            real_now(),
        )
        if not found:
            raise Refusal("not_found", "id")
        await record(actor, ApiTokenChanged(token_id=token_id, name=found[0]["name"], what="revoked"))


async def list_api_tokens(actor: Actor) -> list[Row]:
    """The tokens in force and those revoked of late, newest first; for admins, others get none."""
    if not actor.administers:
        return []
    return await rows(
        """select t.id, t.name, t.scopes, t.created_at, t.last_used_at, t.revoked_at, a.name as created_by
             from api_tokens t left join accounts a on a.tenant_id = t.tenant_id and a.id = t.created_by
            order by t.revoked_at is not null, t.created_at desc, t.id limit 200"""
    )


async def find_program(tenant_id: UUID, token: str, language: str, address: str) -> Actor:
    """Who acts by a token of the bound tenant.

    Raises:
        Refusal: `token_refused`; `too_many_tries` from an address that guesses, or with a token that is used too much.
    """
    place = await take_place(tenant_id, "", address)
    found = await row(
        "select id, name, scopes, last_used_at from api_tokens where token_hash = $1 and revoked_at is null",
        token_hash(token),
    )
    if found is None:
        raise Refusal("token_refused")
    await give_back(place)
    await take_program_place(tenant_id, found["id"])
    await _note_use(found["id"], found["last_used_at"])
    return program(tenant_id, language, found["name"], frozenset(found["scopes"]), address)


async def _note_use(token_id: UUID, last: datetime | None) -> None:
    """To the minute: a program that calls a hundred times a second need not write as often."""
    at = real_now()
    if last is None or last < at - _SEEN:
        await rows("update api_tokens set last_used_at = $2 where id = $1", token_id, at)
