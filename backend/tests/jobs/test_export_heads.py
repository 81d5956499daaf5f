"""The worker exports the day's heads by itself, when it starts and when a day begins."""

from backend.accounts.secret import Secret
from backend.files import list_keys, open_files
from backend.tests.factories import PASSWORD, a_contact, a_tenant, signed_in, within
from backend.tests.jobs.conftest import System, eventually
from backend.verification.checks import Proof
from backend.verification.exported_heads import FOLDER, exported_heads
from backend.verification.prove import prove


async def test_a_worker_exports_what_is_due_when_it_starts_and_two_export_it_once(system: System) -> None:
    tenant = await a_tenant()
    contact = await signed_in(await a_contact(tenant))
    with within(tenant):
        await prove(contact, Proof("password", Secret(PASSWORD)))
    open_files(system.folder / "files")

    async def exported() -> bool:
        return bool(await list_keys(f"{FOLDER}/{tenant.id}"))

    assert not await exported()
    with system.worker(), system.worker():
        await eventually(exported)
    [head] = await exported_heads(tenant.id)
    assert (head.tenant, head.sequence) == (tenant.id, 1)
