"""Nonsense in any argument of the schema is refused in words or harmless; it is never a surprise."""

import asyncio
import json
from uuid import uuid4

import pytest
from graphql import GraphQLEnumType, get_named_type
from litestar import Litestar

from backend.database import value
from backend.tests.client import a_browser
from backend.tests.factories import within
from backend.tests.graphql.arguments import arguments_of, variables_of
from backend.tests.graphql.bad_values import LONG, bad_values, check_answer, short_document
from backend.tests.graphql.documents import Operation, operation, operations
from backend.tests.graphql.world import World, a_world

ALSO_AS = {
    "Mutation.openTicket": ("guest", "contact") if LONG else ("guest",),
    "Mutation.reply": ("contact",),
    "Mutation.prove": ("contact",),
}
TAKING = [each for each in operations("Query", "Mutation") if each.field.args]
WITH_WORDS = [
    each
    for each in TAKING
    if any(isinstance(get_named_type(type_), GraphQLEnumType) for _, type_ in arguments_of(each).values())
]
AT_ONCE = operations("Mutation") if LONG else operations("Mutation")[::3]
"""A third of the verbs by default, all of them at the long size."""
CASES = [
    (each, role)
    for place, each in enumerate(TAKING)
    for role in ("admin", *ALSO_AS.get(each.path, ()))
    if LONG or role != "admin" or place % 2 == 0
]
"""Half of the operations by default, all of them at the long size; `test_fuzz` tries a little with every one."""


@pytest.mark.parametrize(("asked", "role"), CASES, ids=lambda each: each.path if isinstance(each, Operation) else each)
async def test_nonsense_in_an_argument_is_refused_in_words_or_harmless(
    app: Litestar, asked: Operation, role: str
) -> None:
    world = await a_world(proved=False)
    actor = world.people[role]
    document = short_document(asked)
    async with a_browser(app, world.tenant) as browser:
        if actor is not None:
            await browser.carry_on(actor)
        tried: set[str] = set()
        for key, (_, type_) in arguments_of(asked).items():
            # What no string is, is refused the same way in each field that takes one.
            kind = str(get_named_type(type_))
            for bad in bad_values(type_, of_other_types=LONG or kind not in tried):
                tried.add(kind)
                variables = variables_of(asked, world, instead={key: bad})
                answer = await browser.post_raw("/graphql", json.dumps({"query": document, "variables": variables}))
                check_answer(answer, asked.path, role, key, str(bad)[:80])


@pytest.mark.parametrize("asked", WITH_WORDS, ids=lambda each: each.path)
async def test_every_word_of_an_enumeration_is_taken_or_refused_in_words(app: Litestar, asked: Operation) -> None:
    world = await a_world(proved=False)
    for role in ("admin", "contact"):
        actor = world.people[role]
        assert actor is not None
        async with a_browser(app, world.tenant) as browser:
            await browser.carry_on(actor)
            for key, (_, type_) in arguments_of(asked).items():
                named = get_named_type(type_)
                for word in named.values if isinstance(named, GraphQLEnumType) else ():
                    anew = {
                        name: f"{uuid4().hex}@x.example"
                        for name in arguments_of(asked)
                        if name.endswith(("t.name", "t.email"))
                    }
                    variables = variables_of(asked, world, instead={**anew, key: word})
                    answer = await browser.post("/graphql", {"query": short_document(asked), "variables": variables})
                    found = check_answer(answer, asked.path, role, key, word)
                    assert "errors" not in found or role == "contact", (key, word, found)


@pytest.mark.parametrize("asked", AT_ONCE, ids=lambda each: each.path)
async def test_the_same_verb_four_times_at_once_is_done_or_refused_in_words(app: Litestar, asked: Operation) -> None:
    world = await a_world(proved=False)
    actor = world.people["contact" if asked.path == "Mutation.prove" else "admin"]
    assert actor is not None
    async with a_browser(app, world.tenant) as browser:
        await browser.carry_on(actor)
        await browser.csrf()
        variables = variables_of(asked, world)
        answers = await asyncio.gather(
            *(browser.post("/graphql", {"query": short_document(asked), "variables": variables}) for _ in range(4))
        )
    for answer in answers:
        check_answer(answer, asked.path)


@pytest.mark.parametrize("path", ["Mutation.openTicket", "Mutation.reply"])
async def test_the_same_key_four_times_at_once_writes_one_message(app: Litestar, path: str) -> None:
    world = await a_world(proved=False)
    asked = operation(path)
    contact = world.people["contact"]
    assert contact is not None
    key = "OpenTicketInput.idempotencyKey" if path == "Mutation.openTicket" else f"{path}.idempotencyKey"
    before = await _messages(world)
    async with a_browser(app, world.tenant) as browser:
        await browser.carry_on(contact)
        await browser.csrf()
        variables = variables_of(asked, world, instead={key: "the same key"})
        answers = await asyncio.gather(*(browser.raw(asked.document, **variables) for _ in range(4)))
    numbers = {each["data"][asked.name]["ticket"]["number"] for each in answers}
    assert len(numbers) == 1
    assert await _messages(world) == before + 1


async def _messages(world: World) -> int:
    with within(world.tenant):
        found: int = await value("select count(*) from messages")
    return found
