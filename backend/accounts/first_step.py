"""Sign in by two steps: after the password, or a mailed link, a second factor is due.

Between the two there is no session, only a cookie of that browser, good for five minutes and five tries. Tries count as
those of a password do; those with codes of an authenticator app are counted for a day on top, since six digits are few.
"""

import secrets
from datetime import timedelta
from typing import Final, Literal, NamedTuple
from uuid import UUID

from backend.accounts.challenges import Holder
from backend.accounts.let_in import SignedIn, Visit, let_in
from backend.accounts.passkeys import signing_options
from backend.accounts.second_factor import Factor, Factors, Kind, factors_of, take_factor
from backend.accounts.tables import FirstStep
from backend.accounts.throttle import give_back, take_place
from backend.clock import real_now
from backend.database import Row, row, value
from backend.errors import Refusal
from backend.ids import new_id
from backend.keys import token_hash

GOOD_FOR: Final = timedelta(minutes=5)
MOST_TRIES: Final = 5
MOST_TRIES_A_DAY: Final = 30
DAY: Final = timedelta(hours=24)
_LONGEST_TOKEN: Final = 100


class FactorDue(NamedTuple):
    """The first step is taken: its token, for that browser alone, and the ways to take the second."""

    token: str
    kinds: list[Kind]


async def take_first_step(visit: Visit, account_id: UUID, made_by: Literal["password", "link"]) -> SignedIn | FactorDue:
    """Let the owner of the account in, or ask for the second factor where there is one.

    Raises:
        Refusal: the account signs in no more.
    """
    factors = await factors_of(account_id)
    if not factors.any:
        return await let_in(visit, account_id, made_by)
    return await _ask_for_factor(visit, account_id, made_by, factors)


async def _ask_for_factor(
    visit: Visit, account_id: UUID, made_by: Literal["password", "link"], factors: Factors
) -> FactorDue:
    token, at = secrets.token_urlsafe(32), real_now()
    await FirstStep.insert(
        FirstStep(
            tenant_id=visit.tenant_id,
            id=new_id(),
            account_id=account_id,
            token_hash=token_hash(token),
            made_by=made_by,
            tries=0,
            created_at=at,
            expires_at=at + GOOD_FOR,
            used_at=None,
        )
    )
    return FactorDue(token, factors.kinds)


async def second_step_options(tenant_id: UUID, token: str | None, origin: str) -> str:
    """What the browser needs to have a passkey sign as the second step, as JSON. Raises: Refusal `first_step_over`."""
    step = await _find(token)
    return await signing_options(
        tenant_id, "second_step", holder=_holder(step), origin=origin, account_id=step["account_id"]
    )


async def take_second_step(visit: Visit, token: str | None, factor: Factor) -> SignedIn:
    """Let in who took the first step and gives the second factor.

    Raises:
        Refusal: `factor_refused`; `first_step_over` where the first step is too long ago, was used or had too many tries;
            `too_many_tries`, then without looking.
    """
    step = await _find(token)
    place = await take_place(visit.tenant_id, step["email"], visit.address)
    await _count_try(step, factor.kind)
    if not await take_factor(visit.visitor, step["account_id"], factor, purpose="second_step", holder=_holder(step)):
        raise Refusal("factor_refused")
    used = await value(
        "update first_steps set used_at = $2 where id = $1 and used_at is null returning true", step["id"], real_now()
    )
    if not used:
        raise Refusal("first_step_over")
    signed_in = await let_in(visit, step["account_id"], "second_factor")
    await give_back(place)
    return signed_in


async def _find(token: str | None) -> Row:
    found = None
    if token and len(token) <= _LONGEST_TOKEN and token.isascii():
        found = await row(
            """select s.id, s.account_id, a.email from first_steps s
                 join accounts a on a.tenant_id = s.tenant_id and a.id = s.account_id
                where s.token_hash = $1 and s.used_at is null and s.expires_at > $2 and a.disabled_at is null""",
            token_hash(token),
            real_now(),
        )
    if found is None:
        raise Refusal("first_step_over")
    return found


async def _count_try(step: Row, kind: Kind) -> None:
    """Count the try before it is looked at. Raises: Refusal where those of this step, or of the day, are used up."""
    if kind == "totp":
        today = await value(
            "select coalesce(sum(tries), 0) from first_steps where account_id = $1 and created_at > $2 and used_at is null",
            step["account_id"],
            real_now() - DAY,
        )
        if today >= MOST_TRIES_A_DAY:
            raise Refusal("too_many_tries")
    counted = await value(
        "update first_steps set tries = tries + 1 where id = $1 and tries < $2 and used_at is null returning true",
        step["id"],
        MOST_TRIES,
    )
    if not counted:
        raise Refusal("first_step_over")


def _holder(step: Row) -> Holder:
    return Holder("step", str(step["id"]))
