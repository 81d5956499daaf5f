"""What happens to card facts and to where they come from. No event holds a digit or a key."""

from typing import ClassVar
from uuid import UUID

from backend.events import Event


class ClientCardChanged(Event, frozen=True, kw_only=True):
    """Another card pays for the client, or none: `source` says who told, `known` whether a card is on file now."""

    consumers: ClassVar[tuple[str, ...]] = ()
    client_id: UUID
    source: str
    known: bool


class StripeConnectionChanged(Event, frozen=True, kw_only=True):
    """The company's Stripe account was connected, changed or disconnected; `what` names which."""

    consumers: ClassVar[tuple[str, ...]] = ()
    what: str


class BillingCustomerLinked(Event, frozen=True, kw_only=True):
    """A client was linked to a customer at Stripe by hand, or the link was taken away."""

    consumers: ClassVar[tuple[str, ...]] = ()
    client_id: UUID
    linked: bool
