"""Mutations of where card facts come from, of the programs of a company, and of its hosting panel."""

from typing import Annotated

import strawberry
from strawberry import ID

from backend.accounts import api_tokens
from backend.accounts.secret import Secret
from backend.cards import connection, customers, set_card
from backend.cards.queries import card_state
from backend.graphql.context import Info, id_of
from backend.graphql.types.cards import ApiToken, CardSource, HostingPanel, NewApiToken, PanelKind, PasswordSource
from backend.graphql.types.common import Done, Problem
from backend.panels import connection as panels

CardSourceResult = Annotated[CardSource | Problem, strawberry.union("CardSourceResult")]
NewApiTokenResult = Annotated[NewApiToken | Problem, strawberry.union("NewApiTokenResult")]
CardResult = Annotated[Done | Problem, strawberry.union("CardResult")]
HostingPanelResult = Annotated[HostingPanel | Problem, strawberry.union("HostingPanelResult")]


@strawberry.input(
    description="Where the hosting panel is, how it is asked, and what we show it (WHMCS takes an identifier too)."
)
class HostingPanelInput:
    panel: PanelKind
    url: str
    use_for: PasswordSource
    identifier: str = ""
    secret: str | None = None


@strawberry.type
class CardMutation:
    @strawberry.mutation(description="Connect the company's Stripe account by a restricted key, which is tried first.")
    async def connect_stripe(self, info: Info, key: str, match_by_email: bool) -> CardSourceResult:
        await connection.connect_stripe(info.context.actor, Secret(key), match_by_email=match_by_email)
        return await _card_source(info)

    @strawberry.mutation(description="Take webhooks of Stripe that are signed with this secret.")
    async def set_stripe_webhook_secret(self, info: Info, secret: str) -> CardSourceResult:
        await connection.set_webhook_secret(info.context.actor, Secret(secret))
        return await _card_source(info)

    @strawberry.mutation(description="Read all customers at Stripe again.")
    async def sync_stripe(self, info: Info) -> CardSourceResult:
        await connection.sync_now(info.context.actor)
        return await _card_source(info)

    @strawberry.mutation(
        description="Destroy the key of the Stripe account, and forget the cards that came from there."
    )
    async def disconnect_stripe(self, info: Info) -> CardSourceResult:
        await connection.disconnect_stripe(info.context.actor)
        return await _card_source(info)

    @strawberry.mutation(description="Say which customer at Stripe pays for a client.")
    async def link_stripe_customer(self, info: Info, client_number: int, customer: str) -> CardResult:
        await customers.link_customer(info.context.actor, client_number, customer)
        return Done(ok=True)

    @strawberry.mutation(description="Take away which customer at Stripe pays for a client.")
    async def unlink_stripe_customer(self, info: Info, client_number: int) -> CardResult:
        await customers.unlink_customer(info.context.actor, client_number)
        return Done(ok=True)

    @strawberry.mutation(description="Keep the last four digits of the card that pays for a client, as a keyed hash.")
    async def set_client_card(self, info: Info, client_number: int, last_four: str) -> CardResult:
        await set_card.set_client_card(info.context.actor, client_number, Secret(last_four))
        return Done(ok=True)

    @strawberry.mutation(description="No card pays for the client any more.")
    async def remove_client_card(self, info: Info, client_number: int) -> CardResult:
        await set_card.remove_client_card(info.context.actor, client_number)
        return Done(ok=True)

    @strawberry.mutation(description="Make a token for a program of the company's; it is shown in this answer alone.")
    async def create_api_token(self, info: Info, name: str, scopes: list[str]) -> NewApiTokenResult:
        made, token = await api_tokens.create_api_token(info.context.actor, name, scopes)
        found = await api_tokens.list_api_tokens(info.context.actor)
        return NewApiToken(
            token=token.reveal(), api_token=next(ApiToken.of(each) for each in found if each["id"] == made)
        )  # fmt: skip

    @strawberry.mutation(description="Take a token's rights away at once.")
    async def revoke_api_token(self, info: Info, id: ID) -> CardResult:  # noqa: A002 (the schema's word)
        await api_tokens.revoke_api_token(info.context.actor, id_of(id))
        return Done(ok=True)

    @strawberry.mutation(
        description="Connect the hosting panel, or change how it is asked. Without a secret the kept one stays."
    )
    async def save_hosting_panel(self, info: Info, input: HostingPanelInput) -> HostingPanelResult:  # noqa: A002
        await panels.save_panel(
            info.context.actor,
            panel=input.panel.value,
            url=input.url,
            use_for=input.use_for.value,
            identifier=input.identifier,
            secret=Secret(input.secret) if input.secret is not None else None,
        )
        return await _panel(info)

    @strawberry.mutation(description="Ask the panel about a password that nobody has: it answers well when it says no.")
    async def test_hosting_panel(self, info: Info) -> HostingPanelResult:
        await panels.try_panel(info.context.actor)
        return await _panel(info)

    @strawberry.mutation(description="Ask the hosting panel no more, and destroy what we showed it.")
    async def remove_hosting_panel(self, info: Info) -> CardResult:
        await panels.remove_panel(info.context.actor)
        return Done(ok=True)


async def _panel(info: Info) -> HostingPanel:
    state = await panels.panel_state(info.context.actor)
    assert state is not None, "the verb has just seen it"
    return HostingPanel.of(state, info.context.actor.language)


async def _card_source(info: Info) -> CardSource:
    state = await card_state(info.context.actor)
    assert state is not None, "the verb asked for an admin"
    return CardSource.of(state)
