"""Search in tickets: words in subject and messages, and the number that jumps to its ticket (FIELD.md A2, C6)."""

import re
from uuid import UUID

from backend.actor import Actor
from backend.database import rows, value
from backend.errors import Refusal
from backend.text import folded
from backend.tickets.pages import Page, cursor_of, page_size, place_of
from backend.tickets.queries import get_ticket, tickets_of_ids
from backend.tickets.write_message import SEARCH_CONFIGS

_TAGGED = re.compile(r"\[#(\d{1,12})\]", re.ASCII)
_ALONE = re.compile(
    r"\s*(?:(?:ticket|request|verzoek|number|nummer|no\.?|nr\.?)\s*)?[\[(]?\s*#?\s*(\d{1,12})\s*[\])]?\s*",
    re.ASCII | re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
MOST_WORDS = 12


async def search_tickets(actor: Actor, query: str, *, first: int = 25, after: str | None = None) -> Page:
    """A page of the tickets that hold all the words, newest first; the last word may be the beginning of one.

    Staff find notes too, the client's side what it may see. A number, however it is written, puts that ticket first.

    Raises:
        Refusal: a page or cursor that is not offered, or a query that is too long.
    """
    size = page_size(first)
    if len(query) > 200:
        raise Refusal("too_long", "query", most=200)
    words = [each for each in _WORD.findall(folded(query).replace("\x00", " ")) if each.strip("_")][:MOST_WORDS]
    before: UUID | None = place_of(after, UUID)[0] if after else None
    jumped = None
    if before is None and (number := number_in(query)) is not None:
        jumped = await get_ticket(actor, number)
    if not words or (actor.account_id is None and not actor.is_staff):
        return Page([], [], False)
    config = SEARCH_CONFIGS[await value("select language from tenants")]
    terms = " & ".join(f"'{each}'" for each in words)
    found = await rows(
        "select ticket_id from search_tickets($1::text::regconfig, $2, $3, $4, $5, $6, $7)",
        config,
        f"{terms}:*",
        actor.is_staff,
        actor.client_id,
        actor.account_id,
        before,
        size,
    )
    ids = [each["ticket_id"] for each in found][:first]
    tickets = await tickets_of_ids(actor, ids)
    hits = [tickets[each] for each in ids if each in tickets]
    if jumped is not None:
        hits = [jumped, *(hit for hit in hits if hit["id"] != jumped["id"])]
    cursors = [cursor_of(hit["id"]) for hit in hits]
    if jumped is not None and ids:
        cursors[-1] = cursor_of(ids[-1])
    return Page(hits, cursors, len(found) > first)


def number_in(query: str) -> int | None:
    """The number that is meant: 1042, #1042, "ticket 1042", or the subject of one of the ticket's mails."""
    found = _TAGGED.search(query) or _ALONE.fullmatch(query)
    return int(found[1]) if found else None
