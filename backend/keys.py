"""Keys and tokens derived from the one secret key; the key itself stays in this module."""

import base64
import hashlib
import hmac
from uuid import UUID

_secret: bytes = b""


def set_secret_key(secret: str) -> None:
    """Give this process its secret key; once, by the composition root.

    Raises:
        ValueError: it is shorter than 32 characters.
    """
    global _secret
    if len(secret) < 32:
        raise ValueError("The secret key needs at least 32 characters.")
    _secret = secret.encode()


def keyed_hash(purpose: str, *parts: str | bytes) -> bytes:
    """HMAC-SHA256 of the parts under a key for this purpose alone; 32 bytes."""
    if not _secret:
        raise RuntimeError("No secret key is set.")
    key = hmac.digest(_secret, purpose.encode(), "sha256")
    message = b"".join(
        len(data).to_bytes(4, "big") + data for data in (p.encode() if isinstance(p, str) else p for p in parts)
    )
    return hmac.digest(key, message, "sha256")


def link_token(tenant_id: UUID, link_id: UUID) -> str:
    """The token of a mailed link: its id and 16 bytes of signature. It is derived, so it is stored nowhere."""
    signature = keyed_hash("link", tenant_id.bytes, link_id.bytes)[:16]
    return base64.urlsafe_b64encode(link_id.bytes + signature).decode().rstrip("=")


def link_id(tenant_id: UUID, token: str) -> UUID | None:
    """The id of the link that the token is for, or None where the token was not made here for this tenant."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    if len(raw) != 32:
        return None
    found = UUID(bytes=raw[:16])
    # The whole token is compared: its last letter has bits that decoding passes over.
    return found if hmac.compare_digest(token, link_token(tenant_id, found)) else None


def reply_signature(tenant_id: UUID, number: int) -> str:
    """The signature in a ticket's reply address (`support+t1042.<signature>@...`): 16 letters and digits, lower case."""
    return base64.b32encode(keyed_hash("reply", tenant_id.bytes, str(number))[:10]).decode().lower()


def token_hash(token: str) -> bytes:
    """What the database keeps of a session's token: SHA-256 of 32 random bytes needs no salt and no stretching."""
    return hashlib.sha256(token.encode()).digest()
