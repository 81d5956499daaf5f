"""The master key in a key service: it wraps and opens, what came before it still opens, and its absence passes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar

from backend.database import value
from backend.ids import new_id
from backend.settings import Settings
from backend.tests.client import a_browser
from backend.tests.conftest import SECRET_KEY
from backend.tests.factories import a_contact, a_member, a_tenant, signed_in, within
from backend.tests.secrets.story import VALUE, a_ticket, sealed, the_secret
from backend.tests.simulators.transit import TOKEN, TransitSimulator
from backend.tickets.secrets import show_secret
from backend.vault import open_keys, rewrap_tenant_keys, rotate_tenant_key, seal, set_key_wrapper, unseal
from backend.wrapping import CannotUnseal, KeysAway

PURPOSE = "stripe key"


@pytest.fixture
def service() -> Iterator[TransitSimulator]:
    with TransitSimulator() as running:
        yield running
    set_key_wrapper(None)


def use(service: TransitSimulator, token: str = TOKEN) -> None:
    """As each program does when it starts: what it knew is forgotten."""
    open_keys(Settings(secret_key=SECRET_KEY, key_service_url=service.url, key_service_token=token))


async def test_the_service_holds_the_master_key_and_is_asked_once_for_a_company(service: TransitSimulator) -> None:
    tenant, place = await a_tenant(), new_id()
    use(service)
    with within(tenant):
        kept = await seal(tenant.id, PURPOSE, place, b"rk_test_51H")
        assert bytes(await value("select wrapped from tenant_keys")).startswith(b"vault:v1:")
        for _ in range(3):
            assert await unseal(tenant.id, PURPOSE, place, kept) == b"rk_test_51H"
        assert service.asked == ["encrypt", "decrypt"]
        set_key_wrapper(None)
        with pytest.raises(CannotUnseal):
            await unseal(tenant.id, PURPOSE, place, kept)


async def test_what_the_settings_wrapped_opens_until_it_is_wrapped_again(service: TransitSimulator) -> None:
    tenant, place = await a_tenant(), new_id()
    with within(tenant):
        kept = await seal(tenant.id, PURPOSE, place, b"rk_test_51H")
        use(service)
        assert await unseal(tenant.id, PURPOSE, place, kept) == b"rk_test_51H"
        assert service.asked == []
        assert await rewrap_tenant_keys(tenant.id) == 1
        service.rotate()
        await rotate_tenant_key(tenant.id)
        use(service)
        assert await unseal(tenant.id, PURPOSE, place, kept) == b"rk_test_51H"
        assert await rewrap_tenant_keys(tenant.id) == 2
        assert await value("select bool_and(convert_from(wrapped, 'UTF8') like 'vault:v2:%') from tenant_keys")


@pytest.mark.parametrize("status", [400, 500])
async def test_a_key_of_another_company_does_not_open(service: TransitSimulator, status: int) -> None:
    tenant, other, place = await a_tenant(), await a_tenant(), new_id()
    service.altered = status
    use(service)
    with within(other):
        await seal(other.id, PURPOSE, place, b"x")
        stolen = await value("select wrapped from tenant_keys")
    with within(tenant):
        kept = await seal(tenant.id, PURPOSE, place, b"x")
        await value("update tenant_keys set wrapped = $1 returning true", stolen)
        with pytest.raises(CannotUnseal):
            await unseal(tenant.id, PURPOSE, place, kept)


async def test_a_service_that_is_away_loses_nothing_and_says_so(service: TransitSimulator, app: Litestar) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await signed_in(await a_member(tenant))
    use(service)
    with within(tenant):
        await a_ticket(tenant, contact, sealed())
        secret_id = await the_secret()
    use(service)
    for status in (503, 403, 429, 404):
        service.status = status
        with within(tenant), pytest.raises(KeysAway):
            await show_secret(agent, secret_id)
    service.status = 503
    document = "mutation($id: ID!) { showSecret(id: $id) { ... on Problem { code } } }"
    async with a_browser(app, tenant) as desk:
        await desk.carry_on(agent)
        assert await desk.ask(document, id=str(secret_id)) == {"code": "keys_away"}
    with within(tenant):
        assert await value("select views from secrets where id = $1", secret_id) == 0
        service.status = None
        assert (await show_secret(agent, secret_id)).reveal() == VALUE


async def test_the_token_may_lie_in_a_file_that_an_agent_renews(service: TransitSimulator, tmp_path: Path) -> None:
    tenant, place, file = await a_tenant(), new_id(), tmp_path / "token"
    use(service, f"@{file}")
    with within(tenant):
        with pytest.raises(KeysAway):
            await seal(tenant.id, PURPOSE, place, b"x")
        file.write_text("hvs.of-yesterday\n")
        with pytest.raises(KeysAway):
            await seal(tenant.id, PURPOSE, place, b"x")
        file.write_text(f"{TOKEN}\n")
        assert await seal(tenant.id, PURPOSE, place, b"x")


@pytest.mark.parametrize(
    "url", ["vault.example", "ftp://vault.example/v1/transit/a", "https://vault.example/countersign"]
)
def test_an_address_that_is_none_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(ValueError, match="key service takes an address"):
        open_keys(Settings(secret_key=SECRET_KEY, key_service_url=url))
