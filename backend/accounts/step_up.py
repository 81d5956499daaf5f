"""Step up: say again, within a session, that it is still you. Sensitive verbs ask for it.

A session lasts for days, and a desk is left alone for minutes: who changes the staff, the rules of proof or a way of
signing in has typed a password or a second factor a short while ago. Who has a second factor is asked for that: a
password that was seen over a shoulder must not be enough to take the factor away.
"""

from backend.accounts.challenges import Holder
from backend.accounts.own import own_account
from backend.accounts.passkeys import signing_options
from backend.accounts.passwords import Busy, verify_password
from backend.accounts.second_factor import Factor, factors_of, take_factor
from backend.accounts.secret import Secret
from backend.accounts.throttle import give_back, take_place
from backend.actor import Actor
from backend.clock import real_now
from backend.database import rows, value
from backend.errors import Refusal


async def ways_to_step_up(actor: Actor) -> list[str]:
    """What is asked for: `password`, or the second factors that there are."""
    return list((await factors_of(own_account(actor).account_id)).kinds) or ["password"]


async def step_up_options(actor: Actor, origin: str) -> str:
    """What the browser needs to have a passkey sign, as JSON. Raises: Refusal where nobody is signed in."""
    own = own_account(actor)
    holder = Holder("session", str(own.session_id))
    return await signing_options(actor.tenant_id, "step_up", holder=holder, origin=origin, account_id=own.account_id)


async def step_up(actor: Actor, given: Secret | Factor) -> None:
    """Make the session fresh again for a quarter of an hour, by the password or a second factor where there is one.

    Raises:
        Refusal: `step_up_refused`; `too_many_tries`, then without looking; nobody is signed in.
    """
    own = own_account(actor)
    place = await take_place(actor.tenant_id, own.email, actor.address)
    factors = await factors_of(own.account_id)
    if isinstance(given, Secret):
        kept: str | None = await value(
            "select password_hash from accounts where id = $1 and disabled_at is null", own.account_id
        )
        try:
            passed = await verify_password(given.reveal(), None if factors.any else kept)
        except Busy:
            await give_back(place)
            raise
    else:
        holder = Holder("session", str(own.session_id))
        passed = await take_factor(actor, own.account_id, given, purpose="step_up", holder=holder)
    if not passed:
        raise Refusal("step_up_refused")
    await rows("update sessions set stepped_up_at = $2 where id = $1", own.session_id, real_now())
    await give_back(place)
