"""Cards come from the company's own Stripe account, over real HTTP."""

import logging

import pytest
from litestar import Litestar

from backend.accounts.secret import Secret
from backend.cards.connection import connect_stripe, disconnect_stripe, set_webhook_secret, sync_now
from backend.cards.customers import link_customer, unlink_customer
from backend.cards.queries import card_state
from backend.cards.sync import EVERY
from backend.database import rows, system_rows, value
from backend.errors import Refusal
from backend.jobs.drain import drain
from backend.tests.cards.connected import a_company, post
from backend.tests.factories import a_contact, a_member, a_tenant, signed_in, within
from backend.tests.simulators.stripe import StripeSimulator
from backend.verification.checks import Proof
from backend.verification.prove import prove


@pytest.mark.parametrize("by", ["email", "number"])
async def test_connecting_reads_all_customers_and_knows_the_cards_of_those_that_are_clients(
    stripe: StripeSimulator, by: str
) -> None:
    for _ in range(230):
        stripe.add_customer("somebody@elsewhere.example", card="1111")
    company = await a_company(stripe, by=by)
    assert await company.knows("4242")
    assert not await company.knows("1111")
    assert len([each for each in stripe.calls if "starting_after" in each]) == 2
    with within(company.tenant):
        state = await card_state(company.admin)
        linked = await value("select linked_by from billing_customers")
    assert state is not None
    assert (state.with_card, state.without_card, linked) == (1, 0, by)
    assert state.stripe is not None
    assert state.stripe.synced_at is not None
    assert (state.stripe.key_last_four, state.stripe.problem, state.stripe.linked) == (stripe.key[-4:], None, 1)


async def test_a_card_that_was_changed_a_moment_before_proves_and_the_old_one_does_not(
    app: Litestar, stripe: StripeSimulator
) -> None:
    company = await a_company(stripe)
    contact = await signed_in(company.owner)
    for webhook in stripe.change_card(company.customer, "8731"):
        assert (await post(app, company.tenant.host, webhook)).status_code == 200
    await drain(company.tenant.id)
    with within(company.tenant):
        with pytest.raises(Refusal) as refused:
            await prove(contact, Proof("card", Secret("4242")))
        assert refused.value.code == "proof_refused"
        assert (await prove(contact, Proof("card", Secret("8731")))).level == "card"


async def test_webhooks_in_any_order_and_twice_lead_to_what_stripe_says_now(
    app: Litestar, stripe: StripeSimulator
) -> None:
    company = await a_company(stripe)
    first = stripe.change_card(company.customer, "1001")
    second = stripe.change_card(company.customer, "2002")
    for webhook in [*reversed(second), *first, *first]:
        assert (await post(app, company.tenant.host, webhook)).status_code == 200
    assert (await drain(company.tenant.id)).webhooks == len(first) + len(second)
    assert await company.knows("2002")
    assert (await post(app, company.tenant.host, first[0])).status_code == 200
    assert (await drain(company.tenant.id)).webhooks == 0


async def test_a_customer_that_is_deleted_or_pays_otherwise_has_no_card_on_file(
    app: Litestar, stripe: StripeSimulator
) -> None:
    company = await a_company(stripe)
    method = stripe.customers[company.customer]["invoice_settings"]["default_payment_method"]
    stripe.methods[method] = {
        "id": method,
        "object": "payment_method",
        "type": "sepa_debit",
        "sepa_debit": {"last4": "4242"},
    }
    await post(app, company.tenant.host, stripe.tell("customer.updated", stripe.customers[company.customer]))
    await drain(company.tenant.id)
    assert not await company.knows("4242")
    stripe.change_card(company.customer, "3003")
    for webhook in stripe.sent:
        await post(app, company.tenant.host, webhook)
    await drain(company.tenant.id)
    assert await company.knows("3003")
    await post(app, company.tenant.host, stripe.delete(company.customer))
    await drain(company.tenant.id)
    assert not await company.knows("3003")


