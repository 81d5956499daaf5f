"""The loaded data is data that the service itself could have made."""

from pathlib import Path

import asyncpg

from backend.database import bind, close_database, open_database, system_rows
from backend.files import open_files
from backend.verification.verify_chain import verify_chain
from benchmarks.sizes import FIRST_NUMBER, MEASURED_TENANTS, RARE_WORD, Sizes, rare_tickets
from benchmarks.tests.loading import SIZES, a_database
from infra.dev.services import ServiceUrls


async def test_each_tenant_has_the_tickets_that_its_counter_says(loaded: ServiceUrls) -> None:
    connection = await asyncpg.connect(loaded.system)
    found = await connection.fetch(
        """select count(*) as tickets, max(t.number) as highest, min(t.number) as lowest,
                  (select last_number from counters c where c.tenant_id = t.tenant_id and c.id = 'ticket') as counter
             from tickets t group by tenant_id"""
    )
    await connection.close()

    assert sorted(each["tickets"] for each in found) == sorted(SIZES.of_tenants())
    for each in found:
        assert each["lowest"] == FIRST_NUMBER
        assert each["highest"] == each["counter"] == FIRST_NUMBER + each["tickets"] - 1


async def test_search_entries_are_what_the_service_would_write(loaded: ServiceUrls) -> None:
    connection = await asyncpg.connect(loaded.system)
    tenant = await connection.fetchval("select id from tenants where slug = 'company1'")
    await connection.execute("select set_config('app.tenant_id', $1, false)", str(tenant))
    different = await connection.fetchval(
        """select count(*) from search_entries s join messages m on m.tenant_id = s.tenant_id and m.id = s.id
             join tickets t on t.tenant_id = s.tenant_id and t.id = s.ticket_id
            where s.tenant_id = $1 and s.vector <> search_vector('english', t.subject || E'\\n' || m.body)""",
        tenant,
    )
    holding = await connection.fetchval(
        """select count(distinct ticket_id) from messages where tenant_id = $1 and body like '%' || $2 || '%'""",
        tenant,
        RARE_WORD,
    )
    await connection.close()

    assert different == 0
    assert holding == rare_tickets(SIZES.of_tenants()[0]) > 0


async def test_a_ticket_waits_exactly_when_nobody_answered_its_last_message(loaded: ServiceUrls) -> None:
    connection = await asyncpg.connect(loaded.system)
    wrong = await connection.fetchval(
        """select count(*) from tickets t,
                  lateral (select m.side from messages m where m.tenant_id = t.tenant_id and m.ticket_id = t.id
                            order by m.at desc, m.id desc limit 1) last
            where (t.waiting_since is not null) <> (last.side = 'client')
               or (t.waiting_since is not null) <> (t.meaning = 'open')"""
    )
    due = await connection.fetchval("select count(*) from timers where due_at < now() + interval '20 hours'")
    statuses = await connection.fetchval("select count(distinct status) from tickets")
    await connection.close()

    assert wrong == 0
    assert due == 0
    assert statuses == 5


async def test_the_indexes_of_the_migrations_are_all_there_again(loaded: ServiceUrls, worker_id: str) -> None:
    fresh = await a_database(f"test_{worker_id}_fresh")
    found = []
    for url in (loaded.system, fresh.system):
        connection = await asyncpg.connect(url)
        rows = await connection.fetch("select indexdef from pg_indexes where schemaname = 'public' order by indexname")
        found.append([each["indexdef"] for each in rows])
        await connection.close()

    assert found[0] == found[1]


async def test_the_proofs_of_each_tenant_are_a_chain_that_verifies(loaded: ServiceUrls, tmp_path: Path) -> None:
    open_files(tmp_path)
    await open_database(loaded.app, system_url=loaded.system, pool=1)
    try:
        for tenant in await system_rows("select id from tenants"):
            with bind(tenant["id"]):
                found = await verify_chain(tenant["id"])
            assert found.attestations > 0
            assert found.faults == ()
    finally:
        await close_database()


def test_measured_tenants_have_the_same_size_at_any_size_of_the_whole() -> None:
    assert Sizes(20_000, 5, 2_000).of_tenants() == [4_000] * 5
    million = Sizes(1_000_000, 1_000, 100_000).of_tenants()
    assert million[:MEASURED_TENANTS] == [4_000] * MEASURED_TENANTS
    assert sum(million) == 1_000_000
    assert len(million) == 1_000
