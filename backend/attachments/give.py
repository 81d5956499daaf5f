"""A file is given out: by a link that is signed, good for minutes, and looked at again when it is used."""

import base64
import hmac
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from backend import files
from backend.accounts.sessions import find_actor_of_session
from backend.actor import Actor
from backend.attachments.contents import content_key
from backend.attachments.queries import get_attachment
from backend.clock import real_now
from backend.database import Row
from backend.errors import Refusal
from backend.keys import keyed_hash

GOOD_FOR_SECONDS: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file that may be given out, and where its content lies."""

    name: str
    media_type: str
    size: int
    key: str
    sha256: bytes

    def pieces(self, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """What is in it, from `start` to before `end`."""
        return files.read(self.key, start, end)


async def may_have(actor: Actor, attachment_id: UUID) -> Given:
    """A file that the actor may have now.

    Raises:
        Refusal: not there or not the actor's to see, not taken at all, infected, or not scanned yet.
    """
    found = await get_attachment(actor, attachment_id)
    if found is None or found["sha256"] is None or not found["stored"]:
        raise Refusal("not_found")
    if (held := held_back(found["scan"], unscanned=found["unscanned"])) is not None:
        raise held
    return _given(actor.tenant_id, found)


def held_back(scan: str, *, unscanned: bool) -> Refusal | None:
    """Why a file is not given out."""
    if scan == "infected":
        return Refusal("attachment_infected")
    return Refusal("attachment_unscanned") if scan == "waiting" and not unscanned else None


async def make_link(actor: Actor, attachment_id: UUID) -> tuple[str, str]:
    """A signed path to a file, good for minutes, as long as the session lasts and sees it; and the file's name.

    Raises:
        Refusal: as `may_have`, or nobody is signed in.
    """
    given = await may_have(actor, attachment_id)
    if actor.session_id is None:
        raise Refusal("sign_in_needed")
    until = int(real_now().timestamp()) + GOOD_FOR_SECONDS
    claim = attachment_id.bytes + actor.session_id.bytes + until.to_bytes(8, "big")
    token = base64.urlsafe_b64encode(claim + _signature(actor.tenant_id, claim)).decode().rstrip("=")
    return f"/files/{actor.tenant_id}/{token}", given.name


async def use_link(tenant_id: UUID, token: str, address: str) -> Given:
    """The file of a signed link. The session that asked for it must still be able to have it.

    Raises:
        Refusal: the link is not ours or over, the session ended, or as `may_have`.
    """
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise Refusal("not_found") from None
    claim, signature = raw[:40], raw[40:]
    if len(raw) != 56 or not hmac.compare_digest(signature, _signature(tenant_id, claim)):
        raise Refusal("not_found")
    if int.from_bytes(claim[32:], "big") < real_now().timestamp():
        raise Refusal("link_over")
    actor = await find_actor_of_session(UUID(bytes=claim[16:32]), address)
    if actor is None:
        raise Refusal("not_found")
    return await may_have(actor, UUID(bytes=claim[:16]))


def _signature(tenant_id: UUID, claim: bytes) -> bytes:
    return keyed_hash("attachment", tenant_id.bytes, claim)[:16]


def _given(tenant_id: UUID, found: Row) -> Given:
    return Given(
        name=found["name"], media_type=found["media_type"], size=found["size"],
        key=content_key(tenant_id, found["sha256"]), sha256=found["sha256"],
    )  # fmt: skip
