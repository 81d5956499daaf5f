"""Who holds the master key that wraps the companies' keys: this process, by its settings, or a key service.

`KeyWrapper` is the interface; `MasterKeys` is the holder of the settings, `backend.transit` one that asks a service.
"""

import secrets
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.errors import Refusal

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12


class CannotUnseal(Exception):
    """A sealed value does not open: altered, moved, or the key that opens it is not here."""


class KeysAway(Exception):
    """The key service does not answer, or does not let us ask: nothing is lost, and it passes.

    It is no refusal, so that what comes by mail or by a timer is tried again; to people the edges say it as one.
    """

    @property
    def refusal(self) -> Refusal:
        return Refusal("keys_away")


class KeyWrapper(Protocol):
    """A holder of the master key. `context` is authenticated with what is wrapped: elsewhere it does not open."""

    async def wrap(self, key: bytes, context: bytes) -> bytes:
        """The key, sealed. Raises: KeysAway."""
        ...

    async def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """The key again. Raises: CannotUnseal, KeysAway."""
        ...


class MasterKeys:
    """Master keys of 32 bytes from the settings: the first one wraps, any of them unwraps."""

    def __init__(self, keys: list[bytes]) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ValueError("A master key is 32 bytes.")
        self._keys = keys

    async def wrap(self, key: bytes, context: bytes) -> bytes:
        return encrypt(self._keys[0], key, context)

    async def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        for key in self._keys:
            try:
                return decrypt(key, wrapped, context)
            except CannotUnseal:
                continue
        raise CannotUnseal("No master key that is set opens this tenant key.")


def encrypt(key: bytes, plain: bytes, context: bytes) -> bytes:
    """Nonce and ciphertext of AES-256-GCM under a random nonce; the context is authenticated, not kept."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def decrypt(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """What `encrypt` took. Raises: CannotUnseal."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
    except (InvalidTag, ValueError):
        raise CannotUnseal("The value was altered, or is not for this place.") from None
