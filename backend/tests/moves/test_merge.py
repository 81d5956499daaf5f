"""A merged ticket goes on in another: one timeline, both numbers work, and nothing that was held is lost."""

import asyncio

import pytest

from backend.accounts.guests import account_of_address
from backend.accounts.secret import Secret
from backend.database import row, rows, transaction, value
from backend.errors import Refusal
from backend.secrets.seal import NewSecret
from backend.tests.factories import a_contact, a_department, as_owner, within
from backend.tests.moves.story import Story, a_story, a_ticket, at_of, messages, split, ticket
from backend.tickets.assign import assign
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.moves.merge import merge_tickets
from backend.tickets.reply import add_note, reply
from backend.tickets.secrets import show_secret
from backend.tickets.set_priority import set_priority
from backend.tickets.transfer import transfer
from infra.dev.services import ServiceUrls

DNS, INVOICE = "The MX records are wrong.", "And the invoice of May?"


async def two(policy: str = "foundry") -> tuple[Story, int]:
    """A story, and a second ticket of the same contact."""
    story = await a_story(policy=policy, second=None)
    with within(story.tenant):
        return story, await a_ticket(story.contact, story.tenant.support, "Mail again", "Still no mail.")


async def test_the_source_is_closed_with_a_link_and_the_target_holds_one_timeline() -> None:
    story, later = await two()
    with within(story.tenant):
        await add_note(story.agent, story.number, "Seen it.")
        await merge_tickets(story.agent, story.number, later)
        source, target = await ticket(story.number), await ticket(later)
        assert await messages(later) == [DNS, "Still no mail.", "Seen it."]
        assert await messages(story.number) == []
    assert (source["meaning"], source["merged_into"], source["waiting_since"]) == ("closed", target["id"], None)
    assert target["status"] == "open"


async def test_the_target_waits_since_the_earliest_and_is_as_urgent_as_the_more_urgent() -> None:
    story, later = await two()
    with within(story.tenant):
        await set_priority(story.agent, story.number, "urgent")
        await merge_tickets(story.agent, story.number, later)
        target = await ticket(later)
        assert target["waiting_since"] == await at_of(DNS)
        assert target["urgency"] == 1


async def test_a_target_that_had_its_answer_is_opened_by_what_nobody_answered() -> None:
    story, later = await two()
    with within(story.tenant):
        await reply(story.agent, later, "Try again.", status="solved")
        await merge_tickets(story.agent, story.number, later)
        target = await ticket(later)
        assert (target["status"], target["waiting_since"]) == ("open", await at_of(DNS))
        assert await value("select count(*) from timers where done_at is null and cancelled_at is null") == 0


async def test_the_timers_of_the_source_stop_and_its_secrets_go_along() -> None:
    story, later = await two()
    with within(story.tenant):
        await reply(
            story.contact, story.number, "The login.", secrets=[NewSecret(label="FTP", value=Secret("Hunter-2"))]
        )
        await reply(story.agent, story.number, "Which one?", status="pending")
        await merge_tickets(story.agent, story.number, later)
        secret = await row("select id, ticket_id, state from secrets")
        assert secret is not None
        assert (secret["ticket_id"], secret["state"]) == ((await ticket(later))["id"], "sent")
        assert (await show_secret(story.agent, secret["id"])).reveal() == "Hunter-2"
        pending = await rows("select action, ticket_id from timers where done_at is null and cancelled_at is null")
        assert [tuple(each.values()) for each in pending] == [("destroy_secret", (await ticket(later))["id"])]


async def test_replies_to_a_merged_ticket_reach_the_end_of_the_chain() -> None:
    story, second = await two()
    with within(story.tenant):
        third = await a_ticket(story.contact, story.tenant.support, "Third", "The third.")
        await merge_tickets(story.agent, story.number, second)
        await merge_tickets(story.agent, second, third)
        by_client = await reply(story.contact, story.number, "One more thing.")
        by_staff = await reply(story.agent, second, "All of it is done.")
        assert (by_client.number, by_client.follow_up, by_staff.number) == (third, False, third)
        assert (await messages(third))[-2:] == ["One more thing.", "All of it is done."]


async def test_the_same_key_writes_one_message_before_and_after_a_merge() -> None:
    story, later = await two()
    with within(story.tenant):
        before = await reply(story.contact, story.number, "Once.", idempotency_key="k")
        await merge_tickets(story.agent, story.number, later)
        again = await reply(story.contact, story.number, "Once.", idempotency_key="k")
        assert again.message_id == before.message_id
        assert (again.number, again.follow_up) == (later, False)


async def test_a_merged_ticket_takes_nothing_else() -> None:
    story, later = await two()
    billing = await a_department(story.tenant, "Second billing")
    with within(story.tenant):
        await merge_tickets(story.agent, story.number, later)
        for verb in (
            assign(story.agent, story.number, None),
            transfer(story.agent, story.number, billing),
            set_status(story.agent, story.number, "open"),
            set_priority(story.agent, story.number, "low"),
            add_note(story.agent, story.number, "Hm."),
            merge_tickets(story.agent, story.number, later),
            merge_tickets(story.agent, later, story.number),
        ):
            with pytest.raises(Refusal) as refused:
                await verb
            assert refused.value.code == "ticket_merged"


