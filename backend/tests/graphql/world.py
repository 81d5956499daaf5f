"""A company with something in every table, for tests that try every field of the schema on it."""

import base64
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec

from backend.accounts.api_tokens import create_api_token
from backend.accounts.links import create_link
from backend.accounts.secret import Secret
from backend.actor import Actor, guest
from backend.attachments.receive import receive_upload
from backend.attachments.rules import set_rules
from backend.clients.create import add_service
from backend.clock import now
from backend.database import row, rows, transaction, value
from backend.ids import new_id
from backend.intake.kinds import create_kind
from backend.keys import link_token
from backend.secrets.questions import Question, set_secret_questions
from backend.secrets.seal import NewSecret
from backend.tenants.presence.absences import end_absence, set_absence
from backend.tenants.presence.hours import set_hours
from backend.tenants.presence.shifts import Shift
from backend.tests.factories import (
    PASSWORD,
    TestTenant,
    a_contact,
    a_department,
    a_member,
    a_passkey,
    a_tenant,
    signed_in,
    within,
)
from backend.tests.mail.stored import an_unreadable_mail, what_stands_beside
from backend.tickets.ask_for_proof import ask_for_proof
from backend.tickets.assign import assign
from backend.tickets.lifecycle.change_over import plan_change_over
from backend.tickets.lifecycle.presets import FOUNDRY
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.lifecycle.versions import save_policy
from backend.tickets.moves.merge import merge_tickets
from backend.tickets.moves.split import Part, split_ticket
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.pages import cursor_of
from backend.tickets.projects.save import create_project
from backend.tickets.prove_ticket import prove_ticket
from backend.tickets.reply import add_note, reply
from backend.tickets.routing.routes import NewRoute, set_routes
from backend.tickets.routing.take_over import take_over
from backend.tickets.secrets import ask_for_secret, show_secret
from backend.tickets.set_proof_needs import set_proof_needs
from backend.tickets.timers.answer_links import answer_links
from backend.tickets.timers.pause import pause
from backend.tickets.transfer import transfer
from backend.tickets.waiting.hold import hold_reply
from backend.verification.checks import Proof
from backend.verification.support_pin import create_support_pin

