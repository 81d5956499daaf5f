"""What a token gives is its scope, in its own company, until it is revoked."""

import base64
import secrets

import httpx
import pytest
from litestar import Litestar

from backend.accounts.api_tokens import create_api_token, list_api_tokens, revoke_api_token
from backend.accounts.throttle import PER_PROGRAM
from backend.actor import Actor
from backend.database import rows, system_rows, value
from backend.errors import Refusal
from backend.tests.client import a_browser
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, signed_in, within

SET = "mutation($number: Int!, $digits: String!) { setClientCard(clientNumber: $number, lastFour: $digits) { __typename ... on Problem { code field } } }"


async def a_token(tenant: TestTenant) -> tuple[str, Actor]:
    admin = await signed_in(await a_member(tenant, "admin"))
    with within(tenant):
        _, token = await create_api_token(admin, "Billing", ["cards"])
    return token.reveal(), admin


async def call(app: Litestar, host: str, token: str | None, document: str, **variables: object) -> httpx.Response:
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]  # Two spellings of ASGI's types.
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}", headers=headers) as http:
        return await http.post("/graphql", json={"query": document, "variables": variables})


async def number_of(tenant: TestTenant, contact: Actor) -> int:
    with within(tenant):
        found: int = await value("select number from clients where id = $1", contact.client_id)
    return found


