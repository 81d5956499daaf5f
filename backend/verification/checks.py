"""What each method compares. A check does the same work whatever it finds, so that its time tells nothing.

A method is a function here and a word in `levels.StepUp`; how often it may be tried is none of its business.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeAlias
from uuid import UUID

from backend.accounts.passwords import verify_password
from backend.accounts.secret import Secret
from backend.actor import Actor
from backend.cards.facts import digits_match
from backend.database import value
from backend.verification.levels import StepUp

APPROVERS: Final = ("owner", "may_approve")
"""Roles on a client account whose own sign-in password counts as the account's."""
_DIGITS = re.compile(r"[0-9]{4}")
_LONGEST_DIGITS: Final = 64


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody gives to prove that an account is theirs: the method and what they typed.

    The secret of a method that answers with more than a text is its JSON.
    """

    method: str
    secret: Secret


class CannotCheck(Exception):
    """The other system that a method asks does not answer: neither right nor wrong, and no try is spent."""


Check: TypeAlias = Callable[[Actor, UUID, Secret], Awaitable[bool]]


async def passes(actor: Actor, client_id: UUID, method: StepUp, secret: Secret) -> bool:
    """Whether the secret proves the client account by that method; `actor` is the contact who gives it.

    Raises:
        CannotCheck: the method's other system is away.
    """
    return await CHECKS[method](actor, client_id, secret)


async def _card(actor: Actor, client_id: UUID, secret: Secret) -> bool:
    """The last four digits of the card that pays. It costs an argon2 run that compares nothing, as a password does."""
    typed = secret.reveal()
    digits = typed.strip() if len(typed) <= _LONGEST_DIGITS else ""
    readable = _DIGITS.fullmatch(digits) is not None
    matches = await digits_match(actor.tenant_id, client_id, digits if readable else "0000") and readable
    await verify_password(typed, None)
    return matches


async def _password(actor: Actor, client_id: UUID, secret: Secret) -> bool:
    """The sign-in password of the contact, whose role makes it the account's."""
    password_hash: str | None = await value(
        """select a.password_hash from accounts a
             join contacts c on c.tenant_id = a.tenant_id and c.account_id = a.id
            where a.id = $1 and c.client_id = $2 and c.role = any($3::text[]) and a.disabled_at is null""",
        actor.account,
        client_id,
        list(APPROVERS),
    )
    return await verify_password(secret.reveal(), password_hash)


CHECKS: Final[dict[StepUp, Check]] = {"card": _card, "password": _password}
"""The check of each method."""
