"""Mails that nothing could be made of, for the company's admins: why, and once more."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from backend.actor import Actor, require_admin
from backend.database import Row, row, rows
from backend.errors import Refusal
from backend.refusal_words import WORDS as REFUSALS

REASONS: Final = {
    "en": {
        "no_sender": "It names no sender whom we could answer.",
        "no_mailbox": "The mailbox it was for is gone.",
        "too_slow": "Reading it took longer than a mail may take.",
        "too_much_memory": "Reading it needed more memory than a mail may have.",
        "reading_failed": "It is broken in a way that we could not read.",
        "ends_the_reader": "Whoever read it was ended by it, several times.",
        "surprise": "Something went wrong on our side. The log says more.",
    },
    "nl": {
        "no_sender": "Er staat geen afzender in die we kunnen antwoorden.",
        "no_mailbox": "De mailbox waarvoor hij was bestaat niet meer.",
        "too_slow": "Lezen duurde langer dan een e-mail mag duren.",
        "too_much_memory": "Lezen kostte meer geheugen dan een e-mail mag gebruiken.",
        "reading_failed": "Hij is zo beschadigd dat we hem niet konden lezen.",
        "ends_the_reader": "Wie hem las werd er door beëindigd, meerdere keren.",
        "surprise": "Er ging bij ons iets mis. In het logboek staat meer.",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadablePage:
    """The newest of them, and how many there are."""

    total: int
    mails: list[Row]


async def unreadable_mails(actor: Actor, first: int = 50) -> UnreadablePage | None:
    """What could not be read, newest first; None for whoever is no admin."""
    if not actor.administers:
        return None
    found = await rows(
        "select id, received_at, sender, recipient, subject, size, coalesce(reason, '') as reason, "
        "count(*) over () as total from incoming_mails where outcome = 'unreadable' order by id desc limit $1",
        min(max(first, 1), 100),
    )
    return UnreadablePage(total=found[0]["total"] if found else 0, mails=found)


async def try_again(actor: Actor, mail_id: UUID) -> None:
    """Let a mail be processed once more, as if it had just come.

    Raises:
        Refusal: not an admin, or no such mail in the list.
    """
    require_admin(actor)
    found = await row(
        "with again as (update incoming_mails set outcome = 'received', reason = null, tries = 0, attempts = 0, "
        "leased_until = null where id = $1 and outcome = 'unreadable' returning id) "
        "select id, pg_notify('mail_in', '') from again",
        mail_id,
    )
    if found is None:
        raise Refusal("not_found", "id")


def reason_in_words(code: str, language: str) -> str:
    """Why a mail could not be read."""
    words = REASONS[language].get(code)
    if words is None and code in REFUSALS:
        words = Refusal(code).message(language)
    return words or code
