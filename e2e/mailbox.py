"""Mail as people outside see it: what arrives at an address, and answers sent by SMTP."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any

import httpx

from e2e.people import Person
from e2e.system import System, until


@dataclass(frozen=True)
class Mail:
    """One mail that the catcher holds."""

    id: int
    message_id: str
    to: Sequence[str]
    subject: str
    text: str
    html: str
    headers: Mapping[str, str]

    def link(self, path: str) -> str:
        """The address in the text whose path begins with these words."""
        found = re.search(rf"https?://\S+?{re.escape(path)}\S*", self.text)
        assert found is not None, self.text
        return found.group()


class Mailbox:
    """The mail catcher, and the product's own ear for mail."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._http = httpx.Client(base_url=f"http://127.0.0.1:{system.mail_page_port}", trust_env=False, timeout=10)

    def close(self) -> None:
        self._http.close()

    def to(self, address: str, *, subject: str = "") -> list[Mail]:
        """What came for the address, oldest first; `subject` keeps those whose subject has these words."""
        found = self._http.get("/api/messages", params={"to": address}).raise_for_status().json()
        return [_mail(one) for one in reversed(found) if subject in one["subject"]]

    def wait_for(self, address: str, *, subject: str, count: int = 1, seconds: float = 15.0) -> Mail:
        """The newest such mail, once there are `count` of them; more than that fails."""
        mails = until(
            lambda: found if len(found := self.to(address, subject=subject)) >= count else [],
            f"mail {count} to {address} with {subject!r}",
            seconds=seconds,
        )
        assert len(mails) == count, [mail.subject for mail in mails]
        return mails[-1]

    def answer(self, mail: Mail, person: Person, body: str) -> None:
        """Reply as a mail program does: to the address that the mail names, quoting it, in its thread."""
        quoted = "\n".join(f"> {line}" for line in mail.text.splitlines())
        self.write(
            person,
            to=mail.headers["reply-to"],
            subject=f"Re: {mail.subject}",
            body=f"{body}\n\nOn Tuesday the support wrote:\n{quoted}\n",
            headers={"In-Reply-To": mail.message_id, "References": mail.message_id},
        )

    def write(
        self, person: Person, *, to: str, subject: str, body: str, headers: Mapping[str, str] | None = None
    ) -> None:
        """Hand a mail over as the sender's mail server does; refused mail raises."""
        message = EmailMessage()
        message["From"] = f"{person.name} <{person.email}>"
        message["To"] = to
        message["Subject"] = subject
        message["Message-ID"] = make_msgid(domain=person.email.split("@")[1])
        for name, value in (headers or {}).items():
            message[name] = value
        message.set_content(body)
        with smtplib.SMTP("127.0.0.1", self._system.mail_port, timeout=15) as smtp:
            smtp.send_message(message)


def _mail(one: dict[str, Any]) -> Mail:
    return Mail(
        id=one["id"],
        message_id=one["message_id"],
        to=one["to"],
        subject=one["subject"],
        text=one["text"],
        html=one["html"],
        headers={name.lower(): value for name, value in one["headers"]},
    )
