"""Tickets find who works on them by the company's rules (FIELD.md B4), and rules never choose whom they may not."""

import asyncio
from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from backend.actor import Actor
from backend.clock import now
from backend.database import row, rows, value
from backend.errors import Refusal
from backend.intake.kinds import create_kind
from backend.tenants.presence.absences import end_absence, set_absence
from backend.tenants.presence.hours import set_hours
from backend.tenants.presence.shifts import Shift
from backend.tests.factories import TestTenant, a_contact, a_department, a_member, a_tenant, within
from backend.tickets.assign import assign
from backend.tickets.categorise import set_category, set_project
from backend.tickets.open import NewTicket, open_from_mail, open_ticket
from backend.tickets.projects.save import create_project
from backend.tickets.reply import reply
from backend.tickets.routing.routes import NewRoute, set_routes
from backend.tickets.routing.words import routing_sentence
from backend.tickets.transfer import transfer

B4 = (
    NewRoute(department_id=None, category=None, moments=("replied",), steps=("answered_first",)),
    NewRoute(
        department_id=None, category="project_message", moments=("opened", "changed"), steps=("project_lead", "next_available"),
        off_shift=True,
    ),
    NewRoute(department_id=None, category="work_request", moments=("opened", "changed"), steps=("usual_agent", "next_available")),
    NewRoute(department_id=None, category="question", moments=("opened", "transferred"), steps=("next_available",)),
)  # fmt: skip


class Agency:
    """Foundry's rules, with two agents in Support."""

    def __init__(self, tenant: TestTenant, admin: Actor, jonas: Actor, tessa: Actor, client: Actor) -> None:
        self.tenant, self.admin, self.jonas, self.tessa, self.client = tenant, admin, jonas, tessa, client
        self.kinds: dict[str, UUID] = {}

    async def opens(self, category: str = "question", project: UUID | None = None, by: Actor | None = None) -> int:
        if category not in self.kinds:
            self.kinds[category] = await create_kind(
                self.admin, self.tenant.support, name=category, description="", proof_level="none", category=category
            )
        opened = await open_ticket(
            by or self.client,
            NewTicket(
                department_id=self.tenant.support, kind_id=self.kinds[category], project_id=project, subject="The site",
                body="It is about the site.",
            ),
        )  # fmt: skip
        return opened.number

    async def goes_away(self, who: Actor) -> UUID:
        return await set_absence(who, await member_id(who), from_at=now() - timedelta(minutes=1), until_at=None)


@pytest.fixture
async def agency() -> Agency:
    tenant = await a_tenant()
    admin = await a_member(tenant, "admin", departments=[], name="Ada")
    jonas, tessa = await a_member(tenant, name="Jonas"), await a_member(tenant, name="Tessa")
    with within(tenant):
        await set_routes(admin, B4)
    return Agency(tenant, admin, jonas, tessa, await a_contact(tenant))


async def member_id(of: Actor) -> UUID:
    found: UUID = await value("select id from members where account_id = $1", of.account)
    return found


async def who_has(number: int) -> UUID | None:
    found = await row("select assignee_id from tickets where number = $1", number)
    assert found is not None
    assignee: UUID | None = found["assignee_id"]
    return assignee


async def why(number: int, language: str = "en") -> str:
    """The last sentence of the history about who has it."""
    found = await rows(
        "select e.type, e.data - 'number' as data from events e join tickets t on t.tenant_id = e.tenant_id and t.id = e.ticket_id "
        "where t.number = $1 and e.type = 'TicketAssigned' order by e.at desc, e.id desc limit 1",
        number,
    )
    names = {str(each["id"]): each["name"] for each in await rows("select id, name from accounts")}
    return routing_sentence(found[0]["type"], msgspec.json.decode(found[0]["data"]), language=language, names=names)


