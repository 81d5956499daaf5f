"""Threat: a mail that says it is from a client. Only what a trusted relay found about its sender counts, and only as level email."""

import ipaddress
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiosmtplib
import pytest

from backend.actor import Actor
from backend.database import Row, row, value
from backend.files import open_files
from backend.mailboxes.addresses import reply_address
from backend.mailboxes.authentication import Relays, is_authenticated, relays_of
from backend.mailboxes.listener import listen
from backend.settings import Settings, SettingsError
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, signed_in, within
from backend.tests.mail.stored import process_stored
from backend.tickets.open import NewTicket, open_ticket
from backend.verification.methods import set_methods
from backend.verification.verify_chain import verify_chain

NAME = "mx.host.example"
OURS = Relays((ipaddress.ip_network("127.0.0.1"),), NAME)
PASS = f"{NAME}; spf=pass smtp.mailfrom=client.example; dkim=pass header.d=client.example; dmarc=pass (p=reject) header.from=client.example"
Send = Callable[..., Awaitable[None]]


@pytest.fixture
async def deliver(settings: Settings) -> AsyncIterator[Send]:
    """Delivers a mail over SMTP to the real listener, which believes 127.0.0.1, or what `relays` says."""
    open_files(settings.data_dir / "files")
    servers = []

    async def send(to: str, raw: str, *, relays: Relays = OURS) -> None:
        server = await listen("127.0.0.1", 0, relays=relays)
        servers.append(server)
        port = server.sockets[0].getsockname()[1]
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False, timeout=30) as client:
            await client.sendmail("bounces@client.example", [to], raw.replace("\n", "\r\n").encode())
        await process_stored()

    yield send
    for server in servers:
        server.close()


def a_mail(contact: Actor, *headers: str, sender: str = "", number: int = 1) -> str:
    """A mail with these headers on top, as relays put them there."""
    told = "".join(f"{each}\n" for each in headers)
    return f"{told}From: {sender or f'<{contact.email}>'}\nSubject: Hello\nMessage-ID: <{number}@x>\n\nPlease help, {number}.\n"


async def newest(tenant: TestTenant) -> Row:
    with within(tenant):
        found = await row(
            """select m.level, t.level as ticket_level, p.method, p.scope, p.client_id, q.account_id, q.address, m.author_id
                 from messages m join tickets t on t.id = m.ticket_id
                 left join attestations p on p.id = m.attestation_id left join attestation_persons q on q.id = p.id
                order by m.at desc, m.id desc limit 1"""
        )
    assert found is not None
    return found


async def test_a_sender_that_the_relay_authenticated_is_level_email_and_no_more(deliver: Send) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    await deliver(f"support@{tenant.mail_domain}", a_mail(contact, f"Authentication-Results: {PASS}"))
    found = await newest(tenant)
    assert (found["level"], found["ticket_level"], found["method"], found["scope"]) == (
        "email",
        "email",
        "email",
        "ticket",
    )
    assert (found["account_id"], found["client_id"], found["address"]) == (contact.account, contact.client_id, "")
    with within(tenant):
        assert (await verify_chain(tenant.id)).faults == ()


async def test_a_stranger_who_is_authenticated_is_level_email_of_their_own_address(deliver: Send) -> None:
    tenant = await a_tenant()
    stranger = await a_contact(await a_tenant())
    await deliver(f"support@{tenant.mail_domain}", a_mail(stranger, f"Authentication-Results: {PASS}"))
    found = await newest(tenant)
    assert (found["level"], found["client_id"]) == ("email", None)
    assert found["account_id"] == found["author_id"]


