"""Inputs that nobody thought of: whatever a type allows, and sometimes what it does not, is answered in words.

Bounded by default; COUNTERSIGN_TEST_SIZE=long tries many more.
"""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLNonNull, get_named_type
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar import Litestar

from backend.tests.client import Browser, a_browser
from backend.tests.graphql.arguments import arguments_of, variables_of
from backend.tests.graphql.bad_values import LONG, check_answer, short_document
from backend.tests.graphql.documents import Operation, is_list, operations
from backend.tests.graphql.world import World, a_world

EXAMPLES = 150 if LONG else 8
TAKING = [each for each in operations("Query", "Mutation") if each.field.args]
TEXT = st.text(st.characters(exclude_categories=[]), max_size=300) | st.text(
    st.sampled_from("\x00\x07\x1b\u200b\u202e\ufeff\ud800\udfff\U0001f9a6'\"\\<>&%{}()[]@.,:;/ \n\ta1"), max_size=60
)
OF_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "String": TEXT,
    "ID": TEXT | st.uuids().map(str),
    "Int": st.integers(-(2**33), 2**33) | st.integers(-2, 102),
    "Boolean": st.booleans(),
    "DateTime": st.datetimes().map(lambda each: each.isoformat()) | TEXT,
}
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)


@dataclass(frozen=True, slots=True)
class Browsers:
    world: World
    by_role: dict[str, Browser]


@pytest.fixture(scope="module")
async def browsers(app: Litestar) -> AsyncIterator[Browsers]:
    world = await a_world(proved=False)
    async with AsyncExitStack() as stack:
        found = {}
        for role, actor in world.people.items():
            browser = await stack.enter_async_context(a_browser(app, world.tenant))
            found[role] = await browser.carry_on(actor) if actor else browser
            await browser.csrf()
        yield Browsers(world, found)


def values(type_: Any) -> st.SearchStrategy[Any]:
    """Values of a type, seldom of another."""
    named = get_named_type(type_)
    strategy = st.sampled_from(sorted(named.values)) if isinstance(named, GraphQLEnumType) else OF_TYPE[named.name]
    if is_list(type_):
        strategy = st.lists(strategy, max_size=5)
    if not isinstance(type_, GraphQLNonNull):
        strategy = st.none() | strategy
    return st.one_of(strategy, strategy, strategy, JSON)


@pytest.mark.parametrize("asked", TAKING, ids=lambda each: each.path)
@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=not LONG, database=None, suppress_health_check=list(HealthCheck)
)
@given(data=st.data())
async def test_whatever_is_sent_is_answered_in_words(browsers: Browsers, asked: Operation, data: st.DataObject) -> None:
    role = data.draw(st.sampled_from(sorted(browsers.by_role)))
    keys = arguments_of(asked)
    changed = data.draw(st.sets(st.sampled_from(sorted(keys)), min_size=1))
    instead = {key: data.draw(values(keys[key][1]), label=key) for key in sorted(changed)}
    body = json.dumps(
        {"query": short_document(asked), "variables": variables_of(asked, browsers.world, instead=instead)}
    )
    answer = await browsers.by_role[role].post_raw("/graphql", body)
    check_answer(answer, role, instead)
