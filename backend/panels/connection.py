"""The company's hosting panel: where it is, what we show it, and whose word counts."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

import msgspec

from backend.accounts.secret import Secret
from backend.actor import Actor, require_admin, require_recent_sign_in
from backend.clock import real_now
from backend.database import row, rows, transaction
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.panels.addresses import panel_url
from backend.panels.breaker import Breaker, breaker_of, forget, guarded
from backend.panels.connectors import GenericPanel, Panel, Question, WhmcsPanel
from backend.panels.errors import PanelAway
from backend.panels.events import PanelChanged
from backend.panels.tables import PanelConnection
from backend.text import one_line
from backend.vault import seal, unseal

LEAST_SECRET: Final = 16
_PURPOSE: Final = "panel"

Kind = Literal["whmcs", "generic"]
UseFor = Literal["portal", "panel", "both"]


class _Shown(msgspec.Struct):
    """What we show the panel to be believed; sealed."""

    identifier: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPanel:
    """The panel, ready to be asked, and whether its word counts alone or beside the portal's own passwords."""

    panel: Panel
    use_for: UseFor


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelState:
    """The panel as an admin sees it; `breaker` is that of the process that answers."""

    panel: Kind
    url: str
    use_for: UseFor
    updated_at: datetime
    breaker: Breaker


async def save_panel(
    actor: Actor, *, panel: Kind, url: str, use_for: UseFor, identifier: str, secret: Secret | None
) -> None:
    """Connect the hosting panel, or change how. What is not given stays as it was, at the same address alone.

    Raises:
        Refusal: not an admin; an address that will not do; what we should show is missing or too short.
    """
    require_admin(actor)
    require_recent_sign_in(actor)
    address = panel_url(url)
    named = one_line(identifier, "identifier", 200) if panel == "whmcs" and identifier.strip() else ""
    given = secret.reveal().strip() if secret is not None else ""
    if given and not (LEAST_SECRET <= len(given) <= 500):
        raise Refusal("secret_too_short", "secret", least=LEAST_SECRET)
    async with transaction():
        await row("select id from tenants for no key update")  # One at a time, also where there is no row to lock yet.
        known = await row("select id, panel, url, sealed from panel_connections for update")
        # What was given for one address is not shown to another.
        kept = known if known is not None and (known["panel"], known["url"]) == (panel, address) else None
        before = await _shown(actor.tenant_id, kept["id"], kept["sealed"]) if kept is not None else _Shown("", "")
        named, given = named or before.identifier, given or before.secret
        if not given:
            raise Refusal("required", "secret")
        if panel == "whmcs" and not named:
            raise Refusal("required", "identifier")
        connection_id: UUID = known["id"] if known else new_id()
        shown = msgspec.json.encode(_Shown(named, given))
        sealed = await seal(actor.tenant_id, _PURPOSE, connection_id, shown)
        await rows("delete from panel_connections")
        await PanelConnection.insert(
            PanelConnection(
                tenant_id=actor.tenant_id, id=connection_id, panel=panel, url=address, sealed=sealed, use_for=use_for,
                updated_at=real_now(),
            )
        )  # fmt: skip
        await record(actor, PanelChanged(what="changed" if known else "connected", use_for=use_for))
    forget(actor.tenant_id)


async def remove_panel(actor: Actor) -> None:
    """Ask the panel no more, and destroy what we showed it. Raises: Refusal: not an admin, or there is none."""
    require_admin(actor)
    require_recent_sign_in(actor)
    async with transaction():
        if not await rows("delete from panel_connections returning id"):
            raise Refusal("not_found")
        await record(actor, PanelChanged(what="disconnected"))
    forget(actor.tenant_id)


async def try_panel(actor: Actor) -> None:
    """Ask the panel about an address and a password that nobody has; it answers as it should when it says no.

    Raises:
        Refusal: not an admin; there is none; why it could not be asked; `panel_believes_anything`.
    """
    require_admin(actor)
    found = await _read(actor.tenant_id)
    if found is None:
        raise Refusal("not_found")
    forget(actor.tenant_id)
    nobody = Question(
        email=f"nobody-{secrets.token_hex(8)}@countersign.invalid",
        client_number=0,
        password=Secret(secrets.token_hex(16)),
    )
    try:
        with guarded(actor.tenant_id):
            believed = await found.panel.is_right(actor.tenant_id, nobody)
    except PanelAway as away:
        raise Refusal(away.code) from None
    if believed:
        raise Refusal("panel_believes_anything")


async def open_panel(tenant_id: UUID) -> OpenPanel | None:
    """The panel of the bound tenant, where its word counts; None where the portal's own passwords are the ones."""
    found = await _read(tenant_id)
    return found if found is not None and found.use_for != "portal" else None


async def panel_state(actor: Actor) -> PanelState | None:
    """The panel of the bound tenant; for admins, None for others and where there is none."""
    if not actor.administers:
        return None
    found = await row("select panel, url, use_for, updated_at from panel_connections")
    return PanelState(**dict(found), breaker=breaker_of(actor.tenant_id)) if found else None


async def _read(tenant_id: UUID) -> OpenPanel | None:
    found = await row("select id, panel, url, sealed, use_for from panel_connections")
    if found is None:
        return None
    shown = await _shown(tenant_id, found["id"], found["sealed"])
    secret = Secret(shown.secret)
    panel: Panel = (
        WhmcsPanel(url=found["url"], identifier=shown.identifier, secret=secret)
        if found["panel"] == "whmcs"
        else GenericPanel(url=found["url"], secret=secret)
    )
    return OpenPanel(panel=panel, use_for=found["use_for"])


async def _shown(tenant_id: UUID, connection_id: UUID, sealed: bytes) -> _Shown:
    return msgspec.json.decode(await unseal(tenant_id, _PURPOSE, connection_id, sealed), type=_Shown)
