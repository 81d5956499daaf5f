"""Take a mail from standard input, as the listener would, and print what became of it as one JSON object."""

import asyncio
import re
import sys
from argparse import ArgumentParser, Namespace
from typing import Any

import msgspec

from backend.clock import refresh
from backend.database import bind, close_database, open_database, value
from backend.files import close_files, open_files
from backend.log import set_up_logging
from backend.mailboxes.incoming.outcome import Outcome
from backend.mailboxes.incoming.recipients import NoSuchMailbox, find_mailbox
from backend.mailboxes.reading.headers import Headers
from backend.mailboxes.reading.mime import mail_headers
from backend.mailboxes.reading.people import plain_address, sender_of
from backend.mailboxes.reading.read_mail import ReadMail, read_mail
from backend.mailboxes.receive import receive
from backend.operator.embedded import completed
from backend.operator.trouble import plain_database_trouble, require_database
from backend.settings import Settings
from backend.vault import open_keys

MOST_BYTES = 50 * 2**20
"""Larger than what the listener takes: a pipe comes from a server that has taken the mail already."""

_MBOX_LINE = re.compile(rb"\s*From (\S{1,320}) ")
_REASONS = {
    "bounce": "It is a report of another mail server, or comes from nobody: it opens no ticket and is never answered.",
    "loop": "It is one of our own mails that came back.",
    "automatic answer": "It is the answer of a machine on a ticket.",
    "second mailbox": "The same mail came for another mailbox of the company, and is a ticket there.",
    "message_refused": "The ticket takes no messages in the state that it is in; its sender was told.",
    "no_sender": "Nobody is named as its sender.",
    "no_mailbox": "No mailbox here has that address any more.",
    "no_such_address": "No mailbox here has that address.",
    "not_an_email": "Its sender has no address that can be answered.",
    "too_slow": "Reading it took too long.",
    "too_much_memory": "Reading it took too much memory.",
    "surprise": "Something went wrong that nobody foresaw; it is put aside, and can be tried again.",
}
_KINDS = {
    "person": "a person wrote it", "machine": "a machine wrote it", "bounce": "a mail server reports"
}  # fmt: skip


def add_arguments(parser: ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--to", metavar="ADDRESS", help="the mailbox that takes it")
    which.add_argument(
        "--read", action="store_true", help="only say what it says: nothing is stored, no database is needed"
    )
    parser.add_argument(
        "--from",
        dest="sender",
        metavar="ENVELOPE",
        help="the sender of its envelope; else what Return-Path, the line of a mailbox file, or From says",
    )
    parser.epilog = "Try: python -m backend.cli mail --to support@anchor.example < message.eml"


def run(settings: Settings, arguments: Namespace) -> int:
    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        return _print({"outcome": "refused", "reason": f"The mail is larger than {MOST_BYTES // 2**20} MB."})
    envelope = arguments.sender if arguments.sender is not None else envelope_of(raw)
    if arguments.read:
        return _print(
            {"outcome": "read", "reason": None, "number": None, "trust": None, **said(read_mail(raw, envelope))}
        )
    settings = completed(settings)
    require_database(settings.database_url)
    set_up_logging(level=settings.log_level, json=settings.production)
    open_keys(settings)
    open_files(settings.files_url or settings.data_dir / "files")
    try:
        with plain_database_trouble(settings.database_url):
            outcome, trust = asyncio.run(_take(settings, arguments.to, envelope, raw))
    finally:
        close_files()
    mail = read_mail(raw, envelope)
    became = {"outcome": outcome.outcome, "reason": reason_of(outcome), "number": outcome.number, "trust": trust}
    return _print({**became, **said(mail)})


def envelope_of(raw: bytes) -> str:
    """The sender of the envelope, as far as the mail says so. Return-Path may say that nobody waits for an answer."""
    headers: Headers = mail_headers(raw)
    if headers.has("return-path"):
        path = headers.first("return-path").strip()
        return "" if path == "<>" else plain_address(path) or sender_of(headers, "").address
    line = _MBOX_LINE.match(raw[:400])
    written = plain_address(line[1].decode("ascii", "replace")) if line else ""
    return written or sender_of(headers, "").address


def reason_of(outcome: Outcome) -> str | None:
    """Why, in words; None where a ticket or a message was made of it."""
    if outcome.outcome == "repeated":
        return "This very mail was taken before."
    if outcome.reason is None:
        return None
    return _REASONS.get(outcome.reason, f"It was refused: {outcome.reason.replace('_', ' ')}.")


def said(mail: ReadMail) -> dict[str, Any]:
    """What the mail says, as it is printed."""
    report, forwarded = mail.report, mail.forwarded
    return {
        "sender": mail.sender,
        "name": mail.name,
        "subject": mail.subject,
        "new_text": mail.new_text,
        "text": mail.text,
        "html": mail.html,
        "attachments": [
            {"name": part.name, "type": part.media_type, "size": part.size, "inline": part.inline}
            for part in mail.attachments
        ],
        "notices": [notice.words("en") for notice in mail.notices],
        "kind": mail.kind,
        "kind_in_words": _KINDS[mail.kind],
        "to": [each.address for each in mail.to],
        "cc": [each.address for each in mail.cc],
        "reply_to": [each.address for each in mail.reply_to],
        "message_id": mail.message_id,
        "in_reply_to": list(mail.in_reply_to),
        "references": list(mail.references),
        "cut": mail.cut,
        "report": None
        if report is None
        else {
            "kind": report.kind,
            "recipients": list(report.recipients),
            "status": report.status,
            "diagnostic": report.diagnostic,
            "message_id": report.message_id,
        },
        "forwarded": None
        if forwarded is None
        else {
            "sender": forwarded.sender,
            "name": forwarded.name,
            "subject": forwarded.subject,
            "text": forwarded.text,
        },
    }


async def _take(settings: Settings, recipient: str, envelope: str, raw: bytes) -> tuple[Outcome, str | None]:
    """What became of the mail, and how far its message is believed: the level that it is shown with."""
    await open_database(settings.database_url, pool=2)
    try:
        await refresh()
        mailbox = await find_mailbox(recipient)
        outcome = await receive(recipient, envelope, raw)
        with bind(mailbox.tenant_id):
            level = await value(
                "select m.level from incoming_mails i join messages m on m.tenant_id = i.tenant_id and m.id = i.message_id where i.id = $1",
                outcome.mail_id,
            )
    except NoSuchMailbox:
        return Outcome(outcome="refused", reason="no_such_address"), None
    else:
        return outcome, level
    finally:
        await close_database()


def _print(answer: dict[str, Any]) -> int:
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(answer), indent=2) + b"\n")
    return 0