async def test_what_no_webhook_told_the_next_daily_reading_finds(stripe: StripeSimulator) -> None:
    company = await a_company(stripe)
    stripe.change_card(company.customer, "5005")
    await drain(company.tenant.id)
    assert not await company.knows("5005")
    await system_rows(
        "update stripe_connections set sync_due_at = sync_due_at - $2::interval where tenant_id = $1",
        company.tenant.id,
        EVERY,
    )
    await drain(company.tenant.id)
    assert await company.knows("5005")
    stripe.customers.clear()
    with within(company.tenant):
        await sync_now(company.admin)
    await drain(company.tenant.id)
    assert not await company.knows("5005")


async def test_an_address_that_two_customers_have_tells_nothing(app: Litestar, stripe: StripeSimulator) -> None:
    tenant = await a_tenant()
    admin, owner = await signed_in(await a_member(tenant, "owner")), await a_contact(tenant)
    stripe.add_customer(owner.email, card="1111")
    stripe.add_customer(owner.email, card="2222")
    with within(tenant):
        await connect_stripe(admin, Secret(stripe.key), match_by_email=True)
        await set_webhook_secret(admin, Secret(stripe.secret))
        await drain(tenant.id)
        assert await value("select count(*) from billing_customers") == 0


async def test_who_becomes_a_customer_by_paying_under_an_owners_address_is_not_taken_for_the_client(
    app: Litestar, stripe: StripeSimulator
) -> None:
    company = await a_company(stripe, card=None, by="number")
    other = await a_contact(company.tenant)
    stranger = stripe.add_customer(other.email)
    for webhook in stripe.change_card(stranger, "6666"):
        await post(app, company.tenant.host, webhook)
    await drain(company.tenant.id)
    with within(company.tenant):
        outcomes = await rows("select distinct outcome from webhook_events")
        assert [each["outcome"] for each in outcomes] == ["unknown"]
        assert await value("select count(*) from card_facts") == 0


async def test_a_link_by_hand_is_tried_at_stripe_and_goes_before_all_others(stripe: StripeSimulator) -> None:
    company = await a_company(stripe)
    real = stripe.add_customer("billing@client.example", card="7007")
    with within(company.tenant):
        for customer, field in (("cus_nobody", "customer"), ("", "customer")):
            with pytest.raises(Refusal) as refused:
                await link_customer(company.admin, company.number, customer)
            assert refused.value.field == field
        await link_customer(company.admin, company.number, real)
        assert await company.knows("7007")
        await sync_now(company.admin)
        await drain(company.tenant.id)
        assert await company.knows("7007")
        another = await a_contact(company.tenant)
        number = await value("select number from clients where id = $1", another.client_id)
        with pytest.raises(Refusal) as taken:
            await link_customer(company.admin, number, real)
        assert taken.value.code == "customer_taken"
        await unlink_customer(company.admin, company.number)
        assert not await company.knows("7007")
        with pytest.raises(Refusal):
            await unlink_customer(company.admin, company.number)
        await sync_now(company.admin)
        await drain(company.tenant.id)
        assert not await company.knows("4242"), "the reading linked again what an admin had taken apart"


@pytest.mark.parametrize(
    ("key", "trouble", "code"),
    [
        ("sk_live_51everything", {}, "stripe_key_too_strong"),
        ("pk_test_51public", {}, "not_a_stripe_key"),
        ("", {}, "not_a_stripe_key"),
        ("rk_test_unknown", {}, "stripe_key_refused"),
        (None, {"lacks_rights": True}, "stripe_key_lacks"),
        (None, {"status": 500}, "stripe_away"),
        (None, {"status": 429}, "stripe_away"),
    ],
)
async def test_a_key_that_will_not_do_is_refused_with_the_reason_and_not_kept(
    stripe: StripeSimulator, key: str | None, trouble: dict[str, object], code: str
) -> None:
    tenant = await a_tenant()
    admin = await signed_in(await a_member(tenant, "owner"))
    for name, given in trouble.items():
        setattr(stripe, name, given)
    with within(tenant):
        with pytest.raises(Refusal) as refused:
            await connect_stripe(admin, Secret(stripe.key if key is None else key), match_by_email=False)
        assert (refused.value.code, refused.value.field) == (code, "key")
        assert await value("select count(*) from stripe_connections") == 0


