"""What cannot be read is put aside where people see it, with its reason, and stops nothing behind it."""

import pytest

from backend import files
from backend.database import row, rows, value
from backend.errors import Refusal
from backend.jobs.drain import drain
from backend.mailboxes.incoming.process import MOST_TRIES
from backend.mailboxes.incoming.reader import CannotRead, Readers, read_here, use_reader
from backend.mailboxes.incoming.recipients import find_mailbox
from backend.mailboxes.incoming.store import Origin, store_mail
from backend.mailboxes.incoming.unreadable import REASONS, reason_in_words, try_again, unreadable_mails
from backend.mailboxes.reading.read_mail import ReadMail
from backend.mailboxes.receive import receive
from backend.tests.factories import TestTenant, a_member, a_tenant, within
from backend.tests.mail.conftest import Catcher
from backend.tests.mail.stored import process_stored
from backend.tests.mail.test_receive import mail
from backend.tests.simulators.transit import TOKEN, TransitSimulator
from backend.transit import TransitKey
from backend.vault import set_key_wrapper
from backend.wrapping import KeysAway, MasterKeys

MARK = b"this one ends its reader"


async def store(tenant: TestTenant, raw: bytes) -> None:
    mailbox = await find_mailbox(f"support@{tenant.mail_domain}")
    await store_mail(mailbox, "new@client.example", raw, origin=Origin())


@pytest.mark.usefixtures("catcher")
async def test_a_mail_whose_reader_fails_stands_in_the_list_and_those_behind_it_are_taken() -> None:
    tenant = await a_tenant()
    admin = await a_member(tenant, "admin")

    async def fails(raw: bytes, sender: str) -> ReadMail:
        if MARK in raw:
            raise CannotRead("too_slow")
        return await read_here(raw, sender)

    await process_stored()  # What other tests have left.
    use_reader(fails)
    try:
        await store(tenant, mail("new@client.example", MARK.decode()))
        await store(tenant, mail("new@client.example", "Please help"))
        assert [each.outcome for each in await process_stored()] == ["unreadable", "opened"]
    finally:
        use_reader(read_here)
    with within(tenant):
        page = await unreadable_mails(admin)
        assert page is not None
        assert (page.total, page.mails[0]["reason"]) == (1, "too_slow")
        await try_again(admin, page.mails[0]["id"])
        await drain(tenant.id)
        again = await unreadable_mails(admin)
        assert again is not None
        assert again.total == 0
        assert await value("select count(*) from tickets") == 2


async def test_a_surprise_while_a_mail_is_processed_puts_it_aside() -> None:
    tenant = await a_tenant()

    async def surprises(raw: bytes, sender: str) -> ReadMail:
        raise ZeroDivisionError

    use_reader(surprises)
    try:
        outcome = await receive(f"support@{tenant.mail_domain}", "a@client.example", mail("a@client.example"))
    finally:
        use_reader(read_here)
    assert (outcome.outcome, outcome.reason) == ("unreadable", "surprise")


async def test_while_the_store_of_files_is_away_a_mail_waits_and_counts_no_try() -> None:
    tenant = await a_tenant()

    async def away(raw: bytes, sender: str) -> ReadMail:
        raise ConnectionError

    await store(tenant, mail("a@client.example"))
    use_reader(away)
    try:
        for _ in range(MOST_TRIES + 2):
            with pytest.raises(ConnectionError):
                await process_stored()
    finally:
        use_reader(read_here)
    assert [each.outcome for each in await process_stored()] == ["opened"]


async def test_while_the_key_service_is_away_a_mail_with_a_password_waits_and_is_sealed_then() -> None:
    tenant = await a_tenant()
    await store(tenant, mail("a@client.example", "My password is Kestrel!49tango"))
    with TransitSimulator(status=503) as service:
        set_key_wrapper(TransitKey(service.url, TOKEN, MasterKeys([bytes(32)])))
        try:
            for _ in range(MOST_TRIES + 2):
                with pytest.raises(KeysAway):
                    await process_stored()
            service.status = None
            assert [each.outcome for each in await process_stored()] == ["opened"]
        finally:
            set_key_wrapper(None)
    with within(tenant):
        assert await rows("select 1 from secrets where state = 'sent' and source = 'mail'")


