"""Threat: somebody who can write to the tables changes what was proved. Every way of doing it is found afterwards."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from backend.accounts.secret import Secret
from backend.actor import Actor
from backend.database import rows, value
from backend.files import delete, list_keys, open_files
from backend.settings import Settings
from backend.tests.factories import (
    PASSWORD,
    TestTenant,
    a_contact,
    a_department,
    a_tenant,
    as_owner,
    signed_in,
    within,
)
from backend.tickets.open import NewTicket, open_ticket
from backend.verification.checks import Proof
from backend.verification.erase_person import erase_person
from backend.verification.exported_heads import FOLDER, export_heads, exported_heads
from backend.verification.prove import prove
from backend.verification.queries import get_attestations
from backend.verification.verify_chain import verify_chain
from infra.dev.services import ServiceUrls

# Each is done as the owner of the tables; {t} is the tenant, {n} the number in the middle of six.
BREAKS = {
    "a level is raised": (["update attestations set level = 'second_factor' where {n}"], ["number 4 is altered"]),
    "a time is moved": (["update attestations set at = at - interval '1 hour' where {n}"], ["number 4 is altered"]),
    "a proof is given to another client": (
        ["update attestations set client_id = (select id from clients where tenant_id = {t} and id <> client_id limit 1) where {n}"],
        ["number 4 is altered"],
    ),
    "another person is said to have proved": (
        ["update attestation_persons p set account_id = (select id from accounts where tenant_id = {t} and id <> p.account_id limit 1) "
         "where tenant_id = {t} and id = (select id from attestations where {n})"],
        ["the person of number 4 is altered"],
    ),
    "another address is said": (
        ["update attestation_persons set address = '203.0.113.9' where tenant_id = {t} and id = (select id from attestations where {n})"],
        ["the person of number 4 is altered"],
    ),
    "a person and the commitment are changed together": (
        ["update attestation_persons set address = '203.0.113.9' where tenant_id = {t} and id = (select id from attestations where {n})",
         "update attestations a set commitment = attestation_commitment(p.salt, p.account_id, p.address) "
         "from attestation_persons p where p.tenant_id = a.tenant_id and p.id = a.id and a.tenant_id = {t} and a.sequence = 4"],
        ["number 4 is altered"],
    ),
    "one is removed": (
        ["delete from attestation_persons where tenant_id = {t} and id = (select id from attestations where {n})",
         "delete from attestations where {n}"],
        ["number 4 is missing"],
    ),
    "one is removed and the rest moved up": (
        ["delete from attestation_persons where tenant_id = {t} and id = (select id from attestations where {n})",
         "delete from attestations where {n}",
         "update attestations set sequence = sequence - 1 where tenant_id = {t} and sequence = 5",
         "update attestations set sequence = sequence - 1 where tenant_id = {t} and sequence = 6",
         "update attestation_heads set sequence = 5 where tenant_id = {t}"],
        ["number 4 is altered"],
    ),
    "two change places": (
        ["update attestations set sequence = 99 where {n}",
         "update attestations set sequence = 4 where tenant_id = {t} and sequence = 5",
         "update attestations set sequence = 5 where tenant_id = {t} and sequence = 99"],
        ["number 4 is altered", "number 5 is altered"],
    ),
    "the end is cut off": (
        ["delete from attestation_persons where tenant_id = {t} and id = (select id from attestations where tenant_id = {t} and sequence = 6)",
         "delete from attestations where tenant_id = {t} and sequence = 6"],
        ["the end is cut off"],
    ),
    "the end is cut off and the head with it": (
        ["delete from attestation_persons where tenant_id = {t} and id = (select id from attestations where tenant_id = {t} and sequence = 6)",
         "delete from attestations where tenant_id = {t} and sequence = 6",
         "update attestation_heads h set sequence = 5, link = a.link from attestations a "
         "where h.tenant_id = {t} and a.tenant_id = {t} and a.sequence = 5"],
        ["number 6, exported on"],
    ),
    "the head is another": (
        ["update attestation_heads set link = sha256('x') where tenant_id = {t}"], ["the head is that of number 6"],
    ),
    "one is altered and all links are made anew": (
        ["update attestations set level = 'second_factor' where {n}",
         "with anew as (select id, attestation_chain(decode(repeat('00', 32), 'hex'), attestation_core(tenant_id, sequence, id, "
         "client_id, method, level, at, scope, session_id, ticket_id, message_id, expires_at, recorded_by, commitment)) "
         "over (order by sequence) as link from attestations where tenant_id = {t}) "
         "update attestations a set link = anew.link from anew where a.tenant_id = {t} and a.id = anew.id",
         "update attestation_heads h set link = a.link from attestations a where h.tenant_id = {t} and a.tenant_id = {t} and a.sequence = 6"],
        ["number 6 is not the one that was exported"],
    ),
    "a person is removed behind everybody's back": (
        ["delete from attestation_persons where tenant_id = {t} and id = (select id from attestations where {n})"],
        ["the persons of 1 were removed, and no erasure says so"],
    ),
}  # fmt: skip


@dataclass(frozen=True)
class History:
    """A company with six attestations: a session's and a ticket's of each of three tickets' openings."""

    tenant: TestTenant
    contact: Actor
    ticket_ids: tuple[UUID, ...]

    async def faults(self) -> tuple[str, ...]:
        with within(self.tenant):
            return (await verify_chain(self.tenant.id)).faults


