"""What only thanks is kept and shown, and neither reopens nor notifies; one click makes it the reply that it was
(FIELD.md A10)."""

import asyncio
import base64
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backend import clock
from backend.actor import Actor
from backend.clock import now
from backend.database import row, rows, value
from backend.errors import Refusal
from backend.mailboxes.receive import receive
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, within
from backend.tests.mail.test_receive import mail, reply_to
from backend.tickets.moves.split import Part, split_ticket
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.reply import reply
from backend.tickets.thanks.review import set_thanks_minutes, thanks_review
from backend.tickets.thanks.take import say_all_fine
from backend.tickets.thanks.take_as_reply import take_as_reply


class Story:
    """A ticket that was answered."""

    tenant: TestTenant
    agent: Actor
    contact: Actor
    number: int

    async def ticket(self, number: int | None = None) -> Any:
        return await row("select * from tickets where number = $1", number or self.number)

    async def thanks(self) -> list[Any]:
        return await rows("select * from thanks order by id")

    async def happened(self) -> list[str]:
        return [each["type"] for each in await rows("select type from events where ticket_id is not null order by id")]

    async def notices(self) -> int:
        found: int = await value(
            "select count(*) from deliveries d join events e on e.tenant_id = d.tenant_id and e.id = d.event_id "
            "where d.consumer = 'staff_notice' and e.type = 'ClientReplied'"
        )
        return found


async def a_story(policy: str = "larkspur", status: str | None = None) -> Story:
    story = Story()
    story.tenant = await a_tenant(policy=policy)
    story.agent, story.contact = await a_member(story.tenant), await a_contact(story.tenant)
    with within(story.tenant):
        opened = await open_ticket(
            story.contact, NewTicket(department_id=story.tenant.support, subject="DNS", body="Please help.")
        )
        story.number = opened.number
        await reply(story.agent, story.number, "It is done.", status=status)
    return story


async def test_a10_thanks_do_not_reopen_a_closed_ticket_and_tell_nobody() -> None:
    story = await a_story()
    with within(story.tenant):
        before = await story.ticket()
        assert before["meaning"] == "closed"
        written = await reply(story.contact, story.number, "Thank you so much, Mara!\n\nJoel")
        assert dict(await story.ticket()) == dict(before)
        assert (
            await value("select body from messages where id = $1", written.message_id)
            == "Thank you so much, Mara!\n\nJoel"
        )
        assert await story.notices() == 0
        (thanks,) = await story.thanks()
        assert (thanks["message_id"], thanks["avoided"], thanks["minutes"]) == (written.message_id, True, 5)
        assert (await story.happened())[-1] == "ClientThanked"


@pytest.mark.parametrize("policy", ["larkspur", "foundry", "anchor", "polder", "orchard"])
async def test_in_every_lifecycle_thanks_change_nothing_and_a_reply_does(policy: str) -> None:
    story = await a_story(policy)
    with within(story.tenant):
        before = await story.ticket()
        timers = await rows("select id, due_at, cancelled_at from timers order by id")
        await reply(story.contact, story.number, "Many thanks!")
        assert dict(await story.ticket()) == dict(before)
        assert await rows("select id, due_at, cancelled_at from timers order by id") == timers
        replied = await reply(story.contact, story.number, "Thanks, but it is still down.")
        assert (await story.ticket(replied.number))["waiting_since"] is not None


async def test_thanks_on_a_ticket_that_waits_for_the_staff_keep_its_place() -> None:
    story = await a_story()
    with within(story.tenant):
        await reply(story.contact, story.number, "And the other domain?")
        before = await story.ticket()
        await reply(story.contact, story.number, "Thanks!")
        assert dict(await story.ticket()) == dict(before)
        assert [each["avoided"] for each in await story.thanks()] == [False]


async def test_perfect_thanks_is_an_answer_where_something_was_asked() -> None:
    story = await a_story("foundry")
    with within(story.tenant):
        await reply(story.agent, story.number, "Shall we do it at ten?", status="pending")
        await reply(story.contact, story.number, "Thank you!")
        assert (await story.ticket())["status"] == "pending"
        await reply(story.contact, story.number, "Perfect, thanks")
        assert (await story.ticket())["status"] == "open"