async def test_b4_a_new_question_goes_to_the_next_available_agent_each_in_turn(agency: Agency) -> None:
    with within(agency.tenant):
        given = [await who_has(await agency.opens()) for _ in range(4)]
        assert set(given[:2]) == {agency.jonas.account, agency.tessa.account}
        assert given[2:] == given[:2]
        number = await agency.opens()
        name = "Jonas" if await who_has(number) == agency.jonas.account else "Tessa"
        assert await why(number) == f"Assigned to {name} because they are next available: 2 open tickets"
        assert await why(number, "nl") == f"Toegewezen aan {name}, als eerste beschikbaar: 2 open tickets"


async def test_b4_a_question_by_mail_is_routed_as_one_on_the_portal(agency: Agency) -> None:
    with within(agency.tenant):
        opened = await open_from_mail(
            agency.client, department_id=agency.tenant.support, subject="Hello", body="A question.", name="", email="",
            mail_message_id=None, answer_by_mail=True, idempotency_key="a mail",
        )  # fmt: skip
        assert await who_has(opened.number) in (agency.jonas.account, agency.tessa.account)


async def test_b4_an_existing_ticket_goes_to_the_agent_who_answered_first(agency: Agency) -> None:
    with within(agency.tenant):
        number = await agency.opens()
        other = agency.tessa if await who_has(number) == agency.jonas.account else agency.jonas
        await reply(other, number, "Which page?", status="pending")
        await reply(agency.client, number, "The first one.")
        assert await who_has(number) == other.account
        assert await why(number) == f"Assigned to {other.name} because they answered first"


async def test_b4_a_project_message_goes_to_the_project_s_lead_also_outside_their_hours(agency: Agency) -> None:
    with within(agency.tenant):
        number = await value("select number from clients")
        lead = await member_id(agency.tessa)
        project = await create_project(agency.admin, client_number=number, name="Website", lead_id=lead, state="active")
        an_hour_ago = now() - timedelta(hours=3)
        minute = an_hour_ago.hour * 60 + 1
        await set_hours(
            agency.tessa,
            lead,
            shifts=[Shift(an_hour_ago.weekday(), minute, minute + 1)],
            time_zone="UTC",
            capacity=None,
        )
        ticket = await agency.opens("project_message", project)
        assert await who_has(ticket) == agency.tessa.account
        assert await why(ticket) == "Assigned to Tessa because they lead the project Website"
        assert await who_has(await agency.opens()) == agency.jonas.account, "she is not next available at this hour"


async def test_b4_a_new_project_request_goes_to_the_agent_this_client_has_worked_with_most(agency: Agency) -> None:
    with within(agency.tenant):
        other_client = await a_contact(agency.tenant)
        for writer, by, times in (
            (agency.client, agency.tessa, 2),
            (agency.client, agency.jonas, 1),
            (other_client, agency.jonas, 4),
        ):
            for _ in range(times):
                await reply(by, await agency.opens(by=writer), "Done.", status="solved")  # fmt: skip
        number = await agency.opens("work_request")
        assert await who_has(number) == agency.tessa.account
        assert await why(number) == "Assigned to Tessa because they have worked with this client most"
        assert await who_has(await agency.opens("work_request", by=other_client)) == agency.jonas.account
        newcomer = await a_contact(agency.tenant)
        assert "next available" in await why(await agency.opens("work_request", by=newcomer))


async def test_nobody_who_is_away_disabled_elsewhere_or_full_is_given_anything(agency: Agency) -> None:
    with within(agency.tenant):
        await a_member(agency.tenant, departments=[await a_department(agency.tenant)], name="Elsewhere")
        absence = await agency.goes_away(agency.jonas)
        assert [await who_has(await agency.opens()) for _ in range(2)] == [agency.tessa.account] * 2
        await set_hours(agency.admin, await member_id(agency.tessa), shifts=[], time_zone=None, capacity=2)
        assert await who_has(await agency.opens()) is None
        await end_absence(agency.jonas, absence)
        assert await who_has(await agency.opens()) == agency.jonas.account
        await rows("update accounts set disabled_at = now() where id = $1", agency.jonas.account)
        assert await who_has(await agency.opens()) is None


