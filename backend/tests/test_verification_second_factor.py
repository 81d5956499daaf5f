"""A second factor proves that the account is one's own: in a session, and by a mailed link."""

from litestar import Litestar

from backend.accounts.links import create_link
from backend.database import rows, transaction, value
from backend.keys import link_token
from backend.tests.authenticator import Authenticator
from backend.tests.client import Browser, a_browser
from backend.tests.factories import TestTenant, a_contact, a_tenant, within
from backend.tests.test_accounts_second_factor import ADD, BEGIN_PASSKEY, code_of, forget_steps, with_totp
from backend.tickets.open import NewTicket, open_ticket
from backend.verification.tries import MOST_TRIES

PROVE = "mutation($n: Int!, $p: ProofInput!) { prove(number: $n, proof: $p) { ... on Ticket { level attestation { method } } ... on Problem { code } } }"  # fmt: skip
BY_LINK = "mutation($t: String!, $p: ProofInput!) { proveByLink(token: $t, proof: $p) { __typename ... on Problem { code } } }"  # fmt: skip
OPTIONS = (
    "mutation($t: String) { proofOptions(token: $t) { ... on PasskeyOptions { options } ... on Problem { code } } }"
)

WAYS = "{ viewer { proofMethods { method works } } }"


async def a_ticket(tenant: TestTenant, browser: Browser) -> int:
    answer = await browser.ask(
        'mutation($d: ID!) { openTicket(input: {departmentId: $d, subject: "MX", body: "Please."}) { ... on OpenTicketSuccess { number } } }',
        d=str(tenant.support),
    )
    number: int = answer["number"]
    return number


async def works(browser: Browser) -> set[str]:
    return {each["method"] for each in (await browser.ask(WAYS))["proofMethods"] if each["works"]}


async def test_a_code_of_the_app_proves_once_and_tries_are_counted(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    async with a_browser(app, tenant, contact) as browser:
        assert "TOTP" not in await works(browser)
        key, _ = await with_totp(browser)
        assert "TOTP" in await works(browser)
        await forget_steps(tenant)
        number = await a_ticket(tenant, browser)
        proof = {"method": "TOTP", "secret": code_of(key)}
        proved = await browser.ask(PROVE, n=number, p=proof)
        assert (proved["level"], proved["attestation"]["method"]) == ("SECOND_FACTOR", "TOTP")
        codes = [(await browser.ask(PROVE, n=number, p=proof))["code"] for _ in range(MOST_TRIES + 1)]
        assert codes == ["proof_refused"] * MOST_TRIES + ["proof_locked"]


async def test_a_passkey_proves_what_this_session_was_asked_to_sign(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    key = Authenticator(f"http://{tenant.host}", tenant.host)
    async with a_browser(app, tenant, contact) as browser, a_browser(app, tenant, contact) as other:
        await browser.ask(ADD, n="A laptop", p=key.make((await browser.ask(BEGIN_PASSKEY))["options"]))
        number = await a_ticket(tenant, browser)
        elsewhere = key.sign((await other.ask(OPTIONS))["options"])
        refused = await browser.ask(PROVE, n=number, p={"method": "PASSKEY", "secret": elsewhere})
        assert refused["code"] == "proof_refused"
        signed = key.sign((await browser.ask(OPTIONS))["options"])
        proved = await browser.ask(PROVE, n=number, p={"method": "PASSKEY", "secret": signed})
        assert (proved["level"], proved["attestation"]["method"]) == ("SECOND_FACTOR", "PASSKEY")
        again = await browser.ask(PROVE, n=number, p={"method": "PASSKEY", "secret": signed})
        assert again["code"] == "proof_refused"


async def test_the_holder_of_a_mailed_link_proves_by_a_second_factor_without_signing_in(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    key = Authenticator(f"http://{tenant.host}", tenant.host)
    async with a_browser(app, tenant, contact) as mine, a_browser(app, tenant) as browser:
        await mine.ask(ADD, n="A laptop", p=key.make((await mine.ask(BEGIN_PASSKEY))["options"]))
        with within(tenant):
            opened = await open_ticket(contact, NewTicket(department_id=tenant.support, subject="MX", body="x"))
            await rows("update tickets set required_level = 'password'")
            ticket_id = await value("select id from tickets where number = $1", opened.number)
            async with transaction():
                link = await create_link(
                    tenant.actor, "prove", contact.account, client_id=contact.client_id, ticket_id=ticket_id
                )
        token = link_token(tenant.id, link)
        asked = await browser.ask("query($t: String!) { proofRequest(token: $t) { ways { method } } }", t=token)
        assert {"method": "PASSKEY"} in asked["ways"]
        assert {"method": "TOTP"} not in asked["ways"], "they have none"
        signed = key.sign((await browser.ask(OPTIONS, t=token))["options"])
        proof = {"method": "PASSKEY", "secret": signed}
        assert (await browser.ask(BY_LINK, t=token, p=proof))["__typename"] == "Done"
        with within(tenant):
            assert await value("select level from tickets where number = $1", opened.number) == "second_factor"
        assert (await browser.ask(OPTIONS, t=token))["code"] == "link_expired"
        assert (await browser.ask(OPTIONS))["code"] == "sign_in_needed"


async def test_a_member_of_the_client_who_may_not_approve_proves_nothing_by_a_factor(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant, "member")
    async with a_browser(app, tenant, contact) as browser:
        key, _ = await with_totp(browser)
        await forget_steps(tenant)
        assert not {"TOTP", "PASSWORD"} & await works(browser)
        number = await a_ticket(tenant, browser)
        refused = await browser.ask(PROVE, n=number, p={"method": "TOTP", "secret": code_of(key)})
        assert refused["code"] == "proof_refused"
