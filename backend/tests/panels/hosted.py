"""A company that asks a hosting panel."""

from dataclasses import dataclass

from backend.accounts.secret import Secret
from backend.actor import Actor
from backend.panels.connection import Kind, UseFor, save_panel
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, signed_in, within
from backend.tests.simulators.panel import IDENTIFIER, SECRET, PanelSimulator
from backend.verification.checks import Proof
from backend.verification.prove import prove

AT_THE_PANEL = "the panel's password"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosted:
    """A company with a panel, its admin, and an owner in a session."""

    tenant: TestTenant
    admin: Actor
    owner: Actor

    async def proves(self, password: str, actor: Actor | None = None) -> str:
        """The level that the password reaches. Raises: Refusal."""
        with within(self.tenant):
            return (await prove(actor or self.owner, Proof("password", Secret(password)))).level


async def a_hosted_company(
    panel: PanelSimulator, *, kind: Kind = "generic", use_for: UseFor = "panel", secret: str = SECRET
) -> Hosted:
    tenant = await a_tenant()
    admin, owner = await signed_in(await a_member(tenant, "owner")), await signed_in(await a_contact(tenant))
    panel.users[owner.email] = AT_THE_PANEL
    with within(tenant):
        await save_panel(
            admin, panel=kind, url=f"{panel.address}/check" if kind == "generic" else panel.address, use_for=use_for,
            identifier=IDENTIFIER, secret=Secret(secret),
        )  # fmt: skip
    return Hosted(tenant=tenant, admin=admin, owner=owner)