@pytest.fixture
async def history(settings: Settings) -> History:
    open_files(settings.data_dir / "files")
    tenant = await a_tenant()
    contact, _ = await signed_in(await a_contact(tenant)), await a_contact(tenant)
    department = await a_department(tenant, "Domains", proof_level="password")
    with within(tenant):
        tickets = []
        for _ in range(3):
            proof = Proof("password", Secret(PASSWORD))
            await prove(contact, proof)
            new = NewTicket(department_id=department, subject="Change MX", body="Please", proof=proof)
            tickets.append((await open_ticket(contact, new)).id)
    await export_heads()
    return History(tenant, contact, tuple(tickets))


async def test_a_history_that_nobody_touched_verifies(history: History) -> None:
    with within(history.tenant):
        found = await verify_chain(history.tenant.id)
    assert (found.attestations, found.erased, found.exported, found.faults) == (6, 0, 1, ())


@pytest.mark.parametrize("what", BREAKS)
async def test_what_was_changed_is_found(history: History, urls: ServiceUrls, what: str) -> None:
    statements, expected = BREAKS[what]
    tenant = f"'{history.tenant.id}'::uuid"
    for statement in statements:
        sql = statement.replace("{t}", tenant).replace("{n}", f"tenant_id = {tenant} and sequence = 4")
        if sql.startswith("delete from attestations "):
            # The constraint would tell; who may do all this may free it, too.
            for table in ("tickets", "messages"):
                await as_owner(urls, f"update {table} set attestation_id = null where tenant_id = {tenant}")
        await as_owner(urls, sql)
    faults = await history.faults()
    for words in expected:
        assert [fault for fault in faults if fault.startswith(words)], (what, faults)


async def test_an_exported_head_that_is_lost_costs_nothing_but_its_witness(history: History) -> None:
    for key in await list_keys(f"{FOLDER}/{history.tenant.id}"):
        await delete(key)
    assert await history.faults() == ()


async def test_a_person_who_is_erased_leaves_no_name_address_or_salt_and_the_chain_verifies(
    history: History, urls: ServiceUrls
) -> None:
    other = await signed_in(await a_contact(history.tenant, name="Somebody else"))
    with within(history.tenant):
        await prove(other, Proof("password", Secret(PASSWORD)))
        assert await erase_person(history.tenant.actor, history.contact.account) == 6
        found = await verify_chain(history.tenant.id)
        assert (found.attestations, found.erased, found.faults) == (7, 6, ())
        on_ticket = await value("select attestation_id from tickets where id = $1", history.ticket_ids[0])
        shown = (await get_attestations([on_ticket]))[on_ticket]
        assert (shown.by, shown.address, shown.account_id, shown.level) == ("", "", None, "password")
        assert [each["account_id"] for each in await rows("select account_id from attestation_persons")] == [
            other.account
        ]
        assert await erase_person(history.tenant.actor, history.contact.account) == 0
    # Nothing that is kept of the proofs holds their sessions, which are the person's own.
    await as_owner(
        urls,
        "delete from sessions where tenant_id = $1 and account_id = $2",
        history.tenant.id,
        history.contact.account,
    )
    assert await history.faults() == ()


async def test_each_day_exports_a_head_once_and_what_is_there_is_not_written_again(
    history: History, urls: ServiceUrls
) -> None:
    with within(history.tenant):
        [first] = await exported_heads(history.tenant.id)
        await prove(history.contact, Proof("password", Secret(PASSWORD)))
    await export_heads()
    assert await exported_heads(history.tenant.id) == [first]

    # A worker that died between file and note: the day is due again, and its file stays as it was.
    await as_owner(urls, "update attestation_heads set exported_on = null where tenant_id = $1", history.tenant.id)
    await export_heads()
    assert await exported_heads(history.tenant.id) == [first]
    noted = await as_owner(urls, "select exported_on from attestation_heads where tenant_id = $1", history.tenant.id)
    assert noted[0][0] == first.date

    # The worker was down for days: the next look catches up.
    await as_owner(
        urls, "update attestation_heads set exported_on = exported_on - 3 where tenant_id = $1", history.tenant.id
    )
    for key in await list_keys(f"{FOLDER}/{history.tenant.id}"):
        await delete(key)
    await export_heads()
    [later] = await exported_heads(history.tenant.id)
    assert (later.sequence, later.tenant) == (7, history.tenant.id)
    assert await history.faults() == ()
