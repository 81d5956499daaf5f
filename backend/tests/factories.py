"""Test data, made by the domain's own verbs, so that it is always data that can be reached."""

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import asyncpg

from backend.accounts.create import create_account
from backend.accounts.let_in import SignedIn, Visit
from backend.accounts.passwords import hash_password
from backend.accounts.secret import Secret
from backend.accounts.sessions import find_actor, start_session
from backend.accounts.sign_in import sign_in
from backend.actor import Actor, ContactRole, Role, guest
from backend.cards.facts import set_default_card
from backend.clients.create import add_contact, create_client
from backend.clock import real_now
from backend.database import bind, rows, transaction, value
from backend.ids import new_id
from backend.tenants.create import NewTenant, create_tenant
from backend.tenants.departments import insert_department
from backend.tenants.members import insert_member
from backend.tickets.lifecycle.presets import PRESETS
from infra.dev.services import ServiceUrls

PASSWORD = "correct horse battery"
_numbers = itertools.count(1)
_password_hash: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TestTenant:
    """A tenant of one test, with the system as an actor within it and its first department."""

    __test__ = False

    actor: Actor
    host: str
    mail_domain: str
    support: UUID

    @property
    def id(self) -> UUID:
        return self.actor.tenant_id

    @property
    def guest(self) -> Actor:
        return guest(self.id, self.actor.language, "127.0.0.1")


async def the_password_hash() -> str:
    """The hash of PASSWORD, made once: argon2 is slow by design."""
    global _password_hash
    if _password_hash is None:
        _password_hash = await hash_password(PASSWORD)
    return _password_hash


async def a_tenant(*, policy: str = "foundry", language: str = "en", **settings: Any) -> TestTenant:
    """A new company with one department, Support, that anyone may write to."""
    slug = f"t{next(_numbers)}-{_process_tag()}"
    actor = await create_tenant(
        NewTenant(
            slug=slug,
            name=f"Company {slug}",
            hosts=(f"{slug}.localhost",),
            mail_domain=f"{slug}.example",
            language=language,
            time_zone="Europe/Amsterdam",
            policy_name=policy,
            policy=PRESETS[policy],
            **settings,
        )
    )
    with bind(actor.tenant_id):
        support = await value("select id from departments")
    return TestTenant(actor=actor, host=f"{slug}.localhost", mail_domain=f"{slug}.example", support=support)


@contextmanager
def within(tenant: TestTenant) -> Iterator[None]:
    """The block runs bound to the tenant, as a request would."""
    with bind(tenant.id):
        yield


async def a_member(
    tenant: TestTenant, role: Role = "agent", *, departments: Sequence[UUID] | None = None, name: str = "Mara Kovač"
) -> Actor:
    """Someone on the staff, who signs in with PASSWORD."""
    email = f"staff{next(_numbers)}@{tenant.mail_domain}"
    with bind(tenant.id):
        async with transaction():
            account = await create_account(
                tenant.actor, kind="member", email=email, name=name, password_hash=await the_password_hash()
            )
            await insert_member(tenant.actor, account, role, [tenant.support] if departments is None else departments)
    return Actor(
        tenant_id=tenant.id, kind="member", language=tenant.actor.language, account_id=account, name=name, email=email,
        role=role, address="127.0.0.1", stepped_up_at=real_now(),
    )  # fmt: skip


async def a_contact(
    tenant: TestTenant,
    role: ContactRole = "owner",
    *,
    client: UUID | None = None,
    card: str | None = None,
    name: str = "Joel Achterberg",
) -> Actor:
    """Someone who signs in with PASSWORD for a client (a new one where none is given), with these card digits on file."""
    email = f"contact{next(_numbers)}@client.example"
    with bind(tenant.id):
        async with transaction():
            client_id = client or await create_client(tenant.actor, f"Client of {name}")
            account = await add_contact(
                tenant.actor, client_id, email=email, name=name, role=role, password_hash=await the_password_hash()
            )
            if card is not None:
                await set_default_card(tenant.actor, client_id, card)
    return Actor(
        tenant_id=tenant.id, kind="contact", language=tenant.actor.language, account_id=account, name=name, email=email,
        client_id=client_id, contact_role=role, address="127.0.0.1",
    )  # fmt: skip


async def signed_in(actor: Actor) -> Actor:
    """The same person with a session of their own, as one who proves something needs it."""
    with bind(actor.tenant_id):
        token = await start_session(actor.tenant_id, actor.account, actor.address, "a browser")
        found = await find_actor(token, actor.address)
    assert found is not None
    return found


async def a_department(
    tenant: TestTenant, name: str = "Billing", *, audience: str = "clients", proof_level: str = "none"
) -> UUID:
    """A further department."""
    with bind(tenant.id):
        async with transaction():
            return await insert_department(
                tenant.actor, name=name, description=f"{name} of this company", audience=audience,
                proof_level=proof_level, mailbox=f"{name.lower().replace(' ', '-')}-{next(_numbers)}",
            )  # fmt: skip


async def as_owner(urls: ServiceUrls, sql: str, *arguments: object) -> list[asyncpg.Record]:
    """Run a statement as the owner of the tables, who may do what nobody else may."""
    connection = await asyncpg.connect(urls.owner)
    try:
        return list(await connection.fetch(sql, *arguments))
    finally:
        await connection.close()


async def a_passkey(owner: Actor, *, credential: bytes, public_key: bytes = b"no key") -> UUID:
    """A passkey of somebody, bound to their tenant; one that signs needs a real key."""
    passkey_id = new_id()
    await rows(
        """insert into passkeys (tenant_id, id, account_id, name, credential_id, public_key, sign_count, created_at)
           values ($1, $2, $3, 'A laptop', $4, $5, 0, $6)""",
        owner.tenant_id, passkey_id, owner.account, credential, public_key, real_now(),
    )  # fmt: skip
    return passkey_id


async def sign_in_as(tenant_id: UUID, email: str, password: str, address: str = "127.0.0.1") -> SignedIn:
    """Sign in by the password alone, bound to the tenant."""
    visit = Visit(visitor=guest(tenant_id, "en", address), user_agent="a browser")
    taken = await sign_in(visit, email, Secret(password))
    assert isinstance(taken, SignedIn)
    return taken


def from_address(actor: Actor, address: str) -> Actor:
    """The same person from another network address."""
    return replace(actor, address=address)


def _process_tag() -> str:
    import os

    return os.environ.get("PYTEST_XDIST_WORKER", "gw")
