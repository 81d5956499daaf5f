"""Mail out and in as processes of their own: killed, stopped and started again, nothing is lost."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import aiosmtplib

from backend.database import row, rows, value
from backend.jobs.deliver import deliver
from backend.mailboxes.outgoing.claim import LEASE
from backend.mailboxes.outgoing.send import send_mail
from backend.notifications.consumers import MAIL_CONSUMERS
from backend.tests.conftest import SECRET_KEY
from backend.tests.factories import a_contact, a_tenant, within
from backend.tests.mail.conftest import Catcher
from backend.tickets.open import NewTicket, open_ticket
from infra.dev.services import ServiceUrls

ROOT = Path(__file__).parents[3]
SEND = """
import asyncio, sys
from uuid import UUID
from backend.database import open_database
from backend.keys import set_secret_key
from backend.mailboxes.outgoing.send import configure_smtp, send_mail
async def main(database, key, smtp, tenant, mail):
    set_secret_key(key)
    configure_smtp(smtp, "http://{}".format)
    await open_database(database)
    await send_mail(UUID(tenant), UUID(mail))
asyncio.run(main(*sys.argv[1:]))
"""
LISTENER_PORT = 9410


async def test_a_sender_that_is_killed_leaves_the_mail_and_the_next_one_sends_it_under_the_same_id(
    catcher: Catcher, urls: ServiceUrls
) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    with within(tenant):
        await open_ticket(contact, NewTicket(department_id=tenant.support, subject="Help", body="Please"))
        event_id = await value("select id from events where type = 'TicketOpened'")
    await deliver(MAIL_CONSUMERS, tenant.id, event_id, "receipt")
    with within(tenant):
        mail_id = await value("select id from outgoing_mails")
    catcher.hold = asyncio.Event()
    words = (urls.app, SECRET_KEY, catcher.url, str(tenant.id), str(mail_id))
    sender = await asyncio.create_subprocess_exec(sys.executable, "-c", SEND, *words, cwd=ROOT)
    async with asyncio.timeout(20):
        await catcher.holding.wait()
    assert not await send_mail(tenant.id, mail_id), "someone is sending it"
    sender.kill()
    await sender.wait()
    catcher.hold.set()
    with within(tenant):
        left = await row("select state, sending_until - clock_timestamp() as claim from outgoing_mails")
        assert left is not None
        assert left["state"] == "queued"
        assert left["claim"] <= LEASE
        assert not await send_mail(tenant.id, mail_id), "nobody knows yet that the sender is gone"
        await rows("update outgoing_mails set sending_until = sending_until - $1::interval", LEASE)
    assert await send_mail(tenant.id, mail_id)
    with within(tenant):
        sent = await row("select state, mail_message_id from outgoing_mails")
    assert sent is not None
    assert sent["state"] == "sent"
    assert {mail.message["Message-ID"] for mail in catcher.to(contact.email)} == {sent["mail_message_id"]}


async def start_listener(urls: ServiceUrls, folder: Path) -> Process:
    environment = {
        **os.environ,
        "COUNTERSIGN_DATABASE_URL": urls.app,
        "COUNTERSIGN_OWNER_DATABASE_URL": urls.owner,
        "COUNTERSIGN_SYSTEM_DATABASE_URL": urls.system,
        "COUNTERSIGN_REDIS_URL": urls.redis,
        "COUNTERSIGN_SECRET_KEY": SECRET_KEY,
        "COUNTERSIGN_DATA_DIR": str(folder),
        "COUNTERSIGN_MAIL_PORT": str(LISTENER_PORT),
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "backend.cli", "mail-listener", cwd=ROOT, env=environment, stderr=PIPE
    )


async def until_it_listens() -> None:
    async with asyncio.timeout(20):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", LISTENER_PORT)
            except ConnectionRefusedError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                await writer.wait_closed()
                return


async def end(process: Process) -> str:
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(10):
        _, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    return errors.decode()


async def test_the_listener_takes_mail_as_a_process_ends_when_asked_and_logs_nothing_of_what_people_wrote(
    urls: ServiceUrls, tmp_path: Path
) -> None:
    tenant = await a_tenant()
    listener = await start_listener(urls, tmp_path)
    try:
        await until_it_listens()
        raw = b"From: <new@client.example>\r\nSubject: Help\r\n\r\nMy password is zebra-crossing-77\r\n"
        address = f"support@{tenant.mail_domain}"
        await aiosmtplib.send(
            raw, sender="new@client.example", recipients=[address], hostname="127.0.0.1", port=LISTENER_PORT, start_tls=False
        )  # fmt: skip
        with within(tenant):
            assert await value("select outcome from incoming_mails") == "received"
        taken = await start_listener(urls, tmp_path)
        _, complaint = await taken.communicate()
        assert taken.returncode == 1
        assert "cannot listen on 127.0.0.1:9410" in complaint.decode()
        assert "Traceback" not in complaint.decode()
    finally:
        log = await end(listener)
    assert "mail_stored" in log
    assert "zebra" not in log
    assert "new@client.example" not in log
