"""A better place is suggested, from rules at first and from the company's own tickets then (FIELD.md A7, A8)."""

from datetime import timedelta
from uuid import UUID

from backend.clock import real_now
from backend.database import rows, transaction, value
from backend.intake.kinds import create_kind
from backend.intake.suggestions.keep import due_to_learn
from backend.intake.suggestions.model import Ended, Learnt, Place, guess, learn
from backend.intake.suggestions.suggest import suggest_place
from backend.intake.suggestions.words import words_of
from backend.tenants.departments import insert_department
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, within
from backend.tickets.learn_places import learn_from_tickets, learn_places
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.reply import reply
from backend.tickets.transfer import transfer
from benchmarks import places_quality


async def a_department_called(tenant: TestTenant, name: str, description: str, audience: str = "everyone") -> UUID:
    with within(tenant):
        async with transaction():
            return await insert_department(
                tenant.actor, name=name, description=description, audience=audience, proof_level="none",
                mailbox=name.lower().replace(" ", "-"),
            )  # fmt: skip


async def test_the_form_suggests_a_better_department_and_its_kind() -> None:
    tenant = await a_tenant()
    admin = await a_member(tenant, "owner")
    contact = await a_contact(tenant)
    billing = await a_department_called(tenant, "Billing", "Invoices and payments.", "clients")
    with within(tenant):
        kind = await create_kind(
            admin, billing, name="Question about an invoice", description="Name its number.", proof_level="none"
        )
        text = "I paid the invoice of May twice, please refund one payment."
        found = await suggest_place(contact, "Invoice", text, department_id=tenant.support, kind_id=None)
        assert found.department is not None
        assert found.kind is not None
        assert (found.department["id"], found.kind["id"]) == (billing, kind)
        kept = await suggest_place(contact, "Invoice", text, department_id=billing, kind_id=kind)
        assert (kept.department, kept.kind, kept.second) == (None, None, None)
        only = await suggest_place(contact, "Invoice", text, department_id=billing, kind_id=None)
        assert only.department is None
        assert only.kind is not None
        assert only.kind["id"] == kind
        nothing = await suggest_place(
            contact, "Hello", "Good morning to you all.", department_id=tenant.support, kind_id=None
        )
        assert nothing.department is None
        # A guest is offered nothing that guests may not choose.
        hidden = await suggest_place(tenant.guest, "Invoice", text, department_id=tenant.support, kind_id=None)
        assert hidden.department is None


async def test_a_draft_with_two_requests_is_noticed() -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    billing = await a_department_called(tenant, "Billing", "Invoices and payments.")
    domains = await a_department_called(tenant, "Domains and DNS", "Records, name servers, transfers.")
    body = "Please change the MX records of our domain, the DNS zone is below.\n\nAnd the invoice of May was charged twice, please refund the payment."
    with within(tenant):
        found = await suggest_place(contact, "Two things", body, department_id=domains, kind_id=None)
        assert found.second is not None
        assert found.second["id"] == billing
        one = await suggest_place(contact, "DNS", body.split("\n\n")[0], department_id=domains, kind_id=None)
        assert one.second is None


async def test_it_learns_where_tickets_ended_and_no_other_company_knows() -> None:
    tenant, other = await a_tenant(), await a_tenant()
    bees, honey = [await a_department_called(tenant, name, "Whatever it is.") for name in ("Team Alpha", "Team Beta")]
    theirs = [await a_department_called(other, name, "Whatever it is.") for name in ("Team Alpha", "Team Beta")]
    agent = await a_member(tenant, "lead")
    for turn in range(6):
        contact = await a_contact(tenant, name=f"Person {turn}")
        with within(tenant):
            for subject, body, to in (
                ("Hive", "The beehives swarm again.", bees),
                ("Jars", "The honeyjars leak again.", honey),
            ):
                number = (
                    await open_ticket(contact, NewTicket(department_id=tenant.support, subject=subject, body=body))
                ).number
                await transfer(agent, number, to)
                await reply(agent, number, "Done.", status="solved")
    contact, stranger = await a_contact(tenant), await a_contact(other)
    with within(tenant):
        before = await suggest_place(contact, "Swarm", "My beehives swarm.", department_id=honey, kind_id=None)
        assert before.department is None
        assert await learn_from_tickets(tenant.id) == 12
        after = await suggest_place(contact, "Swarm", "My beehives swarm.", department_id=honey, kind_id=None)
        assert after.department is not None
        assert after.department["id"] == bees
    with within(other):
        known = await suggest_place(stranger, "Swarm", "My beehives swarm.", department_id=theirs[1], kind_id=None)
        assert known.department is None
        assert await value("select count(*) from suggestion_models") == 0


async def test_what_one_person_wrote_or_was_masked_is_not_learnt() -> None:
    tenant = await a_tenant()
    agent = await a_member(tenant)
    for name in ("A", "B", "C"):
        contact = await a_contact(tenant, name=name)
        with within(tenant):
            body = "The gateway fails. [sealed: FTP verysecretword] ●●●● Hunter2pass see shop.example/secretpath"
            number = (
                await open_ticket(
                    contact, NewTicket(department_id=tenant.support, subject="Gateway", body=body, send_anyway=True)
                )
            ).number
            await reply(agent, number, "Done.")
    loner = await a_contact(tenant)
    with within(tenant):
        for _ in range(4):
            number = (
                await open_ticket(
                    loner, NewTicket(department_id=tenant.support, subject="Mine", body="My unicorn bolted.")
                )
            ).number
            await reply(agent, number, "Done.")
        await learn_from_tickets(tenant.id)
        stored = await value("select learnt::text from suggestion_models")
    assert "gatewa" in stored
    for word in ("unicor", "verys", "hunter", "secret", "shop"):
        assert word not in stored, word


async def test_each_company_is_learnt_from_once_a_day() -> None:
    tenant = await a_tenant()
    while await learn_places():
        pass
    assert tenant.id not in await due_to_learn(1000)
    with within(tenant):
        await rows("update suggestion_models set trained_at = $1", real_now() - timedelta(hours=25))
    assert tenant.id in await due_to_learn(1000)


def test_a_word_counts_once_it_is_several_people_s() -> None:
    tickets = [Ended(frozenset({"hive", f"own{n}"}), str(n % 2), ("bees",)) for n in range(3)]
    assert learn(tickets) == Learnt({"bees": {"hive": 3}})
    assert learn([Ended(frozenset({"hive"}), "one", ("bees",))] * 9).words == {"bees": {}}


def test_words_leave_out_numbers_addresses_and_what_was_sealed() -> None:
    text = "The invoices of shop.example (4411) [verzegeld: FTP] for ann@client.example: Überweisung ●●●●"
    assert words_of(text) == ["invoic", "uberwe"]
    assert guess("x", "", [Place("a", "Billing"), Place("b", "Support")]) == []


def test_the_rules_alone_name_the_right_department_of_requests_that_nobody_tuned_on() -> None:
    held_out = [each for each in places_quality.read_texts() if each.part == "held_out"]
    assert len(held_out) > 150
    score = places_quality.measure(held_out, dict.fromkeys({each.company for each in held_out}, Learnt()))
    assert score.accuracy >= 0.75
    assert score.precision >= 0.9
