"""Files go in and out: uploads piece by piece, downloads by a signed link, pictures drawn anew.

What was uploaded is never shown as it came: it is a download, on a host of its own where one is configured, and in a
sandbox without rights everywhere. See infra/decisions.
"""

import re
from collections.abc import AsyncIterator
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Stream

from backend.actor import Actor
from backend.attachments.attach import discard
from backend.attachments.give import Given, make_link, use_link
from backend.attachments.pictures import MEDIA_TYPE, SIDES, Variant, picture
from backend.attachments.receive import receive_upload, too_large
from backend.attachments.rules import get_rules
from backend.errors import Refusal
from backend.settings import Settings

SANDBOX: Final = "sandbox; default-src 'none'"
# What a download may be called by: nothing of these runs anywhere. All else is called bytes.
_HARMLESS: Final = frozenset(
    {"application/pdf", "application/zip", "image/png", "image/jpeg", "image/gif", "image/webp"}
)
_RANGE: Final = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")

AnyRequest = Request[Any, Any, Any]


class AttachmentController(Controller):
    """`POST /attachments?name=...` takes a file; the other addresses give one out."""

    @post("/attachments", request_max_body_size=None)
    async def upload(self, request: AnyRequest, name: FromQuery[str] = "") -> dict[str, Any]:
        """Take the body as a file. Its id is what the mutations that write a message take, within a day."""
        announced = request.headers.get("content-length", "")
        if announced.isascii() and announced.isdigit():
            rules = await get_rules()
            if int(announced) > rules.most_bytes:
                raise too_large(rules)
        taken = await receive_upload(_actor(request), name, request.stream())
        return {"id": str(taken.id), "name": taken.name, "mediaType": taken.media_type, "size": taken.size}

    @delete("/attachments/{attachment_id:uuid}")
    async def take_back(self, request: AnyRequest, attachment_id: FromPath[UUID]) -> None:
        """Remove a file that no message took yet."""
        await discard(_actor(request), attachment_id)

    @get("/attachments/{attachment_id:uuid}")
    async def give(
        self, request: AnyRequest, attachment_id: FromPath[UUID], settings: NamedDependency[Settings]
    ) -> Redirect:
        """Lead whoever may have the file to a signed link that is good for minutes."""
        path, name = await make_link(_actor(request), attachment_id)
        origin = settings.origin(settings.files_host) if settings.files_host else ""
        return Redirect(
            f"{origin}{path}/{quote(name, safe='')}", status_code=303, headers={"Cache-Control": "no-store"}
        )

    @get("/attachments/{attachment_id:uuid}/{variant:str}")
    async def show(self, request: AnyRequest, attachment_id: FromPath[UUID], variant: FromPath[str]) -> Response[bytes]:
        """A picture, drawn anew, to whoever may have it."""
        known: dict[str, Variant] = {each: each for each in SIDES}
        if variant not in known:
            raise Refusal("not_found")
        shown = await picture(_actor(request), attachment_id, known[variant])
        headers = {"Cache-Control": "private, max-age=3600", "Content-Security-Policy": SANDBOX}
        return Response(shown, media_type=MEDIA_TYPE, headers=headers)

    @get("/files/{tenant_id:uuid}/{token:str}/{name:str}")
    async def download(
        self, request: AnyRequest, tenant_id: FromPath[UUID], token: FromPath[str], name: FromPath[str]
    ) -> Stream:
        """The file of a signed link, or a part of it."""
        state = request.scope["state"]
        if tenant_id != state["tenant_id"]:
            raise Refusal("not_found")
        given = await use_link(tenant_id, token, state["address"])
        start, end = _span(request.headers.get("range", ""), given.size)
        whole = (start, end) == (0, given.size)
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(given.name, safe='')}",
            "Content-Security-Policy": SANDBOX,
            "X-Content-Type-Options": "nosniff",
            "Content-Length": str(end - start),
            "Accept-Ranges": "bytes",
            "Cache-Control": "private, no-store",
        } | ({} if whole else {"Content-Range": f"bytes {start}-{end - 1}/{given.size}"})
        return Stream(
            _pieces(given, start, end),
            media_type=given.media_type if given.media_type in _HARMLESS else "application/octet-stream",
            headers=headers,
            status_code=200 if whole else 206,
        )


async def _pieces(given: Given, start: int, end: int) -> AsyncIterator[bytes]:
    async for piece in given.pieces(start, end):
        yield piece


def _span(asked: str, size: int) -> tuple[int, int]:
    """The one range of bytes that was asked for; all of it where that cannot be given (RFC 9110, 14.2)."""
    found = _RANGE.fullmatch(asked.strip())
    if found is None or not (found[1] or found[2]):
        return 0, size
    if not found[1]:
        return max(0, size - int(found[2])), size
    start, end = int(found[1]), min(int(found[2]) + 1 if found[2] else size, size)
    return (start, end) if start < end else (0, size)


def _actor(request: AnyRequest) -> Actor:
    actor: Actor = request.scope["state"]["actor"]
    return actor
