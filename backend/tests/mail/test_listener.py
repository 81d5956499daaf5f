"""The listener promises a mail only when it is stored."""

import asyncio
from collections.abc import AsyncIterator

import aiosmtplib
import asyncpg
import pytest

from backend.database import value
from backend.mailboxes.listener import MOST_BYTES, listen
from backend.tests.factories import TestTenant, a_tenant, within
from backend.tests.mail.stored import process_stored
from infra.dev.services import ServiceUrls

RAW = b"From: <new@client.example>\r\nSubject: Help\r\nMessage-ID: <1@client.example>\r\n\r\nMy site is down.\r\n"


@pytest.fixture
async def smtp() -> AsyncIterator[aiosmtplib.SMTP]:
    server = await listen("127.0.0.1", 0)
    client = aiosmtplib.SMTP(hostname="127.0.0.1", port=server.sockets[0].getsockname()[1], start_tls=False, timeout=30)
    async with client:
        yield client
    server.close()
    await server.wait_closed()


async def tickets(tenant: TestTenant) -> int:
    await process_stored()
    with within(tenant):
        count: int = await value("select count(*) from tickets")
    return count


async def test_a_mail_is_taken_when_it_is_stored_and_committed(smtp: aiosmtplib.SMTP) -> None:
    one, other = await a_tenant(), await a_tenant()
    for tenant in (one, other):
        _, answer = await smtp.sendmail("new@client.example", [f"support@{tenant.mail_domain}"], RAW)
        assert answer.startswith("2.0.0")
        assert await tickets(tenant) == 1


async def test_one_mail_to_mailboxes_of_two_companies_reaches_both(smtp: aiosmtplib.SMTP) -> None:
    one, other = await a_tenant(), await a_tenant()
    await smtp.sendmail("new@client.example", [f"support@{each.mail_domain}" for each in (one, other)], RAW)
    assert (await tickets(one), await tickets(other)) == (1, 1)


async def test_a_mailbox_that_is_not_here_is_refused_for_good(smtp: aiosmtplib.SMTP) -> None:
    tenant = await a_tenant()
    for address in ("support@nowhere.example", f"nobody@{tenant.mail_domain}"):
        with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refused:
            await smtp.sendmail("new@client.example", [address], RAW)
        assert refused.value.recipients[0].code == 550


async def test_while_the_database_is_away_the_sender_is_asked_to_come_again(
    smtp: aiosmtplib.SMTP, urls: ServiceUrls
) -> None:
    tenant = await a_tenant()
    to = f"support@{tenant.mail_domain}"
    await smtp.mail("new@client.example")
    await smtp.rcpt(to)
    name = urls.app.rsplit("/", 1)[1]
    admin = await asyncpg.connect(urls.admin.rsplit("/", 1)[0] + "/postgres")
    try:
        await admin.execute(f"alter database {name} with allow_connections false")
        await admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", name)
        with pytest.raises(aiosmtplib.SMTPDataError) as later:
            await smtp.data(RAW)
        assert later.value.code == 451
        with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refused:
            await smtp.sendmail("new@client.example", [to], RAW)
        assert refused.value.recipients[0].code == 451
    finally:
        await admin.execute(f"alter database {name} with allow_connections true")
        await admin.close()
    await smtp.sendmail("new@client.example", [to], RAW)
    assert await tickets(tenant) == 1


async def test_a_mail_that_is_too_large_is_refused(smtp: aiosmtplib.SMTP) -> None:
    tenant = await a_tenant()
    with pytest.raises(aiosmtplib.SMTPSenderRefused) as refused:
        await smtp.mail("new@client.example", options=[f"SIZE={MOST_BYTES + 1}"])
    assert refused.value.code == 552
    with pytest.raises(aiosmtplib.SMTPSenderRefused):
        await smtp.sendmail(
            "new@client.example", [f"support@{tenant.mail_domain}"], RAW + b"x" * 70 * (MOST_BYTES // 70)
        )
    assert await tickets(tenant) == 0


async def test_a_mail_without_any_sender_is_taken_and_stands_in_the_list_of_what_could_not_be_read(
    smtp: aiosmtplib.SMTP,
) -> None:
    tenant = await a_tenant()
    await smtp.sendmail("no-address", [f"support@{tenant.mail_domain}"], b"Subject: x\r\n\r\ntext\r\n")
    await process_stored()
    with within(tenant):
        assert await value("select reason from incoming_mails where outcome = 'unreadable'") == "no_sender"


async def test_many_senders_at_once_are_all_taken() -> None:
    tenant = await a_tenant()
    server = await listen("127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    async def send(number: int) -> None:
        raw = RAW.replace(b"new@", b"new%d@" % number)
        await aiosmtplib.send(
            raw, sender=f"new{number}@client.example", recipients=[f"support@{tenant.mail_domain}"], hostname="127.0.0.1",
            port=port, start_tls=False,
        )  # fmt: skip

    await asyncio.gather(*(send(number) for number in range(20)))
    assert await tickets(tenant) == 20
    server.close()
    await server.wait_closed()