async def test_a_reply_to_who_is_away_goes_to_another_and_can_come_back_and_what_was_given_by_hand_stays(
    agency: Agency,
) -> None:
    with within(agency.tenant):
        await set_routes(
            agency.admin,
            [NewRoute(department_id=None, category=None, moments=("replied_away",), steps=("next_available",))],
        )
        kept, lost = await agency.opens(), await agency.opens()
        for number, who in ((kept, agency.tessa), (lost, agency.jonas)):
            await assign(agency.admin, number, await member_id(who))
        await agency.goes_away(agency.jonas)
        for number in (kept, lost):
            await reply(agency.client, number, "Any news?")
        assert await who_has(kept) == await who_has(lost) == agency.tessa.account
        assert await value("select taken_over_from from tickets where number = $1", lost) == agency.jonas.account
        assert await value("select taken_over_from from tickets where number = $1", kept) is None


async def test_a_transfer_finds_somebody_there_or_nobody_rather_than_who_does_not_work_there(agency: Agency) -> None:
    with within(agency.tenant):
        billing, empty = await a_department(agency.tenant), await a_department(agency.tenant, "Empty")
        clerk = await a_member(agency.tenant, departments=[billing], name="Clerk")
        number = await agency.opens()
        await transfer(agency.jonas, number, billing)
        assert await who_has(number) == clerk.account
        await transfer(agency.jonas, number, empty)
        assert await who_has(number) is None
        assert await why(number) == (
            "Assigned to nobody: Clerk does not work in this department, and nobody there is available"
        )


async def test_a_project_or_category_that_staff_set_finds_its_agent(agency: Agency) -> None:
    with within(agency.tenant):
        client_number = await value("select number from clients")
        lead = await member_id(agency.tessa)
        project = await create_project(
            agency.admin, client_number=client_number, name="Website", lead_id=lead, state="active"
        )
        number = await agency.opens()
        await assign(agency.admin, number, await member_id(agency.jonas))
        await set_project(agency.jonas, number, project)
        assert await who_has(number) == agency.tessa.account
        assert await value("select category from tickets where number = $1", number) == "project_message"
        await set_category(agency.jonas, number, "work_request")
        assert await value("select project_id from tickets where number = $1", number) == project
        stranger = await a_contact(agency.tenant)
        with pytest.raises(Refusal, match="another client"):
            await set_project(agency.jonas, await agency.opens(by=stranger), project)
        with pytest.raises(Refusal, match="not here"):
            await agency.opens("project_message", project, by=stranger)


async def test_twelve_that_open_at_once_are_shared_evenly_and_within_capacity(agency: Agency) -> None:
    with within(agency.tenant):
        await agency.opens()  # makes the kind
        await rows("update tickets set assignee_id = null")
        for each in (agency.jonas, agency.tessa):
            await set_hours(agency.admin, await member_id(each), shifts=[], time_zone=None, capacity=5)
        numbers = await asyncio.gather(*(agency.opens() for _ in range(12)))
        given = [await who_has(each) for each in numbers]
        assert sorted(given.count(each.account) for each in (agency.jonas, agency.tessa)) == [5, 5]
        assert given.count(None) == 2
        turns = await value("select last_number from counters where id = 'turn'")
        assert turns == 11  # each turn counted once


async def test_a_route_for_another_department_or_category_does_not_apply(agency: Agency) -> None:
    with within(agency.tenant):
        billing = await a_department(agency.tenant)
        await set_routes(
            agency.admin,
            [
                NewRoute(department_id=billing, category=None, moments=("opened",), steps=("next_available",)),
                NewRoute(department_id=None, category="work_request", moments=("opened",), steps=("next_available",)),
            ],
        )
        assert await who_has(await agency.opens()) is None
        assert await who_has(await agency.opens("work_request")) is not None
        for wrong in (
            NewRoute(department_id=None, category=None, moments=(), steps=("next_available",)),
            NewRoute(department_id=None, category=None, moments=("opened",), steps=()),
            NewRoute(department_id=None, category=None, moments=("opened", "opened"), steps=("next_available",)),
            NewRoute(department_id=None, category=None, moments=("opened",), steps=("anybody",)),
        ):
            with pytest.raises(Refusal):
                await set_routes(agency.admin, [wrong])
        with pytest.raises(Refusal):
            await set_routes(agency.jonas, [])
