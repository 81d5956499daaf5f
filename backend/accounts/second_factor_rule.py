"""Whether a company's staff must use a second factor."""

from backend.accounts.events import SecondFactorRuleSet
from backend.accounts.second_factor import factors_of
from backend.actor import Actor, require_admin, require_recent_sign_in
from backend.database import rows, transaction
from backend.errors import Refusal
from backend.events import record


async def set_second_factor_rule(actor: Actor, required: bool) -> None:
    """Require a second factor of the staff, or no longer. Who has none sets one up before anything else, from now on.

    Raises:
        Refusal: not an admin with a recent sign-in; or one without a second factor requires it of everybody.
    """
    require_admin(actor)
    require_recent_sign_in(actor)
    if required:
        own = await factors_of(actor.account)
        if not (own.totp or own.passkeys):
            raise Refusal("own_second_factor_first", "required")
    async with transaction():
        await rows("update tenants set staff_second_factor = $2 where id = $1", actor.tenant_id, required)
        await record(actor, SecondFactorRuleSet(required=required))