async def test_nobody_but_an_admin_connects_reads_or_disconnects(stripe: StripeSimulator) -> None:
    company = await a_company(stripe)
    lead = await a_member(company.tenant, "lead")
    with within(company.tenant):
        for actor in (lead, company.owner, company.tenant.guest):
            assert await card_state(actor) is None
            for refused in (
                connect_stripe(actor, Secret(stripe.key), match_by_email=True),
                set_webhook_secret(actor, Secret(stripe.secret)),
                sync_now(actor),
                link_customer(actor, company.number, company.customer),
                unlink_customer(actor, company.number),
                disconnect_stripe(actor),
            ):
                with pytest.raises(Refusal):
                    await refused


async def test_a_key_that_is_revoked_shows_as_a_problem_and_nothing_that_waits_is_lost(
    app: Litestar, stripe: StripeSimulator
) -> None:
    company = await a_company(stripe)
    stripe.key = "rk_test_another"
    for webhook in stripe.change_card(company.customer, "9009"):
        await post(app, company.tenant.host, webhook)
    await drain(company.tenant.id)
    with within(company.tenant):
        state = await card_state(company.admin)
        assert state is not None
        assert state.stripe is not None
        assert (state.stripe.problem, state.stripe.waiting, state.stripe.failing) == ("stripe_key_refused", 3, 3)
        await connect_stripe(company.admin, Secret(stripe.key), match_by_email=True)
    await drain(company.tenant.id)
    assert await company.knows("9009")
    with within(company.tenant):
        state = await card_state(company.admin)
        assert state is not None
        assert state.stripe is not None
        assert (state.stripe.problem, state.stripe.waiting) == (None, 0)


async def test_disconnecting_destroys_key_and_secret_and_forgets_the_cards(
    app: Litestar, stripe: StripeSimulator
) -> None:
    company = await a_company(stripe)
    waiting = stripe.change_card(company.customer, "4004")
    await post(app, company.tenant.host, waiting[0])
    with within(company.tenant):
        await disconnect_stripe(company.admin)
        assert await value("select count(*) from stripe_connections") == 0
        assert await value("select count(*) from card_facts") == 0
    assert (await post(app, company.tenant.host, waiting[1])).status_code == 400
    await drain(company.tenant.id)
    assert not await company.knows("4004")


async def test_other_events_are_written_down_as_ignored(app: Litestar, stripe: StripeSimulator) -> None:
    company = await a_company(stripe)
    assert (
        await post(app, company.tenant.host, stripe.tell("invoice.paid", {"object": "invoice", "customer": "x"}))
    ).status_code == 200
    assert (await drain(company.tenant.id)).webhooks == 0
    with within(company.tenant):
        found = await rows("select type, outcome, customer from webhook_events")
    assert [tuple(each) for each in found] == [("invoice.paid", "ignored", None)]


async def test_no_digit_and_no_key_stands_in_a_row_or_a_log(
    app: Litestar, stripe: StripeSimulator, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.DEBUG)
    company = await a_company(stripe, card=None)
    # Digits that no random id holds by chance: it is the payload and its neighbours that would.
    for webhook in stripe.change_card(company.customer, "0742"):
        await post(app, company.tenant.host, webhook)
    await drain(company.tenant.id)
    assert await company.knows("0742")
    tables = await system_rows(
        "select tablename from pg_tables where schemaname = 'public' and tablename not in ('schema_migrations', 'clock')"
    )
    texts = [
        str(row[0])
        for table in tables
        for row in await system_rows(
            f"select coalesce(to_jsonb(t) - 'id' - 'tenant_id' - 'digits_hmac' - 'key_sealed' - 'secret_sealed' - 'wrapped'"
            f" - 'customer' - 'external_id', '{{}}')::text from {table['tablename']} t"
            + ("" if table["tablename"] in ("tenants",) else f" where tenant_id = '{company.tenant.id}'")
        )
    ]
    assert texts
    for text in [*texts, caplog.text, *capfd.readouterr()]:
        assert '"0742"' not in text
        assert "last4" not in text
        assert stripe.key not in text
        assert stripe.secret not in text
