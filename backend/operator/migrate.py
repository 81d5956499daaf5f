"""Bring the database to this version; print the SQL for the roles where they may not be made."""

import asyncio
from argparse import ArgumentParser, Namespace

from backend.migrate import MigrationError, migrate
from backend.operator.embedded import completed
from backend.operator.trouble import CannotDo, plain_database_trouble
from backend.settings import Settings


def add_arguments(parser: ArgumentParser) -> None:
    del parser


def run(settings: Settings, arguments: Namespace) -> int:
    settings = completed(settings)
    with plain_database_trouble(settings.owner_database_url):
        try:
            applied = asyncio.run(
                migrate(
                    settings.owner_database_url,
                    system_url=settings.system_database_url,
                    app_url=settings.database_url,
                )
            )
        except MigrationError as error:
            raise CannotDo(str(error)) from None
    print("\n".join(f"Applied {name}." for name in applied) or "The database is up to date.")
    return 0
