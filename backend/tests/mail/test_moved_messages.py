"""Mails of messages that moved: the answer reaches the ticket where the message is, and everybody who asked is answered."""

from backend.actor import Actor
from backend.database import rows
from backend.jobs.drain import drain
from backend.keys import reply_signature
from backend.mailboxes.addresses import reply_address
from backend.mailboxes.receive import receive
from backend.tests.factories import TestTenant, a_contact, within
from backend.tests.mail.conftest import Catcher
from backend.tests.mail.test_receive import mail
from backend.tests.moves.story import Story, a_story, a_ticket, messages, split
from backend.tickets.moves.merge import merge_tickets
from backend.tickets.moves.undo import undo_merge, undo_split
from backend.tickets.reply import reply


def address(tenant: TestTenant, number: int) -> str:
    return reply_address("support", tenant.mail_domain, tenant.id, number)


async def answer(story: Story, sender: Actor, number: int, text: str, answered: str | None = None) -> int | None:
    """The number of the ticket on which an answer by mail lands."""
    headers = f"In-Reply-To: {answered}\r\nReferences: <x@y.example> {answered}\r\n" if answered else ""
    outcome = await receive(address(story.tenant, number), sender.email, mail(sender.email, text, headers=headers))
    assert outcome.outcome == "replied", outcome
    return outcome.number


async def test_an_answer_to_the_mail_of_a_message_that_was_split_off_reaches_the_new_ticket(catcher: Catcher) -> None:
    story = await a_story()
    with within(story.tenant):
        await reply(story.agent, story.number, "Which invoice?", status="pending")
        await drain(story.tenant.id)
        asked = await rows("select mail_message_id from outgoing_mails where template = 'reply'")
        receipt = await rows("select mail_message_id from outgoing_mails where template = 'receipt'")
        made = await split(story, "And the invoice of May?", "Which invoice?")
        assert await answer(story, story.contact, story.number, "Number 7.", asked[0][0]) == made
        assert await answer(story, story.contact, story.number, "No mail yet.", receipt[0][0]) == story.number
        assert await answer(story, story.contact, story.number, "Anything else.") == story.number
        assert (await messages(made))[-1] == "Number 7."
        # A header leads nowhere but to what was on the ticket that the signed address names.
        other = await a_ticket(story.contact, story.tenant.support, body="Another one.")
        assert await answer(story, story.contact, other, "About that.", asked[0][0]) == other


async def test_after_the_undo_answers_come_back_and_the_spare_number_leads_there(catcher: Catcher) -> None:
    story = await a_story()
    with within(story.tenant):
        made = await split(story, "And the invoice of May?")
        await drain(story.tenant.id)
        told = await rows("select mail_message_id from outgoing_mails where template = 'split'")
        await undo_split(story.agent, made)
        assert await answer(story, story.contact, made, "Number 7.", told[0][0]) == story.number


async def test_the_client_hears_of_a_split_with_the_new_number_and_of_a_merge_with_both(catcher: Catcher) -> None:
    story = await a_story()
    with within(story.tenant):
        made = await split(story, "And the invoice of May?")
        await drain(story.tenant.id)
        subject, text = (
            catcher.to(story.contact.email)[-1].message["Subject"],
            catcher.to(story.contact.email)[-1].part("plain"),
        )
        assert subject == f"[#{made}] A request of its own: Invoice"
        assert str(story.number) in text
        await merge_tickets(story.agent, made, story.number)
        await drain(story.tenant.id)
        merged = catcher.to(story.contact.email)[-1]
        assert merged.message["Subject"] == f"[#{story.number}] Goes on in {story.number}: DNS"
        assert str(made) in merged.part("plain")


async def test_everybody_of_the_client_who_asked_hears_the_answer_while_the_merge_stands(catcher: Catcher) -> None:
    story = await a_story(second=None)
    colleague = await a_contact(story.tenant, "member", client=story.contact.client_id, name="Hanna Vos")
    with within(story.tenant):
        hers = await a_ticket(colleague, story.tenant.support, "DNS again", "Mine, too.")
        await merge_tickets(story.agent, hers, story.number)
        await reply(story.agent, story.number, "Both are right now.", status="open")
        await drain(story.tenant.id)
        for person in (story.contact, colleague):
            assert "Both are right now." in catcher.to(person.email)[-1].part("plain")
        assert await answer(story, colleague, hers, "Thank you, one more thing?") == story.number
        await undo_merge(story.agent, hers)
        await reply(story.agent, story.number, "And this, too.", status="open")
        await drain(story.tenant.id)
        assert "And this, too." not in catcher.to(colleague.email)[-1].part("plain")
    assert reply_signature(story.tenant.id, hers) != reply_signature(story.tenant.id, story.number)
