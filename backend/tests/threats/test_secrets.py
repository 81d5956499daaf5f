"""What somebody would try to come by a sealed secret."""

import asyncio
import json
import logging

import asyncpg
import pytest
from litestar import Litestar

from backend.accounts.secret import Secret
from backend.database import rows, value
from backend.errors import Refusal
from backend.files import get, list_keys
from backend.jobs.drain import drain
from backend.mailboxes.receive import receive
from backend.tests.client import a_browser
from backend.tests.factories import a_contact, a_member, a_tenant, as_owner, within
from backend.tests.graphql.documents import operation
from backend.tests.graphql.world import a_world
from backend.tests.mail.conftest import Catcher
from backend.tests.mail.conftest import catcher as smtp
from backend.tests.mail.conftest import files as files
from backend.tests.mail.test_receive import mail, reply_to
from backend.tests.secrets.story import VALUE, a_ticket, history, sealed, the_secret
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.secrets import show_secret
from backend.vault import set_key_wrapper
from backend.wrapping import MasterKeys
from infra.dev.services import ServiceUrls

__all__ = ["files", "smtp"]
TYPED = "Hunter-2-4817"


async def test_a_stolen_database_opens_nothing_without_the_master_key(urls: ServiceUrls) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        await a_ticket(tenant, contact, sealed())
        secret_id = await the_secret()
    for table in await as_owner(urls, "select tablename from pg_tables where schemaname = 'public'"):
        for each in await as_owner(urls, f"select t::text from {table[0]} t"):
            assert VALUE not in each[0]
            assert VALUE.encode().hex() not in each[0]
    try:
        set_key_wrapper(MasterKeys([b"another key of thirty-two bytes!"]))
        with within(tenant):
            with pytest.raises(Refusal, match="cannot be opened"):
                await show_secret(agent, secret_id)
            assert "SecretViewed" not in await history(await value("select number from tickets"))
    finally:
        set_key_wrapper(None)
    with within(tenant):
        assert (await show_secret(agent, secret_id)).reveal() == VALUE


async def test_a_ciphertext_moved_to_another_secret_does_not_open(urls: ServiceUrls) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        await a_ticket(tenant, contact, sealed("one"), sealed("two", "other"))
        one, two = await the_secret("one"), await the_secret("two")
    await as_owner(
        urls, "update secrets set ciphertext = (select ciphertext from secrets where id = $1) where id = $2", one, two
    )
    await as_owner(
        urls, "update secret_keys set wrapped = (select wrapped from secret_keys where id = $1) where id = $2", one, two
    )
    with within(tenant), pytest.raises(Refusal):
        await show_secret(agent, two)


async def test_a_secret_of_another_company_or_client_is_not_there(app: Litestar) -> None:
    here, there = await a_world(proved=False), await a_world(proved=False)
    show = operation("Mutation.showSecret").document
    for role in ("guest", "contact", "agent", "admin"):
        actor = here.people[role]
        async with a_browser(app, here.tenant) as browser:
            if actor is not None:
                await browser.carry_on(actor)
            answer = await browser.raw(show, id=there.refs["secret"])
            assert "Hunter-2" not in json.dumps(answer)
            assert answer["data"]["showSecret"]["code"] == "not_found"


async def test_there_is_no_view_that_is_not_written(urls: ServiceUrls) -> None:
    """Where the event cannot be written, nothing is shown: both are one transaction."""
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        number = await a_ticket(tenant, contact, sealed())
        secret_id = await the_secret()
    await as_owner(
        urls,
        f"alter table events add constraint no_views check (tenant_id <> '{tenant.id}' or type <> 'SecretViewed')",
    )
    try:
        with within(tenant), pytest.raises(asyncpg.CheckViolationError):
            await show_secret(agent, secret_id)
    finally:
        await as_owner(urls, "alter table events drop constraint no_views")
    with within(tenant):
        assert await value("select views from secrets where id = $1", secret_id) == 0
        await asyncio.gather(*(show_secret(agent, secret_id) for _ in range(5)))
        assert (await history(number)).count("SecretViewed") == 5
        assert await value("select views from secrets where id = $1", secret_id) == 5


