"""A file comes in: by upload, to wait for its message, or as a part of a mail."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID, uuid4

from backend.accounts.throttle import take_upload_place
from backend.actor import Actor
from backend.attachments.contents import Arriving, arriving, store_content
from backend.attachments.kinds import clean_name, ending_of, is_refused, media_type_of
from backend.attachments.rules import MOST_PER_MESSAGE, Rules, get_rules, in_words, used_bytes
from backend.attachments.tables import Attachment
from backend.clock import real_now
from backend.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """A file that waits for its message: whoever knows its id, and is who uploaded it, attaches it."""

    id: UUID
    name: str
    media_type: str
    size: int


class Part(Protocol):
    """A part of a mail."""

    @property
    def name(self) -> str: ...
    @property
    def content_id(self) -> str: ...

    def content(self) -> bytes:
        """The bytes of the file."""
        ...


async def receive_upload(actor: Actor, name: str, pieces: AsyncIterator[bytes]) -> Uploaded:
    """Take a file from a screen, piece by piece; reading ends at the limit.

    Raises:
        Refusal: larger than the company takes, empty, of a kind that it does not take, no room, or too many by a guest.
    """
    if actor.account_id is None:
        await take_upload_place(actor.tenant_id, actor.address)
    rules = await get_rules()
    name = clean_name(name)
    async with arriving() as file:
        async for piece in pieces:
            if file.size + len(piece) > rules.most_bytes:
                raise Refusal("attachment_too_large", "file", most=in_words(rules.most_bytes))
            await file.add(piece)
        media_type = media_type_of(file.head, name)
        if (refused := await _refused_because(rules, file, media_type, name)) is not None:
            raise _refusal(refused, rules, media_type, name)
        return await _keep(actor, name, media_type, file, None, 0)


def too_large(rules: Rules) -> Refusal:
    """What is said of a file that is too large, before it is read."""
    return _refusal("size", rules, "", "")


async def keep_mail_parts(actor: Actor, parts: Sequence[Part]) -> list[UUID]:
    """Keep the attachments of a mail, to be given to the verb that writes its message; call it outside a transaction.

    No part is lost without a word: what the company does not take stands on the message with its name and why. The same
    mail read again makes other rows; those that no message took are collected.
    """
    rules, kept = await get_rules(), []
    for place, part in enumerate(parts[:MOST_PER_MAIL]):
        name, content = clean_name(part.name), await asyncio.to_thread(part.content)
        async with arriving() as file:
            await file.add(content)
            media_type = media_type_of(file.head, name)
            refused = await _refused_because(rules, file, media_type, name)
            if refused is None:
                attached = (await _keep(actor, name, media_type, file, part.content_id, place)).id
            else:
                attached = await _insert(
                    actor, None, name, media_type, file.size, part.content_id, place, refused_because=refused
                )
        kept.append(attached)
    return kept


MOST_PER_MAIL = 5 * MOST_PER_MESSAGE
"""Attachments of a mail that are kept one by one; the mail itself is stored whole."""


async def _refused_because(rules: Rules, file: Arriving, media_type: str, name: str) -> str | None:
    if not file.size:
        return "empty"
    if file.size > rules.most_bytes:
        return "size"
    if is_refused(rules.refused_types, media_type, name):
        return "type"
    if await used_bytes() + file.size > rules.space_bytes:
        return "space"
    return None


def _refusal(because: str, rules: Rules, media_type: str, name: str) -> Refusal:
    if because == "size":
        return Refusal("attachment_too_large", "file", most=in_words(rules.most_bytes))
    if because == "empty":
        return Refusal("attachment_empty", "file")
    if because == "space":
        return Refusal("attachments_full", "file")
    if ending_of(name) in rules.refused_types:
        return Refusal("attachment_type", "file", kind=f".{ending_of(name)}")
    return Refusal("attachment_disguised", "file", kind=media_type)


async def _keep(
    actor: Actor, name: str, media_type: str, file: Arriving, inline_id: str | None, place: int
) -> Uploaded:
    content_id = await store_content(actor.tenant_id, file)
    attached = await _insert(actor, content_id, name, media_type, file.size, inline_id, place)
    return Uploaded(id=attached, name=name, media_type=media_type, size=file.size)


async def _insert(
    actor: Actor, content_id: UUID | None, name: str, media_type: str, size: int, inline_id: str | None, place: int,
    *, refused_because: str | None = None,
) -> UUID:  # fmt: skip
    # Random, not in order of time: a guest's file is theirs who know its id.
    attachment_id = uuid4()
    await Attachment.insert(
        Attachment(
            tenant_id=actor.tenant_id,
            id=attachment_id,
            content_id=content_id,
            message_id=None,
            place=place,
            name=name,
            media_type=media_type,
            size=size,
            inline_id=inline_id[:300] if inline_id else None,
            refused_because=refused_because,
            uploaded_by=actor.account_id,
            uploaded_at=real_now(),
        )
    )
    return attachment_id
