"""Timers fire once each, whoever is killed, and within a minute."""

import os
import socket
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller

from backend.clock import advance, now
from backend.database import system_connection, system_rows
from backend.tests.factories import TestTenant, a_tenant, as_owner
from backend.tests.jobs.conftest import System, eventually
from backend.tests.jobs.crew import a_crew
from infra.dev.checks.figures import note

LONG = os.environ.get("COUNTERSIGN_TEST_SIZE") == "long"
TENANTS = 20 if LONG else 2
DUE = 10_000 if LONG else 400
PENDING = 1_000_000 if LONG else 10_000
CREW = 4 if LONG else 2
KILLS = 20 if LONG else 3
SECONDS = 600 if LONG else 120


class Catcher:
    """Takes every mail."""

    def __init__(self) -> None:
        self.mails: list[Message] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.mails.append(message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def catcher() -> Iterator[tuple[Catcher, str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    caught = Catcher()
    controller = Controller(caught, hostname="127.0.0.1", port=port)
    controller.start()
    yield caught, f"smtp://127.0.0.1:{port}"
    controller.stop()


async def tickets_with_timers(tenant: TestTenant, due: int, pending: int, *, due_at: datetime | None = None) -> None:
    """Tickets that wait for their clients, each of a guest of its own, with a timer that is due (an hour ago, unless a
    moment is given): the first reminder, or for every second ticket the step that closes it. Beside them timers far in
    the future.
    """
    async with system_connection() as connection, connection.transaction():
        await connection.execute(
            """
            create temporary table made on commit drop as
                select n, gen_random_uuid() as account_id, gen_random_uuid() as ticket_id from generate_series(1, $1::int) n
            """.replace("$1", str(due))
        )
        await connection.execute(
            "insert into accounts (tenant_id, id, kind, email, name, created_at) "
            "select $1, account_id, 'guest', 'guest' || n || '@' || $3, 'Guest ' || n, $2 from made",
            tenant.id,
            now(),
            tenant.mail_domain,
        )
        await connection.execute(
            "insert into tickets (tenant_id, id, number, department_id, requester_id, policy_id, subject, status, meaning, "
            "channel, opened_at, last_activity_at) "
            "select $1, ticket_id, n, $2, account_id, (select policy_id from tenants where id = $1), 'Mail is slow', "
            "'pending', 'waiting_for_client', 'portal', $3, $3 from made",
            tenant.id,
            tenant.support,
            now() - timedelta(days=2),
        )
        await connection.execute(
            "insert into timers (tenant_id, id, ticket_id, step, action, due_at) "
            "select $1, gen_random_uuid(), ticket_id, n % 2 * 2, case n % 2 when 0 then 'remind' else 'set_status' end, $2 from made",
            tenant.id,
            due_at or now() - timedelta(hours=1),
        )
        # They belong to the tickets that are only reminded: whatever closes a ticket cancels its timers.
        await connection.execute(
            "insert into timers (tenant_id, id, ticket_id, step, action, due_at) "
            "select $1, gen_random_uuid(), ticket_id, 3, 'remind', $2::timestamptz + i * interval '1 second' "
            "from generate_series(0, $4::int - 1) i join made on n = 2 + i % ($3::int / 2) * 2",
            tenant.id,
            now() + timedelta(days=30),
            due,
            pending,
        )


async def number(sql: str, *arguments: object) -> int:
    return int((await system_rows(sql, *arguments))[0][0])


async def test_each_timer_fires_once_though_workers_are_killed_and_within_a_minute(
    system: System, catcher: tuple[Catcher, str]
) -> None:
    caught, smtp = catcher
    tenants = [await a_tenant() for _ in range(TENANTS)]
    ids = [each.id for each in tenants]
    due_at = now() + timedelta(hours=2)
    for tenant in tenants:
        await tickets_with_timers(tenant, DUE // TENANTS, PENDING // TENANTS, due_at=due_at)

    async def fired() -> int:
        return await number(
            "select $2 - count(*) from timers where done_at is null and cancelled_at is null and due_at <= $3 and tenant_id = any($1)",
            ids, DUE, due_at,
        )  # fmt: skip

    async def sent() -> int:
        return await number("select count(*) from outgoing_mails where tenant_id = any($1) and state = 'sent'", ids)

    async def screens_heard() -> bool:
        return await number("select count(*) from deliveries where tenant_id = any($1) and done_at is null", ids) == 0

    await as_owner(system.urls, "analyze")

    with a_crew(system, CREW, COUNTERSIGN_SMTP_URL=smtp) as crew:
        await crew.all_started()
        released = await advance(due_at - now())
        await crew.kill_amid(fired, DUE, KILLS, SECONDS)
        seconds_to_fire = (now() - released).total_seconds()
        await crew.kill_amid(sent, DUE, KILLS // 2, SECONDS)
        seconds_to_send = (now() - released).total_seconds()
        await eventually(screens_heard, SECONDS)
    assert crew.killed == KILLS + KILLS // 2
    await nothing_is_missing_or_twice(ids)
    p95 = await number(
        "select percentile_disc(0.95) within group (order by 1000 * extract(epoch from done_at - $2::timestamptz)) "
        "from timers where tenant_id = any($1) and done_at is not null",
        ids,
        released,
    ) / 1000  # fmt: skip
    assert p95 < 60
    # A mail that was under way when its worker was killed comes again, as the same mail.
    wanted = await system_rows("select mail_message_id, recipient from outgoing_mails where tenant_id = any($1)", ids)
    ours = tuple(f"@{each.mail_domain}>" for each in tenants)
    came = Counter(each for each in (str(mail["Message-ID"]) for mail in caught.mails) if each.endswith(ours))
    assert came.keys() == {each["mail_message_id"] for each in wanted}
    assert max(came.values()) <= 2
    assert came.total() - DUE <= 8 * crew.killed
    note("timers_pending", PENDING, "timers")
    note("timers_fired_once", DUE, "timers")
    note("workers_killed_meanwhile", crew.killed, "workers")
    note("timers_from_due_to_done_p95", round(p95, 1), "s")
    note("timers_all_fired_in", round(seconds_to_fire, 1), "s")
    note("timers_all_mailed_in", round(seconds_to_send, 1), "s")
    note("timer_mails_repeated", came.total() - DUE, "mails")


async def nothing_is_missing_or_twice(ids: list[UUID]) -> None:
    """Every effect of every timer, counted."""
    left = await system_rows(
        "select count(*) filter (where done_at is null and cancelled_at is null) as waiting, "
        "count(*) filter (where done_at is not null) as done, count(*) filter (where cancelled_at is not null) as cancelled "
        "from timers where tenant_id = any($1)",
        ids,
    )
    assert tuple(left[0]) == (PENDING, DUE, 0)
    happened = await system_rows(
        "select type, count(*) as events, count(distinct ticket_id) as tickets from events where tenant_id = any($1) group by 1",
        ids,
    )
    assert {(each["type"], each["events"], each["tickets"]) for each in happened if each["type"] in ("ReminderSent", "StatusChanged")} == {
        ("ReminderSent", DUE // 2, DUE // 2), ("StatusChanged", DUE // 2, DUE // 2),
    }  # fmt: skip
    closed = "select count(*) from tickets where tenant_id = any($1) and meaning = 'closed' and tags = '{No Response}'"
    assert await number(closed, ids) == DUE // 2
    assert await number("select count(*) from deliveries where tenant_id = any($1) and done_at is null", ids) == 0
    mailed = await system_rows(
        "select template, count(*) as mails, count(distinct ticket_id) as tickets from outgoing_mails "
        "where tenant_id = any($1) and state = 'sent' group by 1",
        ids,
    )
    assert {tuple(each) for each in mailed} == {
        ("reminder_first", DUE // 2, DUE // 2), ("closed_no_response", DUE // 2, DUE // 2),
    }  # fmt: skip
