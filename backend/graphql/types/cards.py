"""Where card facts come from, the programs of a company, and its hosting panel; for admins."""

from datetime import datetime
from enum import Enum
from typing import Self

import strawberry
from strawberry import ID

from backend.cards.queries import CardState
from backend.cards.webhooks import TYPES
from backend.database import Row
from backend.errors import Refusal
from backend.graphql.types.common import Node
from backend.panels.connection import PanelState


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


@strawberry.enum(description="How a hosting panel is asked.")
class PanelKind(Enum):
    WHMCS = "whmcs"
    GENERIC = "generic"


@strawberry.enum(
    description="Which passwords prove: the portal's own, the panel's, or either (the portal's own first)."
)
class PasswordSource(Enum):
    PORTAL = "portal"
    PANEL = "panel"
    BOTH = "both"


@strawberry.type(
    description="The hosting panel that knows the clients' passwords. `breaker` is closed, open (the panel is left alone) "
    "or half_open, in the process that answers."
)
class HostingPanel:
    panel: PanelKind
    url: str
    use_for: PasswordSource
    updated_at: datetime
    breaker: str
    failures: int
    last_failure: str | None
    last_failure_at: datetime | None

    @classmethod
    def of(cls, state: PanelState, language: str) -> Self:
        code = state.breaker.last_code
        return cls(
            panel=PanelKind(state.panel),
            url=state.url,
            use_for=PasswordSource(state.use_for),
            updated_at=state.updated_at,
            breaker=state.breaker.state,
            failures=state.breaker.failures,
            last_failure=Refusal(code).message(language) if code else None,
            last_failure_at=state.breaker.last_at,
        )
