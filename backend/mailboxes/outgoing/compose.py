"""A mail made from the ids in its row, at the moment in which it is sent: no token and no text waits in the queue."""

import re
from collections.abc import Callable
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
from babel.dates import format_datetime as in_words

from backend.accounts.access_codes import access_code
from backend.database import Row
from backend.keys import link_token
from backend.mailboxes.addresses import reply_address
from backend.mailboxes.outgoing.about_signing_in import about_signing_in
from backend.mailboxes.outgoing.enclosed import Enclosed, enclosed_with
from backend.mailboxes.outgoing.layout import BUTTONS, Frame, foot_lines, to_html, to_text
from backend.mailboxes.outgoing.templates import render_for_tenant
from backend.verification.levels import reaches
from backend.verification.words import TYPED

WRITTEN_BY_A_PERSON: Final = ("reply",)
"""Mails that are not automatic: someone answered."""

ABOUT_SIGNING_IN: Final = ("security_notice", "new_browser")
"""Mails that lead to the list of one's sessions and second factors."""

ABOUT_WORK: Final = ("work_taken_over", "work_handed_back")
"""Mails that lead to the unfinished work of people who are away."""

_MOST_REFERENCES = 20
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_WHEN = {"en": "EEEE d MMMM, HH:mm", "nl": "EEEE d MMMM, HH:mm"}


class _MailPolicy(EmailPolicy):
    """Folds ids and addresses between themselves alone: the library would encode those that are longer than a line."""

    _WHOLE = frozenset({"message-id", "in-reply-to", "references", "reply-to"})

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() not in self._WHOLE:
            return super().fold_binary(name, value)
        return f"{name}: {(self.linesep + ' ').join(str(value).split())}{self.linesep}".encode("ascii")


POLICY: Final = _MailPolicy(utf8=False, linesep=SMTP.linesep, max_line_length=76)


async def compose(facts: Row, thread: list[str], origin: Callable[[str], str]) -> EmailMessage:
    """The mail with all its headers. `thread` holds the ids of the ticket's earlier mails, `origin` makes a host an address."""
    language: str = facts["language"]
    to_staff = facts["account_kind"] == "member"
    automatic = facts["template"] not in WRITTEN_BY_A_PERSON
    link = _link(facts, to_staff, origin(facts["host"]))
    fields = _fields(facts, language, link) | _answers(facts, origin(facts["host"]))
    enclosed = Enclosed()
    if facts["template"] in WRITTEN_BY_A_PERSON:
        enclosed = await enclosed_with(facts["tenant_id"], facts["ticket_message_id"], language)
    if enclosed.left_out:
        fields["message"] = f"{fields.get('message', '')}\n\n{enclosed.left_out}"
    mail = await render_for_tenant(facts["template"], language, fields)
    frame = Frame(
        language=language,
        company=facts["company"],
        color=facts["primary_color"],
        button=_button(facts, language),
        foot=foot_lines(language, facts["number"], facts["level"]),
    )
    message = EmailMessage(policy=POLICY)
    mark = f"[#{facts['number']}] " if facts["number"] is not None else ""
    message["Subject"] = mark + _line(mail.subject)
    message["From"] = Address(_line(facts["company"]), facts["mailbox"], facts["mail_domain"])
    message["To"] = _recipient(facts)
    if facts["number"] is not None:
        message["Reply-To"] = reply_address(
            facts["mailbox"],
            facts["mail_domain"],
            facts["tenant_id"],
            facts["number"],
            member_id=facts["account_id"] if to_staff else None,
        )
    message["Date"] = format_datetime(facts["created_at"])
    message["Message-ID"] = facts["mail_message_id"]
    if thread:
        message["In-Reply-To"] = thread[-1]
        kept = thread if len(thread) <= _MOST_REFERENCES else [thread[0], *thread[1 - _MOST_REFERENCES :]]
        message["References"] = " ".join(kept)
    if automatic:
        message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message["X-Countersign"] = facts["slug"]
    message.set_content(to_text(mail, frame), cte="quoted-printable")
    message.add_alternative(to_html(mail, frame), subtype="html", cte="quoted-printable")
    for name, media_type, content in enclosed.files:
        kind, _, rest = media_type.partition("/")
        if kind in ("message", "multipart"):
            kind, rest = "application", "octet-stream"  # Those may not be encoded, and are files here.
        message.add_attachment(content, maintype=kind, subtype=rest or "octet-stream", filename=name)
    for place, part in enumerate(each for each in message.walk() if each.is_multipart()):
        part.set_boundary(f"=_{facts['id'].hex}" + f"_{place}" * bool(place))
    return message


