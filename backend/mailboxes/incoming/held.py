"""What the staff does with held mails: add one to the ticket, make a ticket of it, or discard it."""

from uuid import UUID

from backend import files
from backend.accounts.guests import account_of_address
from backend.actor import Actor, require_staff
from backend.attachments.receive import keep_mail_parts
from backend.clock import now
from backend.database import Row, row, rows, transaction
from backend.errors import Refusal
from backend.events import Event, record
from backend.mailboxes.incoming.reader import CannotRead, read_within_limits
from backend.mailboxes.incoming.said import body_of, subject_of
from backend.mailboxes.masked import MaskedMail, masked_mail
from backend.mailboxes.reading.read_mail import ReadMail
from backend.mailboxes.senders import actor_of_address
from backend.secrets.guard import mask
from backend.tenants.queries import get_company
from backend.tickets.mail_history import HeldMailAdded, HeldMailDiscarded, HeldMailOpened
from backend.tickets.open import open_from_mail
from backend.tickets.outsiders import write_for_outsider


async def held_mails(actor: Actor, ticket_ids: list[UUID]) -> list[Row]:
    """The mails that stand beside these tickets, oldest first; for staff, none for others."""
    if not actor.is_staff:
        return []
    return await rows(
        "select id, ticket_id, at, email, name, subject, body, authenticated from held_mails "
        "where ticket_id = any($1) and state = 'held' order by id",
        ticket_ids,
    )


async def add_held_mail(actor: Actor, mail_id: UUID) -> int:
    """Add a held mail to its ticket, as a message of its sender at level none. Returns the ticket's number.

    Raises:
        Refusal: not on the staff, not held any more, said to be from the staff, or the ticket takes no message.
    """
    held = await _held(actor, mail_id)
    sender = await actor_of_address(actor.tenant_id, held["email"])
    if sender.kind == "member":
        raise Refusal("held_from_staff", "id")
    mail, masked = await _read_again(held)
    author = sender.account_id or await account_of_address(actor, email=held["email"], name=held["name"])
    written = await write_for_outsider(
        actor, held["number"], masked.body, author_id=author, secrets=masked.secrets, idempotency_key=_key(held),
        mail_message_id=mail.message_id, attachments=await keep_mail_parts(actor, mail.attachments),
    )  # fmt: skip
    told = HeldMailAdded(ticket_id=held["ticket_id"], number=held["number"], mail_id=mail_id, sender=held["email"])
    await _decided(actor, held, told, "added", "replied", written.ticket_id, written.message_id)
    return written.number


async def open_held_mail(actor: Actor, mail_id: UUID) -> int:
    """Make a held mail a ticket of its sender, as if it had named none. Returns the new number.

    Raises:
        Refusal: not on the staff, or not held any more.
    """
    held = await _held(actor, mail_id)
    mail, masked = await _read_again(held)
    sender = await actor_of_address(actor.tenant_id, held["email"])
    opened = await open_from_mail(
        sender, department_id=held["department_id"],
        subject=masked.subject, body=masked.body, secrets=masked.secrets, name=held["name"], email=held["email"],
        mail_message_id=mail.message_id, answer_by_mail=mail.kind == "person" and not mail.mark,
        automatic=mail.automatic, idempotency_key=_key(held), authenticated=held["authenticated"],
        attachments=await keep_mail_parts(sender, mail.attachments),
    )  # fmt: skip
    told = HeldMailOpened(
        ticket_id=held["ticket_id"], number=held["number"], mail_id=mail_id, sender=held["email"],
        to_number=opened.number,
    )  # fmt: skip
    await _decided(actor, held, told, "opened", "opened", opened.id, opened.message_id)
    return opened.number


async def discard_held_mail(actor: Actor, mail_id: UUID) -> int:
    """Put a held mail aside for good. Returns the number of its ticket. Raises: Refusal: as `add_held_mail`."""
    held = await _held(actor, mail_id)
    told = HeldMailDiscarded(
        ticket_id=held["ticket_id"], number=held["number"], mail_id=mail_id, sender=held["email"]
    )  # fmt: skip
    await _decided(actor, held, told, "discarded", "refused", None, None)
    if await _holds_a_secret(held):
        await files.delete(held["file_key"])  # No ticket, so nobody could seal or open it.
    number: int = held["number"]
    return number


async def _held(actor: Actor, mail_id: UUID) -> Row:
    require_staff(actor)
    held = await row(
        """select h.id, h.ticket_id, h.email, h.name, h.authenticated, t.number, t.department_id, m.file_key, m.digest, m.sender
             from held_mails h
             join tickets t on t.tenant_id = h.tenant_id and t.id = h.ticket_id
             join incoming_mails m on m.tenant_id = h.tenant_id and m.id = h.id
            where h.id = $1 and h.state = 'held'""",
        mail_id,
    )
    if held is None:
        raise Refusal("not_found", "id")
    return held


async def _read_again(held: Row) -> tuple[ReadMail, MaskedMail]:
    try:
        mail = await read_within_limits(await files.get(held["file_key"]), held["sender"])
    except CannotRead:
        raise Refusal("not_found", "id") from None
    language = (await get_company()).language
    masked = await masked_mail(
        subject_of(mail, language), body_of(mail, mail.text, language), language=language, file_key=held["file_key"]
    )
    return mail, masked


async def _holds_a_secret(held: Row) -> bool:
    try:
        mail = await read_within_limits(await files.get(held["file_key"]), held["sender"])
    except (CannotRead, files.FileMissing):
        return True
    return bool((await mask(f"{mail.subject}\n{mail.text}")).found)


async def _decided(
    actor: Actor, held: Row, told: Event, state: str, outcome: str, ticket_id: UUID | None, message_id: UUID | None
) -> None:
    """Note what was decided, once: what it wrote bears the key of the mail, so whoever comes second wrote nothing more."""
    async with transaction():
        decided = await row(
            "update held_mails set state = $2, decided_at = $3, decided_by = $4 where id = $1 and state = 'held' returning id",
            held["id"], state, now(), actor.account,
        )  # fmt: skip
        if decided is None:
            raise Refusal("not_found", "id")
        await rows(
            "update incoming_mails set outcome = $2, ticket_id = $3, message_id = $4 where id = $1",
            held["id"], outcome, ticket_id, message_id,
        )  # fmt: skip
        await record(actor, told)


def _key(held: Row) -> str:
    return f"mail:{held['digest'].hex()}"
