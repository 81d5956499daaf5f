"""The master key in a key service: the Transit interface of HashiCorp Vault and of OpenBao, over HTTP.

The key never leaves the service; it wraps and unwraps the companies' keys, each with its place as associated data, so
that one moved elsewhere does not open. What the service wrapped says so by its beginning: until `keys rewrap` has run,
what the settings' master keys wrapped is opened by these.
"""

import base64
import ssl
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx
import msgspec

from backend.wrapping import KEY_BYTES, CannotUnseal, KeysAway, KeyWrapper

_MARK: Final = b"vault:"
_TIMES: Final = httpx.Timeout(3.0, connect=1.5)
# The service says so with 400 or, in versions of Vault that we have heard of, with 500.
_DOES_NOT_OPEN: Final = ("message authentication failed", "invalid ciphertext")


class _Data(msgspec.Struct):
    ciphertext: str = ""
    plaintext: str = ""


class _Answer(msgspec.Struct):
    data: _Data


class TransitKey:
    """A key of the service. `before` holds what was wrapped before the service did.

    Args:
        url: of the key, such as https://vault.example:8200/v1/transit/countersign.
        token: what the service takes, or @ and the path of a file that holds it, read at each question.

    Raises:
        ValueError: the address is none.
    """

    def __init__(self, url: str, token: str, before: KeyWrapper) -> None:
        parts = urlsplit(url)
        mount, _, name = parts.path.rstrip("/").rpartition("/")
        if parts.scheme not in ("https", "http") or not parts.hostname or not mount or not name or parts.query:
            raise ValueError("The key service takes an address such as https://vault.example:8200/v1/transit/NAME.")
        self._addresses = {
            verb: parts._replace(path=f"{mount}/{verb}/{name}").geturl() for verb in ("encrypt", "decrypt")
        }
        self._token = token
        self._before = before

    async def wrap(self, key: bytes, context: bytes) -> bytes:
        answer = await self._ask("encrypt", plaintext=_text(key), associated_data=_text(context))
        if not answer.ciphertext.startswith(_MARK.decode()):
            raise KeysAway
        return answer.ciphertext.encode()

    async def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        if not wrapped.startswith(_MARK):
            return await self._before.unwrap(wrapped, context)
        answer = await self._ask("decrypt", ciphertext=wrapped.decode(), associated_data=_text(context))
        try:
            key = base64.b64decode(answer.plaintext, validate=True)
        except ValueError:
            raise KeysAway from None
        if len(key) != KEY_BYTES:
            raise CannotUnseal("What the key service opened is no key.")
        return key

    async def _ask(self, verb: str, **question: str) -> _Data:
        try:
            async with httpx.AsyncClient(verify=_trust(), timeout=_TIMES, trust_env=False) as client:
                answer = await client.post(
                    self._addresses[verb],
                    json=question,
                    headers={"X-Vault-Token": self._shown(), "X-Vault-Request": "true"},
                )
            if answer.status_code == 200:
                return msgspec.json.decode(answer.content, type=_Answer).data
        except (httpx.HTTPError, msgspec.MsgspecError, OSError):
            raise KeysAway from None
        if answer.status_code in (400, 500) and any(words in answer.text for words in _DOES_NOT_OPEN):
            raise CannotUnseal("The key service does not open this tenant key.")
        raise KeysAway

    def _shown(self) -> str:
        return Path(self._token[1:]).read_text().strip() if self._token.startswith("@") else self._token


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


@cache
def _trust() -> ssl.SSLContext:
    """Whom the machine trusts: a service inside the house often has a certificate of the house's own."""
    return ssl.create_default_context()
