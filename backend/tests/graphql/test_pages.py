"""Pages of lists: how many rows, and which cursors name a place."""

import base64
from typing import Any

import msgspec
import pytest
from litestar import Litestar

from backend.tests.client import Browser, a_browser
from backend.tests.graphql.bad_values import check_answer
from backend.tests.graphql.world import World, a_world
from backend.tickets.pages import MOST_ROWS

LISTS = {
    "queue": "query($first: Int!, $after: String) { queue(first: $first, after: $after) { edges { cursor } pageInfo { hasNextPage } } }",
    "queue of all": "query($first: Int!, $after: String) { queue(view: ALL, first: $first, after: $after) { edges { cursor } pageInfo { hasNextPage } } }",
    "search": 'query($first: Int!, $after: String) { search(query: "site", first: $first, after: $after) { edges { cursor } pageInfo { hasNextPage } } }',
    "my tickets": "query($first: Int!, $after: String) { myTickets(first: $first, after: $after) { edges { cursor } pageInfo { hasNextPage } } }",
    "my search": 'query($first: Int!, $after: String) { myTickets(query: "site", first: $first, after: $after) { edges { cursor } pageInfo { hasNextPage } } }',
    "timeline": "query($first: Int!, $after: String) { ticket(number: 1001) { timeline(first: $first, after: $after) { edges { cursor } pageInfo { hasNextPage } } } }",
}
ID = "01a20c78-d5d7-7357-b921-55b8f3e050a7"
AT = "2026-01-01T10:00:00+00:00"


def cursor(place: Any) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


BAD_CURSORS = [
    "", " ", "x", "=", "====", "a" * 10_000, "\u00e9", "e30", "null", cursor(None), cursor([]), cursor({}), cursor(5), cursor([AT]), cursor([ID, AT]),
    cursor([5, 5]), cursor([AT, "no id"]), cursor(["no date", ID]), cursor([AT, ID, 1]), cursor([[AT], ID]), cursor([None, None]),
    cursor(["0000-01-01T00:00:00Z", ID]), cursor(["9999-12-31T23:59:59-23:59", ID]), cursor(["0001-01-01T00:00:00+23:59", ID]),
    cursor(["2026-01-01T10:00:00", ID]), cursor([10**30, AT, ID]), cursor([2**40, AT, ID]), cursor([-(2**20), AT, ID]), cursor([1.5, AT, ID]),
    cursor([1, "2026-01-01T10:00:00", ID]), cursor([1, "9999-12-31T23:59:59-23:59", ID]), cursor([True, AT, ID]), cursor([5]), cursor([ID, ID]),
    base64.urlsafe_b64encode(b"\xff\xfe").decode(), base64.urlsafe_b64encode(b"[" * 5000).decode().rstrip("="),
]  # fmt: skip


@pytest.fixture(scope="module")
async def world() -> World:
    return await a_world(proved=False)


async def signed_in_as(browser: Browser, world: World, name: str) -> Browser:
    actor = world.people["contact" if name.startswith("my") else "admin"]
    assert actor is not None
    return await browser.carry_on(actor)


async def ask(browser: Browser, document: str, first: Any, after: Any = None) -> dict[str, Any]:
    answer = await browser.post("/graphql", {"query": document, "variables": {"first": first, "after": after}})
    return check_answer(answer, document, first, str(after)[:80])


@pytest.mark.parametrize("name", LISTS)
async def test_a_page_has_one_to_a_hundred_rows(app: Litestar, world: World, name: str) -> None:
    async with a_browser(app, world.tenant) as browser:
        await signed_in_as(browser, world, name)
        for first in (0, -1, MOST_ROWS + 1, 2**31 - 1):
            found = await ask(browser, LISTS[name], first)
            [error] = found["errors"]
            if error["extensions"]["code"] == "page_too_large":
                assert error["message"] == "At most 100 rows at a time."
                assert error["extensions"]["field"] == "first"
            else:
                assert first > MOST_ROWS
                assert error["extensions"]["code"] == "too_costly"
        for first in (1, MOST_ROWS):
            assert "errors" not in await ask(browser, LISTS[name], first)


@pytest.mark.parametrize("name", LISTS)
async def test_a_cursor_that_names_no_place_is_refused_or_finds_nothing(app: Litestar, world: World, name: str) -> None:
    async with a_browser(app, world.tenant) as browser:
        await signed_in_as(browser, world, name)
        for after in BAD_CURSORS:
            found = await ask(browser, LISTS[name], 5, after)
            for error in found.get("errors", []):
                assert (error["extensions"]["code"], error["extensions"]["field"]) == ("bad_cursor", "after"), after


@pytest.mark.parametrize("name", LISTS)
async def test_a_cursor_of_another_list_is_refused_or_a_place(app: Litestar, world: World, name: str) -> None:
    async with a_browser(app, world.tenant) as browser:
        await signed_in_as(browser, world, name)
        for kind in ("queue_cursor", "activity_cursor", "search_cursor", "timeline_cursor"):
            await ask(browser, LISTS[name], 5, world.refs[kind])


@pytest.mark.parametrize("name", LISTS)
async def test_pages_of_one_row_add_up_to_the_whole_list(app: Litestar, world: World, name: str) -> None:
    def edges(found: dict[str, Any]) -> Any:
        data = next(iter(found["data"].values()))
        return data.get("timeline", data)

    async with a_browser(app, world.tenant) as browser:
        await signed_in_as(browser, world, name)
        whole = [each["cursor"] for each in edges(await ask(browser, LISTS[name], 100))["edges"]]
        assert whole
        collected: list[str] = []
        after = None
        for _ in range(len(whole) + 1):
            page = edges(await ask(browser, LISTS[name], 1, after))
            collected += [each["cursor"] for each in page["edges"]]
            if not page["pageInfo"]["hasNextPage"]:
                break
            after = collected[-1]
        assert collected == whole
