"""A mail on its way: later where there is trouble, never where it is refused, once however often it is asked for."""

from dataclasses import replace

import pytest

from backend.clock import real_now
from backend.database import row, rows, value
from backend.jobs.drain import drain
from backend.keys import reply_signature
from backend.mailboxes.outgoing.send import masked, send_mail
from backend.tests.factories import a_contact, a_tenant, within
from backend.tests.mail.conftest import Catcher
from backend.tests.mail.sending import opened


async def test_trouble_keeps_the_mail_queued_and_it_goes_out_later_under_the_same_id(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    catcher.answers += ["451 4.7.1 Greylisted, try again"]
    await opened(tenant, contact)
    await drain(tenant.id)
    with within(tenant):
        waiting = await row("select * from outgoing_mails")
    assert waiting is not None
    assert waiting["state"] == "queued"
    assert waiting["last_error"] == "451 4.7.1 Greylisted, try again"
    assert waiting["leased_until"] > real_now()
    assert await send_mail(tenant.id, waiting["id"])
    assert catcher.one_to(contact.email).message["Message-ID"] == waiting["mail_message_id"]
    assert not await send_mail(tenant.id, waiting["id"])
    assert len(catcher.mails) == 1


async def test_a_server_that_is_away_keeps_the_mail_queued(catcher: Catcher) -> None:
    from backend.mailboxes.outgoing.send import configure_smtp
    from backend.tests.mail.conftest import origin

    tenant = await a_tenant()
    contact = await a_contact(tenant)
    configure_smtp("smtp://127.0.0.1:9", origin)
    await opened(tenant, contact)
    await drain(tenant.id)
    with within(tenant):
        waiting = await row("select id, state, last_error from outgoing_mails")
        assert waiting is not None
        assert waiting["state"] == "queued"
        assert "could not be used" in waiting["last_error"]
        await rows("update outgoing_mails set created_at = created_at - interval '6 days'")
    await send_mail(tenant.id, waiting["id"])
    with within(tenant):
        assert await value("select state from outgoing_mails") == "refused"


@pytest.mark.parametrize("where", ["rcpt", "data"])
async def test_a_refusal_for_good_ends_it_with_the_servers_words_masked(catcher: Catcher, where: str) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    words = f"550 5.1.1 <{contact.email}> unknown, see https://help.example/?k=1"
    (catcher.rcpt_answers if where == "rcpt" else catcher.answers).append(words)
    await opened(tenant, contact)
    await drain(tenant.id)
    with within(tenant):
        refused = await row("select state, last_error from outgoing_mails")
    assert refused is not None
    assert refused["state"] == "refused"
    assert refused["last_error"] == "550 5.1.1 <[...]> unknown, see [...]"


def test_masking_hides_what_could_be_a_secret_and_keeps_the_words() -> None:
    assert masked("421 try  again\nlater") == "421 try again later"
    assert masked("550 token AbCdEfGhIjKlMnOpQrStUvWxYz012345") == "550 token [...]"
    assert masked("550 card 4242424242424242") == "550 card [...]"


async def test_one_event_sends_one_mail_to_a_reader_however_often_it_is_delivered(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    await opened(tenant, contact)
    await drain(tenant.id)
    with within(tenant):
        await rows("update deliveries set done_at = null where consumer = 'receipt'")
    await drain(tenant.id)
    assert len(catcher.to(contact.email)) == 1


async def test_no_token_and_no_text_of_a_mail_stands_in_the_queue(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    ticket = await opened(tenant, replace(contact), body="a secret-looking text")
    await drain(tenant.id)
    with within(tenant):
        stored = str(await value("select json_agg(m)::text from outgoing_mails m"))
    assert reply_signature(tenant.id, ticket.number) not in stored
    assert "secret-looking" not in stored
