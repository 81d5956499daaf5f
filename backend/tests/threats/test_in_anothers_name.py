"""Somebody asks in the name of a client, and its owner goes on by the link: what does the asker come to know?"""

import json

from litestar import Litestar

from backend.accounts.sessions import start_session
from backend.database import rows, value
from backend.http.cookies import SESSION_COOKIE
from backend.jobs.drain import drain
from backend.keys import link_token
from backend.tests.client import Browser, a_browser
from backend.tests.factories import PASSWORD, TestTenant, a_contact, a_member, a_tenant, signed_in, within
from backend.tests.mail.conftest import Catcher
from backend.tests.mail.conftest import catcher as smtp
from backend.tests.mail.conftest import files as files
from backend.tests.secrets.story import VALUE, sealed, the_secret
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.reply import reply

__all__ = ["files", "smtp"]

PROVE = "mutation($t: String!, $p: ProofInput!) { proveByLink(token: $t, proof: $p) { __typename } }"
SEE = """query($n: Int!) { ticket(number: $n) { number level attestation { address by }
    client { id name contacts { person { name email } } services { name } cardOnFile locks { tries } }
    secrets { id canShow canDestroy }
    timeline { edges { node { ... on Message { body author { name email } attestation { address by } mail { recipient } } } } } } }"""
SHOW = "mutation($id: ID!) { showSecret(id: $id) { ... on ShownSecret { value } ... on Problem { code } } }"
DESTROY = "mutation($id: ID!) { destroySecret(id: $id) { ... on Problem { code } } }"


async def as_guest(tenant: TestTenant, browser: Browser, email: str) -> None:
    with within(tenant):
        account = await value("select id from accounts where email = $1", email)
        token = await start_session(tenant.id, account, "192.0.2.9", "a browser", made_by="access_code", kind="guest")
    browser.http.cookies.set(SESSION_COOKIE, token)


async def test_a_guest_whose_request_a_client_took_on_learns_nothing_of_it_and_opens_no_secret(
    app: Litestar, smtp: Catcher
) -> None:
    tenant = await a_tenant()
    owner, agent = await a_contact(tenant, name="Joel Achterberg"), await a_member(tenant)
    with within(tenant):
        client_number = await value("select number from clients where id = $1", owner.client_id)
        new = NewTicket(
            department_id=tenant.support, subject="FTP", body="A new password, please.", name="Mallory",
            email="mallory@evil.example", account_named=str(client_number),
        )  # fmt: skip
        opened = await open_ticket(tenant.guest, new)
        await drain(tenant.id)
        link = await value("select id from one_time_links where purpose = 'prove' and account_id = $1", owner.account)
    async with a_browser(app, tenant) as theirs:
        proof = {"method": "PASSWORD", "secret": PASSWORD}
        assert (await theirs.ask(PROVE, t=link_token(tenant.id, link), p=proof))["__typename"] == "Done"
    with within(tenant):
        assert await value("select level from tickets") == "password"
        await reply(await signed_in(owner), opened.number, "Yes, that is my assistant.")
        await reply(agent, opened.number, "Here it is.", secrets=[sealed()])
        secret = str(await the_secret())
    async with a_browser(app, tenant) as browser:
        await as_guest(tenant, browser, "mallory@evil.example")
        seen = await browser.ask(SEE, n=opened.number)
        assert seen["number"] == opened.number
        assert (seen["client"], seen["attestation"]) == (None, None)
        assert seen["secrets"] == [{"id": secret, "canShow": False, "canDestroy": False}]
        assert owner.email not in json.dumps(seen)
        assert "127.0.0.1" not in json.dumps(seen)
        assert (await browser.ask(SHOW, id=secret))["code"] == "not_allowed"
        assert (await browser.ask(DESTROY, id=secret))["code"] == "not_allowed"
    async with a_browser(app, tenant, owner) as browser:
        seen = await browser.ask(SEE, n=opened.number)
        assert seen["client"]["contacts"][0]["person"]["email"] == owner.email
        assert seen["secrets"] == [{"id": secret, "canShow": True, "canDestroy": True}]
        assert (await browser.ask(SHOW, id=secret))["value"] == VALUE


async def test_a_contact_who_left_for_another_client_learns_nothing_more_of_the_first(app: Litestar) -> None:
    tenant = await a_tenant()
    leaver, other, agent = await a_contact(tenant), await a_contact(tenant), await a_member(tenant)
    colleague = await a_contact(tenant, client=leaver.client_id, name="Ada de Wit")
    with within(tenant):
        new = NewTicket(department_id=tenant.support, subject="FTP", body="A new password, please.")
        opened = await open_ticket(await signed_in(leaver), new)
        await reply(agent, opened.number, "Here it is.", secrets=[sealed()])
        secret = str(await the_secret())
        await rows("update contacts set client_id = $1 where account_id = $2", other.client_id, leaver.account)
    async with a_browser(app, tenant, leaver) as browser:
        seen = await browser.ask(SEE, n=opened.number)
        assert seen["client"] is None
        assert colleague.email not in json.dumps(seen)
        assert (await browser.ask(SHOW, id=secret))["code"] == "not_allowed"


async def test_a_guest_opens_what_the_staff_sent_on_a_request_of_no_client(app: Litestar) -> None:
    tenant = await a_tenant()
    agent = await a_member(tenant)
    with within(tenant):
        new = NewTicket(
            department_id=tenant.support, subject="FTP", body="Hello.", name="Eve", email="eve@else.example"
        )
        opened = await open_ticket(tenant.guest, new)
        await reply(agent, opened.number, "Here it is.", secrets=[sealed()])
        secret = str(await the_secret())
    async with a_browser(app, tenant) as browser:
        await as_guest(tenant, browser, "eve@else.example")
        assert (await browser.ask(SHOW, id=secret))["value"] == VALUE