async def test_a_program_tells_the_card_that_pays_and_nothing_else_is_needed(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    token, admin = await a_token(tenant)
    number = await number_of(tenant, contact)
    answer = await call(app, tenant.host, token, SET, number=number, digits="4817")
    assert answer.json() == {"data": {"setClientCard": {"__typename": "Done"}}}
    assert "set-cookie" not in answer.headers
    with within(tenant):
        assert await value("select count(*) from card_facts") == 1
        events = await rows("select type, actor_kind, data from events where type = 'ClientCardChanged'")
        [listed] = await list_api_tokens(admin)
    assert [(each["type"], each["actor_kind"]) for each in events] == [("ClientCardChanged", "system")]
    assert "4817" not in str([dict(each) for each in events])
    assert listed["last_used_at"] is not None
    removed = "mutation($number: Int!) { removeClientCard(clientNumber: $number) { __typename } }"
    assert (await call(app, tenant.host, token, removed, number=number)).json()["data"]["removeClientCard"] == {
        "__typename": "Done"
    }
    with within(tenant):
        assert await value("select count(*) from card_facts") == 0


@pytest.mark.parametrize("digits", ["", "123", "12345", "12a4", "١٢٣٤", "4242424242424242"])
async def test_what_is_not_four_digits_is_refused(app: Litestar, digits: str) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    token, _ = await a_token(tenant)
    answer = await call(app, tenant.host, token, SET, number=await number_of(tenant, contact), digits=digits)
    assert answer.json()["data"]["setClientCard"] == {
        "__typename": "Problem",
        "code": "not_four_digits",
        "field": "lastFour",
    }


@pytest.mark.parametrize(
    "document",
    [
        "{ members { id } }",
        "{ company { name } }",
        "{ __schema { queryType { name } } }",
        "{ queue { edges { node { number } } } }",
        "{ apiTokens { id } cardSource { withCard } }",
        'mutation { createApiToken(name: "x", scopes: ["cards"]) { __typename } }',
        'mutation { connectStripe(key: "rk_test_1234567", matchByEmail: true) { __typename } }',
        'mutation { setClientCard(clientNumber: 1, lastFour: "1234") { __typename } updateLanguage(language: "nl", timeZone: "Europe/Amsterdam") { __typename } }',
        'mutation { ...F } fragment F on Mutation { updateLanguage(language: "nl", timeZone: "Europe/Amsterdam") { __typename } }',
        'mutation { ... on Mutation { setPriorityChoice(allowed: true) { __typename } } }',
        'mutation { openTicket(input: {departmentId: "x", subject: "x", body: "x"}) { __typename } }',
    ],
)  # fmt: skip
async def test_a_token_does_nothing_beyond_its_scope(app: Litestar, document: str) -> None:
    tenant = await a_tenant()
    token, _ = await a_token(tenant)
    answer = (await call(app, tenant.host, token, document)).json()
    assert [each["extensions"]["code"] for each in answer["errors"]] == ["not_allowed"]
    assert answer["data"] is None
    with within(tenant):
        assert await value("select language from tenants") == "en"
        assert await value("select count(*) from tickets") == 0


async def test_a_program_has_no_right_of_the_system_in_any_verb() -> None:
    from backend.actor import program, require_admin, require_scope, require_staff

    tenant = await a_tenant()
    actor = program(tenant.id, "en", "Billing", frozenset({"cards"}), "127.0.0.1")
    assert not actor.is_staff
    assert not actor.administers
    for refuse in (require_admin, require_staff):
        with pytest.raises(Refusal):
            refuse(actor)
    require_scope(actor, "cards")
    with pytest.raises(Refusal):
        require_scope(actor, "everything")
    with pytest.raises(Refusal):
        require_scope(program(tenant.id, "en", "Nothing", frozenset(), ""), "cards")


async def test_a_token_of_another_company_is_none_here(app: Litestar) -> None:
    tenant, other = await a_tenant(), await a_tenant()
    contact = await a_contact(tenant)
    token, _ = await a_token(other)
    answer = await call(app, tenant.host, token, SET, number=await number_of(tenant, contact), digits="4817")
    assert (answer.status_code, answer.json()["code"]) == (401, "token_refused")


async def test_what_is_no_token_is_refused_and_never_falls_back_to_a_cookie(app: Litestar) -> None:
    tenant = await a_tenant()
    admin = await signed_in(await a_member(tenant, "admin"))
    made = "cst_" + base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")
    async with a_browser(app, tenant) as browser:
        await browser.carry_on(admin)
        for token in (made, "cst_", "", "x" * 5000):
            answer = await browser.post("/graphql", {"query": "{ members { id } }"}, authorization=f"Bearer {token}")
            assert answer.status_code == 401, token
        answer = await browser.http.post(
            "/graphql", json={"query": "{ members { id } }"}, headers={b"authorization": b"Bearer cst_\xe9"}
        )
        assert answer.status_code == 401


async def test_a_revoked_token_ends_at_once_and_no_token_can_be_read_again(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    token, admin = await a_token(tenant)
    number = await number_of(tenant, contact)
    with within(tenant):
        [listed] = await list_api_tokens(admin)
        await revoke_api_token(admin, listed["id"])
        with pytest.raises(Refusal):
            await revoke_api_token(admin, listed["id"])
    assert (await call(app, tenant.host, token, SET, number=number, digits="4817")).status_code == 401
    kept = str([dict(each) for each in await system_rows("select * from api_tokens where tenant_id = $1", tenant.id)])
    assert token not in kept
    assert token.removeprefix("cst_") not in kept


async def test_only_an_admin_makes_reads_or_revokes_tokens() -> None:
    tenant = await a_tenant()
    _, admin = await a_token(tenant)
    lead = await signed_in(await a_member(tenant, "lead"))
    with within(tenant):
        [listed] = await list_api_tokens(admin)
        assert await list_api_tokens(lead) == []
        for refused in (create_api_token(lead, "x", ["cards"]), revoke_api_token(lead, listed["id"])):
            with pytest.raises(Refusal):
                await refused
        for name, scopes in (("", ["cards"]), ("x", []), ("x", ["everything"]), ("x", ["cards", "everything"])):
            with pytest.raises(Refusal):
                await create_api_token(admin, name, scopes)


async def test_a_browser_of_another_site_gains_nothing_without_the_token(app: Litestar) -> None:
    tenant = await a_tenant()
    answer = await call(app, tenant.host, None, SET, number=1, digits="4817")
    assert answer.status_code == 403


async def test_a_program_that_calls_without_end_is_slowed_down(app: Litestar, monkeypatch: pytest.MonkeyPatch) -> None:
    from backend.accounts import throttle

    monkeypatch.setattr(throttle, "PER_PROGRAM", 3)
    assert PER_PROGRAM >= 1000
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    token, _ = await a_token(tenant)
    number = await number_of(tenant, contact)
    answers = [await call(app, tenant.host, token, SET, number=number, digits="4817") for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
