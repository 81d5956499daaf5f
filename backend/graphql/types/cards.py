"""Where card facts come from, the programs of a company, and its hosting panel; for admins."""

from datetime import datetime
from typing import Self

import strawberry
from strawberry import ID

from backend.cards.queries import CardState
from backend.cards.webhooks import TYPES
from backend.database import Row
from backend.graphql.types.common import Node


@strawberry.type(description="The company's own Stripe account. Of its key the last four letters are shown.")
class StripeConnection:
    key_last_four: str
    takes_webhooks: bool
    match_by_email: bool
    connected_at: datetime
    last_webhook_at: datetime | None
    synced_at: datetime | None
    syncing: bool
    problem: str | None
    linked: int
    waiting: int
    failing: int


@strawberry.type(description="How many clients have a card on file, and where the cards come from.")
class CardSource:
    with_card: int
    without_card: int
    webhook_path: str
    webhook_types: list[str]
    stripe: StripeConnection | None

    @classmethod
    def of(cls, state: CardState) -> Self:
        stripe = state.stripe
        return cls(
            with_card=state.with_card,
            without_card=state.without_card,
            webhook_path="/webhooks/stripe",
            webhook_types=list(TYPES),
            stripe=None
            if stripe is None
            else StripeConnection(
                key_last_four=stripe.key_last_four,
                takes_webhooks=stripe.takes_webhooks,
                match_by_email=stripe.match_by_email,
                connected_at=stripe.connected_at,
                last_webhook_at=stripe.last_webhook_at,
                synced_at=stripe.synced_at,
                syncing=stripe.syncing,
                problem=stripe.problem,
                linked=stripe.linked,
                waiting=stripe.waiting,
                failing=stripe.failing,
            ),
        )


@strawberry.type(description="A token of a program of the company's; the token itself is shown once, when it is made.")
class ApiToken(Node):
    name: str
    scopes: list[str]
    created_at: datetime
    created_by: str | None
    last_used_at: datetime | None
    revoked_at: datetime | None

    @classmethod
    def of(cls, row: Row) -> Self:
        return cls(
            id=ID(str(row["id"])),
            name=row["name"],
            scopes=list(row["scopes"]),
            created_at=row["created_at"],
            created_by=row["created_by"],
            last_used_at=row["last_used_at"],
            revoked_at=row["revoked_at"],
        )


@strawberry.type(description="A token that was just made. Keep it now: nobody can read it again.")
class NewApiToken:
    token: str
    api_token: ApiToken
