"""No company reads or names anything of another: tried over the whole schema, so that a new field cannot be forgotten."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
from litestar import Litestar

from backend.tests.client import Browser, a_browser
from backend.tests.graphql.arguments import ARGUMENTS, Ref, arguments_of, references, variables_of
from backend.tests.graphql.bad_values import LONG
from backend.tests.graphql.documents import Operation, nested_arguments, operation, operations
from backend.tests.graphql.markers import MARKER, Markers, mark
from backend.tests.graphql.world import ROLES, World, a_world, missing, neighbour
from infra.dev.services import ServiceUrls

CURSORS = ("queue_cursor", "activity_cursor", "search_cursor", "timeline_cursor")
# The fields below the roots that take arguments, each with the way there.
NESTED = {
    "Ticket.timeline": (
        "query($number: Int!, $first: Int!, $after: String) { ticket(number: $number) { id timeline(first: $first, after: $after) "
        "{ edges { cursor node { __typename ... on Message { id body } ... on HistoryEntry { id sentence } } } pageInfo { endCursor } } } }"
    ),
    "Department.promise": "query($priority: Priority!) { departments { id promise(priority: $priority) { sentence } } }",
    "Client.contacts": "query($client: ID!, $first: Int!) { client(id: $client) { id contacts(first: $first) { id role } } }",
    "Client.services": "query($client: ID!, $first: Int!) { client(id: $client) { id services(first: $first) { id name } } }",
    "Client.recentTickets": "query($client: ID!, $first: Int!) { client(id: $client) { id recentTickets(first: $first) { id number subject } } }",
}
FOR_CONTACTS = (
    "Query.myTickets",
    "Mutation.sayAllFine",
    "Mutation.openTicket",
    "Mutation.prove",
    "Mutation.sendSecret",
)
# What is answered well only where Stripe answers; backend/tests/cards has that.
NEEDS_STRIPE = ("Mutation.linkStripeCustomer",)
OVER_HTTP = operations("Query", "Mutation")
NAMING = [(each, key) for each in OVER_HTTP for key in references(each)]


@dataclass(slots=True)
class Pair:
    """Our company with a browser for each role, and another company of which every text and id is known."""

    app: Litestar
    mine: World
    other: World
    markers: Markers
    browsers: dict[str, Browser]

    async def bytes_of(self, role: str, document: str, variables: dict[str, object]) -> bytes:
        """The answer to a role as it comes, in which nothing of the other company may stand."""
        answer = await self.browsers[role].post("/graphql", {"query": document, "variables": variables})
        assert answer.status_code == 200, answer.text
        assert self.markers.found_in(answer.content) == [], (role, document)
        return answer.content


@pytest.fixture(scope="module")
async def pair(app: Litestar, urls: ServiceUrls) -> AsyncIterator[Pair]:
    mine, other = await a_world(), await a_world(first_ticket_number=500_001)
    markers = await mark(other, urls)
    async with AsyncExitStack() as open_browsers:
        browsers = {}
        for role, actor in mine.people.items():
            browser = await open_browsers.enter_async_context(a_browser(app, mine.tenant))
            browsers[role] = await browser.carry_on(actor) if actor else browser
        yield Pair(app, mine, other, markers, browsers)


def test_every_argument_of_the_schema_is_known_here() -> None:
    known = {key for each in operations("Query", "Mutation", "Subscription") for key in arguments_of(each)}
    known |= {f"{field}.{name}" for field, arguments in nested_arguments().items() for name in arguments}
    assert known == set(ARGUMENTS)
    assert nested_arguments().keys() == NESTED.keys()


def test_whatever_looks_like_a_name_of_something_is_tried_as_one() -> None:
    for key, argument in ARGUMENTS.items():
        word = key.rsplit(".", 1)[1]
        if word in ("id", "number", "after", "token") or word.endswith(("Id", "Ids")):
            assert isinstance(argument, Ref), key


@pytest.mark.parametrize(("asked", "key"), NAMING, ids=lambda each: each.path if isinstance(each, Operation) else each)
@pytest.mark.parametrize("role", ROLES)
async def test_what_another_company_has_is_answered_like_what_is_nowhere(
    pair: Pair, asked: Operation, key: str, role: str
) -> None:
    argument = references(asked)[key]
    theirs = pair.other.refs[argument.kind]
    nowhere = neighbour(theirs) if argument.kind in CURSORS else missing(argument.kind, pair.mine)
    answers = [
        await pair.bytes_of(role, asked.document, variables_of(asked, pair.mine, instead={key: value}))
        for value in (theirs, nowhere)
    ]
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "asked",
    [each for each in OVER_HTTP if references(each) and each.path not in NEEDS_STRIPE][:: 1 if LONG else 2],
    ids=lambda each: each.path,
)
async def test_what_is_our_own_is_answered_otherwise_so_that_the_test_above_says_something(
    app: Litestar, asked: Operation
) -> None:
    for key in references(asked):
        assert await _tells_own_from_none(app, "contact" if asked.path in FOR_CONTACTS else "admin", asked, key), key


async def _tells_own_from_none(app: Litestar, role: str, asked: Operation, key: str) -> bool:
    world, argument = await a_world(proved=False), references(asked)[key]
    actor = world.people[role]
    assert actor is not None
    async with a_browser(app, world.tenant) as browser:
        await browser.carry_on(actor)
        if asked.path.startswith("Mutation.restore"):
            archive = operation(asked.path.replace("restore", "archive"))
            await browser.ask(archive.document, **variables_of(archive, world))
        elsewhere = "no cursor" if argument.kind in CURSORS else missing(argument.kind, world)
        without = await browser.raw(asked.document, **variables_of(asked, world, instead={key: elsewhere}))
        own = await browser.raw(asked.document, **variables_of(asked, world, instead={key: world.refs[argument.kind]}))
    return own != without and "errors" not in own and "Problem" not in str(own)


@pytest.mark.parametrize("role", ROLES)
async def test_nested_fields_with_arguments_show_nothing_of_another_company(pair: Pair, role: str) -> None:
    for field, document in NESTED.items():
        base = {"number": pair.mine.refs["number"], "client": pair.mine.refs["client"], "first": 3}
        theirs = {"number": pair.other.refs["number"], "client": pair.other.refs["client"]}
        nowhere = {"number": missing("number", pair.mine), "client": missing("client", pair.mine)}
        used = "number" if field.startswith("Ticket") else "client"
        assert await pair.bytes_of(
            role, document, {**_used(document, base), used: theirs[used]}
        ) == await pair.bytes_of(role, document, {**_used(document, base), used: nowhere[used]})
        if "$after" in document:
            cursor = pair.other.refs["timeline_cursor"]
            one = await pair.bytes_of(role, document, {**_used(document, base), "after": cursor})
            another = await pair.bytes_of(role, document, {**_used(document, base), "after": neighbour(cursor)})
            assert one == another


def _used(document: str, variables: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in variables.items() if f"${name}:" in document}


@pytest.mark.parametrize("role", ROLES)
async def test_no_query_shows_a_word_or_an_id_of_another_company(pair: Pair, role: str) -> None:
    for asked in operations("Query"):
        for full in (False, True):
            await pair.bytes_of(role, asked.document, variables_of(asked, pair.mine, full=full))


async def test_the_other_company_itself_reads_the_words_that_nobody_else_may(pair: Pair) -> None:
    admin = pair.other.people["admin"]
    assert admin is not None
    async with a_browser(pair.app, pair.other.tenant) as browser:
        await browser.carry_on(admin)
        seen: set[str] = set()
        for asked in operations("Query"):
            variables = variables_of(asked, pair.other)
            answer = await browser.post("/graphql", {"query": asked.document, "variables": variables})
            seen |= set(pair.markers.found_in(answer.content))
    assert MARKER in seen
    assert len(seen) > 20


@pytest.mark.parametrize("role", ROLES[1:])
async def test_a_session_of_another_company_is_a_guest_here(pair: Pair, role: str) -> None:
    foreign = pair.other.people[role]
    assert foreign is not None
    async with a_browser(pair.app, pair.mine.tenant) as browser:
        await browser.carry_on(foreign)
        for asked in operations("Query"):
            variables = variables_of(asked, pair.mine)
            answer = await browser.post("/graphql", {"query": asked.document, "variables": variables})
            assert answer.content == await pair.bytes_of("guest", asked.document, variables), asked.path
