"""Verbs of a ticket's secrets: ask for one, send what was asked for, show one, destroy one (FIELD.md D7)."""

from uuid import UUID

from backend.accounts.secret import Secret
from backend.actor import Actor, require_staff
from backend.clock import now
from backend.database import Row, rows, transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.secrets.events import SecretAsked, SecretViewed
from backend.secrets.queries import get_secret, works_on
from backend.secrets.seal import MOST_AT_ONCE, NewSecret, ask_secret, check_label, open_secret
from backend.tickets.change import LockedTicket, belongs, lock_ticket, lock_ticket_by_id
from backend.tickets.reply import Replied, reply
from backend.tickets.sealing import destroy_secrets

SEALED_WORDS = {"en": "[sealed: {label}]", "nl": "[verzegeld: {label}]"}
"""What stands in a message in place of a secret."""


async def ask_for_secret(actor: Actor, number: int, label: str) -> UUID:
    """Ask the client's side for a secret by its name ("FTP password of voorbeeld.nl"); they are told by mail.

    Raises:
        Refusal: not on the staff, not there, the ticket is closed, a name that cannot be kept or is asked for already,
            or too many are open.
    """
    require_staff(actor)
    label = check_label(label)
    async with transaction():
        ticket = await lock_ticket(actor, number)
        if ticket.meaning == "closed":
            raise Refusal("ticket_closed", "number")
        open_labels = [
            each["label"]
            for each in await rows("select label from secrets where ticket_id = $1 and state = 'asked'", ticket.id)
        ]
        if label in open_labels:
            raise Refusal("already_there", "label")
        if len(open_labels) >= MOST_AT_ONCE:
            raise Refusal("too_many", "label", most=MOST_AT_ONCE)
        secret_id = await ask_secret(actor.tenant_id, ticket.id, label, by=actor.account, at=now())
        await record(actor, SecretAsked(ticket_id=ticket.id, number=number, secret_id=secret_id, label=label))
    return secret_id


async def send_secret(actor: Actor, secret_id: UUID, secret: Secret) -> Replied:
    """Send a secret that was asked for; it stands in the conversation as a message of its own.

    Raises:
        Refusal: not there or not the actor's to see, not asked for any more, or a value that cannot be kept.
    """
    async with transaction():
        ticket, asked = await _locked(actor, secret_id)
    if actor.is_staff:
        raise Refusal("not_allowed")
    if asked["state"] != "asked":
        raise Refusal("secret_not_asked", "id")
    number = ticket.number
    words = SEALED_WORDS[actor.language].format(label=asked["label"])
    new = NewSecret(label=asked["label"], value=secret, source="asked", asked_id=secret_id)
    return await reply(actor, number, words, secrets=[new])


async def show_secret(actor: Actor, secret_id: UUID) -> Secret:
    """Open a secret. That it was opened, and by whom, is written in the same transaction: there is no other way to it.

    Raises:
        Refusal: not there or not the actor's to see, not for the actor to open, destroyed, or its key is gone.
    """
    async with transaction():
        ticket, secret = await _locked(actor, secret_id)
        if not await may_open(actor, secret["side"], ticket):
            raise await _not_theirs(actor, secret["side"], ticket)
        opened = await open_secret(actor.tenant_id, secret_id)
        await rows(
            "update secrets set viewed_by = $3, viewed_at = $4, views = views + 1 where tenant_id = $1 and id = $2",
            actor.tenant_id,
            secret_id,
            actor.account,
            now(),
        )
        await record(
            actor,
            SecretViewed(ticket_id=ticket.id, number=ticket.number, secret_id=secret_id, label=secret["label"]),
        )
    return opened


async def destroy_secret(actor: Actor, secret_id: UUID) -> None:
    """Destroy a secret by hand, or ask for it no longer: those who may open it, and those who sent it.

    Raises:
        Refusal: not there or not the actor's to see, or not theirs to destroy.
    """
    async with transaction():
        ticket, secret = await _locked(actor, secret_id)
        own = secret["state"] == "sent" and (secret["side"] == "client") == (not actor.is_staff)
        asked = secret["state"] == "asked" and actor.kind == "member"
        if not (own or asked or await may_open(actor, secret["side"], ticket)):
            raise await _not_theirs(actor, secret["side"], ticket)
        await destroy_secrets(
            actor, ticket_id=ticket.id, number=ticket.number, because="by_hand", at=now(), only=secret_id
        )


async def may_open(actor: Actor, side: str, ticket: LockedTicket) -> bool:
    """Whether the actor reads secrets of that side: the staff who work on the ticket, or the client's side of it.

    On a ticket of a client those are its own people, not a guest who asked in its name.
    """
    if side == "client":
        return await works_on(actor, ticket.department_id)
    return actor.account_id is not None and actor.kind in ("contact", "guest") and belongs(actor, ticket.client_id)


async def _not_theirs(actor: Actor, side: str, ticket: LockedTicket) -> Refusal:
    """Why the secret is not theirs to open; staff read whose it is."""
    if side == "client" and actor.kind == "member" and actor.is_staff:
        name = await value("select name from departments where id = $1", ticket.department_id)
        return Refusal("secret_of_department", "id", department=name)
    return Refusal("not_allowed" if actor.account_id else "sign_in_needed")


async def _locked(actor: Actor, secret_id: UUID) -> tuple[LockedTicket, Row]:
    """The ticket under its lock and the secret as it is then. Raises: Refusal where the ticket is not the actor's to see."""
    secret = await get_secret(secret_id)
    while secret is not None:
        try:
            ticket = await lock_ticket_by_id(actor, secret["ticket_id"], even_merged=True)
        except Refusal:
            break
        secret = await get_secret(secret_id)
        # While the lock was waited for, it may have gone to another ticket with its message.
        if secret is not None and secret["ticket_id"] == ticket.id:
            return ticket, secret
    raise Refusal("not_found", "id")
