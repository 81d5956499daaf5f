"""Every query of the schema: translation only, the domain decides what the reader may see."""

import strawberry
from strawberry import ID

from backend.accounts.api_tokens import list_api_tokens
from backend.accounts.links import read_link
from backend.accounts.own import signs_in
from backend.actor import require_staff
from backend.cards.queries import card_state
from backend.clients.queries import get_client
from backend.errors import Refusal
from backend.graphql.context import Info, id_of
from backend.graphql.mutations.asking import proof_needs_of
from backend.graphql.mutations.attachments import AttachmentQuery
from backend.graphql.mutations.lifecycle import LifecycleQuery
from backend.graphql.mutations.mails import MailQuery
from backend.graphql.promises import PromiseQuery
from backend.graphql.routing import RoutingQuery
from backend.graphql.types.asking import ProofNeeds, ProofRequest
from backend.graphql.types.cards import ApiToken, CardSource, HostingPanel
from backend.graphql.types.clients import Client
from backend.graphql.types.company import CompanyType, ContrastCheck, Department, Kind, Member
from backend.graphql.types.enums import Category, ProofMethod, QueueView
from backend.graphql.types.queue import ViewCount, counts_of
from backend.graphql.types.secrets import Leak, LeakType
from backend.graphql.types.security import Security
from backend.graphql.types.thanks import ThanksReview
from backend.graphql.types.ticket_pages import TicketConnection, connection_of
from backend.graphql.types.tickets import Ticket, tickets_of
from backend.graphql.types.viewer import Viewer, viewer_of
from backend.intake.suggestions.suggest import suggest_place
from backend.panels.connection import panel_state
from backend.secrets.guard import leaks_while_writing
from backend.tenants.brand import color_of, contrast
from backend.tenants.queries import list_departments, list_members
from backend.tickets import queries as tickets
from backend.tickets.prove_by_link import proof_request
from backend.tickets.queue.counts import view_counts
from backend.tickets.search import search_tickets
from backend.tickets.thanks.review import thanks_review


@strawberry.type(
    description="What a mailed link is for: lift_lock, prove or set_password. Reading this does not use it."
)
class LinkPurpose:
    purpose: str
    expired: bool
    used: bool = strawberry.field(description="Whether it was used; that is one way to have expired.")
    method: ProofMethod | None
    ticket_number: int | None


@strawberry.type(
    description="What the words of a draft suggest: a better department, or a kind of the chosen one; `second` where it seems "
    "to hold another request, for that department. All null where nothing is better."
)
class PlaceSuggestion:
    department: Department | None
    kind: Kind | None
    second: Department | None


