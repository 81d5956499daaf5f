"""Sealed values open for the tenant, purpose and row that they were sealed for, and for nothing else."""

import base64
import secrets
from collections.abc import Iterator

import pytest

from backend.database import rows, value
from backend.ids import new_id
from backend.settings import Settings
from backend.tests.conftest import SECRET_KEY
from backend.tests.factories import a_tenant, within
from backend.vault import (
    open_keys,
    rewrap_tenant_keys,
    rotate_tenant_key,
    seal,
    set_key_wrapper,
    unseal,
)
from backend.wrapping import CannotUnseal, MasterKeys


@pytest.fixture(autouse=True)
def _own_keys() -> Iterator[None]:
    yield
    set_key_wrapper(None)


async def test_a_sealed_value_opens_again_and_holds_nothing_of_its_text() -> None:
    tenant, place = await a_tenant(), new_id()
    with within(tenant):
        sealed = await seal(tenant.id, "stripe key", place, b"rk_test_51H")
        assert b"rk_test" not in sealed
        assert await unseal(tenant.id, "stripe key", place, sealed) == b"rk_test_51H"
        assert sealed != await seal(tenant.id, "stripe key", place, b"rk_test_51H")


async def test_a_sealed_value_opens_nowhere_else() -> None:
    tenant, other, place = await a_tenant(), await a_tenant(), new_id()
    with within(tenant):
        sealed = await seal(tenant.id, "stripe key", place, b"rk_test_51H")
        for moved in (
            unseal(tenant.id, "second factor", place, sealed),
            unseal(tenant.id, "stripe key", new_id(), sealed),
            unseal(tenant.id, "stripe key", place, sealed[:-1] + bytes([sealed[-1] ^ 1])),
            unseal(tenant.id, "stripe key", place, b""),
        ):
            with pytest.raises(CannotUnseal):
                await moved
    with within(other), pytest.raises(CannotUnseal):
        await unseal(other.id, "stripe key", place, sealed)


async def test_a_stolen_database_opens_nothing_without_the_master_key() -> None:
    tenant, place = await a_tenant(), new_id()
    with within(tenant):
        sealed = await seal(tenant.id, "stripe key", place, b"rk_test_51H")
        set_key_wrapper(MasterKeys([secrets.token_bytes(32)]))
        with pytest.raises(CannotUnseal):
            await unseal(tenant.id, "stripe key", place, sealed)


async def test_keys_rotate_and_what_was_sealed_before_still_opens() -> None:
    tenant, place = await a_tenant(), new_id()
    with within(tenant):
        old = await seal(tenant.id, "stripe key", place, b"old")
        await rotate_tenant_key(tenant.id)
        new = await seal(tenant.id, "stripe key", place, b"new")
        assert old[1:17] != new[1:17]
        assert await unseal(tenant.id, "stripe key", place, old) == b"old"
        assert await unseal(tenant.id, "stripe key", place, new) == b"new"


async def test_another_master_key_takes_over_and_the_old_one_can_go() -> None:
    tenant, place = await a_tenant(), new_id()
    first, second = (base64.b64encode(secrets.token_bytes(32)).decode() for _ in range(2))

    def settings(*keys: str) -> Settings:
        return Settings(secret_key=SECRET_KEY, master_keys=", ".join(keys))

    with within(tenant):
        open_keys(settings(first))
        sealed = await seal(tenant.id, "stripe key", place, b"rk_test_51H")
        open_keys(settings(second, first))
        assert await rewrap_tenant_keys(tenant.id) == 1
        open_keys(settings(second))
        assert await unseal(tenant.id, "stripe key", place, sealed) == b"rk_test_51H"


def test_a_master_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        open_keys(Settings(secret_key=SECRET_KEY, master_keys=base64.b64encode(b"short").decode()))


async def test_the_key_of_a_tenant_stands_wrapped_in_the_database() -> None:
    tenant, place = await a_tenant(), new_id()
    with within(tenant):
        await seal(tenant.id, "stripe key", place, b"x")
        assert len(await value("select wrapped from tenant_keys")) > 32
        assert len(await rows("select id from tenant_keys")) == 1
