"""Pictures are shown drawn anew: what reaches a browser was written here, without what the sender put beside the pixels."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Final, Literal, TypeAlias
from uuid import UUID

from backend import files
from backend.actor import Actor
from backend.attachments.contents import preview_key
from backend.attachments.give import Given, may_have
from backend.attachments.kinds import PICTURES
from backend.errors import Refusal
from backend.log import get_log

Variant: TypeAlias = Literal["small", "large"]
SIDES: Final[dict[Variant, int]] = {"small": 320, "large": 2048}
"""The longest side of what is shown, in pixels."""
MEDIA_TYPE: Final = "image/webp"
MOST_SOURCE_BYTES: Final = 50 * 1024 * 1024
SECONDS: Final = 20.0
AT_ONCE: Final = 2

_root = Path(__file__).resolve().parents[2]
_at_work = asyncio.Semaphore(AT_ONCE)
_log = get_log(__name__)


async def picture(actor: Actor, attachment_id: UUID, variant: Variant) -> bytes:
    """What is shown of a picture; drawn once and kept.

    Raises:
        Refusal: as `may_have`, or it is no picture that can be drawn: broken, too large, a bomb.
    """
    given = await may_have(actor, attachment_id)
    if given.media_type not in PICTURES or given.size > MOST_SOURCE_BYTES:
        raise Refusal("not_an_image")
    key = preview_key(actor.tenant_id, given.sha256, variant)
    try:
        return await files.get(key)
    except files.FileMissing:
        drawn = await _draw(given, SIDES[variant])
    await files.put(key, drawn)
    return drawn


async def _draw(given: Given, side: int) -> bytes:
    """Draw it in a process of its own, which has bounds of memory and time, no secrets, and no way out."""
    async with _at_work:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", str(_root / "backend" / "attachments" / "draw.py"), str(side),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            env={"PATH": os.defpath}, cwd="/",
        )  # fmt: skip
        try:
            async with asyncio.timeout(SECONDS):
                drawn = await _through(process, given)
        except TimeoutError:
            drawn = b""
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()
    if process.returncode or not drawn:
        _log.info("picture_not_drawn", sha256=given.sha256.hex(), code=process.returncode)
        raise Refusal("not_an_image")
    return drawn


async def _through(process: asyncio.subprocess.Process, given: Given) -> bytes:
    assert process.stdin is not None
    assert process.stdout is not None
    reading = asyncio.create_task(process.stdout.read())
    try:
        async for piece in given.pieces():
            process.stdin.write(piece)
            await process.stdin.drain()
        process.stdin.close()
    except ConnectionError:
        # It gave up before the end; its exit says so.
        pass
    drawn = await reading
    # It has said all, and ends by itself.
    await process.wait()
    return drawn
