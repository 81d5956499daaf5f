"""Whether the holder of the master key, settings or key service, opens every company's keys."""

from typing import Any

from backend.operator.checks.finding import Finding, judged
from backend.settings import Settings
from backend.vault import open_keys, opens_tenant_key
from backend.wrapping import KeysAway


async def check_keys(system: Any, settings: Settings) -> Finding:
    """Every tenant key opens; a service is asked about each, so its absence and its refusals show."""
    open_keys(settings)
    holder = settings.key_service_url or ("the settings" if settings.master_keys else "the secret key")
    keys = await system.fetch(
        "select k.tenant_id, k.id, k.wrapped, t.slug from tenant_keys k join tenants t on t.id = k.tenant_id order by t.slug"
    )
    try:
        closed = [
            each["slug"] for each in keys if not await opens_tenant_key(each["tenant_id"], each["id"], each["wrapped"])
        ]
    except KeysAway:
        return Finding(about="keys", well=False, words=f"{holder} does not answer, or does not let us ask")
    return judged(
        "keys", [f"{holder} does not open a key of {slug}" for slug in closed], f"{holder} opens all {len(keys)}"
    )
