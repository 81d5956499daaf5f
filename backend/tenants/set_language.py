"""The language and time zone of a company, and whether its clients choose a priority."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backend.actor import Actor, require_admin
from backend.database import transaction
from backend.errors import Refusal
from backend.events import record
from backend.tenants.events import CompanyChanged
from backend.tenants.tables import Tenant

LANGUAGES = ("en", "nl")


async def set_language(actor: Actor, language: str, time_zone: str) -> None:
    """Change the language of portal and mails and the zone in which times are told.

    Raises:
        Refusal: not an admin, or a language or zone that is not known.
    """
    require_admin(actor)
    if language not in LANGUAGES:
        raise Refusal("not_a_language", "language")
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refusal("not_a_time_zone", "timeZone") from None
    async with transaction():
        await Tenant.update({Tenant.language: language, Tenant.time_zone: time_zone}).where(
            Tenant.id == actor.tenant_id
        )
        await record(actor, CompanyChanged(what="language"))


async def set_priority_choice(actor: Actor, allowed: bool) -> None:
    """Let clients choose the priority of a request, or not (FIELD.md E4). Raises: Refusal unless an admin."""
    require_admin(actor)
    async with transaction():
        await Tenant.update({Tenant.priority_choice: allowed}).where(Tenant.id == actor.tenant_id)
        await record(actor, CompanyChanged(what="priority"))
