"""Addresses of mailboxes, and the reply addresses that say for which ticket an answer is.

A client's reply address carries the ticket's signature. A member's carries one of their own besides, which no client
ever gets to see: a forged sender line does not make anyone staff.
"""

import base64
import hmac
import re
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from backend.keys import keyed_hash, reply_signature

_ADDRESS = re.compile(r"([a-z0-9][a-z0-9._-]{0,62})(?:\+([a-z0-9._-]{1,80}))?@([a-z0-9.-]{1,253})")
_REPLY = re.compile(r"([ts])([0-9]{1,15})\.([a-z2-7]{16})")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxAddress:
    """An address in its parts; `tag` is what stands between the plus and the domain."""

    mailbox: str
    tag: str
    domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTag:
    """What a reply address claims: see `holds`."""

    side: Literal["client", "staff"]
    number: int
    signature: str


def read_address(address: str) -> MailboxAddress | None:
    """The parts of an address that could be one of ours, or None."""
    found = _ADDRESS.fullmatch(address.strip().lower())
    return MailboxAddress(mailbox=found[1], tag=found[2] or "", domain=found[3]) if found else None


def read_tag(tag: str) -> ReplyTag | None:
    """What the tag of an address claims, or None where it is not the tag of a reply address."""
    found = _REPLY.fullmatch(tag)
    if found is None:
        return None
    return ReplyTag(side="client" if found[1] == "t" else "staff", number=int(found[2]), signature=found[3])


def holds(tag: ReplyTag, tenant_id: UUID, account_id: UUID) -> bool:
    """Whether the tag was made here: for this ticket, and on the staff's side for this very member."""
    if tag.side == "client":
        expected = reply_signature(tenant_id, tag.number)
    else:
        expected = _staff_signature(tenant_id, tag.number, account_id)
    return hmac.compare_digest(tag.signature, expected)


def reply_address(mailbox: str, domain: str, tenant_id: UUID, number: int, *, member_id: UUID | None = None) -> str:
    """The address that an answer goes to: the ticket's, or the one of a member for that ticket."""
    if member_id is None:
        return f"{mailbox}+t{number}.{reply_signature(tenant_id, number)}@{domain}"
    return f"{mailbox}+s{number}.{_staff_signature(tenant_id, number, member_id)}@{domain}"


def _staff_signature(tenant_id: UUID, number: int, account_id: UUID) -> str:
    signature = keyed_hash("staff_reply", tenant_id.bytes, account_id.bytes, str(number))[:10]
    return base64.b32encode(signature).decode().lower()
