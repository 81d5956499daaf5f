"""The leak guard in use: text that holds a secret is refused until its writer decides, and masked where it came by mail."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from backend.accounts.secret import Secret
from backend.errors import Refusal
from backend.secrets.leaks import Leak, find_leaks

MASK: Final = "●●●●"
MOST_TEXT: Final = 60_000
_AT_ONCE: Final = 4_000
"""Up to so many characters are searched right here; longer texts in a thread, so that nobody waits for them."""

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
    if len(text) > MOST_TEXT:
        raise Refusal("too_long", "text", most=MOST_TEXT)
    return find_leaks(text) if len(text) <= _AT_ONCE else await asyncio.to_thread(find_leaks, text)


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
