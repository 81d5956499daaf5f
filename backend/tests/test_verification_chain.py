"""The chain of attestations: numbered and linked for each tenant, the same whether Python or SQL writes it."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.secret import Secret
from backend.database import row, rows, transaction
from backend.tests.factories import PASSWORD, a_contact, a_tenant, signed_in, within
from backend.verification.attestations import attest_ticket
from backend.verification.chain import GENESIS, Core, Person, encode, link_after
from backend.verification.checks import Proof
from backend.verification.prove import prove

CORE_IN_SQL = """
    select attestation_core($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14),
           attestation_next_link(null, $15, attestation_core($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14))
"""
moments = st.integers(-(2**51), 2**52).map(
    lambda micros: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
)
texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40)
cores = st.builds(
    Core, tenant_id=st.uuids(), sequence=st.integers(1, 2**62), id=st.uuids(), client_id=st.none() | st.uuids(),
    method=texts, level=texts, at=moments, scope=texts, session_id=st.none() | st.uuids(),
    ticket_id=st.none() | st.uuids(), message_id=st.none() | st.uuids(), expires_at=st.none() | moments,
    recorded_by=st.none() | st.uuids(), commitment=st.binary(min_size=32, max_size=32),
)  # fmt: skip


@given(st.data())
async def test_sql_and_python_encode_every_attestation_alike(data: st.DataObject) -> None:
    core, before = data.draw(cores), data.draw(st.binary(min_size=32, max_size=32))
    fields = [getattr(core, name) for name in Core.__dataclass_fields__]
    found = await row(CORE_IN_SQL, *fields, before)
    assert found is not None
    assert tuple(found) == (core.encoded(), link_after(before, core))


@given(st.uuids(), texts, st.binary(min_size=32, max_size=32))
async def test_sql_and_python_commit_to_every_person_alike(account: UUID, address: str, salt: bytes) -> None:
    found = await row("select attestation_commitment($1, $2, $3)", salt, account, address)
    assert found is not None
    assert found[0] == Person(account, address, salt).commitment


@given(
    st.lists(st.none() | texts | st.integers(-(2**63), 2**63 - 1), max_size=5), st.lists(st.none() | texts, max_size=5)
)
def test_different_values_never_have_the_same_encoding(some: list[object], others: list[object]) -> None:
    def plain(values: list[object]) -> list[object]:
        return [each.to_bytes(8, "big", signed=True) if isinstance(each, int) else each for each in values]

    same = [each.encode() if isinstance(each, str) else each for each in plain(some)] == [
        each.encode() if isinstance(each, str) else each for each in plain(others)
    ]
    assert (encode(*some) == encode(*others)) == same


def test_the_encoding_of_today_is_the_one_of_the_rows_that_are_kept() -> None:
    """Fixed for good: who changes the encoding makes every chain that exists unreadable."""
    person = Person(UUID(int=7), "192.0.2.1", bytes(range(32)))
    core = Core(
        UUID(int=1), 3, UUID(int=2), None, "card", "card", datetime(2026, 3, 2, 9, 30, 0, 250, UTC), "ticket", None,
        UUID(int=4), UUID(int=5), None, None, person.commitment,
    )  # fmt: skip
    assert person.commitment.hex() == PERSON
    assert link_after(GENESIS, core).hex() == LINK


PERSON = "964bcd93e59efec214ac573bc29ee00240f33f9ab898d38fd7b9b44991cfa5f8"
LINK = "fb937eacf0870ee09c0e66acf1192e8bc8568d4744031feb750a4c418559e3cb"


async def test_each_tenant_has_a_chain_of_its_own_from_the_first_proof_on() -> None:
    for _ in range(2):
        tenant = await a_tenant()
        actor = await signed_in(await a_contact(tenant, card="4071"))
        with within(tenant):
            await prove(actor, Proof("password", Secret(PASSWORD)))
            await prove(actor, Proof("card", Secret("4071")))
            links = await rows("select sequence, link from attestations order by sequence")
            assert [each["sequence"] for each in links] == [1, 2]
            head = await row("select sequence, link from attestation_heads")
            assert head == links[-1]


async def test_proofs_that_are_kept_side_by_side_stand_in_one_row() -> None:
    tenant = await a_tenant()
    people = [await signed_in(await a_contact(tenant)) for _ in range(6)]
    with within(tenant):
        await asyncio.gather(*(prove(each, Proof("password", Secret(PASSWORD))) for each in people))
        numbers = await rows("select sequence from attestations order by sequence")
    assert [each["sequence"] for each in numbers] == [1, 2, 3, 4, 5, 6]


async def test_what_is_rolled_back_leaves_no_gap() -> None:
    tenant = await a_tenant()
    actor = await signed_in(await a_contact(tenant))
    with within(tenant):
        proved = await prove(actor, Proof("password", Secret(PASSWORD)))
        with pytest.raises(asyncpg.ForeignKeyViolationError):
            async with transaction():
                await attest_ticket(actor, proved, ticket_id=UUID(int=1))
        await prove(actor, Proof("password", Secret(PASSWORD)))
        numbers = await rows("select sequence from attestations order by sequence")
    assert [each["sequence"] for each in numbers] == [1, 2]


@pytest.mark.parametrize("table", ["attestations", "attestation_persons"])
async def test_the_application_may_add_proofs_and_never_alter_or_remove_them(table: str) -> None:
    tenant = await a_tenant()
    column = "level" if table == "attestations" else "address"
    for statement in (f"update {table} set {column} = 'card'", f"delete from {table}", f"truncate {table}"):
        with within(tenant), pytest.raises(asyncpg.InsufficientPrivilegeError):
            await rows(statement)