async def test_a_mail_that_only_thanks_is_thanks_and_one_with_an_attachment_a_reply() -> None:
    story = await a_story()
    address = reply_to(story.tenant, story.number)
    quoted = "Thanks!\r\n\r\nOn Tue, 4 Mar 2025, Support <a@b.example> wrote:\r\n> Is there anything else?\r\n> Mara"
    await receive(address, story.contact.email, mail(story.contact.email, quoted))
    with within(story.tenant):
        assert (await story.ticket())["meaning"] == "closed"
        assert len(await story.thanks()) == 1
    attached = (
        f"From: <{story.contact.email}>\r\nSubject: Re\r\nMessage-ID: <a@c.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nThanks!\r\n'
        '--b\r\nContent-Type: image/png; name="x.png"\r\nContent-Disposition: attachment; filename="x.png"\r\n\r\nxx\r\n--b--\r\n'
    )
    await receive(address, story.contact.email, attached.encode())
    with within(story.tenant):
        assert (await story.ticket())["meaning"] == "open"


@pytest.mark.parametrize(
    ("size", "shown", "meaning"), [(2_000, True, "closed"), (2_000, False, "open"), (40_000, True, "open")]
)
async def test_a_logo_in_the_signature_of_a_mail_makes_no_reply_of_thanks(size: int, shown: bool, meaning: str) -> None:
    story = await a_story()
    logo = base64.encodebytes(b"\x89PNG" + bytes(size)).decode().replace("\n", "\r\n")
    picture = '<img src="cid:logo@c.example">' if shown else ""
    letter = (
        f"From: <{story.contact.email}>\r\nSubject: Re\r\nMessage-ID: <a@c.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n'
        f"<p>Thanks!</p><p>Kind regards<br>Ruth Adeyemi</p>{picture}\r\n"
        '--b\r\nContent-Type: image/png; name="logo.png"\r\nContent-Disposition: inline; filename="logo.png"\r\n'
        f"Content-ID: <logo@c.example>\r\nContent-Transfer-Encoding: base64\r\n\r\n{logo}\r\n--b--\r\n"
    )
    await receive(reply_to(story.tenant, story.number), story.contact.email, letter.encode())
    with within(story.tenant):
        assert (await story.ticket())["meaning"] == meaning


async def test_this_was_a_reply_reopens_at_the_place_that_it_had(monkeypatch: pytest.MonkeyPatch) -> None:
    story = await a_story()
    with within(story.tenant):
        written = (await reply(story.contact, story.number, "Thanks!")).message_id
        at = await value("select at from messages where id = $1", written)
        moment = now() + timedelta(hours=5)
        monkeypatch.setattr(clock, "_offset", clock._offset + timedelta(hours=5))
        results = await asyncio.gather(*(take_as_reply(story.agent, written) for _ in range(3)))
        assert results == [story.number] * 3
        ticket = await story.ticket()
        assert (ticket["meaning"], ticket["waiting_since"]) == ("open", at)
        assert ticket["closed_at"] is None
        assert await story.notices() == 1
        (thanks,) = await story.thanks()
        assert thanks["undone_by"] == story.agent.account
        assert thanks["undone_at"] >= moment - timedelta(minutes=1)
        assert (await story.happened()).count("ThanksWereReply") == 1


async def test_what_was_answered_meanwhile_does_not_wait() -> None:
    story = await a_story()
    with within(story.tenant):
        written = (await reply(story.contact, story.number, "Thanks!")).message_id
        await reply(story.contact, story.number, "And now the other one.")
        await reply(story.agent, story.number, "Done too.")
        before = await story.ticket()
        await take_as_reply(story.agent, written)
        assert (await story.ticket())["waiting_since"] is None
        assert (await story.ticket())["meaning"] == before["meaning"]


async def test_a_ticket_that_waits_already_waits_since_the_earlier() -> None:
    story = await a_story()
    with within(story.tenant):
        written = (await reply(story.contact, story.number, "Thanks!")).message_id
        await reply(story.contact, story.number, "And now the other one.")
        await take_as_reply(story.agent, written)
        at = await value("select at from messages where id = $1", written)
        assert (await story.ticket())["waiting_since"] == at


