"""Erase who gave proofs: name, network address and salt go, the proofs and their chain stay."""

import asyncio
from argparse import ArgumentParser, Namespace
from uuid import UUID

from backend.actor import system
from backend.database import bind, close_database, open_database, row, system_rows
from backend.operator.embedded import completed
from backend.operator.trouble import CannotDo, plain_database_trouble
from backend.settings import Settings
from backend.verification.erase_person import erase_person


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--tenant", required=True, metavar="SLUG", help="short name of the company")
    parser.add_argument("--email", required=True, metavar="ADDRESS", help="e-mail address of the person")


def run(settings: Settings, arguments: Namespace) -> int:
    settings = completed(settings)
    with plain_database_trouble(settings.system_database_url):
        number = asyncio.run(_erase(settings, arguments.tenant, arguments.email.strip().lower()))
    print(f"{number} proofs name nobody any more. Backups of before still do: see how long you keep them.")
    return 0


async def _erase(settings: Settings, slug: str, email: str) -> int:
    await open_database(settings.database_url, system_url=settings.system_database_url, pool=2)
    try:
        tenants = await system_rows("select id, language from tenants where slug = $1", slug)
        if not tenants:
            raise CannotDo(f"There is no company {slug}.")
        tenant_id: UUID = tenants[0]["id"]
        with bind(tenant_id):
            account = await row("select id from accounts where email = $1", email)
            if account is None:
                raise CannotDo(f"Nobody at {slug} has the address {email}.")
            return await erase_person(system(tenant_id, tenants[0]["language"], "erasure"), account["id"])
    finally:
        await close_database()
