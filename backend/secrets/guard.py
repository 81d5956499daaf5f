"""The leak guard in use: text that holds a secret is refused until its writer decides, and masked where it came by mail."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from backend.accounts.secret import Secret
from backend.errors import Refusal
from backend.secrets.leaks import Leak, find_leaks

MASK: Final = "●●●●"
MOST_TEXT: Final = 60_000
MOST_LOOKING: Final = 4
"""Texts that are looked at while they are written, in this process at once; anybody may ask for it."""
_AT_ONCE: Final = 500
"""Up to so many characters are searched right here; longer texts in a thread, so that nobody waits for them."""

# A long text is seconds of work, and threads take turns: with one for each text the event loop would get few turns.
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="leaks")
_looking_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="leaks while writing")
_looking = 0

_KINDS: Final = {
    "password": {"en": "password", "nl": "wachtwoord"},
    "card": {"en": "card number", "nl": "kaartnummer"},
    "card_code": {"en": "card code", "nl": "kaartcode"},
    "private_key": {"en": "private key", "nl": "geheime sleutel"},
    "api_key": {"en": "key", "nl": "sleutel"},
    "token": {"en": "token", "nl": "token"},
}


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without its secrets, and those."""

    text: str
    found: tuple[tuple[str, str], ...]


async def leaks_in(text: str) -> list[Leak]:
    """As `find_leaks`, without holding up the loop. Raises: Refusal where the text is too long to be one."""
    return await _search(text, _thread)


async def leaks_while_writing(text: str) -> list[Leak]:
    """The same for a text that is being written. Raises: Refusal `busy` where many are looked at just now."""
    global _looking
    if _looking >= MOST_LOOKING:
        raise Refusal("busy", "text")
    _looking += 1
    try:
        return await _search(text, _looking_thread)
    finally:
        _looking -= 1


async def _search(text: str, thread: ThreadPoolExecutor) -> list[Leak]:
    if len(text) > MOST_TEXT:
        raise Refusal("too_long", "text", most=MOST_TEXT)
    if len(text) <= _AT_ONCE:
        return find_leaks(text)
    return await asyncio.get_running_loop().run_in_executor(thread, find_leaks, text)


async def require_no_leak(text: str, field: str) -> None:
    """Raises: Refusal where the text holds what looks like a secret. Nothing of it is logged or kept."""
    if await leaks_in(text):
        raise Refusal("leak_suspected", field)


async def mask(text: str) -> Masked:
    """The text with dots for its secrets."""
    parts, at = [], 0
    found = []
    for leak in await leaks_in(text[:MOST_TEXT]):
        parts += [text[at : leak.start], MASK]
        found.append((leak.kind, text[leak.start : leak.end]))
        at = leak.end
    return Masked("".join([*parts, text[at:]]), tuple(found))


def original_of(masked: Sequence[Masked], language: str) -> Secret:
    """What was masked, a line for each, as the staff reads it."""
    lines = dict.fromkeys(f"{_KINDS[kind][language]}: {text}" for each in masked for kind, text in each.found)
    return Secret("\n".join(lines))