def _button(facts: Row, language: str) -> str:
    """What the link does, in a word: its purpose, or else the mail's."""
    names = BUTTONS[language]
    return names.get(facts["link_purpose"] or "") or names.get(facts["template"], names["ticket"])


def _recipient(facts: Row) -> Address | str:
    local, _, domain = facts["recipient"].rpartition("@")
    return Address(_line(facts["name"] or ""), local, domain)


def _link(facts: Row, to_staff: bool, origin: str) -> str:
    """Where the mail leads: its one-time link, how one signs in, or the ticket on the reader's side."""
    if facts["link_id"] is not None:
        return f"{origin}/link/{link_token(facts['tenant_id'], facts['link_id'])}"
    side = "/desk" if to_staff else ""
    if facts["template"] in ABOUT_SIGNING_IN:
        return f"{origin}{side}/security"
    if facts["template"] in ABOUT_WORK:
        return f"{origin}/desk/away"
    if facts["number"] is None or facts["account_kind"] is None:
        return ""
    return f"{origin}{side}/tickets/{facts['number']}"


def _answers(facts: Row, origin: str) -> dict[str, str]:
    """The links by which a mail about a timer is answered with one click."""
    answers = {"keep_open_link": facts["keep_link_id"], "close_now_link": facts["close_link_id"]}
    return {
        name: f"{origin}/link/{link_token(facts['tenant_id'], link_id)}"
        for name, link_id in answers.items()
        if link_id is not None
    }


def _fields(facts: Row, language: str, link: str) -> dict[str, str]:
    given = {
        name: str(facts[name])
        for name in (
            "company",
            "name",
            "number",
            "earlier_number",
            "subject",
            "department",
            "author",
            "message",
            "secret",
            "giver",
            "taker",
        )
        if facts[name] is not None
    }
    if facts["numbers"] is not None:
        given["numbers"] = ", ".join(f"#{each}" for each in msgspec.json.decode(facts["numbers"]))
    for name in ("closes_at", "link_until", "due_at"):
        moment: datetime | None = facts[name]
        if moment is not None:
            zone = ZoneInfo(facts["time_zone"])
            given[name] = in_words(moment, _WHEN[language], tzinfo=zone, locale=language)
    if facts["required_level"] is not None:
        given["needed"] = TYPED.get(facts["required_level"], {}).get(language, "")
    if facts["requester_id"] != facts["account_id"] and facts["requester_email"] is not None:
        given["requester"] = f"{facts['requester']} ({facts['requester_email']})"
    if facts["promise"] is not None:
        given[facts["promise"]] = "yes"
    if facts["access_code_id"] is not None:
        given["access_code"] = access_code(facts["tenant_id"], facts["access_code_id"], facts["access_code_salt"])
    if facts["template"] in ABOUT_SIGNING_IN:
        given |= about_signing_in(facts, language)
    if facts["level"] is not None and not reaches(facts["level"], facts["required_level"]):
        given["proof_needed"] = "yes"
    if facts["meaning"] in ("waiting_for_client", "solved"):
        given["waits_for_client" if facts["meaning"] == "waiting_for_client" else "solved"] = "yes"
    return {**given, "link": link}


def _line(text: str) -> str:
    """A text for a header: one line, nothing invisible."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())
