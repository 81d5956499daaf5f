"""Pages of tickets, as connections."""

import strawberry

from backend.graphql.context import Info
from backend.graphql.types.common import PageInfo, page_info
from backend.graphql.types.tickets import Ticket, tickets_of
from backend.tickets.pages import Page


@strawberry.type
class TicketEdge:
    node: Ticket
    cursor: str


@strawberry.type(description="A page of tickets.")
class TicketConnection:
    edges: list[TicketEdge]
    page_info: PageInfo


async def connection_of(info: Info, page: Page, after: str | None) -> TicketConnection:
    """A page of rows as a connection."""
    found = await tickets_of(info, page.rows)
    return TicketConnection(
        edges=[TicketEdge(node=node, cursor=cursor) for node, cursor in zip(found, page.cursors, strict=True)],
        page_info=page_info(list(page.cursors), more=page.more, after=after),
    )