ROLES = ("guest", "contact", "agent", "admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A company, its people by role (a guest is None), and by kind what an argument can name."""

    tenant: TestTenant
    people: dict[str, Actor | None]
    refs: dict[str, Any]


async def a_world(*, first_ticket_number: int = 1001, proved: bool = True) -> World:
    """A company with a ticket that has been through everything, and another that goes on from it.

    `proved`: a password was proved about it, which costs an argon2 run.
    """
    tenant = await a_tenant(first_ticket_number=first_ticket_number, priority_choice=True)
    billing = await a_department(tenant, "Billing")
    with within(tenant):
        await rows("update counters set last_number = $1 where id = 'client'", first_ticket_number + 50_000)
    admin, agent = await signed_in(await a_member(tenant, "owner")), await a_member(tenant)
    contact = await signed_in(await a_contact(tenant, card="4242"))
    spare = await a_member(tenant, departments=[billing], name="Wout Spaar")
    assert contact.client_id is not None
    with within(tenant):
        kind = await create_kind(
            admin, tenant.support, name="Move a site", description="From there", proof_level="none"
        )
        passkey = await a_passkey(admin, credential=new_id().bytes)
        async with transaction():
            await add_service(tenant.actor, contact.client_id, name="shop.example", plan="Large", server="srv7")
            link = await create_link(admin, "set_password", spare.account)
        await set_proof_needs(admin, ["closed"], [billing])
        old = await _a_ticket(contact, agent, tenant.support, kind, billing, spare.account, proved)
        await set_status(agent, old, "closed")
        new = (await reply(contact, old, "And now the other site.")).number
        # Nothing is proved on it, so that there is something to be asked for.
        await rows("update tickets set level = 'none' where number = $1", new)
        await ask_for_proof(agent, new)
        proof_link = await value("select id from one_time_links where purpose = 'prove'")
        asked = await ask_for_secret(agent, new, "FTP password")
        await reply(contact, new, "Here it is.", secrets=[NewSecret(label="Mailbox", value=Secret("Hunter-2"))])
        secret = await value("select id from secrets where label = 'Mailbox'")
        await show_secret(agent, secret)
        await set_secret_questions(admin, kind, [Question(label="Old host", required=False)])
        question = await value("select id from secret_questions where kind_id = $1", kind)
        ticket = await row("select id, queue_rank, queue_since, last_activity_at from tickets where number = $1", new)
        message = await row(
            "select m.id, m.at from messages m join tickets t on t.id = m.ticket_id where number = $1", new
        )
        joining, merged, part = await _moved(contact, agent, tenant.support, billing)
        thankable, thanks = await _thanked(contact, agent, tenant.support)
        client_number = await value("select number from clients where id = $1", contact.client_id)
        api_token, _ = await create_api_token(admin, "Billing", ["cards"])
        async with transaction():
            await rows(
                "insert into billing_customers (tenant_id, id, client_id, customer, linked_by) values ($1, $2, $3, 'cus_1', 'hand')",
                tenant.id,
                new_id(),
                contact.client_id,
            )
        project = await create_project(
            admin, client_number=client_number, name="The new shop", lead_id=None, state="active"
        )
        waits, paused = await _waits_for_its_client(tenant, contact, agent)
        async with transaction():
            answer = (
                await answer_links(
                    tenant.id, await value("select id from tickets where number = $1", waits), contact.account
                )
            ).keep_open
        absent, of_absent, taken = await _work_of_somebody_away(tenant, contact, spare, admin, agent)
        absence = await value("select id from absences where account_id = $1", absent.account)
        await set_routes(
            admin,
            [
                NewRoute(
                    department_id=billing, category="work_request", moments=("transferred",), steps=("project_lead",)
                )
            ],
        )
        absent_id = await value("select id from members where account_id = $1", absent.account)
        pin = (await create_support_pin(contact)).digits.reveal()
        spare_id = await value("select id from members where account_id = $1", spare.account)
        upload = await receive_upload(guest(tenant.id, "en"), "log.txt", _bytes(b"It stops here."))
        on_ticket = await receive_upload(contact, "screen.txt", _bytes(b"It says so."))
        await reply(contact, new, "It says what is in the file.", attachments=[on_ticket.id])
        await set_rules(admin, most_mb=25, space_mb=100, mail_mb=5, refused_types=["exe"], unscanned=False)
        policy = await save_policy(
            admin,
            base=await value("select policy_id from tenants"),
            name="Second",
            definition=msgspec.json.encode({**FOUNDRY, "timers": {}}).decode(),
        )
        change_over = await plan_change_over(admin, {})
        unreadable = await an_unreadable_mail(tenant)
        copy, *held = await what_stands_beside(tenant, new)
        waiting_reply = (await hold_reply(admin, new, "We look at it tonight.")).reply_id
    assert ticket is not None
    assert message is not None
    assert answer is not None
    refs = {
        "number": new,
        "closed_number": old,
        "joining_number": joining,
        "merged_number": merged,
        "split_number": part,
        "thankable_number": thankable,
        "thanks": str(thanks),
        "message": str(message["id"]),
        "waiting_reply": str(waiting_reply),
        "department": str(tenant.support),
        "other_department": str(billing),
        "kind": str(kind),
        "policy": str(policy),
        "upload": str(upload.id),
        "change_over": str(change_over),
        "copy": str(copy),
        "held_mail": str(held[0]),
        "second_held_mail": str(held[1]),
        "third_held_mail": str(held[2]),
        "unreadable_mail": str(unreadable),
        "secret": str(secret),
        "asked_secret": str(asked),
        "question": str(question),
        "member": str(spare_id),
        "client": str(contact.client_id),
        "client_number": client_number,
        "api_token": str(api_token),
        "session": str(admin.session_id),
        "project": str(project),
        "absence": str(absence),
        "absent_member": str(absent_id),
        "number_of_absent": of_absent,
        "number_taken_over": taken,
        "number_waiting": waits,
        "number_paused": paused,
        "pin": pin,
        "passkey": str(passkey),
        "token": link_token(tenant.id, link),
        "answer_token": link_token(tenant.id, answer),
        "proof_token": link_token(tenant.id, proof_link),
        "queue_cursor": cursor_of(ticket["queue_rank"], ticket["queue_since"], ticket["id"]),
        "activity_cursor": cursor_of(ticket["last_activity_at"], ticket["id"]),
        "search_cursor": cursor_of(ticket["id"]),
        "timeline_cursor": cursor_of(message["at"], message["id"]),
    }
    people = {"guest": None, "contact": contact, "agent": agent, "admin": admin}
    return World(tenant=tenant, people=people, refs=refs)


async def _bytes(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def _a_ticket(
    contact: Actor, agent: Actor, department: UUID, kind: UUID, other: UUID, spare: UUID, proved: bool
) -> int:
    opened = await open_ticket(
        contact,
        NewTicket(department_id=department, kind_id=kind, subject="Move the site", body="All of it, please.", priority="high"),
    )  # fmt: skip
    if proved:
        await prove_ticket(contact, opened.number, Proof("password", Secret(PASSWORD)))
    await add_note(agent, opened.number, "Looks like a big one.")
    await assign(agent, opened.number, await value("select id from members where account_id = $1", spare))
    await reply(agent, opened.number, "Which one?", status="pending")
    await reply(contact, opened.number, "The shop.")
    await transfer(agent, opened.number, other, "Yours.")
    await transfer(agent, opened.number, department)
    await rows("update tickets set tags = '{moved}' where number = $1", opened.number)
    return opened.number


async def _waits_for_its_client(tenant: TestTenant, contact: Actor, agent: Actor) -> tuple[int, int]:
    """Two tickets that would close by themselves; the timers of the second are paused."""
    numbers = []
    for _ in range(2):
        opened = await open_ticket(contact, NewTicket(department_id=tenant.support, subject="Mail", body="It is slow."))
        await reply(agent, opened.number, "Which one?", status="pending")
        numbers.append(opened.number)
    await pause(agent, numbers[1])
    return numbers[0], numbers[1]


async def _work_of_somebody_away(
    tenant: TestTenant, contact: Actor, spare: Actor, admin: Actor, agent: Actor
) -> tuple[Actor, int, int]:
    """Somebody who is away with a ticket, and a ticket that was taken over from `spare`, who is back."""
    absent = await a_member(tenant, name="Nele Weg")
    numbers, away, member = [], spare.account, spare.account
    for of in (absent, spare):
        opened = await open_ticket(
            contact, NewTicket(department_id=tenant.support, subject="The shop is slow", body="Since this morning.")
        )
        member = await value("select id from members where account_id = $1", of.account)
        await assign(admin, opened.number, member)
        away = await set_absence(of, member, from_at=now() - timedelta(hours=1), until_at=None, reason="Ill")
        numbers.append(opened.number)
    await take_over(agent, numbers[1])
    await end_absence(spare, away)
    await set_hours(spare, member, shifts=[Shift(0, 540, 1020)], time_zone=None, capacity=None)
    return absent, numbers[0], numbers[1]


async def _moved(contact: Actor, agent: Actor, department: UUID, other: UUID) -> tuple[int, int, int]:
    """A ticket, one that was merged into it, and one that was split off from a third."""
    joining, merged, whole = [
        (await open_ticket(contact, NewTicket(department_id=department, subject=each, body=f"{each}, please."))).number
        for each in ("Mail", "Mail again", "Two things")
    ]
    await merge_tickets(agent, merged, joining)
    second = (await reply(contact, whole, "And the other thing.")).message_id
    part = await split_ticket(agent, whole, Part(message_ids=[second], department_id=other, subject="The other thing"))
    return joining, merged, part


async def _thanked(contact: Actor, agent: Actor, department: UUID) -> tuple[int, UUID]:
    """A ticket that was answered, and what was taken as thanks on it."""
    opened = await open_ticket(contact, NewTicket(department_id=department, subject="Cron", body="It does not run."))
    await reply(agent, opened.number, "It does now.", status="solved")
    return opened.number, (await reply(contact, opened.number, "Thank you so much!")).message_id


def missing(ref: str, world: World) -> Any:
    """A value of that kind that names nothing anywhere."""
    if ref.endswith("number") or ref.startswith("number_"):
        return 999_999
    if ref in ("token", "proof_token", "answer_token"):
        return link_token(world.tenant.id, new_id())
    if ref == "pin":
        return f"{(int(world.refs['pin']) + 1) % 1_000_000:06d}"
    return str(uuid4())


def neighbour(cursor: str) -> str:
    """A cursor for the very next place after the one that it names, where no row stands."""
    place = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=="))
    place[-1] = UUID(int=UUID(place[-1]).int ^ 1)
    return cursor_of(*place)