@strawberry.type
class Query(AttachmentQuery, LifecycleQuery, MailQuery, RoutingQuery, PromiseQuery):
    @strawberry.field(description="The company whose portal this is.")
    async def company(self, info: Info) -> CompanyType:
        return CompanyType.of(await info.context.company.load(0), info.context.environment)

    @strawberry.field(description="Who asks; null for a guest.")
    async def viewer(self, info: Info) -> Viewer | None:
        return await viewer_of(info.context.actor)

    @strawberry.field(description="How the reader signs in; null for a guest.")
    async def security(self, info: Info) -> Security | None:
        return Security() if signs_in(info.context.actor) else None

    @strawberry.field(description="The departments to which the reader may submit, in their order; for staff all.")
    async def departments(self, info: Info, include_archived: bool = False) -> list[Department]:
        found = await list_departments(info.context.actor, include_archived=include_archived)
        return [Department.of(each) for each in found]

    @strawberry.field(
        description="The client's own tickets by latest activity, or those that hold the words of `query`."
    )
    async def my_tickets(
        self, info: Info, first: int = 25, after: str | None = None, query: str | None = None
    ) -> TicketConnection:
        actor = info.context.actor
        if query and query.strip():
            page = await search_tickets(actor, query, first=first, after=after)
        else:
            page = await tickets.my_tickets(actor, first=first, after=after)
        return await connection_of(info, page, after)

    @strawberry.field(description="A ticket by its number; null where it is not there or not the reader's to see.")
    async def ticket(self, info: Info, number: int) -> Ticket | None:
        found = await tickets.get_ticket(info.context.actor, number)
        return next(iter(await tickets_of(info, [found])), None) if found else None

    @strawberry.field(description="The staff's queue: who waits in fair order, other views by latest activity.")
    async def queue(
        self,
        info: Info,
        department_id: ID | None = None,
        view: QueueView = QueueView.WAITING,
        mine: bool = False,
        unassigned: bool = False,
        category: Category | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> TicketConnection:
        page = await tickets.queue(
            info.context.actor,
            department_id=id_of(department_id) if department_id else None,
            view=view.value,
            mine=mine,
            unassigned=unassigned,
            category=category.value if category else None,
            first=first,
            after=after,
        )
        return await connection_of(info, page, after)

    @strawberry.field(description="How many tickets are in each view; for staff.")
    async def view_counts(self, info: Info) -> list[ViewCount]:
        return counts_of(await view_counts(info.context.actor))

    @strawberry.field(description="Tickets that hold all the words; a number puts that ticket first.")
    async def search(self, info: Info, query: str, first: int = 25, after: str | None = None) -> TicketConnection:
        page = await search_tickets(info.context.actor, query, first=first, after=after)
        return await connection_of(info, page, after)

    @strawberry.field(
        description="What was taken as thanks today, or so many days ago, and the time that it saved; for staff."
    )
    async def thanks_review(self, info: Info, days_ago: int = 0) -> ThanksReview:
        return ThanksReview.of(await thanks_review(info.context.actor, days_ago))

    @strawberry.field(description="The staff; for staff.")
    async def members(self, info: Info, include_inactive: bool = False) -> list[Member]:
        found = await list_members(info.context.actor, include_inactive=include_inactive)
        return [Member.of(each, info.context.actor.account_id) for each in found]

    @strawberry.field(description="A client; null where it is not there or not the reader's to see.")
    async def client(self, info: Info, id: ID) -> Client | None:  # noqa: A002 (the schema's word)
        found = await get_client(info.context.actor, id_of(id))
        return Client.of(found) if found else None

    @strawberry.field(description="What a mailed link is for; null where it was not made here.")
    async def link_purpose(self, info: Info, token: str) -> LinkPurpose | None:
        found = await read_link(info.context.actor.tenant_id, token)
        if found is None:
            return None
        return LinkPurpose(
            purpose=found.purpose,
            expired=found.expired,
            used=found.used,
            method=ProofMethod(found.method) if found.method else None,
            ticket_number=found.ticket_number,
        )

    @strawberry.field(description="Where the cards of clients come from; for admins, null for others.")
    async def card_source(self, info: Info) -> CardSource | None:
        state = await card_state(info.context.actor)
        return CardSource.of(state) if state else None

    @strawberry.field(description="The company's hosting panel; for admins, null for others and where there is none.")
    async def hosting_panel(self, info: Info) -> HostingPanel | None:
        state = await panel_state(info.context.actor)
        return HostingPanel.of(state, info.context.actor.language) if state else None

    @strawberry.field(description="The tokens of the company's programs; for admins.")
    async def api_tokens(self, info: Info) -> list[ApiToken]:
        return [ApiToken.of(each) for each in await list_api_tokens(info.context.actor)]

    @strawberry.field(
        description="What a link asks to prove; null where it is not for that, was used, is too old or not ours."
    )
    async def proof_request(self, info: Info, token: str) -> ProofRequest | None:
        try:
            return ProofRequest.of(await proof_request(info.context.actor, token))
        except Refusal:
            return None

    @strawberry.field(description="What the company holds back until enough is proved; for staff.")
    async def proof_needs(self, info: Info) -> ProofNeeds:
        require_staff(info.context.actor)
        return await proof_needs_of(info)

    @strawberry.field(
        description="What in a text looks like a secret, for a warning while it is written. Nothing of it is logged or kept."
    )
    async def find_leaks(self, text: str) -> list[Leak]:
        return [
            Leak(kind=LeakType(each.kind), start=each.start, end=each.end) for each in await leaks_while_writing(text)
        ]

    @strawberry.field(description="A better place for a request that is being written. Nothing of the text is kept.")
    async def suggest_place(
        self, info: Info, subject: str, body: str, department_id: ID | None = None, kind_id: ID | None = None
    ) -> PlaceSuggestion:
        found = await suggest_place(
            info.context.actor,
            subject,
            body,
            department_id=id_of(department_id) if department_id else None,
            kind_id=id_of(kind_id) if kind_id else None,
        )
        return PlaceSuggestion(
            department=Department.of(found.department) if found.department else None,
            kind=Kind.of(found.kind) if found.kind else None,
            second=Department.of(found.second) if found.second else None,
        )

    @strawberry.field(description="How readable a colour is.")
    def contrast(self, color: str) -> ContrastCheck:
        found = contrast(color_of(color, "color"))
        return ContrastCheck(ratio=found.ratio, passes=found.passes, corrected=found.corrected)
