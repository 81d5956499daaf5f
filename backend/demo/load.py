"""Loads the demo companies: each whole or not at all, and only where it is not there yet."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from backend.accounts.create import create_account
from backend.accounts.guests import account_of_address
from backend.accounts.passwords import hash_password
from backend.actor import Actor, guest, system
from backend.cards.facts import set_default_card
from backend.clients.create import add_contact, add_service, create_client
from backend.clock import now, real_now
from backend.database import bind, rows, transaction, value
from backend.demo.content import ClientText, DepartmentText, TenantText, read_companies
from backend.demo.replay import replay
from backend.demo.scene import Place, Scene
from backend.demo.sign_ins import PASSWORD
from backend.demo.stored import insert, store
from backend.demo.team import set_up_team
from backend.ids import new_id
from backend.mailboxes.tables import MailTemplate
from backend.tenants.create import NewTenant, create_tenant, tenant_id_of_slug
from backend.tenants.departments import insert_department
from backend.tenants.members import insert_member
from backend.tenants.set_hours import write_hours, write_targets
from backend.tenants.tables import Department, Tenant
from backend.tickets.change import get_policy
from backend.tickets.lifecycle.presets import PRESETS
from backend.verification.tries import MOST_TRIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What became of a company; `tickets` is None where it was there already."""

    name: str
    tickets: int | None


async def load_demo() -> AsyncIterator[Loaded]:
    """Load the companies one after the other; everybody in them signs in with `sign_ins.PASSWORD`."""
    password_hash = await hash_password(PASSWORD)  # Once: it is slow by design.
    for text in read_companies():
        yield Loaded(name=text.name, tickets=await _load(text, password_hash))


async def _load(text: TenantText, password_hash: str) -> int | None:
    tenant_id = await tenant_id_of_slug(text.slug)
    if tenant_id is None:
        tenant_id = (await create_tenant(_new_tenant(text))).tenant_id
    actor = system(tenant_id, text.language, "demo data")
    with bind(tenant_id):
        if await value("select exists (select 1 from members)"):
            return None
        async with transaction():
            return await _fill(actor, text, password_hash)


def _new_tenant(text: TenantText) -> NewTenant:
    return NewTenant(
        slug=text.slug, name=text.name, hosts=(text.host,), mail_domain=text.mail_domain, language=text.language,
        time_zone=text.time_zone, policy_name=text.policy.capitalize(), policy=PRESETS[text.policy],
        primary_color=text.primary_color, secondary_color=text.secondary_color, font=text.font,
        priority_choice=text.priority_choice, first_ticket_number=text.first_ticket_number,
    )  # fmt: skip


async def _fill(actor: Actor, text: TenantText, password_hash: str) -> int:
    places = {each.name: await _place(actor, each, position) for position, each in enumerate(text.departments, 1)}
    members = await _members(actor, text, places, password_hash)
    writers: dict[str, Actor] = {}
    for client in text.clients:
        writers |= await _client(actor, client, password_hash)
    for ticket in text.tickets:
        name, _, address = ticket.by.rstrip(">").partition("<")
        if address and address not in writers:
            account_id = await account_of_address(actor, email=address, name=name)
            guest_of_demo = guest(actor.tenant_id, text.language)
            writers[address] = replace(guest_of_demo, account_id=account_id, email=address, name=name.strip())
    await MailTemplate.insert(
        *(
            MailTemplate(
                tenant_id=actor.tenant_id, id=new_id(), name=each.name, language=text.language, subject=each.subject,
                body=each.body.strip(),
            )
            for each in text.mails
        )
    )  # fmt: skip
    projects = await set_up_team(actor, text, members, places)
    await Tenant.update({Tenant.held_statuses: list(text.held)}).where(Tenant.id == actor.tenant_id)
    policy_id: UUID = await value("select policy_id from tenants")
    moment = now()
    scene = Scene(
        tenant_id=actor.tenant_id, language=text.language, mail_domain=text.mail_domain, policy_id=policy_id,
        policy=await get_policy(actor.tenant_id, policy_id), priority_choice=text.priority_choice, now=moment,
        ahead=moment - real_now(), places=places, members=members, writers=writers,
        projects=projects,
    )  # fmt: skip
    stories = [story for ticket in text.tickets for story in replay(scene, ticket)]
    await store(scene, stories, first_number=text.first_ticket_number)
    if text.hours is not None:
        await write_hours(actor, None, text.hours)
    if text.promises is not None:
        await write_targets(actor, None, text.promises)
    return len(stories)


