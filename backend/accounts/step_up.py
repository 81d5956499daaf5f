"""Step up: say again, within a session, that it is still you. Sensitive verbs ask for it.

A session lasts for days, and a desk is left alone for minutes: who changes the staff, the rules of proof or a way of
signing in has typed a password or a second factor a short while ago.
"""

from datetime import timedelta
from typing import Final

from backend.accounts.own import own_account
from backend.accounts.passwords import Busy, verify_password
from backend.accounts.secret import Secret
from backend.accounts.throttle import give_back, take_place
from backend.actor import Actor
from backend.clock import real_now
from backend.database import rows, value
from backend.errors import Refusal

RECENT: Final = timedelta(minutes=15)


def require_recent_sign_in(actor: Actor) -> None:
    """Raises: Refusal `step_up_needed` unless the password or a second factor was typed within a quarter of an hour."""
    if actor.kind == "system":
        return
    if actor.stepped_up_at is None or real_now() - actor.stepped_up_at > RECENT:
        raise Refusal("step_up_needed")


async def step_up(actor: Actor, password: Secret) -> None:
    """Make the session fresh again for a quarter of an hour.

    Raises:
        Refusal: `step_up_refused`; `too_many_tries`, then without looking; nobody is signed in.
    """
    own = own_account(actor)
    place = await take_place(actor.tenant_id, own.email, actor.address)
    kept: str | None = await value(
        "select password_hash from accounts where id = $1 and disabled_at is null", own.account_id
    )
    try:
        right = await verify_password(password.reveal(), kept)
    except Busy:
        await give_back(place)
        raise
    if not right:
        raise Refusal("step_up_refused", "password")
    await rows("update sessions set stepped_up_at = $2 where id = $1", own.session_id, real_now())
    await give_back(place)
