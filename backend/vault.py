"""Seals what must be read again, such as a company's own keys and what second factors are made of.

AES-256-GCM in envelopes: each tenant has keys of its own, kept wrapped by the master key, which lies outside the
database (settings, or a key service: `backend.wrapping`, `backend.transit`). A sealed value names the tenant key that opens it and is tied
to what it is for: moved to another row, purpose or tenant, it does not open.

Rotation: `rotate_tenant_key` makes a new key for what is sealed from then on; `rewrap_tenant_keys` puts all tenant keys
under today's master key, so that an old one can go.
"""

import base64
import secrets
from typing import Final
from uuid import UUID

from backend.clock import real_now
from backend.database import row, rows
from backend.ids import new_id
from backend.keys import keyed_hash, set_secret_key
from backend.settings import Settings
from backend.transit import TransitKey
from backend.wrapping import KEY_BYTES, NONCE_BYTES, CannotUnseal, KeyWrapper, MasterKeys, decrypt, encrypt

_VERSION: Final = b"\x01"
_MOST_KEYS_IN_PROCESS: Final = 4096

_wrapper: KeyWrapper | None = None
_keys: dict[tuple[UUID, UUID], bytes] = {}


def open_keys(settings: Settings) -> None:
    """Give this process the secret key and the master keys of its settings; once, by each composition root.

    Raises:
        ValueError: the secret key is too short, a master key is not base64 of 32 bytes, or the key service has no address.
    """
    set_secret_key(settings.secret_key)
    raw = [each.strip() for each in settings.master_keys.split(",") if each.strip()]
    own = MasterKeys([base64.b64decode(each, validate=True) for each in raw]) if raw else None
    if settings.key_service_url:
        set_key_wrapper(TransitKey(settings.key_service_url, settings.key_service_token, own or _derived()))
    else:
        set_key_wrapper(own)


def set_key_wrapper(wrapper: KeyWrapper | None) -> None:
    """Say who holds the master key. None: it is derived from the secret key."""
    global _wrapper
    _wrapper = wrapper
    _keys.clear()


async def seal(tenant_id: UUID, purpose: str, place: UUID, plain: bytes) -> bytes:
    """Seal a value of the bound tenant for a purpose and the row that it stands in."""
    key_id, key = await _current_key(tenant_id)
    return _VERSION + key_id.bytes + encrypt(key, plain, _context(tenant_id, purpose, place))


async def unseal(tenant_id: UUID, purpose: str, place: UUID, sealed: bytes) -> bytes:
    """Open what `seal` made for the same tenant, purpose and row.

    Raises:
        CannotUnseal: it is not that, or its key is not here.
    """
    if len(sealed) < 17 + NONCE_BYTES or sealed[:1] != _VERSION:
        raise CannotUnseal("That is no sealed value.")
    key = await _key(tenant_id, UUID(bytes=sealed[1:17]))
    return decrypt(key, sealed[17:], _context(tenant_id, purpose, place))


async def rotate_tenant_key(tenant_id: UUID) -> UUID:
    """A new key of the bound tenant for what is sealed from now on; older ones still open what they sealed."""
    return (await _new_key(tenant_id))[0]


async def rewrap_tenant_keys(tenant_id: UUID) -> int:
    """Wrap every key of the bound tenant by today's master key. Returns how many there are."""
    found = await rows("select id, wrapped from tenant_keys where tenant_id = $1", tenant_id)
    for each in found:
        context = _context(tenant_id, "tenant key", each["id"])
        wrapped = await _holder().wrap(await _holder().unwrap(each["wrapped"], context), context)
        await rows(
            "update tenant_keys set wrapped = $3 where tenant_id = $1 and id = $2", tenant_id, each["id"], wrapped
        )
    return len(found)


async def opens_tenant_key(tenant_id: UUID, key_id: UUID, wrapped: bytes) -> bool:
    """Whether the holder of the master key opens this tenant key. Raises: KeysAway."""
    try:
        await _holder().unwrap(wrapped, _context(tenant_id, "tenant key", key_id))
    except CannotUnseal:
        return False
    return True


def _holder() -> KeyWrapper:
    return _wrapper or _derived()


def _derived() -> MasterKeys:
    return MasterKeys([keyed_hash("master key")])


def _context(tenant_id: UUID, purpose: str, place: UUID) -> bytes:
    return tenant_id.bytes + place.bytes + purpose.encode()


async def _current_key(tenant_id: UUID) -> tuple[UUID, bytes]:
    found = await row(
        "select id from tenant_keys where tenant_id = $1 order by created_at desc, id desc limit 1", tenant_id
    )
    if found is None:
        return await _new_key(tenant_id)
    return found["id"], await _key(tenant_id, found["id"])


async def _new_key(tenant_id: UUID) -> tuple[UUID, bytes]:
    key_id, key = new_id(), secrets.token_bytes(KEY_BYTES)
    await rows(
        "insert into tenant_keys (tenant_id, id, wrapped, created_at) values ($1, $2, $3, $4)",
        tenant_id,
        key_id,
        await _holder().wrap(key, _context(tenant_id, "tenant key", key_id)),
        real_now(),
    )
    return key_id, key


async def _key(tenant_id: UUID, key_id: UUID) -> bytes:
    known = _keys.get((tenant_id, key_id))
    if known is None:
        found = await row("select wrapped from tenant_keys where tenant_id = $1 and id = $2", tenant_id, key_id)
        if found is None:
            raise CannotUnseal("The key of this value is not here.")
        known = await _holder().unwrap(found["wrapped"], _context(tenant_id, "tenant key", key_id))
        if len(_keys) >= _MOST_KEYS_IN_PROCESS:
            _keys.clear()
        _keys[tenant_id, key_id] = known
    return known
