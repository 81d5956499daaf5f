"""Who one can be at the demo tenants: what `up` prints. The tests hold it against the demo content."""

from dataclasses import dataclass
from typing import Final

PASSWORD: Final = "hosting-demo-1"  # noqa: S105  # Of invented people at invented companies.
"""The password of every person of the demo."""

CARD_DIGITS: Final = "4242"
"""The last four digits of the card of the clients below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """One person who can sign in."""

    tenant: str
    host: str
    role: str
    email: str
    password: str = PASSWORD


def _at(tenant: str, *, client: str, agent: str, admin: str) -> tuple[SignIn, ...]:
    people = {f"client (card {CARD_DIGITS})": client, "agent": agent, "admin": admin}
    return tuple(
        SignIn(tenant=tenant, host=f"{tenant}.localhost", role=role, email=email) for role, email in people.items()
    )


SIGN_INS: Final[tuple[SignIn, ...]] = (
    *_at("larkspur", client="ines@brackwater.example", agent="tom@larkspur.example", admin="ruth@larkspur.example"),
    *_at("foundry", client="naomi@tidewell.example", agent="jonas@foundry.example", admin="priya@foundry.example"),
    *_at("anchor", client="walter@oakhurst.example", agent="dana@anchor.example", admin="miles@anchor.example"),
    *_at("polder", client="femke@dewilgenhoek.example", agent="sander@polder.example", admin="anneke@polder.example"),
    *_at("orchard", client="leila@fernhill.example", agent="owen@orchard.example", admin="grace@orchard.example"),
)
