"""A week of Foundry's lifecycle in seconds: reminders, closings and follow-ups, each once, though a worker is killed."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from e2e.api import Api, SignIns
from e2e.mailbox import Mail, Mailbox
from e2e.people import JONAS, NAOMI
from e2e.system import System, until
from e2e.visitors import Visitors

SILENT = [f"Silent matter {letter}" for letter in "ABCDEFGH"]
"""Enough to keep two workers busy at the moment in which one is killed."""
RECEIPT = "Your ticket with us:"
FIRST, SECOND, CLOSED = "We are waiting for you:", "Last reminder", "Closed without a reply:"
AFTER_A_KILL = 60.0
"""Work that a killed worker had claimed is free again after some seconds."""


@pytest.fixture
def second_worker(system: System) -> Iterator[subprocess.Popen[bytes]]:
    worker = system.second_worker()
    until(lambda: "worker_started" in system.log("second-worker"), "the second worker runs")
    yield worker
    worker.kill()
    worker.wait()


def test_a_week_of_silence_reminds_twice_and_closes_once(
    system: System,
    mail: Mailbox,
    signed_in: SignIns,
    visitors: Visitors,
    second_worker: subprocess.Popen[bytes],
) -> None:
    client, agent = signed_in(NAOMI), signed_in(JONAS)
    silent = {subject: _asked(client, agent, subject) for subject in SILENT}
    answered = _asked(client, agent, "Answered matter")
    held = _asked(client, agent, "Held matter")
    agent.ask(
        'mutation($n: Int!) { setStatus(number: $n, status: "on_hold") { ... on Ticket { number } } }',
        n=held,
    )
    solved = client.open("Questions", "Solved matter")
    agent.reply(solved, "That is done.", "solved")
    number = silent[SILENT[0]]
    portal = visitors.client(NAOMI, f"/tickets/{number}")
    desk = visitors.staff(JONAS, f"/tickets/{number}")
    expect(portal.locator(".standing")).to_contain_text("Waiting for you until")
    done = visitors.client(NAOMI, f"/tickets/{solved}")
    expect(done.locator(".standing")).to_contain_text("Solved, closes tomorrow")
    kept = visitors.staff(JONAS, f"/tickets/{held}")
    reminders = desk.get_by_text("Reminder sent", exact=True)

    # An hour before the day is over nothing has happened yet; then both workers set to work and one of them is killed.
    system.cli("clock", "advance", "23h")
    time.sleep(1.5)
    assert [mails for subject in SILENT if (mails := mail.to(NAOMI.email, subject=f"{FIRST} {subject}"))] == []
    assert _status(client, solved) == "solved"
    system.cli("clock", "advance", "1h")
    until(lambda: mail.to(NAOMI.email, subject=FIRST), "a first reminder")
    second_worker.kill()
    for subject in [*SILENT, "Answered matter"]:
        _once(mail, f"{FIRST} {subject}")
    until(lambda: _status(client, solved) == "closed", "solved becomes closed after a day", seconds=AFTER_A_KILL)
    _once(mail, "Closed: Solved matter")

    # Whoever sits at a screen sees it happen.
    expect(reminders).to_have_count(1)
    expect(done.locator(".standing")).to_have_text("Closed")
    expect(portal.locator(".standing")).to_contain_text("Waiting for you until")

    # The answer of one client ends what was pending on that ticket.
    client.reply(answered, "Here is what you asked for.")
    assert client.ticket(answered, "timers { id }") == {"timers": []}

    system.cli("clock", "advance", "4d")
    for subject in SILENT:
        _once(mail, f"{SECOND}, we are waiting for your reply: {subject}")
    assert _status(client, number) == "pending"
    expect(reminders).to_have_count(2)
    expect(desk.get_by_text("No Response")).to_have_count(0)

    system.cli("clock", "advance", "2d")
    for subject in SILENT:
        _once(mail, f"{CLOSED} {subject}")
    closed = [agent.ticket(each, "status { key } tags") for each in silent.values()]
    assert closed == [{"status": {"key": "closed"}, "tags": ["No Response"]}] * len(SILENT)
    expect(portal.locator(".standing")).to_have_text("Closed")
    expect(desk.get_by_text("Closed, by itself: No Response")).to_be_visible()
    expect(desk.locator(".pills").get_by_text("No Response")).to_be_visible()

    expect(kept.get_by_text("Reminder sent", exact=True)).to_have_count(0)

    # Nothing came twice, late or where it was called off.
    time.sleep(2)
    for subject in SILENT:
        for words in (
            f"{FIRST} {subject}",
            f"{SECOND}, we are waiting for your reply: {subject}",
            f"{CLOSED} {subject}",
        ):
            _once(mail, words)
    assert [_status(client, answered), _status(client, held), _status(client, solved)] == ["open", "on_hold", "closed"]
    assert _kinds(mail.to(NAOMI.email, subject="Answered matter")) == ["Re:", FIRST, RECEIPT]
    assert _kinds(mail.to(NAOMI.email, subject="Held matter")) == ["Re:", RECEIPT]
    assert _kinds(mail.to(NAOMI.email, subject="Solved matter")) == ["Closed:", "Re:", RECEIPT]

    # Closed is closed: an answer makes a new ticket, on the portal and by mail, and both know of each other.
    portal.get_by_label("Answer with a new request").fill("It is back, worse than before.")
    portal.get_by_role("button", name="Send as a new request").click()
    expect(portal.get_by_text(f"Goes on from #{number}")).to_be_visible()
    expect(desk.get_by_text("Went on in")).to_be_visible()
    assert _status(client, number) == "closed"
    mail.answer(mail.to(NAOMI.email, subject=f"{CLOSED} {SILENT[1]}")[0], NAOMI, "Here I am after all.")
    receipt = mail.wait_for(NAOMI.email, subject=f"{RECEIPT} {SILENT[1]}", count=2)
    assert f"You wrote on ticket {silent[SILENT[1]]}, which is closed" in receipt.text
    [follow_up] = agent.ticket(silent[SILENT[1]], "followUps { status { key } level }")["followUps"]
    assert follow_up == {"status": {"key": "open"}, "level": "NONE"}


def _asked(client: Api, agent: Api, subject: str) -> int:
    """A ticket on which the agent has asked something."""
    number = client.open("Questions", subject)
    agent.reply(number, f"What exactly do you mean by {subject.lower()}?", "pending")
    return number


def _status(api: Api, number: int) -> str:
    return str(api.ticket(number, "status { key }")["status"]["key"])


def _once(mail: Mailbox, subject: str) -> None:
    """That mail came, and no other by that subject. The one in flight at the kill may come again, as the same mail."""
    mails = until(lambda: mail.to(NAOMI.email, subject=subject), f"mail: {subject}", seconds=AFTER_A_KILL)
    assert len({one.message_id for one in mails}) == 1, [one.subject for one in mails]
    assert len(mails) <= 2


def _kinds(mails: list[Mail]) -> list[str]:
    """What each was about, without number and subject, in order of the alphabet; a repeated mail counts once."""
    subjects = {one.message_id: one.subject.split("] ")[-1] for one in mails}
    return sorted(subject.rsplit(":", 1)[0] + ":" for subject in subjects.values())
