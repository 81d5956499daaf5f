"""Mail out: a row of the queue becomes a mail at the moment in which it is sent."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

import aiosmtplib
from piccolo.columns import Column

from backend.clock import real_now
from backend.database import Row, bind, transaction
from backend.log import get_log
from backend.mailboxes.outgoing.claim import LEASE, Claim
from backend.mailboxes.outgoing.compose import POLICY, compose
from backend.mailboxes.outgoing.queries import facts_of_mail, thread_of

GIVE_UP_AFTER: Final = timedelta(days=5)
"""RFC 5321, 4.5.4.1: four to five days of tries."""
TIME_LIMIT: Final = 15.0
"""Seconds that one step of the conversation with the other server may take."""

_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=15)
_SECRET_LIKE = re.compile(r"https?://\S+|[^\s<>@]+@[^\s<>@]+|[A-Za-z0-9_-]{24,}|\d{6,}")
_log = get_log(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Smtp:
    host: str
    port: int
    user: str | None
    password: str | None
    tls: bool
    starttls: bool | None
    origin: Callable[[str], str]


_smtp: _Smtp | None = None


class _Refused(Exception):
    """The other server will never take this mail; the text is its answer, masked."""


class _Later(Exception):
    """The mail could not be handed over now; the text says why, masked."""


def configure_smtp(url: str, origin: Callable[[str], str]) -> None:
    """Say where mail goes (see `settings.smtp_url`) and how a host name becomes an address in it; once, at the start.

    Raises:
        ValueError: it is not an address of a mail server. The message does not repeat it, for its password's sake.
    """
    global _smtp
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("The SMTP address looks like smtp://host:port or smtps://user:password@host:port.")
    tls = parts.scheme == "smtps"
    required = parse_qs(parts.query).get("starttls") == ["1"]
    _smtp = _Smtp(
        host=parts.hostname,
        port=parts.port or (465 if tls else 25),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password or "") if parts.username else None,
        tls=tls,
        # With a password, TLS is taken wherever it is offered; without, only where it is asked for.
        starttls=False if tls else True if required else None if parts.username else False,
        origin=origin,
    )


async def send_mail(tenant_id: UUID, mail_id: UUID, *, lease: timedelta = LEASE) -> bool:
    """Send a queued mail. Returns False where there is nothing to do: it is not queued, or someone is sending it.

    The mail is claimed, handed over without a connection to the database, and then what came of it is written. Whoever
    is killed in between leaves it queued, and it goes out again with the same Message-ID. Trouble on the way keeps it
    queued and makes it wait longer each time; a refusal for good ends it.
    """
    if _smtp is None:
        raise RuntimeError("No SMTP server is configured.")
    with bind(tenant_id):
        claim = Claim(tenant_id, mail_id, lease)
        async with transaction():
            facts = await facts_of_mail(mail_id)
            if facts is None:
                return False
            await claim.take()
            thread = (
                [] if facts["ticket_id"] is None else await thread_of(facts["ticket_id"], facts["recipient"], mail_id)
            )
            message = await compose(facts, thread, _smtp.origin)
        renewing = asyncio.create_task(claim.renew(), name="claim on a mail")
        try:
            changes = await _outcome(_smtp, facts, message)
        finally:
            claim.end()
            await renewing
        await claim.finish(changes, sent=changes.get("state") == "sent")
    _log.info(
        "mail",
        tenant=str(tenant_id),
        mail=str(mail_id),
        template=facts["template"],
        state=changes.get("state", "queued"),
    )
    return True


async def _outcome(smtp: _Smtp, facts: Row, message: EmailMessage) -> dict[Column | str, Any]:
    """Hand the mail over; what is to be written of it."""
    at = real_now()
    try:
        await _hand_over(
            smtp,
            message.as_bytes(policy=POLICY.clone(utf8=not facts["recipient"].isascii())),
            f"{facts['mailbox']}@{facts['mail_domain']}",
            facts["recipient"],
            facts["mail_domain"],
        )
    except _Refused as refusal:
        return {"state": "refused", "last_error": str(refusal)}
    except _Later as trouble:
        if at - facts["created_at"] > GIVE_UP_AFTER:
            return {"state": "refused", "last_error": f"Given up after five days: {trouble}"}
        return {"leased_until": at + _wait(facts["attempts"]), "last_error": str(trouble)}
    return {"state": "sent", "sent_at": at, "last_error": None}


async def _hand_over(smtp: _Smtp, raw: bytes, sender: str, recipient: str, own_name: str) -> None:
    client = aiosmtplib.SMTP(
        hostname=smtp.host,
        port=smtp.port,
        username=smtp.user,
        password=smtp.password,
        use_tls=smtp.tls,
        start_tls=smtp.starttls,
        local_hostname=own_name,
        timeout=TIME_LIMIT,
    )
    try:
        async with client:
            await client.sendmail(sender, [recipient], raw, mail_options=[] if recipient.isascii() else ["SMTPUTF8"])
    except aiosmtplib.SMTPRecipientsRefused as refused:
        raise _answer(refused.recipients[0]) from refused
    except (aiosmtplib.SMTPDataError, aiosmtplib.SMTPSenderRefused) as answer:
        raise _answer(answer) from answer
    except aiosmtplib.SMTPNotSupported as missing:
        raise _Refused("The mail server takes no addresses with such letters.") from missing
    except (aiosmtplib.SMTPException, OSError) as trouble:
        # Greeting, sign-in, TLS, time-outs: trouble between the two servers, which says nothing about the mail.
        code = f" {trouble.code}" if isinstance(trouble, aiosmtplib.SMTPResponseException) else ""
        raise _Later(f"The mail server could not be used ({type(trouble).__name__}{code}).") from trouble


def _answer(answer: aiosmtplib.SMTPResponseException) -> _Refused | _Later:
    words = masked(f"{answer.code} {answer.message}")
    return _Refused(words) if 500 <= answer.code < 600 else _Later(words)


def masked(words: str) -> str:
    """Another server's words without addresses, links and whatever could be a secret."""
    return " ".join(_SECRET_LIKE.sub("[...]", words).split())[:300]


def _wait(attempts: int) -> timedelta:
    doubled: timedelta = _FIRST_WAIT * 2 ** min(attempts, 16)
    return min(doubled, _LONGEST_WAIT)