async def _place(actor: Actor, text: DepartmentText, position: int) -> Place:
    """The department; the one that every company starts with becomes the one with the same mailbox."""
    department_id: UUID | None = await value("select id from departments where mailbox = $1", text.mailbox)
    if department_id is None:
        department_id = await insert_department(
            actor, name=text.name, description=text.description, audience=text.audience, proof_level=text.proof,
            mailbox=text.mailbox,
        )  # fmt: skip
    await Department.update(
        {
            Department.name: text.name, Department.description: text.description, Department.audience: text.audience,
            Department.proof_level: text.proof, Department.position: position,
            Department.holds_transfers: text.holds_transfers, Department.category: text.category,
        }
    ).where(Department.tenant_id == actor.tenant_id, Department.id == department_id)  # fmt: skip
    kinds = {each.name: new_id() for each in text.kinds}
    await insert(
        "kinds",
        [
            {
                "tenant_id": actor.tenant_id, "id": kinds[each.name], "department_id": department_id, "name": each.name,
                "description": each.description, "position": place, "proof_level": each.proof,
                "category": each.category or text.category,
            }
            for place, each in enumerate(text.kinds, 1)
        ],
    )  # fmt: skip
    await insert(
        "secret_questions",
        [
            {
                "tenant_id": actor.tenant_id, "id": new_id(), "kind_id": kinds[each.name], "label": label,
                "required": place == 1, "position": place,
            }
            for each in text.kinds
            for place, label in enumerate(each.secrets, 1)
        ],
    )  # fmt: skip
    return Place(id=department_id, text=text, kinds=kinds)


async def _members(actor: Actor, text: TenantText, places: Mapping[str, Place], password_hash: str) -> dict[str, Actor]:
    members = {}
    for each in text.staff:
        email = f"{each.key}@{text.mail_domain}"
        account_id = await create_account(
            actor, kind="member", email=email, name=each.name, password_hash=password_hash
        )
        works_in = [places[name].id for name in each.departments or places]
        await insert_member(actor, account_id, each.role, works_in)
        members[each.key] = Actor(
            tenant_id=actor.tenant_id, kind="member", language=text.language, account_id=account_id, name=each.name,
            email=email, role=each.role,
        )  # fmt: skip
    return members


async def _client(actor: Actor, text: ClientText, password_hash: str) -> dict[str, Actor]:
    client_id = await create_client(actor, text.name)
    contacts = {}
    for each in text.contacts:
        account_id = await add_contact(
            actor, client_id, email=each.email, name=each.name, role=each.role, password_hash=password_hash
        )
        contacts[each.email] = Actor(
            tenant_id=actor.tenant_id, kind="contact", language=actor.language, account_id=account_id, name=each.name,
            email=each.email, client_id=client_id, contact_role=each.role,
        )  # fmt: skip
    for service in text.services:
        await add_service(actor, client_id, name=service.name, plan=service.plan, server=service.server)
    if text.card is not None:
        await set_default_card(actor, client_id, text.card)
    for method in text.locked:
        await _lock(actor, client_id, contacts[text.contacts[0].email].account, method)
    return contacts


async def _lock(actor: Actor, client_id: UUID, account_id: UUID, method: str) -> None:
    """As many failed tries as a day allows, in the last hour."""
    await rows(
        "insert into proof_attempts (tenant_id, id, client_id, account_id, method, at, address, outcome) "
        "select $1, id, $2, $3, $4, at, '192.0.2.77', 'failed' from unnest($5::uuid[], $6::timestamptz[]) as t (id, at)",
        actor.tenant_id,
        client_id,
        account_id,
        method,
        [new_id() for _ in range(MOST_TRIES)],
        [real_now() - timedelta(minutes=60 - 2 * number) for number in range(MOST_TRIES)],
    )
