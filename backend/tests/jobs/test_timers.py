"""Timers fire once each, whoever is killed, and cost what is due."""

import os
import signal
import socket
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from backend.clock import now
from backend.database import system_connection, system_rows
from backend.tests.factories import TestTenant, a_tenant
from backend.tests.jobs.conftest import System, eventually
from infra.dev.checks.figures import note

LONG = os.environ.get("COUNTERSIGN_TEST_SIZE") == "long"
DUE = 10_000 if LONG else 300
PENDING = 1_000_000 if LONG else 3_000
SECONDS = 600 if LONG else 60


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


async def tickets_with_timers(tenant: TestTenant, due: int, pending: int) -> None:
    """Pending tickets, each of a guest of its own with a first reminder that is due; and timers far in the future."""
    async with system_connection() as connection, connection.transaction():
        await connection.execute(
            """
            create temporary table made on commit drop as
                select n, gen_random_uuid() as account_id, gen_random_uuid() as ticket_id from generate_series(1, $1::int) n
            """.replace("$1", str(due))
        )
        await connection.execute(
            "insert into accounts (tenant_id, id, kind, email, name, created_at) "
            "select $1, account_id, 'guest', 'guest' || n || '@client.example', 'Guest ' || n, $2 from made",
            tenant.id,
            now(),
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
            "select $1, gen_random_uuid(), ticket_id, 0, 'remind', $2 from made",
            tenant.id,
            now() - timedelta(hours=1),
        )
        await connection.execute(
            "insert into timers (tenant_id, id, ticket_id, step, action, due_at) "
            "select $1, gen_random_uuid(), ticket_id, 1 + i / $3::int, 'remind', $2::timestamptz + i * interval '1 second' "
            "from generate_series(0, $4::int - 1) i join made on n = 1 + i % $3::int",
            tenant.id,
            now() + timedelta(days=30),
            due,
            pending,
        )
    async with system_connection() as connection:
        await connection.execute("analyze timers")


async def reminded(tenant: TestTenant) -> Counter[Any]:
    found = await system_rows(
        "select ticket_id, count(*) from events where tenant_id = $1 and type = 'ReminderSent' group by ticket_id",
        tenant.id,
    )
    return Counter({row[0]: row[1] for row in found})


async def test_each_timer_fires_once_though_one_of_two_workers_is_killed(
    system: System, catcher: tuple[Catcher, str]
) -> None:
    caught, smtp = catcher
    tenant = await a_tenant()
    await tickets_with_timers(tenant, DUE, PENDING)

    async def a_third_done() -> bool:
        return len(await reminded(tenant)) >= DUE // 3

    async def all_done() -> bool:
        return len(await reminded(tenant)) == DUE

    async def all_mailed() -> bool:
        found = await system_rows(
            "select count(*) from outgoing_mails where tenant_id = $1 and state = 'sent'", tenant.id
        )
        return int(found[0][0]) == DUE

    began = time.monotonic()
    with system.worker(COUNTERSIGN_SMTP_URL=smtp) as killed, system.worker(COUNTERSIGN_SMTP_URL=smtp):
        await eventually(a_third_done, SECONDS)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert len(await reminded(tenant)) < DUE
        await eventually(all_done, SECONDS)
        await eventually(all_mailed, SECONDS)
    assert set((await reminded(tenant)).values()) == {1}
    left = await system_rows(
        "select count(*) filter (where done_at is null) as waiting, count(*) filter (where done_at is not null) as done "
        "from timers where tenant_id = $1",
        tenant.id,
    )
    assert (left[0]["waiting"], left[0]["done"]) == (PENDING, DUE)
    # A mail that was under way when its worker was killed may come twice, with the same Message-ID.
    assert len({mail["Message-ID"] for mail in caught.mails}) == DUE
    assert set(Counter(mail["To"] for mail in caught.mails).keys()) == {
        f"Guest {n} <guest{n}@client.example>" for n in range(1, DUE + 1)
    }
    assert len(caught.mails) <= DUE + 8
    note("timers_pending", PENDING, "timers")
    note("timers_fired_once_with_a_worker_killed", DUE, "timers")
    note("timers_fired_and_mailed_in", round(time.monotonic() - began, 1), "s")
    note("timer_mails_repeated", len(caught.mails) - DUE, "mails")