async def test_on_a_ticket_closed_for_good_the_reply_moves_to_a_linked_one(monkeypatch: pytest.MonkeyPatch) -> None:
    story = await a_story("foundry", "solved")
    with within(story.tenant):
        await say_all_fine(story.contact, story.number)
        assert (await story.ticket())["status"] == "solved"
        await rows(
            "update tickets set status = 'closed', meaning = 'closed', closed_at = now() where number = $1",
            story.number,
        )
        written = (await reply(story.contact, story.number, "Thanks!")).message_id
        number = await take_as_reply(story.agent, written)
        assert number != story.number
        follow_up = await story.ticket(number)
        moved = await row("select ticket_id, at from messages where id = $1", written)
        assert moved is not None
        assert moved["ticket_id"] == follow_up["id"]
        assert follow_up["waiting_since"] == moved["at"]
        assert follow_up["requester_id"] == story.contact.account
        assert (await story.ticket())["meaning"] == "closed"
        assert await take_as_reply(story.agent, written) == number


async def test_the_button_never_reopens_counts_as_satisfied_and_a_reply_takes_it_back() -> None:
    story = await a_story("polder")
    with within(story.tenant):
        before = await story.ticket()
        await say_all_fine(story.contact, story.number)
        await say_all_fine(story.contact, story.number)
        after = await story.ticket()
        assert after["satisfied_at"] is not None
        assert after["status"] == before["status"]
        assert [each["message_id"] for each in await story.thanks()] == [None]
        await reply(story.contact, story.number, "One thing is missing.")
        assert (await story.ticket())["satisfied_at"] is None


async def test_the_button_closes_where_the_lifecycle_says_so() -> None:
    story = await a_story("foundry", "solved")
    with within(story.tenant):
        policy = await row(
            "select id, definition from lifecycle_policies where id = (select policy_id from tickets where number = $1)",
            story.number,
        )
        assert policy is not None
        await rows(
            "insert into lifecycle_policies select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'version', 99, "
            "'definition', p.definition || '{\"thanks\": {\"solved\": \"closed\"}}'))).* from lifecycle_policies p where id = $1",
            policy["id"],
        )  # fmt: skip
        await rows("update tickets set policy_id = (select id from lifecycle_policies where version = 99)")
        await say_all_fine(story.contact, story.number)
        assert (await story.ticket())["meaning"] == "closed"


async def test_a_split_does_not_take_thanks_for_a_question() -> None:
    story = await a_story()
    with within(story.tenant):
        written = (await reply(story.contact, story.number, "Thanks!")).message_id
        with pytest.raises(Refusal):
            await split_ticket(
                story.agent, story.number,
                Part(message_ids=[written], department_id=story.tenant.support, subject="Thanks"),
            )  # fmt: skip


async def test_the_review_lists_the_day_and_counts_what_was_saved() -> None:
    story = await a_story()
    admin = await a_member(story.tenant, "admin")
    with within(story.tenant):
        await set_thanks_minutes(admin, 12)
        written = (await reply(story.contact, story.number, "Thanks!")).message_id
        await reply(story.contact, story.number, "Thank you very much")
        await say_all_fine(story.contact, story.number)
        review = await thanks_review(story.agent)
        assert [each["body"] for each in review.thanks] == [None, "Thank you very much", "Thanks!"]
        assert (review.month_count, review.total_minutes) == (2, 24)
        await take_as_reply(story.agent, written)
        review = await thanks_review(story.agent)
        assert (review.total_count, review.month_minutes) == (1, 12)
        assert (await thanks_review(story.agent, 1)).thanks == []


async def test_who_may() -> None:
    story = await a_story()
    other = await a_contact(story.tenant, name="Someone Else")
    with within(story.tenant):
        written = (await reply(story.contact, story.number, "Thanks!")).message_id
        for attempt in (
            take_as_reply(story.contact, written), thanks_review(story.contact), set_thanks_minutes(story.agent, 5),
            say_all_fine(other, story.number), say_all_fine(story.agent, story.number), take_as_reply(story.agent, UUID(int=1)),
        ):  # fmt: skip
            with pytest.raises(Refusal):
                await attempt
