"""The ways of proving that a company offers. Their order is fixed; each can be switched on and off."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from backend.accounts.second_factor import factors_of
from backend.actor import Actor, require_admin, require_recent_sign_in
from backend.clients.queries import card_on_file
from backend.clock import real_now
from backend.database import row, rows, transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.tenants.events import CompanyChanged
from backend.tenants.proof_levels import is_reached
from backend.verification.attestations import Attestation
from backend.verification.checks import APPROVERS, is_rested
from backend.verification.levels import LEVEL_OF, STEP_UPS, Level, StepUp, reaches

SWITCHED: Final = ("email", "card", "password", "totp", "passkey", "pin")
"""To be signed in is a proof that needs no switch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedMethod:
    """A way of proving, for the contact who asks: `works` is false where it cannot pass, such as no card on file."""

    method: StepUp
    level: Level
    works: bool


async def methods_on() -> frozenset[str]:
    """The methods that the bound company has switched on."""
    return frozenset(await value("select proof_methods from tenants") or ())


async def require_method(method: str) -> None:
    """Raises: Refusal `proof_not_offered` where the company has switched the method off."""
    if method not in await methods_on():
        raise Refusal("proof_not_offered", "proof")


async def offered_methods(actor: Actor, needed: str) -> list[OfferedMethod]:
    """The methods that reach a level and are on, the one that asks least first, as they are for this contact.

    Whether one works tells of the account, so it is told to its own contacts alone; others are offered nothing.
    """
    if actor.kind != "contact" or actor.client_id is None:
        return []
    on = await methods_on()
    return [
        OfferedMethod(method=method, level=LEVEL_OF[method], works=await works(actor, actor.client_id, method))
        for method in STEP_UPS
        if method in on and reaches(LEVEL_OF[method], needed)
    ]


async def mail_level(actor: Actor, *, authenticated: bool) -> Attestation | None:
    """What a mail of somebody proves, to be kept with `attest_ticket`: that its sender was authenticated, or nothing."""
    if not authenticated or actor.is_staff or actor.account_id is None or "email" not in await methods_on():
        return None
    return Attestation(
        id=new_id(), account_id=actor.account_id, client_id=actor.client_id, method="email", level="email",
        at=real_now(), address="", scope="session", by=actor.name,
    )  # fmt: skip


async def set_methods(actor: Actor, methods: Collection[str]) -> None:
    """Switch the ways of proving on and off, for all departments at once. What was proved stays proved.

    Raises:
        Refusal: not an admin, or not signed in a short while ago; no method; or `proof_method_needed` with the name of
            a department or kind that needs proof which no method that stays on gives.
    """
    require_admin(actor)
    require_recent_sign_in(actor)
    wanted = frozenset(methods)
    if not wanted <= frozenset(SWITCHED):
        raise Refusal("proof_not_offered", "methods")
    async with transaction():
        # Held against whoever gives a department another level meanwhile.
        await row("select id from tenants for no key update")
        for place in await rows(
            """select name, proof_level from departments where archived_at is null
                union all
               select d.name || ' / ' || k.name, k.proof_level from kinds k
                 join departments d on d.tenant_id = k.tenant_id and d.id = k.department_id
                where k.archived_at is null and d.archived_at is null order by 1"""
        ):
            if not is_reached(place["proof_level"], wanted):
                raise Refusal("proof_method_needed", "methods", place=place["name"])
        await rows(
            "update tenants set proof_methods = $2 where id = $1",
            actor.tenant_id,
            [method for method in SWITCHED if method in wanted],
        )
        await record(actor, CompanyChanged(what="proof methods"))


async def works(actor: Actor, client_id: UUID, method: StepUp) -> bool:
    """Whether the contact has what the method asks for, and it would be taken today."""
    if method != "card" and not await is_rested(actor, method):
        return False
    match method:
        case "card":
            return await card_on_file(client_id)
        case "password":
            return actor.contact_role in APPROVERS
        case "totp":
            return actor.contact_role in APPROVERS and (await factors_of(actor.account)).totp
        case "passkey":
            return actor.contact_role in APPROVERS and (await factors_of(actor.account)).passkeys > 0
