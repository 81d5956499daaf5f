"""What a document may ask at most, and every way of sending one that is not offered."""

import asyncio
import json
import time
from typing import Any

import pytest
from graphql import get_introspection_query
from litestar import Litestar

from backend.graphql.cost import MOST_ALIASES, MOST_COST, MOST_DEPTH
from backend.graphql.documents import MOST_TOKENS
from backend.secrets.guard import MOST_LOOKING, MOST_TEXT
from backend.tests.client import Browser, a_browser
from backend.tests.graphql.bad_values import check_answer
from backend.tests.graphql.world import World, a_world

TICKETS = "edges { node { number } }"


async def messages(browser: Browser, document: str, **variables: Any) -> list[str]:
    answer = await browser.post("/graphql", {"query": document, "variables": variables})
    return [each["message"] for each in check_answer(answer, document[:200]).get("errors", [])]


@pytest.fixture(scope="module")
async def world() -> World:
    return await a_world(proved=False)


def nested(levels: int) -> str:
    """A document in which ticket stands within ticket."""
    return "query { ticket(number: 1) " + "{ followUpOf " * levels + "{ number }" + " }" * levels + " }"


async def test_a_document_may_be_so_deep_and_no_deeper(app: Litestar, world: World) -> None:
    async with a_browser(app, world.tenant) as browser:
        assert await messages(browser, nested(MOST_DEPTH - 2)) == []
        [message] = await messages(browser, nested(MOST_DEPTH + 1))
        assert "depth" in message
        spread = "fragment F on Ticket { followUpOf { followUpOf { followUpOf { followUpOf { number } } } } }"
        deep = f"query {{ ticket(number: 1) {'{ followUpOf ' * 9} {{ ...F }} {'}' * 9} }} {spread}"
        assert any("depth" in each for each in await messages(browser, deep))


async def test_a_document_may_hold_so_many_aliases_and_no_more(app: Litestar, world: World) -> None:
    async with a_browser(app, world.tenant) as browser:
        many = " ".join(f"a{n}: company {{ id }}" for n in range(MOST_ALIASES + 1))
        assert any("alias" in each for each in await messages(browser, f"query {{ {many} }}"))
        fewer = " ".join(f"a{n}: company {{ id }}" for n in range(MOST_ALIASES))
        assert await messages(browser, f"query {{ {fewer} }}") == []


async def test_a_document_may_hold_so_many_words_and_no_more(app: Litestar, world: World) -> None:
    async with a_browser(app, world.tenant) as browser:
        for document in (
            "query { company { " + "id " * MOST_TOKENS + "} }",
            "{" * MOST_TOKENS * 50,
            "query { contrast(color: " + "[" * (MOST_TOKENS - 100) + "]" * 90 + ") { ratio } }",
            "query " + "@a " * MOST_TOKENS + "{ company { id } }",
            "# " + "x" * 900_000,
            "query($a: " + "[" * 990 + "Int" + "]" * 990 + ") { company { id } }",
            "{ company " + "{ brand " * 660 + "}" * 660 + " }",
            "{ " + "... { " * 900 + "company { id } " + "}" * 900 + " }",
        ):
            assert await messages(browser, document), document[:80]


async def test_an_operation_may_cost_so_much_and_no_more(app: Litestar, world: World) -> None:
    admin = world.people["admin"]
    assert admin is not None
    async with a_browser(app, world.tenant) as browser:
        await browser.carry_on(admin)
        inner = "edges { node { timeline(first: 100) { edges { node { __typename } } } } }"
        for document, variables in (
            (f"query {{ queue(first: 100) {{ {inner} }} }}", {}),
            (f"query($n: Int!) {{ queue(first: $n) {{ {inner} }} }}", {"n": 100}),
            (f"query($n: Int = 100) {{ queue(first: $n) {{ {inner} }} }}", {}),
            (f"query {{ queue {{ {inner} }} }}", {}),
            (f"query {{ ...Q }} fragment Q on Query {{ queue(first: 100) {{ {inner} }} }}", {}),
            ("query { members { departments { kinds { id } } } queue(first: 100) { edges { node { client { recentTickets(first: 20) { department { kinds { id } } } } } } } }", {}),
            (f"query {{ viewer {{ client {{ {'recentTickets { client { ' * 5}name{' } }' * 5} }} }} }}", {}),
            (f"query($n: Int = 20) {{ viewer {{ client {{ {'recentTickets(first: $n) { client { ' * 3}name{' } }' * 3} }} }} }}", {}),
            (f"query {{ {' '.join(f'q{n}: queue(first: 100) {{ {TICKETS} }}' for n in range(29))} }}", {}),
        ):  # fmt: skip
            found = await messages(browser, document, **variables)
            assert any(str(MOST_COST) in each for each in found), (document, found)
        assert await messages(browser, f"query {{ queue(first: 100) {{ {TICKETS} }} }}") == []


