"""Take incoming mail by SMTP."""

from argparse import ArgumentParser, Namespace

from backend.mailboxes.listener import run as run_listener
from backend.operator.embedded import completed
from backend.operator.trouble import require_database
from backend.settings import Settings


def add_arguments(parser: ArgumentParser) -> None:
    del parser


def run(settings: Settings, arguments: Namespace) -> int:
    settings = completed(settings)
    require_database(settings.database_url)
    run_listener(settings)
    return 0