async def test_a_mail_that_ended_its_reader_time_and_again_is_put_aside() -> None:
    tenant = await a_tenant()
    await store(tenant, mail("a@client.example"))
    with within(tenant):
        await rows("update incoming_mails set tries = $1", MOST_TRIES)
    assert [(each.outcome, each.reason) for each in await process_stored()] == [("unreadable", "ends_the_reader")]
    with within(tenant):
        found = await row("select file_key from incoming_mails")
    assert found is not None
    assert b"My site is down" in await files.get(found["file_key"])


async def test_only_admins_see_the_list_and_try_again() -> None:
    tenant, other = await a_tenant(), await a_tenant()
    admin, agent, stranger = await a_member(tenant, "admin"), await a_member(tenant), await a_member(other, "admin")
    await receive(f"support@{tenant.mail_domain}", "", b"From: nobody\r\nReturn-Path: <x>\r\nX: y\r\n\r\ntext")
    with within(tenant):
        await rows("update incoming_mails set outcome = 'unreadable', reason = 'no_sender'")
        mail_id = await value("select id from incoming_mails")
        assert await unreadable_mails(agent) is None
        with pytest.raises(Refusal, match="allow"):
            await try_again(agent, mail_id)
    with within(other):
        page = await unreadable_mails(stranger)
        assert page is not None
        assert page.total == 0
        with pytest.raises(Refusal):
            await try_again(stranger, mail_id)
    with within(tenant):
        await try_again(admin, mail_id)


async def test_readers_of_their_own_read_and_are_killed_where_a_mail_takes_too_long() -> None:
    readers = Readers(number=1)
    try:
        read = await readers.read(mail("a@client.example", "Hello"), "a@client.example")
        assert (read.sender, read.text) == ("a@client.example", "Hello")
    finally:
        readers.close()
    slow = Readers(number=1, seconds=1.0, module="backend.tests.mail.slow_reading")
    try:
        with pytest.raises(CannotRead) as trouble:
            await slow.read(b"sleep", "")
        assert trouble.value.trouble == "too_slow"
    finally:
        slow.close()
    ended = Readers(number=1, module="backend.tests.mail.slow_reading")
    try:
        with pytest.raises(CannotRead) as trouble:
            await ended.read(b"die", "")
        assert trouble.value.trouble == "reading_failed"
        with pytest.raises(CannotRead) as trouble:
            await ended.read(b"memory", "")
        assert trouble.value.trouble == "too_much_memory"
    finally:
        ended.close()


def test_each_reason_has_words_in_both_languages() -> None:
    assert REASONS["en"].keys() == REASONS["nl"].keys()
    assert reason_in_words("no_sender", "nl") != reason_in_words("no_sender", "en")
    assert "_" not in reason_in_words("not_found", "en")


async def test_the_same_mail_for_two_mailboxes_of_a_company_is_one_ticket(catcher: Catcher) -> None:
    tenant = await a_tenant()
    with within(tenant):
        await rows(
            """insert into departments (tenant_id, id, name, description, position, audience, proof_level, mailbox)
               values ($1, uuidv7(), 'Sales', 'Sales', 2, 'everyone', 'none', 'sales')""",
            tenant.id,
        )
    raw = mail("a@client.example")
    outcomes = [
        await receive(f"{mailbox}@{tenant.mail_domain}", "a@client.example", raw) for mailbox in ("support", "sales")
    ]
    assert [each.outcome for each in outcomes] == ["opened", "repeated"]
    assert outcomes[0].number == outcomes[1].number