async def test_the_schema_may_be_asked_for(app: Litestar, world: World) -> None:
    async with a_browser(app, world.tenant) as browser:
        answer = await browser.raw(get_introspection_query(input_value_deprecation=True))
    assert answer["data"]["__schema"]["queryType"]["name"] == "Query"


@pytest.mark.parametrize(
    ("document", "word"),
    [
        ("", "query"), ("query {", "Syntax"), ("nonsense", "Syntax"), ("query { nothing }", "nothing"), ("{ company }", "selection"),
        ("{ ticket { id } }", "number"),
        ("{ ...Missing }", "Missing"), ("{ ...A } fragment A on Query { ...A }", "itself"), ("fragment A on Query { company { id } }", "operation"),
        ("query { company { id } } query { company { name } }", "operation"), ("type A { b: Int }", "operation"),
        ("{ company { id @nope } }", "nope"), ("query($a: Nope) { company { id } }", "Nope"), ("\ufeff{ a }", "a"), ("{ company { id } \x00 }", "Syntax"),
        ('{ contrast(color: "\\uD800") { ratio } }', "Syntax"), ('{ contrast(color: "\\u{110000}") { ratio } }', "Syntax"),
        ("subscription { companyChanged { id } }", "subscription"), ("{ __type(name: 5) { name } }", "String"),
        ("{ search(query: \"x\", query: \"y\") { edges { cursor } } }", "one argument"),
    ],
)  # fmt: skip
async def test_a_document_that_cannot_be_run_is_refused_with_its_reason(
    app: Litestar, world: World, document: str, word: str
) -> None:
    async with a_browser(app, world.tenant) as browser:
        answer = await browser.post("/graphql", {"query": document})
    check_answer(answer, document)
    assert word.lower() in answer.text.lower(), answer.text


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"5", b'"query"', b"[]", b"[[]]", b"{}", b'{"query": null}', b'{"query": 5}', b'{"query": ["{ company { id } }"]}',
        b'{"query": {"a": 1}}', b'{"query": "{ company { id } }", "variables": []}', b'{"query": "{ company { id } }", "variables": 5}',
        b'{"query": "{ company { id } }", "variables": "x"}', b'{"query": "{ company { id } }", "operationName": 5}',
        b'{"query": "{ company { id } }", "operationName": ["x"]}', b'{"query": "{ company { id } }", "operationName": {}}',
        b'{"query": "{ company { id } }", "operationName": "nope"}', b'{"query": "{ company { id } }", "extensions": 5}',
        b'[{"query": "{ company { id } }"}]', b'[{"query": "{ company { id } }"}, {"query": "{ company { id } }"}]',
        b"\xff\xfe", b'{"query": "\xff"}', b'{"query": "\\ud800"}', b'{"query": "{ search(query: \\"\\udfff\\") { edges { cursor } } }"}',
        b'{"query": "query($q: String!) { search(query: $q) { edges { cursor } } }", "variables": {"q": "\\ud83d"}}',
        b'{"query": "query($n: Int!) { ticket(number: $n) { id } }", "variables": {"n": 123456789012345678901234567890}}',
        b'{"query": "query($n: Int!) { ticket(number: $n) { id } }", "variables": {"n": NaN}}', b"{" * 100_000, b"[" * 100_000,
        b'{"query":"{ company { id } }","query":"{ nope }"}', b"query { company { id } }", b"\x00", b"{}{}", b'{"q', b"a" * 900_000,
    ],
)  # fmt: skip
async def test_a_body_of_another_shape_is_refused_and_never_a_surprise(
    app: Litestar, world: World, body: bytes
) -> None:
    async with a_browser(app, world.tenant) as browser:
        answer = await browser.post_raw("/graphql", body)
        check_answer(answer, body[:100])
        if b"company { id }" not in body or answer.status_code == 400:
            assert answer.status_code == 400 or answer.json()["errors"]


