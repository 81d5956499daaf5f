"""How much is loaded, and how it is spread over tenants."""

from dataclasses import dataclass
from typing import Final

MEASURED_TENANTS: Final = 5
"""Requests take turns among these tenants, as a real server's do."""
USUAL_TENANT: Final = 4_000
"""Tickets of a measured tenant at any size of the whole, so that the page measured stays the same page."""
FIRST_NUMBER: Final = 1_001
FIRST_CLIENT: Final = 4_001
RARE_WORD: Final = "kestrel"
RARE_EVERY: Final = 200
"""One ticket of so many holds the rare word: 0.5 %."""
RARE_PLACE: Final = 7


@dataclass(frozen=True, slots=True)
class Sizes:
    """The number of tickets, tenants and clients in all."""

    tickets: int
    tenants: int
    clients: int

    def __post_init__(self) -> None:
        if self.tenants < MEASURED_TENANTS:
            raise ValueError(f"At least {MEASURED_TENANTS} tenants are measured.")
        if self.tickets < 100 * self.tenants or self.clients < self.tenants:
            raise ValueError("Each tenant has at least 100 tickets and a client.")

    def of_tenants(self) -> list[int]:
        """Tickets of each tenant, the measured ones first."""
        even = self.tickets // self.tenants
        measured = max(even, min(USUAL_TENANT, self.tickets // (2 * MEASURED_TENANTS)))
        others = self.tenants - MEASURED_TENANTS
        left = self.tickets - MEASURED_TENANTS * measured
        if others == 0:
            return [measured + (each < left) for each in range(MEASURED_TENANTS)]
        return [measured] * MEASURED_TENANTS + [left // others + (each < left % others) for each in range(others)]

    def clients_of(self, tickets: int) -> int:
        """Clients of a tenant that has so many tickets."""
        return max(1, round(self.clients * tickets / self.tickets))


def rare_tickets(tickets: int) -> int:
    """How many tickets of a tenant hold the rare word."""
    return (tickets - RARE_PLACE) // RARE_EVERY + 1 if tickets >= RARE_PLACE else 0
