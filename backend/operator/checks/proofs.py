"""What the chains of attestations say: each company's, computed again and compared with what was exported."""

from datetime import timedelta
from typing import Any

import msgspec

from backend.clock import real_now
from backend.database import bind, close_database, open_database
from backend.files import close_files
from backend.operator.backup_file import open_store
from backend.operator.checks.finding import Finding, judged
from backend.settings import Settings
from backend.verification.verify_chain import verify_chain


async def check_proofs(system: Any, settings: Settings) -> Finding:
    """Every company's attestations are as they were written, and ticket and message say no more than theirs."""
    wrong: list[str] = []
    number = 0
    tenants = await system.fetch("select id, slug from tenants order by slug")
    await open_database(settings.database_url, system_url=settings.system_database_url, pool=1)
    open_store(settings)
    try:
        for tenant in tenants:
            with bind(tenant["id"]):
                try:
                    found = await verify_chain(tenant["id"])
                except msgspec.DecodeError:
                    wrong.append(f"{tenant['slug']}: an exported head cannot be read")
                    continue
            number += found.attestations
            wrong += [f"{tenant['slug']}: {fault}" for fault in found.faults]
    finally:
        close_files()
        await close_database()
    wrong += await _levels(system)
    wrong += await _late(system)
    return judged("proofs", wrong, f"{number} attestations of {len(tenants)} companies are as they were written")


async def _levels(system: Any) -> list[str]:
    """Levels that no attestation bears out."""
    wrong = []
    for table, kept in (("tickets", "ticket_id"), ("messages", "message_id")):
        found = await system.fetchval(
            f"""select count(*) from {table} t
                  left join attestations a on a.tenant_id = t.tenant_id and a.id = t.attestation_id and a.{kept} = t.id
                 where t.level <> coalesce(a.level, 'none')"""  # noqa: S608 (names are ours)
        )
        if found:
            wrong.append(f"{found} {table} have a level that their attestation does not bear out")
    return wrong


async def _late(system: Any) -> list[str]:
    """Heads that the worker exported before, and should have exported again by now."""
    late = await system.fetchval(
        "select count(*) from attestation_heads where exported_on < $1", (real_now() - timedelta(days=2)).date()
    )
    return [f"the heads of {late} companies were not exported for two days: does the worker run?"] if late else []
