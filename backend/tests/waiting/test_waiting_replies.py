"""An answer of the staff waits before anything of it leaves, and until then it can be taken back whole."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from backend.accounts.secret import Secret
from backend.actor import Actor
from backend.attachments.collect import collect_unused
from backend.attachments.contents import configure_scratch
from backend.attachments.receive import receive_upload
from backend.clock import now
from backend.database import row, rows, system_rows, value
from backend.errors import Refusal
from backend.files import open_files
from backend.secrets.seal import NewSecret
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, within
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.moves.merge import merge_tickets
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.reply import reply
from backend.tickets.timeline import timeline
from backend.tickets.timers.fire import fire_timers
from backend.tickets.waiting.hold import Held, hold_reply
from backend.tickets.waiting.kept import replies_of
from backend.tickets.waiting.leave import send_now
from backend.tickets.waiting.take_back import set_reply_wait, take_back


class Desk:
    """A ticket of a client, with an agent who answers it."""

    def __init__(self, tenant: TestTenant, agent: Actor, contact: Actor, number: int, ticket_id: UUID) -> None:
        self.tenant, self.agent, self.contact = tenant, agent, contact
        self.number, self.ticket_id = number, ticket_id

    async def hold(self, body: str = "Done.", **further: object) -> UUID:
        held: Held = await hold_reply(self.agent, self.number, body, **further)  # type: ignore[arg-type]
        assert held.reply_id is not None
        return held.reply_id

    async def time_is_up(self) -> None:
        await system_rows(
            "update timers set due_at = $2 where tenant_id = $1 and action = 'send_reply' and done_at is null",
            self.tenant.id,
            now() - timedelta(seconds=1),
        )
        await fire_timers(self.tenant.id, [self.ticket_id])

    async def client_reads(self) -> list[str]:
        page = await timeline(self.contact, self.ticket_id)
        return [each["body"] for each in page.rows if each["entry"] == "message"]

    async def state(self, reply_id: UUID) -> tuple[str, str | None]:
        found = await row("select state, stopped_because from waiting_replies where id = $1", reply_id)
        assert found is not None
        return found["state"], found["stopped_because"]


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Refusal) as refusal:
        yield
    assert refusal.value.code == code


async def a_desk() -> Desk:
    tenant = await a_tenant()
    agent, contact = await a_member(tenant), await a_contact(tenant)
    with within(tenant):
        opened = await open_ticket(contact, NewTicket(department_id=tenant.support, subject="Mail", body="It is slow."))
        return Desk(tenant, agent, contact, opened.number, opened.id)


async def test_nothing_of_an_answer_leaves_before_its_time_and_then_all_of_it_once() -> None:
    desk = await a_desk()
    with within(desk.tenant):
        reply_id = await desk.hold("Done.", status="solved", secrets=[NewSecret(label="FTP", value=Secret("Hunter-2"))])
        before = await row("select * from tickets where id = $1", desk.ticket_id)
        await fire_timers(desk.tenant.id, [desk.ticket_id])
        assert await desk.client_reads() == ["It is slow."]
        assert before is not None
        assert (before["meaning"], before["first_responded_at"], before["waiting_since"] is None) == (
            "open",
            None,
            False,
        )
        assert await value("select count(*) from secrets") == 0
        assert await value("select count(*) from events where type = 'StaffReplied'") == 0
        [waits] = (await replies_of([desk.ticket_id]))[desk.ticket_id]
        assert timedelta(seconds=9) < waits["leaves_at"] - waits["made_at"] <= timedelta(seconds=10)

        await asyncio.gather(*(desk.time_is_up() for _ in range(3)))
        assert await desk.client_reads() == ["It is slow.", "Done."]
        assert await value("select meaning from tickets where id = $1", desk.ticket_id) == "solved"
        assert await value("select count(*) from secrets where state = 'sent'") == 1
        assert await value("select count(*) from events where type = 'StaffReplied'") == 1
        assert await value("select actor_id from events where type = 'StaffReplied'") == desk.agent.account
        assert await desk.state(reply_id) == ("left", None)
        # What left is the message; of the draft nothing is kept.
        assert await row("select from waiting_replies where body is null and sealed is null") is not None
        with refused("reply_has_left"):
            await take_back(desk.agent, reply_id)


async def test_taken_back_it_is_whole_and_never_leaves() -> None:
    desk = await a_desk()
    with within(desk.tenant):
        reply_id = await desk.hold(
            "Use this.", status="solved", secrets=[NewSecret(label="FTP", value=Secret("Hunter-2"))]
        )
        assert b"Hunter-2" not in await value("select sealed from waiting_replies")
        _, draft = await take_back(desk.agent, reply_id)
        assert (draft.body, draft.status) == ("Use this.", "solved")
        assert [(each.label, each.value.reveal()) for each in draft.secrets] == [("FTP", "Hunter-2")]
        await desk.time_is_up()
        assert await desk.client_reads() == ["It is slow."]
        assert await row("select from waiting_replies where body is null and sealed is null") is not None


async def test_the_secrets_of_an_answer_that_was_stopped_go_when_the_ticket_closes() -> None:
    desk = await a_desk()
    with within(desk.tenant):
        reply_id = await desk.hold("Use this.", secrets=[NewSecret(label="FTP", value=Secret("Hunter-2"))])
        await reply(desk.contact, desk.number, "It works again.")
        await desk.time_is_up()
        assert await desk.state(reply_id) == ("stopped", "client_wrote")
        await set_status(desk.agent, desk.number, "closed")
        assert await value("select sealed from waiting_replies") == b""
        with refused("secret_lost"):
            await send_now(desk.agent, reply_id)
        _, draft = await take_back(desk.agent, reply_id)
        assert (draft.body, draft.secrets) == ("Use this.", ())


async def bytes_of(said: bytes) -> AsyncIterator[bytes]:
    yield said


async def test_files_wait_with_it_outlast_the_collection_and_come_back_or_leave(tmp_path: Path) -> None:
    open_files(tmp_path / "files")
    configure_scratch(tmp_path / "scratch")
    desk = await a_desk()
    with within(desk.tenant):
        file = (await receive_upload(desk.agent, "log.txt", bytes_of(b"It stops here."))).id
        with refused("attachment_gone"):
            await desk.hold(attachments=[desk.ticket_id])
        first = await desk.hold(attachments=[file])
        await system_rows(
            "update attachments set uploaded_at = $2 where tenant_id = $1", desk.tenant.id, now() - timedelta(days=3)
        )
        await collect_unused()
        _, draft = await take_back(desk.agent, first)
        assert draft.attachments == (file,)
        gone = await desk.hold("Gone.", attachments=[file])
        await desk.hold("Done.", attachments=[file])
        await desk.time_is_up()
        messages = await rows("select id from messages where side = 'staff'")
        assert [each["id"] for each in messages] == [await value("select message_id from attachments")]
        # The same file can leave but once; the other answer stays, and nothing half of it was written.
        assert {"left", "stopped"} == {each["state"] for each in await rows(
            "select state from waiting_replies where state <> 'taken_back'")}  # fmt: skip
        assert (await desk.state(gone))[1] in (None, "attachment_gone")


async def test_undo_and_leaving_at_once_end_in_one_of_the_two() -> None:
    desk = await a_desk()
    with within(desk.tenant):
        for turn in range(6):
            reply_id = await desk.hold(f"Answer {turn}.")
            back, _ = await asyncio.gather(take_back(desk.agent, reply_id), desk.time_is_up(), return_exceptions=True)
            sent = f"Answer {turn}." in await desk.client_reads()
            assert sent == isinstance(back, Refusal)
            assert (await desk.state(reply_id))[0] == ("left" if sent else "taken_back")


async def test_what_the_client_writes_meanwhile_keeps_it_back_until_its_author_says_so() -> None:
    desk = await a_desk()
    with within(desk.tenant):
        reply_id = await desk.hold()
        await reply(desk.contact, desk.number, "Wait, there is more: the calendar is gone too.")
        await desk.time_is_up()
        assert await desk.state(reply_id) == ("stopped", "client_wrote")
        assert "Done." not in await desk.client_reads()
        colleague = await a_member(desk.tenant)
        with refused("not_found"):
            await send_now(colleague, reply_id)
        await send_now(desk.agent, reply_id)
        assert (await desk.client_reads())[-1] == "Done."
        await desk.time_is_up()
        assert (await desk.client_reads()).count("Done.") == 1


async def test_who_has_not_read_the_last_message_is_asked_before_it_waits() -> None:
    desk = await a_desk()
    with within(desk.tenant):
        seen = await value("select id from messages")
        await reply(desk.contact, desk.number, "There is more: the calendar is gone too.")
        with refused("client_wrote"):
            await hold_reply(desk.agent, desk.number, "Done.", seen_id=seen)
        await desk.hold("Done.", seen_id=seen, answer_anyway=True)
        latest = await value("select max(id::text)::uuid from messages where side = 'client'")
        await desk.hold("And again.", seen_id=latest)


async def test_what_comes_in_its_way_stops_it_and_its_author_has_it_back() -> None:
    desk = await a_desk()
    with within(desk.tenant):
        other = await open_ticket(
            desk.contact, NewTicket(department_id=desk.tenant.support, subject="Mail", body="Still slow.")
        )
        reply_id = await desk.hold("Done.", status="solved")
        await merge_tickets(desk.agent, desk.number, other.number)
        await desk.time_is_up()
        assert await desk.state(reply_id) == ("stopped", "ticket_merged")
        _, draft = await take_back(desk.agent, reply_id)
        assert draft.body == "Done."


async def test_an_author_who_is_gone_sends_nothing_and_a_lead_decides() -> None:
    desk = await a_desk()
    with within(desk.tenant):
        reply_id = await desk.hold()
        await rows("update accounts set disabled_at = now() where id = $1", desk.agent.account)
        await desk.time_is_up()
        assert await desk.state(reply_id) == ("stopped", "author_gone")
        _, draft = await take_back(await a_member(desk.tenant, "lead"), reply_id)
        assert draft.body == "Done."


async def test_the_same_key_is_one_answer_and_none_once_it_was_taken_back() -> None:
    desk = await a_desk()
    with within(desk.tenant):
        first, second = await asyncio.gather(*(desk.hold(idempotency_key="k") for _ in range(2)))
        assert first == second
        await take_back(desk.agent, first)
        third = await desk.hold(idempotency_key="k")
        assert third != first
        await desk.time_is_up()
        held = await hold_reply(desk.agent, desk.number, "Done.", idempotency_key="k")
        assert held.replied is not None
        assert await desk.client_reads() == ["It is slow.", "Done."]


async def test_a_company_sets_how_long_answers_wait_and_none_leaves_them_at_once() -> None:
    desk = await a_desk()
    with within(desk.tenant):
        admin = await a_member(desk.tenant, "admin")
        for wrong in (-1, 61):
            with refused("out_of_range"):
                await set_reply_wait(admin, wrong)
        with refused("not_allowed"):
            await set_reply_wait(desk.agent, 5)
        await set_reply_wait(admin, 0)
        held = await hold_reply(desk.agent, desk.number, "Done.")
        assert held.reply_id is None
        assert await desk.client_reads() == ["It is slow.", "Done."]
