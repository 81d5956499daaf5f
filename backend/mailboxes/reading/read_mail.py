"""What a mail says: who wrote, about what, in which words, and whether a machine did. Reads anything, trusts nothing."""

from dataclasses import dataclass
from typing import Final

from backend.mailboxes.reading.body import Body, read_body
from backend.mailboxes.reading.bounces import report_of
from backend.mailboxes.reading.clean_html import clean_html
from backend.mailboxes.reading.forwards import forwarded_of, says_forward
from backend.mailboxes.reading.headers import clean, one_line
from backend.mailboxes.reading.machines import Kind, kind_of, says_automatic
from backend.mailboxes.reading.mime import read_mime
from backend.mailboxes.reading.notices import Notice
from backend.mailboxes.reading.parts import Address, BounceReport, Forwarded, MailPart
from backend.mailboxes.reading.people import people_of, sender_of
from backend.quotes.new_text import new_text

MOST_TEXT: Final = 49_000
"""Characters of a mail's text that are shown; the mail itself is kept whole."""
MOST_SUBJECT: Final = 200


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
    notices: tuple[Notice, ...]
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
    mail = read_mime(raw)
    headers = mail.headers
    sender = sender_of(headers, envelope_sender)
    subject = headers.words("subject")[:MOST_SUBJECT].strip()
    body = read_body(mail.root)
    whole = clean(body.text).strip()
    text = whole[:MOST_TEXT]
    report = report_of(mail.root, body, sender.address, subject, text)
    markup = body.html
    return ReadMail(
        sender=sender.address,
        name=sender.name,
        subject=subject,
        to=people_of(headers, "to"),
        cc=people_of(headers, "cc"),
        reply_to=people_of(headers, "reply-to"),
        message_id=next(iter(headers.ids("message-id")), None),
        in_reply_to=headers.ids("in-reply-to"),
        references=headers.ids("references"),
        text=text,
        new_text=new_text(text, forwards=says_forward(subject)),
        html=clean_html(clean(markup)) if markup is not None else None,
        attachments=tuple(body.files),
        notices=_notices(body, whole=mail.whole),
        cut=len(whole) > MOST_TEXT or body.cut or not mail.whole,
        kind=kind_of(
            headers, mail.root, envelope_sender=envelope_sender, sender=sender.address, subject=subject, report=report
        ),
        automatic=says_automatic(headers),
        mark=one_line(headers.first("x-countersign"))[:100],
        report=report,
        forwarded=forwarded_of(body, subject, text),
    )


def _notices(body: Body, *, whole: bool) -> tuple[Notice, ...]:
    found = body.notices[:5]
    return tuple(found if whole else [*found, Notice(code="too_many_parts")])
