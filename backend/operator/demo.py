"""Load the five demo companies; those that are there stay as they are."""

import asyncio
from argparse import ArgumentParser, Namespace

from backend.clock import refresh
from backend.database import close_database, open_database
from backend.demo.load import load_demo
from backend.demo.sign_ins import PASSWORD
from backend.operator.embedded import completed
from backend.operator.trouble import CannotDo, plain_database_trouble
from backend.settings import Settings
from backend.vault import open_keys


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="in production, too: everybody's password is known")


def run(settings: Settings, arguments: Namespace) -> int:
    if settings.production and not arguments.demo:
        raise CannotDo(f"Everybody in the demo signs in with {PASSWORD}: in production that takes --demo.")
    settings = completed(settings)
    open_keys(settings)
    with plain_database_trouble(settings.database_url):
        asyncio.run(_load(settings))
    return 0


async def _load(settings: Settings) -> None:
    await open_database(settings.database_url, system_url=settings.system_database_url, pool=2)
    try:
        await refresh()
        async for loaded in load_demo():
            print(
                f"{loaded.name}: there already."
                if loaded.tickets is None
                else f"{loaded.name}: {loaded.tickets} tickets."
            )
    finally:
        await close_database()