@pytest.mark.parametrize("size", [1_000_001, 10_000_000])
async def test_a_body_that_is_too_large_is_refused_with_or_without_its_length(
    app: Litestar, world: World, size: int
) -> None:
    async with a_browser(app, world.tenant) as browser:
        body = json.dumps({"query": "{ company { id } }", "variables": {"x": "x" * size}}).encode()
        told = await browser.post_raw("/graphql", body)

        async def pieces() -> Any:
            for start in range(0, len(body), 65_536):
                yield body[start : start + 65_536]

        headers = {"x-csrftoken": await browser.csrf(), "content-type": "application/json"}
        untold = await browser.http.post("/graphql", content=pieces(), headers=headers)
    for answer in (told, untold):
        assert answer.status_code == 413
        assert answer.json()["code"] == "too_large"


async def test_documents_come_by_post_as_json_alone(app: Litestar, world: World) -> None:
    async with a_browser(app, world.tenant) as browser:
        document = {"query": "{ company { id } }"}
        for accept in ("application/json", "text/html", "*/*", "text/event-stream", "multipart/mixed"):
            got = await browser.http.get("/graphql", params=document, headers={"accept": accept})
            assert got.status_code in (400, 404, 405), (accept, got.text)
            assert "data" not in got.text
        mutation = await browser.http.get("/graphql", params={"query": "mutation { removeLogo { __typename } }"})
        assert mutation.status_code in (400, 405)
        token = {"x-csrftoken": await browser.csrf()}
        multipart = await browser.http.post(
            "/graphql", files={"operations": (None, json.dumps(document)), "map": (None, "{}")}, headers=token
        )
        form = await browser.http.post("/graphql", data=document, headers=token)
        plain = await browser.post_raw("/graphql", json.dumps(document), **{"content-type": "text/plain"})
        for answer in (multipart, form, plain):
            assert answer.status_code in (400, 415), answer.text
            assert "data" not in answer.text
        for method in ("PUT", "PATCH", "DELETE"):
            answer = await browser.http.request(method, "/graphql", json=document, headers=token)
            assert answer.status_code == 405, method


async def test_a_document_has_two_texts_looked_at_and_no_more(app: Litestar, world: World) -> None:
    async with a_browser(app, world.tenant) as browser:
        for number, refused in ((2, False), (3, True)):
            many = " ".join(f"a{n}: findLeaks(text: $t) {{ start }}" for n in range(number))
            found = await messages(browser, f"query($t: String!) {{ {many} }}", t="The password is Hunter-2.")
            assert [("would cost" in each) for each in found] == [True] * refused


async def test_texts_that_take_long_leave_the_loop_to_others_and_are_refused_beyond_a_few(
    app: Litestar, world: World
) -> None:
    look = "query($t: String!) { findLeaks(text: $t) { start } }"
    text = ("password is " * 5_000)[:MOST_TEXT]
    async with a_browser(app, world.tenant) as browser:
        await browser.csrf()
        asked = [asyncio.create_task(browser.raw(look, t=text)) for _ in range(MOST_LOOKING + 6)]
        await asyncio.sleep(0.05)
        while not all(each.done() for each in asked):
            begun = time.monotonic()
            await asyncio.sleep(0)
            assert time.monotonic() - begun < 0.5
            await asyncio.sleep(0.02)
        answers = [each.result() for each in asked]
        refused = [each for each in answers if each.get("errors")]
        assert len(refused) == 6
        assert {each["errors"][0]["extensions"]["code"] for each in refused} == {"busy"}
        assert (await browser.ask(look, t="The password is Hunter-2.")) == [{"start": 16}]
