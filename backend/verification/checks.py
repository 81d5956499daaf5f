"""What each method compares. A check does the same work whatever it finds, so that its time tells nothing.

A method is a function here and a word in `levels.StepUp`; how often it may be tried is none of its business.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeAlias
from uuid import UUID

from backend.accounts.challenges import Holder
from backend.accounts.passkeys import take_signature
from backend.accounts.passwords import MOST_LENGTH, verify_password
from backend.accounts.secret import Secret
from backend.accounts.totp import take_code
from backend.actor import Actor
from backend.cards.facts import digits_match
from backend.clock import real_now
from backend.database import row
from backend.errors import Refusal
from backend.panels.ask import ask_panel
from backend.panels.connection import open_panel
from backend.panels.connectors import Question
from backend.panels.errors import PanelAway
from backend.verification.levels import StepUp

APPROVERS: Final = ("owner", "may_approve")
"""Roles on a client account whose own sign-in password counts as the account's."""
RESET_RESTS: Final = timedelta(hours=24)
"""For so long a password that was set by a mailed link proves no more than the mail does, nor does a factor set up since."""
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
    """The other system that a method asks does not answer: neither right nor wrong, and no try is spent.

    `compared`: what was typed was wrong by what we know ourselves, so that the try counts. Else whoever keeps the other
    system away could guess without end.
    """

    def __init__(self, why: str = "", *, compared: bool = False) -> None:
        super().__init__(why)
        self.compared = compared


Check: TypeAlias = Callable[[Actor, UUID, Secret, Holder], Awaitable[bool]]


async def passes(actor: Actor, client_id: UUID, method: StepUp, secret: Secret, holder: Holder) -> bool:
    """Whether the secret proves the client account by that method; `actor` is the contact who gives it.

    `holder` is the session or link to which a passkey's challenge was handed.

    Raises:
        CannotCheck: the method's other system is away.
    """
    return await CHECKS[method](actor, client_id, secret, holder)


async def require_usable(actor: Actor, method: StepUp) -> None:
    """Refuse, before a try is taken, what the company does not offer and what whoever reads the contact's mail could have
    made a moment ago.

    Raises:
        Refusal: `proof_not_offered`; `proof_too_new`.
    """
    offered, rested = await _standing(actor, method)
    if not offered:
        raise Refusal("proof_not_offered", "proof")
    if not rested:
        raise Refusal("proof_too_new", "proof")


async def is_rested(actor: Actor, method: StepUp) -> bool:
    """Whether the contact's proof by that method is no younger than a reset of their password allows."""
    return (await _standing(actor, method))[1]


async def _standing(actor: Actor, method: StepUp) -> tuple[bool, bool]:
    """Whether the company offers the method, and whether the contact's own has rested since a reset by mail.

    A factor that was there before the password was reset counts: without it nobody got in. So does a panel's password.
    """
    found = await row(
        """select $3 = any(c.proof_methods) as offered,
                  $3 = 'card'
               or ($3 = 'password' and exists (select from panel_connections n where n.use_for <> 'portal'))
               or not exists (
                    select from accounts a where a.id = $1 and a.password_reset_at > $2
                       and not ($3 <> 'password'
                                and (exists (select from totp_secrets o where o.tenant_id = a.tenant_id
                                                and o.account_id = a.id and o.confirmed_at < a.password_reset_at)
                                  or exists (select from passkeys p where p.tenant_id = a.tenant_id
                                                and p.account_id = a.id and p.created_at < a.password_reset_at)))
                  ) as rested
             from tenants c""",
        actor.account,
        real_now() - RESET_RESTS,
        method,
    )
    return (found["offered"], found["rested"]) if found is not None else (False, False)


async def _card(actor: Actor, client_id: UUID, secret: Secret, _: Holder) -> bool:
    """The last four digits of the card that pays. It costs an argon2 run that compares nothing, as a password does."""
    typed = secret.reveal()
    digits = typed.strip() if len(typed) <= _LONGEST_DIGITS else ""
    readable = _DIGITS.fullmatch(digits) is not None
    matches = await digits_match(actor.tenant_id, client_id, digits if readable else "0000") and readable
    await verify_password(typed, None)
    return matches


async def _password(actor: Actor, client_id: UUID, secret: Secret, _: Holder) -> bool:
    """The sign-in password of the contact, whose role makes it the account's, or what the hosting panel says of it.

    An argon2 run comes first in any case. What was typed goes to the panel for a contact of such a role alone.
    """
    contact = await row(
        """select a.password_hash, a.email, l.number, coalesce(a.password_reset_at > $4, false) as is_new from accounts a
             join contacts c on c.tenant_id = a.tenant_id and c.account_id = a.id
             join clients l on l.tenant_id = c.tenant_id and l.id = c.client_id
            where a.id = $1 and c.client_id = $2 and c.role = any($3::text[]) and a.disabled_at is null""",
        actor.account,
        client_id,
        list(APPROVERS),
        real_now() - RESET_RESTS,
    )
    panel = await open_panel(actor.tenant_id)
    own_counts = (panel is None or panel.use_for == "both") and not (contact is not None and contact["is_new"])
    typed = secret.reveal()
    if await verify_password(typed, contact["password_hash"] if contact is not None and own_counts else None):
        return True
    if panel is None or contact is None or not 0 < len(typed) <= MOST_LENGTH:
        return False
    question = Question(email=contact["email"], client_number=contact["number"], password=secret)
    try:
        return await ask_panel(actor.tenant_id, panel, question)
    except PanelAway as away:
        raise CannotCheck(away.code, compared=own_counts and contact["password_hash"] is not None) from None


async def _totp(actor: Actor, client_id: UUID, secret: Secret, _: Holder) -> bool:
    """A code of the contact's authenticator app, taken once; the role counts as it does for the password.

    It costs an argon2 run that compares nothing, as a password does.
    """
    await verify_password(secret.reveal(), None)
    is_taken = await take_code(actor.tenant_id, actor.account, secret.reveal()) is not None
    return await _speaks_for(actor, client_id) and is_taken


async def _passkey(actor: Actor, client_id: UUID, secret: Secret, holder: Holder) -> bool:
    """What the contact's passkey signed of the challenge that the session or the link was handed."""
    await verify_password("", None)
    signed = await take_signature(actor.tenant_id, "prove", holder, secret.reveal(), account_id=actor.account)
    return await _speaks_for(actor, client_id) and signed is not None


async def _speaks_for(actor: Actor, client_id: UUID) -> bool:
    """Whether the contact's own second factor counts as the account's."""
    found = await row(
        """select 1 from accounts a join contacts c on c.tenant_id = a.tenant_id and c.account_id = a.id
            where a.id = $1 and c.client_id = $2 and c.role = any($3::text[]) and a.disabled_at is null""",
        actor.account,
        client_id,
        list(APPROVERS),
    )
    return found is not None


CHECKS: Final[dict[StepUp, Check]] = {"card": _card, "password": _password, "totp": _totp, "passkey": _passkey}
"""The check of each method."""
