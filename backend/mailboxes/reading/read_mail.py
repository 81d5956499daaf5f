"""What a mail says: who wrote, about what, in which words, and whether a machine did. Reads anything, trusts nothing."""

import re
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses
from typing import Final, Literal

from backend.errors import Refusal
from backend.mailboxes.reading.html_text import html_to_text
from backend.mailboxes.reading.mime import BROKEN, header_of, read_mime
from backend.mailboxes.reading.parts import Address, BounceReport, Forwarded, MailPart
from backend.text import email_address

MOST_TEXT: Final = 49_000
"""Characters of a mail's text that are shown; the mail itself is kept whole."""
MOST_SUBJECT: Final = 200

_MOST_PARTS = 200
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,240}>")
# Names that Python takes for a charset and no mail has; the time of the first grows with the square of the length.
_NO_CHARSETS = frozenset(
    {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "unicode-escape", "raw-unicode-escape"}
)
_MACHINES = frozenset({"mailer-daemon", "postmaster", "no-reply", "noreply", "do-not-reply", "donotreply"})

Kind = Literal["person", "machine", "bounce"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMail:
    """A mail in plain values. `sender` is empty where there is no address; `mark` is another Countersign's.

    `text` is the whole, `new_text` the same without what it quotes and without the signature below it. `html` is safe to
    show in a frame of its own, or None where the mail has none. `cut`: the mail says more than is held here.
    `automatic` says that the mail itself says so (RFC 3834); of kind `machine` are also lists and senders that look like one.
    """

    sender: str
    name: str
    subject: str
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    message_id: str | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    text: str
    new_text: str
    html: str | None
    attachments: tuple[MailPart, ...]
    kind: Kind
    automatic: bool
    mark: str
    cut: bool
    report: BounceReport | None
    forwarded: Forwarded | None

    @property
    def answers(self) -> str | None:
        """The id of the mail that this one answers: what In-Reply-To names, or else the last of References (RFC 5322, 3.6.4)."""
        return next(iter(self.in_reply_to), None) or (self.references[-1] if self.references else None)


def read_mail(raw: bytes, envelope_sender: str) -> ReadMail:
    """Read a mail. Whatever is broken in it is left out; what is left is always plain, printable text."""
    message = read_mime(raw)
    headers: dict[str, str] = {}
    for name, value in message.raw_items():
        headers.setdefault(name.lower(), header_of(value))
    sender, name = _sender(headers.get("from", ""), envelope_sender)
    text = clean(_text(message)).strip()
    found_id = _MESSAGE_ID.search(headers.get("message-id", ""))
    return ReadMail(
        sender=sender,
        name=name,
        subject=_one_line(_decoded(headers.get("subject", "")))[:MOST_SUBJECT].strip(),
        to=_people(headers.get("to", "")),
        cc=_people(headers.get("cc", "")),
        reply_to=_people(headers.get("reply-to", "")),
        message_id=found_id[0] if found_id else None,
        in_reply_to=tuple(_MESSAGE_ID.findall(headers.get("in-reply-to", ""))),
        references=tuple(_MESSAGE_ID.findall(headers.get("references", ""))),
        text=text[:MOST_TEXT],
        new_text=without_quote(text[:MOST_TEXT]),
        html=None,
        attachments=_attachments(message),
        cut=len(text) > MOST_TEXT,
        kind=_kind(message, headers, envelope_sender, sender),
        automatic=_says_automatic(headers),
        mark=_one_line(headers.get("x-countersign", ""))[:100],
        report=None,
        forwarded=None,
    )


def clean(text: str) -> str:
    """The text without characters that cannot be kept, with line feeds alone between lines."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def without_quote(text: str) -> str:
    """An answer without the mail that it answers, where that is clearly a quotation at its end; else all of it.

    The whole mail is kept as a file in any case.
    """
    lines = text.rstrip().split("\n")
    end = len(lines)
    while end and (lines[end - 1].startswith(">") or not lines[end - 1].strip()):
        end -= 1
    if end == len(lines):
        return text
    # "On Tuesday, someone <address> wrote:" is the paragraph before it, of one to three lines.
    start = end
    while start and lines[start - 1].strip():
        start -= 1
    if end - start <= 3 and lines[end - 1].rstrip().endswith(":") and "@" in " ".join(lines[start:end]):
        end = start
    kept = "\n".join(lines[:end]).strip()
    return kept or text


def _kind(message: EmailMessage, headers: dict[str, str], envelope_sender: str, sender: str) -> Kind:
    """Who wrote: RFC 3834 for machines that say so, and the habits of those that do not."""
    local = sender.partition("@")[0]
    report = message.get_content_type() == "multipart/report" and "disposition" not in headers.get("content-type", "")
    nobody = envelope_sender.strip() in ("", "<>") or headers.get("return-path", "").strip() == "<>"
    if report or nobody or local == "mailer-daemon":
        return "bounce"
    precedence = headers.get("precedence", "").strip().lower() in ("bulk", "list", "junk", "auto_reply")
    marks = any(name in headers for name in ("list-id", "x-autoreply", "x-autorespond", "x-auto-reply"))
    return "machine" if _says_automatic(headers) or precedence or marks or local in _MACHINES else "person"


def _says_automatic(headers: dict[str, str]) -> bool:
    return headers.get("auto-submitted", "no").partition(";")[0].strip().lower() not in ("no", "")


def _sender(raw: str, envelope_sender: str) -> tuple[str, str]:
    """The first address of From with its name, or the envelope's. The address is taken before anything is decoded."""
    for name, address in [*_addresses(raw), ("", envelope_sender)]:
        try:
            found = email_address(address.strip("<> "))
        except Refusal:
            continue
        shown = _one_line(_decoded(name)).strip("\"' ")[:200].strip()
        return found, shown or found.partition("@")[0]
    return "", ""


def _addresses(raw: str) -> list[tuple[str, str]]:
    try:
        return getaddresses([raw])
    except BROKEN:
        return []


def _decoded(raw: str) -> str:
    try:
        return str(make_header(decode_header(raw)))
    except BROKEN:
        return raw


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _text(message: EmailMessage) -> str:
    try:
        body = message.get_body(("plain", "html"))
    except BROKEN:
        body = None
    if body is None:
        body = next((part for part in _parts(message) if part.get_content_maintype() == "text"), None)
    if body is None:
        return ""
    text = _content(body)
    return html_to_text(text) if body.get_content_type() == "text/html" else text


def _content(part: MIMEPart) -> str:
    try:
        content = None if (part.get_content_charset() or "").lower() in _NO_CHARSETS else part.get_content()
    except BROKEN:
        content = None
    if isinstance(content, str) and "\ufffd" not in content:
        return content
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return content if isinstance(content, str) else ""
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return payload.decode("cp1252", errors="replace")


def _parts(message: EmailMessage) -> list[EmailMessage]:
    parts: list[EmailMessage] = []
    try:
        for part in message.walk():
            if isinstance(part, EmailMessage):
                parts.append(part)
            if len(parts) >= _MOST_PARTS:
                break
    except BROKEN:
        return parts
    return parts


def _people(raw: str) -> tuple[Address, ...]:
    people: list[Address] = []
    for name, address in _addresses(raw):
        try:
            people.append(Address(_one_line(_decoded(name))[:200], email_address(address)))
        except Refusal:
            continue
    return tuple(people)


def _attachments(message: EmailMessage) -> tuple[MailPart, ...]:
    found: list[MailPart] = []
    for part in _parts(message):
        try:
            name = part.get_filename() or ""
            attached = part.get_content_disposition() == "attachment" or bool(name)
            content = part.get_payload(decode=True) if attached else None
        except BROKEN:
            continue
        if attached:
            raw = content if isinstance(content, bytes) else b""
            found.append(
                MailPart(
                    name=_one_line(_decoded(name))[:100] or part.get_content_type(),
                    media_type=part.get_content_type(),
                    size=len(raw),
                    content_id="",
                    inline=False,
                    source=raw,
                    end=len(raw),
                )
            )
    return tuple(found[:20])
