"""Who has the whole database and not the key learns no card digits, though there are ten thousand of them to try."""

import hashlib
import hmac
from itertools import product

from backend.cards.facts import digits_hash
from backend.database import rows, value
from backend.tests.factories import a_contact, a_tenant, within

ALL = ["".join(each) for each in product("0123456789", repeat=4)]


async def test_no_digits_come_out_of_a_stolen_database_without_the_key() -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant, card="4817")
    assert contact.client_id is not None
    with within(tenant):
        kept: bytes = await value("select digits_hmac from card_facts")
        stolen = [bytes(each["wrapped"]) for each in await rows("select wrapped from tenant_keys")]
    # All that stands in the database and could be a key, in the ways in which one would try it.
    keys = [b"", b"card", tenant.id.bytes, contact.client_id.bytes, str(tenant.id).encode(), *stolen]
    parts = (tenant.id.bytes, contact.client_id.bytes)
    framed = b"".join(len(each).to_bytes(4, "big") + each for each in parts)
    for digits in ALL:
        texts = (digits.encode(), b"".join(parts) + digits.encode(), framed + (4).to_bytes(4, "big") + digits.encode())
        for text in texts:
            assert hashlib.sha256(text).digest() != kept
            assert all(hmac.digest(key, text, "sha256") != kept for key in keys)
    # With the key the same ten thousand tries find it, so that the test above says something.
    assert [each for each in ALL if digits_hash(tenant.id, contact.client_id, each) == kept] == ["4817"]


async def test_two_clients_with_the_same_digits_do_not_look_alike() -> None:
    tenant = await a_tenant()
    await a_contact(tenant, card="4817")
    await a_contact(tenant, card="4817")
    with within(tenant):
        assert len({bytes(each[0]) for each in await rows("select digits_hmac from card_facts")}) == 2
