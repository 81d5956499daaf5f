"""A request with a file, as the tests of attachments begin."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import httpx
from PIL import Image

from backend.actor import Actor
from backend.tests.client import Browser
from backend.tests.factories import TestTenant

OPEN = (
    "mutation($input: OpenTicketInput!) { openTicket(input: $input) "
    "{ __typename ... on OpenTicketSuccess { number } ... on Problem { code message field } } }"
)
REPLY = (
    "mutation($number: Int!, $body: String!, $attachments: [ID!]) { reply(number: $number, body: $body, attachments: $attachments) "
    "{ __typename ... on ReplySuccess { sent: message { id attachments { id name } } } ... on Problem { code message field } } }"
)
NOTE = (
    'mutation($number: Int!, $attachments: [ID!]) { addNote(number: $number, body: "Between us.", attachments: $attachments) '
    "{ __typename ... on ReplySuccess { sent: message { id attachments { id } } } ... on Problem { code field } } }"
)
TIMELINE = (
    "query($number: Int!) { ticket(number: $number) { timeline(first: 50) { edges { node { ... on Message { id body attachments "
    "{ id name mediaType size state refusedBecause url smallUrl largeUrl inlineId } } ... on HistoryEntry { type sentence } } } } } }"
)


@dataclass(frozen=True, slots=True)
class People:
    """A company with a client and an agent, each before a browser."""

    tenant: TestTenant
    contact: Actor
    agent: Actor
    portal: Browser
    desk: Browser


async def upload(browser: Browser, name: str, data: bytes | AsyncIterator[bytes], **headers: str) -> httpx.Response:
    """Send a file as the screens do."""
    return await browser.http.post(
        "/attachments", params={"name": name}, content=data, headers={"x-csrftoken": await browser.csrf(), **headers}
    )


async def uploaded(browser: Browser, name: str = "log.txt", data: bytes = b"It stops here.\n") -> str:
    """Send a file that is taken; its id."""
    answer = await upload(browser, name, data)
    assert answer.status_code == 201, answer.text
    found: str = answer.json()["id"]
    return found


async def opened(people: People, *ids: str, browser: Browser | None = None, **further: Any) -> int:
    """A ticket of the contact with these files."""
    request = {
        "departmentId": str(people.tenant.support),
        "subject": "The shop",
        "body": "It is slow.",
        "attachments": list(ids),
    }
    answer = await (browser or people.portal).ask(OPEN, input=request | further)
    assert answer["__typename"] == "OpenTicketSuccess", answer
    number: int = answer["number"]
    return number


async def attachments_on(browser: Browser, number: int) -> list[dict[str, Any]]:
    """The files that a reader sees on a ticket."""
    ticket = await browser.ask(TIMELINE, number=number)
    nodes = [edge["node"] for edge in ticket["timeline"]["edges"]]
    return [each for node in nodes for each in node.get("attachments", ())]


def a_picture(format_: str = "PNG", size: tuple[int, int] = (640, 480), **further: Any) -> bytes:
    """A picture of our own making."""
    out = BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(out, format_, **further)
    return out.getvalue()