async def test_a_merge_is_refused_with_its_reason() -> None:
    story, later = await two()
    stranger = await a_contact(story.tenant)
    with within(story.tenant):
        foreign = await a_ticket(stranger, story.tenant.support, "Other", "Not his.")
        async with transaction():
            guest_id = await account_of_address(story.tenant.guest, email="guest@else.example", name="Guest")
        await set_status(story.agent, later, "closed")
        for source, target, code in (
            (story.number, story.number, "merge_itself"),
            (story.number, foreign, "merge_other_client"),
            (foreign, story.number, "merge_other_client"),
            (story.number, 9_999, "not_found"),
            (9_999, story.number, "not_found"),
            (story.number, later, "merge_into_closed"),
        ):
            with pytest.raises(Refusal) as refused:
                await merge_tickets(story.agent, source, target)
            assert refused.value.code == code, (source, target)
        with pytest.raises(Refusal):
            await merge_tickets(story.contact, story.number, foreign)
        # A guest of no client: what they wrote may join the client's, whose contacts then see it; never the other way.
        alone = await a_ticket(story.contact, story.tenant.support, "Alone", "As a guest.")
        await rows("update tickets set client_id = null where number = $1", alone)
        with pytest.raises(Refusal) as refused:
            await merge_tickets(story.agent, story.number, alone)
        assert refused.value.code == "merge_other_way"
        await merge_tickets(story.agent, alone, story.number)
        await rows("update tickets set client_id = null, requester_id = $2 where number = $1", foreign, guest_id)
        with pytest.raises(Refusal) as refused:
            await merge_tickets(story.agent, foreign, story.number)
        assert refused.value.code == "merge_other_client"
        assert await messages(foreign) == ["Not his."]


async def test_what_the_source_did_not_prove_the_target_does_not_launder() -> None:
    story, later = await two()
    with within(story.tenant):
        await rows("update tickets set required_level = 'card', level = 'none' where number = $1", story.number)
        await merge_tickets(story.agent, story.number, later)
        assert (await ticket(later))["required_level"] == "card"


async def test_two_opposite_merges_at_once_cannot_both_win() -> None:
    story, _ = await two()
    with within(story.tenant):
        for pair in range(8):
            one = await a_ticket(story.contact, story.tenant.support, body=f"One of {pair}")
            other = await a_ticket(story.contact, story.tenant.support, body=f"Other of {pair}")
            outcomes = await asyncio.gather(
                merge_tickets(story.agent, one, other), merge_tickets(story.agent, other, one), return_exceptions=True
            )
            assert [each.code for each in outcomes if isinstance(each, Refusal)] == ["ticket_merged"]
            assert outcomes.count(None) == 1
            lost, won = (one, other) if outcomes[0] is None else (other, one)
            assert await messages(won) == [f"One of {pair}", f"Other of {pair}"]
            assert (await reply(story.contact, lost, f"Again {pair}")).number == won


async def test_a_merge_and_a_reply_at_once_lose_nothing() -> None:
    story, later = await two()
    with within(story.tenant):
        texts = [f"Reply {each}" for each in range(6)]
        await asyncio.gather(
            merge_tickets(story.agent, story.number, later),
            *(reply(story.contact, story.number, each) for each in texts),
        )
        assert await messages(story.number) == []
        assert sorted(await messages(later)) == sorted([DNS, "Still no mail.", *texts])


async def test_a_split_part_can_be_merged_elsewhere_and_its_number_leads_there() -> None:
    story, later = await two()
    with within(story.tenant):
        await reply(story.contact, story.number, INVOICE)
        part = await split(story, INVOICE)
        await merge_tickets(story.agent, part, later)
        assert (await reply(story.contact, part, "Well?")).number == later


async def test_to_find_where_a_ticket_goes_on_costs_the_same_however_many_there_are(urls: ServiceUrls) -> None:
    story, _ = await two()
    await as_owner(
        urls,
        """insert into tickets (tenant_id, id, number, department_id, requester_id, policy_id, subject, status, meaning, channel,
                                opened_at, last_activity_at)
           select tenant_id, gen_random_uuid(), 100000 + n, department_id, requester_id, policy_id, 'x', status, meaning, channel,
                  opened_at, last_activity_at
             from tickets cross join generate_series(1, 3000) n where tenant_id = $1 and number = $2""",
        story.tenant.id,
        story.number,
    )
    await as_owner(urls, "analyze tickets")
    with within(story.tenant):
        async with transaction():
            plan = await rows(
                "explain select id from tickets where id = goes_on_in((select id from tickets where number = 1001)) for no key update of tickets"
            )
    await as_owner(urls, "delete from tickets where tenant_id = $1 and number > 100000", story.tenant.id)
    steps = "\n".join(each[0] for each in plan)
    assert "tickets_pkey" in steps, steps
    assert "id = goes_on_in(" in steps.split("tickets_pkey", 1)[1].split("Index Cond:", 1)[1].split("\n")[0], steps
