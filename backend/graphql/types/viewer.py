"""Who asks."""

import strawberry
from strawberry import ID

from backend.actor import Actor
from backend.clients.queries import get_client
from backend.graphql.context import Info
from backend.graphql.types.clients import Client
from backend.graphql.types.enums import LEVELS, METHODS, AuthorSide, ContactRole, Level, MemberRole, ProofMethod
from backend.verification.methods import offered_methods


@strawberry.type(description="What the reader may do at all.")
class ViewerAbilities:
    use_desk: bool
    administer: bool
    open_tickets: bool


@strawberry.type(
    description="A way in which the reader can prove that the account is theirs. `works` is false where they lack what it asks for, such as a card on file."
)
class OfferedProof:
    method: ProofMethod
    level: Level
    works: bool


@strawberry.type(
    description="Who asks: a member of the staff, a contact of a client, or a guest who reads their own requests."
)
class Viewer:
    id: ID
    name: str
    email: str
    language: str
    side: AuthorSide
    member_role: MemberRole | None
    client: Client | None
    contact_role: ContactRole | None
    abilities: ViewerAbilities
    is_guest: bool

    @strawberry.field(
        description="The ways of proving what is typed or shown anew, the one that asks least first; none for staff."
    )
    async def proof_methods(self, info: Info) -> list[OfferedProof]:
        return [
            OfferedProof(method=METHODS[each.method], level=LEVELS[each.level], works=each.works)
            for each in await offered_methods(info.context.actor, "none")
        ]


async def viewer_of(actor: Actor) -> Viewer | None:
    """The actor as its own reader sees it; None where nobody is signed in."""
    if actor.account_id is None:
        return None
    client = await get_client(actor, actor.client_id) if actor.client_id else None
    return Viewer(
        id=ID(str(actor.account_id)),
        name=actor.name,
        email=actor.email,
        language=actor.language,
        side=AuthorSide.STAFF if actor.is_staff else AuthorSide.CLIENT,
        member_role=MemberRole(actor.role) if actor.role else None,
        client=Client.of(client) if client else None,
        contact_role=ContactRole(actor.contact_role) if actor.contact_role else None,
        abilities=ViewerAbilities(use_desk=actor.is_staff, administer=actor.administers, open_tickets=True),
        is_guest=actor.kind == "guest",
    )
