"""The demo companies: whole, right, and open to the people whom `up` names."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from backend.actor import guest
from backend.cards.facts import digits_match
from backend.clock import real_now
from backend.database import bind, close_database, open_database, row, rows, value
from backend.demo.content import TicketText, read_companies
from backend.demo.replay import WrongStory, replay
from backend.demo.scene import Place as Department
from backend.demo.scene import Scene
from backend.demo.sign_ins import CARD_DIGITS, SIGN_INS, SignIn
from backend.ids import new_id
from backend.mailboxes.outgoing.templates import Words, check
from backend.tenants.queries import list_departments, tenant_of_host
from backend.tests.factories import sign_in_as
from backend.tests.operator.conftest import Place
from backend.tickets.lifecycle.faults import read_policy
from backend.tickets.lifecycle.presets import PRESETS
from backend.tickets.queue.first_response import ENOUGH
from infra.dev.services import ServiceUrls

COMPANIES = read_companies()


@pytest.fixture(scope="module")
async def within_demo(demo: Place, urls: ServiceUrls, database: None) -> AsyncIterator[None]:
    """This process works on the demo's database for a while."""
    await close_database()
    await open_database(demo.urls.app, system_url=demo.urls.system, pool=4)
    yield
    await close_database()
    await open_database(urls.app, system_url=urls.system, pool=12)


async def test_every_company_has_a_few_dozen_tickets_in_every_state_of_its_lifecycle(demo: Place) -> None:
    found = await demo.look(
        "select n.slug, t.status, count(*) from tickets t join tenants n on n.id = t.tenant_id group by n.slug, t.status"
    )
    by_company: dict[str, Counter[str]] = {}
    for each in found:
        by_company.setdefault(each["slug"], Counter())[each["status"]] = each["count"]
    assert set(by_company) == {"larkspur", "foundry", "anchor", "polder", "orchard"}
    for slug, statuses in by_company.items():
        assert set(statuses) == {each["key"] for each in PRESETS[slug]["statuses"]}, slug
        assert statuses.total() >= 20, slug
        assert statuses["open"] >= 6, slug


async def test_the_doctor_finds_nothing_wrong(demo: Place) -> None:
    ran = await demo.cli("doctor")
    assert ran.code == 0, ran.out
    assert "WRONG" not in ran.out


async def test_a_second_load_changes_nothing(demo: Place) -> None:
    before = await _counts(demo)
    ran = await demo.cli("demo")
    assert ran.code == 0
    assert ran.out.count("there already") == 5
    assert await _counts(demo) == before


async def test_production_takes_no_demo_by_accident(demo: Place) -> None:
    ran = await demo.cli("demo", environment="production")
    assert ran.code == 1
    assert "--demo" in ran.err


@pytest.mark.parametrize("person", SIGN_INS, ids=lambda person: f"{person.tenant}-{person.role.split()[0]}")
async def test_everybody_in_the_table_signs_in(within_demo: None, person: SignIn) -> None:
    tenant_id = await tenant_of_host(person.host)
    assert tenant_id is not None
    with bind(tenant_id):
        _, actor, _ = await sign_in_as(tenant_id, person.email, person.password)
        if person.role.startswith("client"):
            assert actor.contact_role == "owner"
            assert actor.client_id is not None
            assert await digits_match(tenant_id, actor.client_id, CARD_DIGITS)
        else:
            assert actor.role == person.role


@pytest.mark.parametrize("slug", [each.slug for each in COMPANIES])
async def test_a_guest_is_offered_one_department_alone(within_demo: None, slug: str) -> None:
    tenant_id = await tenant_of_host(f"{slug}.localhost")
    assert tenant_id is not None
    with bind(tenant_id):
        assert len(await list_departments(guest(tenant_id, "en"))) == 1


@pytest.mark.parametrize("text", COMPANIES, ids=lambda text: text.slug)
def test_the_own_words_of_every_mail_can_be_used(text: object) -> None:
    mails = next(each for each in COMPANIES if each is text).mails
    assert "receipt" in {mail.name for mail in mails}
    for mail in mails:
        check(Words(mail.subject, mail.body))


