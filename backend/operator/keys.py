"""The companies' own keys: a new one for what is sealed from now on, or all of them under today's master key."""

import asyncio
from argparse import ArgumentParser, Namespace
from uuid import UUID

from backend.database import bind, close_database, open_database, system_rows, transaction
from backend.operator.embedded import completed
from backend.operator.trouble import CannotDo, plain_database_trouble
from backend.settings import Settings
from backend.vault import open_keys, rewrap_tenant_keys, rotate_tenant_key
from backend.wrapping import CannotUnseal, KeysAway


def add_arguments(parser: ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="what", required=True, metavar="rotate|rewrap")
    for name, line in (
        ("rotate", "make a new key for what is sealed from now on; older ones open what they sealed"),
        (
            "rewrap",
            "wrap every key by today's master key, the first of COUNTERSIGN_MASTER_KEYS; then older ones can go",
        ),
    ):
        verb = verbs.add_parser(name, help=line, description=line.capitalize() + ".", allow_abbrev=False)
        verb.add_argument("--tenant", metavar="SLUG", help="of one company; without it, of all")


def run(settings: Settings, arguments: Namespace) -> int:
    settings = completed(settings)
    open_keys(settings)
    with plain_database_trouble(settings.system_database_url):
        asyncio.run(_run(settings, arguments.what, arguments.tenant))
    return 0


async def _run(settings: Settings, what: str, slug: str | None) -> None:
    await open_database(settings.database_url, system_url=settings.system_database_url, pool=2)
    try:
        tenants = await system_rows(
            "select id, slug from tenants where $1::text is null or slug = $1 order by slug", slug
        )
        if slug is not None and not tenants:
            raise CannotDo(f"There is no company {slug!r}.")
        for tenant in tenants:
            with bind(tenant["id"]):
                print(f"{tenant['slug']}: {await _one(tenant['id'], tenant['slug'], what)}")
    finally:
        await close_database()


async def _one(tenant_id: UUID, slug: str, what: str) -> str:
    try:
        if what == "rotate":
            return f"new key {await rotate_tenant_key(tenant_id)}"
        async with transaction():
            return f"{await rewrap_tenant_keys(tenant_id)} keys are under today's master key"
    except KeysAway:
        raise CannotDo(
            "The key service does not answer, or does not let us ask: see COUNTERSIGN_KEY_SERVICE_URL."
        ) from None
    except CannotUnseal:
        raise CannotDo(
            f"A key of {slug} is opened by none of the master keys that are set: keep the older ones in "
            "COUNTERSIGN_MASTER_KEYS, after today's, until this has run."
        ) from None
