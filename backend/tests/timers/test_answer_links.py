"""Mails about timers are answered with one click: once, by whoever they went to, and never by opening a link."""

import re

import pytest

from backend.accounts.links import read_link
from backend.clock import now
from backend.errors import Refusal
from backend.jobs.drain import drain
from backend.tests.factories import a_contact, a_member, a_tenant, within
from backend.tests.mail.conftest import Catcher
from backend.tests.timers.test_verbs import HOUR, LADDER, Foundry, about, foundry
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.reply import reply
from backend.tickets.timers.answer_links import answer_by_link

__all__ = ["foundry"]

LABELS = {"Keep it open": "keep_open", "It works, close it now": "close_now"}


async def tokens(foundry: Foundry, catcher: Catcher) -> dict[str, str]:
    """The answers in the last mail to the client, by what they do; the same in its text and its HTML."""
    await drain(foundry.tenant.id)
    mail = catcher.to(foundry.contact.email)[-1]
    found = dict(re.findall(r"^(.+):\nhttp://\S+/link/(\S+)$", mail.part("plain"), re.MULTILINE))
    for label, token in found.items():
        assert re.search(rf'/link/{token}"[^>]*>{label}</a>', mail.part("html"))
    return {LABELS[label]: token for label, token in found.items() if label in LABELS}


async def test_a_reminder_brings_both_answers_and_each_works_once(foundry: Foundry, catcher: Catcher) -> None:
    await foundry.later(25 * HOUR)
    answers = await tokens(foundry, catcher)
    assert answers.keys() == {"keep_open", "close_now"}
    visitor = foundry.tenant.guest
    await answer_by_link(visitor, answers["keep_open"])
    assert about(await foundry.due(), [now() + each for each in LADDER])
    with pytest.raises(Refusal) as again:
        await answer_by_link(visitor, answers["keep_open"])
    assert again.value.code == "answered_already"
    await answer_by_link(visitor, answers["close_now"])
    assert await foundry.status() == "closed"


async def test_looking_at_a_link_does_nothing(foundry: Foundry, catcher: Catcher) -> None:
    await foundry.later(25 * HOUR)
    before = await foundry.due()
    for token in (await tokens(foundry, catcher)).values():
        for _ in range(3):
            link = await read_link(foundry.tenant.id, token)
            assert link
            assert (link.expired, link.used) == (False, False)
    assert await foundry.due() == before
    assert await foundry.status() == "pending"


async def test_an_answer_that_comes_when_the_ticket_has_gone_on_changes_nothing(
    foundry: Foundry, catcher: Catcher
) -> None:
    await foundry.later(25 * HOUR)
    answers = await tokens(foundry, catcher)
    await reply(foundry.contact, foundry.number, "The shop.")
    await reply(foundry.agent, foundry.number, "And which page?", status="pending")
    for token in answers.values():
        with pytest.raises(Refusal) as refused:
            await answer_by_link(foundry.tenant.guest, token)
        assert refused.value.code == "answered_too_late"
    assert await foundry.status() == "pending"


async def test_another_company_knows_nothing_of_a_link(foundry: Foundry, catcher: Catcher) -> None:
    await foundry.later(25 * HOUR)
    other = await a_tenant()
    for token in (await tokens(foundry, catcher)).values():
        with within(other):
            assert await read_link(other.id, token) is None
            with pytest.raises(Refusal) as refused:
                await answer_by_link(other.guest, token)
        assert refused.value.code == "link_expired"
        for changed in (token[:-1] + ("A" if token[-1] != "A" else "B"), "", "x" * 10_000):
            with pytest.raises(Refusal):
                await answer_by_link(foundry.tenant.guest, changed)


async def test_an_answer_that_solves_says_when_it_closes_and_can_be_answered(
    foundry: Foundry, catcher: Catcher
) -> None:
    await reply(foundry.agent, foundry.number, "Done.", status="solved")
    answers = await tokens(foundry, catcher)
    await answer_by_link(foundry.tenant.guest, answers["close_now"])
    assert await foundry.status() == "closed"


async def test_a_ticket_that_does_not_close_by_itself_brings_no_answers(catcher: Catcher) -> None:
    tenant = await a_tenant(policy="larkspur")
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        new = NewTicket(department_id=tenant.support, subject="Slow", body="The site is slow.")
        ticket = await open_ticket(contact, new)
        await reply(agent, ticket.number, "Which one?", status="answered")
        await drain(tenant.id)
        assert "Keep it open" not in catcher.to(contact.email)[-1].part("plain")