async def test_no_timer_that_is_past_still_waits_and_foundrys_ladder_was_climbed(within_demo: None) -> None:
    tenant_id = await tenant_of_host("foundry.localhost")
    with bind(tenant_id):
        assert (
            await value(
                "select count(*) from timers where due_at < $1 and done_at is null and cancelled_at is null", real_now()
            )
            == 0
        )
        assert (
            await value(
                "select count(*) from timers where due_at > $1 and done_at is null and cancelled_at is null", real_now()
            )
            > 0
        )
        assert await value("select count(*) from tickets where status = 'closed' and 'No Response' = any(tags)") >= 1
        templates = {
            each["data"]
            for each in await rows("select data->>'template' as data from events where type = 'ReminderSent'")
        }
        assert templates == {"reminder_first", "reminder_second"}
        linked = await row(
            "select n.number, o.number as earlier, o.meaning from tickets n "
            "join tickets o on o.tenant_id = n.tenant_id and o.id = n.follow_up_of"
        )
        assert linked is not None
        assert linked["number"] > linked["earlier"]
        assert linked["meaning"] == "closed"


async def test_words_of_a_ticket_are_found_in_its_language(within_demo: None) -> None:
    tenant_id = await tenant_of_host("polder.localhost")
    with bind(tenant_id):
        found = await rows("select * from search_tickets('dutch', 'certificaten', true, null, null, null, 10)")
        assert len(found) >= 2


async def test_the_next_ticket_takes_the_next_number(demo: Place) -> None:
    found = await demo.look(
        "select c.last_number, max(t.number) as highest, count(*) = count(distinct t.number) as distinct "
        "from counters c join tickets t on t.tenant_id = c.tenant_id where c.id = 'ticket' group by c.tenant_id, c.last_number"
    )
    assert len(found) == 5
    for each in found:
        assert each["last_number"] == each["highest"]
        assert each["distinct"]


async def test_no_mail_of_the_past_is_sent_again(demo: Place) -> None:
    assert (await demo.look("select count(*) from outgoing_mails where state = 'queued'"))[0]["count"] == 0
    open_deliveries = await demo.look(
        "select count(*) from deliveries d join events e on e.id = d.event_id where e.ticket_id is not null"
    )
    assert open_deliveries[0]["count"] == 0


def test_a_story_that_could_not_have_happened_is_refused() -> None:
    text = next(each for each in COMPANIES if each.slug == "anchor")
    places = {
        each.name: Department(id=new_id(), text=each, kinds={kind.name: new_id() for kind in each.kinds})
        for each in text.departments
    }
    tenant_id = new_id()
    scene = Scene(
        tenant_id=tenant_id, language="en", mail_domain="anchor.example", policy=read_policy(PRESETS["anchor"]),
        policy_id=new_id(), priority_choice=False, now=real_now(), ahead=timedelta(), places=places, members={},
        writers={"someone@else.example": guest(tenant_id, "en")},
    )  # fmt: skip
    unproved = TicketText(ago="1h", by="someone@else.example", to="Billing", subject="Change my card", text="Please.")
    with pytest.raises(WrongStory, match="may not open"):
        replay(scene, unproved)


async def _counts(place: Place) -> dict[str, int]:
    tables = await place.look(
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
    )
    return {
        each["relname"]: (await place.look(f"select count(*) from {each['relname']}"))[0]["count"] for each in tables
    }


async def test_a_busy_department_knows_how_long_an_answer_takes(demo: Place) -> None:
    [found] = await demo.look(
        "select count(*) as answers, max(r.seconds) as longest from first_responses r join departments d on d.id = r.department_id "
        "join tenants t on t.id = r.tenant_id where t.slug = 'anchor' and d.name = 'Technical Support'"
    )
    assert found["answers"] >= ENOUGH
    assert 0 < found["longest"] < 3 * 86_400
