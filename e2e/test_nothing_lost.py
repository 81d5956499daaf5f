"""Redis and the worker are killed in the middle of things: every ticket, receipt and live update still arrives, once."""

from __future__ import annotations

import os
from collections import Counter

from playwright.sync_api import expect

from e2e.api import SignIns
from e2e.mailbox import Mailbox
from e2e.people import LEILA, OWEN
from e2e.system import System, until
from e2e.visitors import Visitors
from infra.dev.checks.figures import note

COUNT = 100 if os.environ.get("COUNTERSIGN_TEST_SIZE") == "long" else 20
DEPARTMENT = "Support"
ROW_HEIGHT = 44
THREADS = 8
"""Of a worker: that many mails can be in flight at once."""
AFTER_A_KILL = 90.0
"""Work that a killed worker had claimed is free again after some seconds; then its mail is."""


def test_redis_is_killed_twice_during_submissions(
    system: System, mail: Mailbox, signed_in: SignIns, visitors: Visitors
) -> None:
    client = signed_in(LEILA)
    # Tall enough for every row to be on the screen at once.
    desk = visitors.staff(OWEN, viewport={"width": 1440, "height": 2000 + COUNT * ROW_HEIGHT})
    expect(desk.get_by_role("grid").get_by_role("row").first).to_be_visible()
    killed = 0
    for index in range(COUNT):
        if index in (COUNT // 3, 2 * COUNT // 3):
            killed = system.kill("redis-server")
        client.open(DEPARTMENT, f"Redis gone {index:03}")
    until(lambda: system.pid_of("redis-server") != killed, "Redis was started again")

    subjects = [f"Redis gone {index:03}" for index in range(COUNT)]
    for subject in subjects:
        expect(desk.get_by_role("row", name=subject)).to_have_count(1)
    arrived = until(lambda: _receipts(mail, "Redis gone", COUNT), f"{COUNT} receipts", seconds=AFTER_A_KILL)
    assert sorted(arrived) == subjects
    assert set(arrived.values()) == {1}
    note("receipts that arrived once with Redis killed twice", len(arrived), "mails")


def test_the_worker_is_killed_while_it_sends(
    system: System, mail: Mailbox, signed_in: SignIns, visitors: Visitors
) -> None:
    client = signed_in(LEILA)
    desk = visitors.staff(OWEN, viewport={"width": 1440, "height": 2000 + 2 * COUNT * ROW_HEIGHT})
    numbers = [client.open(DEPARTMENT, f"Worker gone {index:03}") for index in range(COUNT // 2)]
    until(lambda: mail.to(LEILA.email, subject="Worker gone"), "the first receipt")
    system.kill("backend.cli worker")
    numbers += [client.open(DEPARTMENT, f"Worker gone {index:03}") for index in range(COUNT // 2, COUNT)]
    assert len(set(numbers)) == COUNT

    arrived = until(lambda: _receipts(mail, "Worker gone", COUNT), f"{COUNT} receipts", seconds=AFTER_A_KILL)
    assert sorted(arrived) == [f"Worker gone {index:03}" for index in range(COUNT)]
    twice = [subject for subject, times in arrived.items() if times > 1]
    assert len(twice) <= THREADS
    assert max(arrived.values()) <= 2
    for subject in twice:
        assert len({one.message_id for one in mail.to(LEILA.email, subject=subject)}) == 1
    note("receipts that arrived with the worker killed while sending", len(arrived), "mails")
    note("of these sent again with the same Message-ID", len(twice), "mails")
    for number in numbers:
        expect(desk.get_by_role("row", name=f"#{number}")).to_have_count(1)


def _receipts(mail: Mailbox, words: str, count: int) -> Counter[str]:
    """How often each subject came, once all `count` are there; nothing before."""
    came = Counter(one.subject[one.subject.index(words) :] for one in mail.to(LEILA.email, subject=words))
    return came if len(came) >= count else Counter()