FORGED: dict[str, dict[str, Any]] = {
    "no header at all": {"headers": []},
    "from a peer that is no relay": {"relays": Relays((ipaddress.ip_network("192.0.2.0/24"),), NAME)},
    "no relay is trusted": {"relays": Relays((), NAME)},
    "the relay has no name": {"relays": Relays(OURS.networks, "")},
    "under another name": {"headers": [PASS.replace(NAME, "mx.evil.example")]},
    "under a name that begins like ours": {"headers": [PASS.replace(NAME, f"{NAME}.evil.example")]},
    "a second header under our name, below the relay's": {"headers": [f"{NAME}; dmarc=fail header.from=client.example", PASS]},
    "our name below somebody else's": {"headers": ["mx.else.example; none", PASS]},
    "two addresses in From": {"sender": "<{email}>, <other@client.example>"},
    "two addresses, the client's second": {"sender": "<other@client.example>, <{email}>"},
    "two From headers": {"headers": [PASS], "extra": "From: <other@client.example>\n"},
    "passed for another domain": {"headers": [f"{NAME}; dmarc=pass header.from=evil.example"]},
    "passed for a domain below": {"headers": [f"{NAME}; dmarc=pass header.from=client.example.evil.example"]},
    "dkim of another domain": {"headers": [f"{NAME}; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=client.example"]},
    "dkim of the domain above": {"headers": [f"{NAME}; dkim=pass header.d=example"]},
    "dkim passed and dmarc failed": {"headers": [f"{NAME}; dkim=pass header.d=client.example; dmarc=fail header.from=client.example"]},
    "dmarc said twice": {"headers": [f"{NAME}; dmarc=pass header.from=client.example; dmarc=fail header.from=client.example"]},
    "spf alone": {"headers": [f"{NAME}; spf=pass smtp.mailfrom=client.example"]},
    "pass in a comment": {"headers": [f"{NAME}; dmarc=fail (dmarc=pass) header.from=client.example"]},
    "pass in a quoted reason": {"headers": [f'{NAME}; dmarc=fail reason="x; dmarc=pass header.from=client.example" header.from=client.example']},
    "the domain named twice": {"headers": [f"{NAME}; dmarc=pass header.from=client.example header.from=evil.example"]},
    "a version of the future": {"headers": [PASS.replace(NAME, f"{NAME} 2")]},
    "what cannot be read": {"headers": [f"{NAME}; dmarc=pass=pass;;; header.from"]},
    "far too long": {"headers": [f"{NAME}; " + "dkim=fail header.d=a.example;\n " * 900 + "dmarc=pass header.from=client.example"]},
}  # fmt: skip


@pytest.mark.parametrize("how", FORGED)
async def test_a_forged_sender_proves_nothing(deliver: Send, how: str) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    forged = FORGED[how]
    headers = [f"Authentication-Results: {each}" for each in forged.get("headers", [PASS])]
    mail = a_mail(contact, *headers, sender=forged.get("sender", "").format(email=contact.email))
    await deliver(f"support@{tenant.mail_domain}", forged.get("extra", "") + mail, relays=forged.get("relays", OURS))
    found = await newest(tenant)
    assert (found["level"], found["ticket_level"], found["method"]) == ("none", "none", None)
    with within(tenant):
        assert await value("select count(*) from attestations") == 0


@pytest.mark.parametrize(
    "header",
    [
        f"{NAME}; dkim=pass header.d=client.example",
        f"{NAME} 1; dkim=fail header.d=evil.example; dkim=pass header.d=CLIENT.example",
        f"{NAME.upper()};\n dmarc=pass\n (p=none) header.from=client.example",
    ],
)
async def test_ways_of_saying_that_it_is_from_there(deliver: Send, header: str) -> None:
    tenant = await a_tenant()
    await deliver(f"support@{tenant.mail_domain}", a_mail(await a_contact(tenant), f"Authentication-Results: {header}"))
    assert (await newest(tenant))["level"] == "email"


async def test_each_message_bears_what_was_proved_about_it_and_no_mail_raises_a_ticket(deliver: Send) -> None:
    tenant = await a_tenant()
    contact = await signed_in(await a_contact(tenant))
    with within(tenant):
        opened = await open_ticket(contact, NewTicket(department_id=tenant.support, subject="MX", body="Please"))
        to = reply_address("support", tenant.mail_domain, tenant.id, opened.number)
    await deliver(to, a_mail(contact, f"Authentication-Results: {PASS}", number=1))
    found = await newest(tenant)
    assert (found["level"], found["method"], found["scope"]) == ("email", "email", "message")
    assert found["ticket_level"] == "signed_in"
    await deliver(to, a_mail(contact, number=2))
    found = await newest(tenant)
    assert (found["level"], found["method"], found["ticket_level"]) == ("none", None, "signed_in")


async def test_a_company_that_takes_no_mail_for_a_proof_gets_none(deliver: Send) -> None:
    tenant = await a_tenant()
    admin = await signed_in(await a_member(tenant, "admin"))
    with within(tenant):
        await set_methods(admin, ["card", "password"])
    await deliver(f"support@{tenant.mail_domain}", a_mail(await a_contact(tenant), f"Authentication-Results: {PASS}"))
    assert (await newest(tenant))["level"] == "none"


def test_relays_are_networks_of_both_kinds_and_a_mistake_is_named() -> None:
    relays = relays_of(Settings(trusted_mail_relays="192.0.2.25, 2001:db8::/48", mail_authserv_id=" MX.host.example "))
    for peer, name in (("192.0.2.25", NAME), ("::ffff:192.0.2.25", NAME), ("2001:db8::1", NAME), ("192.0.2.26", ""),
                       ("not an address", ""), ("", "")):  # fmt: skip
        assert relays.name_for(peer) == name
    with pytest.raises(SettingsError, match="COUNTERSIGN_TRUSTED_MAIL_RELAYS"):
        relays_of(Settings(trusted_mail_relays="mx.host.example"))
    assert not is_authenticated(b"From: <a@client.example>\r\n\r\n", "a@client.example", "")
