"""Which levels of proof a department or kind may ask for, by the methods that the company has on.

Verification defines what a method proves; a test holds this table, which lies below it, to that.
"""

from typing import Final

from backend.database import row
from backend.errors import Refusal

PROOF_LEVELS: Final = ("none", "email", "signed_in", "card", "password")

WHAT_REACHES: Final[dict[str, frozenset[str]]] = {
    "card": frozenset({"card", "password", "totp", "passkey"}),
    "password": frozenset({"password", "totp", "passkey"}),
}
"""The methods of which one has to be on. The levels below need none: to be signed in is always possible."""


def is_reached(level: str, methods: frozenset[str]) -> bool:
    """Whether a client can reach a level by those methods."""
    return level not in WHAT_REACHES or bool(WHAT_REACHES[level] & methods)


async def hold_proof_level(level: str) -> None:
    """Check a level that a department or kind is to need, and hold the company's methods until the transaction ends.

    Raises:
        Refusal: it is no level that can be asked for, or no method that is on reaches it.
    """
    found = await row("select proof_methods from tenants for no key update")
    methods = frozenset(found["proof_methods"] if found else ())
    if level not in PROOF_LEVELS or not is_reached(level, methods):
        raise Refusal("proof_not_offered", "proofLevel")