async def test_a_view_that_races_with_the_closing_is_before_it_or_refused() -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    for _ in range(5):
        with within(tenant):
            number = await a_ticket(tenant, contact, sealed())
            secret_id = await the_secret()
            shown, _closed = await asyncio.gather(
                show_secret(agent, secret_id), set_status(agent, number, "closed"), return_exceptions=True
            )
            told = await history(number)
            if isinstance(shown, Secret):
                assert told.index("SecretViewed") < told.index("SecretDestroyed")
            else:
                assert isinstance(shown, Refusal)
                assert "SecretViewed" not in told


async def test_what_is_sealed_stands_in_no_answer_event_log_or_mail(
    app: Litestar, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, smtp: Catcher
) -> None:
    """But in the answer of `showSecret`; however badly it was sent."""
    world = await a_world(proved=False)
    caplog.set_level(logging.DEBUG)
    sent = operation("Mutation.sendSecret").document
    replied = operation("Mutation.reply").document
    opened = operation("Mutation.openTicket").document
    number, department = world.refs["number"], world.refs["department"]
    request = {"departmentId": department, "subject": "Slow", "body": "It is slow."}
    tries = [
        (sent, {"id": world.refs["asked_secret"], "value": TYPED}),
        (sent, {"id": world.refs["asked_secret"], "value": [TYPED]}),
        (sent, {"id": TYPED, "value": TYPED * 2000}),
        (sent, {"value": TYPED}),
        (replied, {"number": number, "body": "Sealed.", "secrets": [{"label": "a", "value": TYPED}]}),
        (replied, {"number": number, "body": "Sealed.", "secrets": [{"label": "a", "value": {"is": TYPED}}]}),
        (replied, {"number": number, "body": f"pw: {TYPED}"}),
        (replied, {"number": 999_999, "body": "x", "secrets": [{"label": "a", "value": TYPED}]}),
        (opened, {"input": {**request, "secrets": [{"label": "b", "value": TYPED}]}}),
        (opened, {"input": {**request, "body": f"the password is {TYPED}"}}),
        (opened, {"input": {**request, "secrets": [{"labl": "b", "value": TYPED}]}}),
        ("query($text: String!) { findLeaks(text: $text) { kind start end } }", {"text": f"password is {TYPED}"}),
    ]
    for role in ("guest", "contact", "agent"):
        actor = world.people[role]
        async with a_browser(app, world.tenant) as browser:
            if actor is not None:
                await browser.carry_on(actor)
            for document, variables in tries:
                answer = await browser.post("/graphql", {"query": document, "variables": variables})
                assert TYPED not in answer.text, variables
                assert "Something went wrong" not in answer.text
    await drain(world.tenant.id)
    assert all(TYPED.encode() not in each.raw for each in smtp.mails)
    with within(world.tenant):
        for table in ("events", "messages", "tickets", "outgoing_mails", "search_entries", "secrets", "deliveries"):
            assert all(TYPED not in str(each) for each in await rows(f"select t::text from {table} t"))
        assert await value("select count(*) from secrets where state = 'sent'") >= 3
    written = capfd.readouterr()
    assert TYPED not in written.out + written.err + caplog.text


async def test_a_reply_that_says_a_password_where_nobody_reads_it_is_sealed_all_the_same(smtp: Catcher) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        number = await a_ticket(tenant, contact)
    quoted = f"Will do.\n\nOn Tuesday, Joel <joel@client.example> wrote:\n> The password is {TYPED}"
    for sender, member, subject, text in (
        (contact, None, f"The password is {TYPED}", "See above."),
        (agent, agent, "Re: FTP", quoted),
    ):
        raw = mail(sender.email, text, subject)
        assert (await receive(reply_to(tenant, number, member), sender.email, raw)).outcome == "replied"
        await drain(tenant.id)
        for key in await list_keys():
            assert TYPED.encode() not in await get(key)
    with within(tenant):
        assert [each["label"] for each in await rows("select label from secrets")] == ["Masked from mail"] * 2
