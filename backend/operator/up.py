"""Run everything: servers, migrations, demo data, then the programs, until Ctrl-C."""

from argparse import ArgumentParser, Namespace

from backend.settings import Settings
from infra.dev.up import up


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--demo", action="store_true", help="load the demo tenants into a database not started here, too"
    )


def run(settings: Settings, arguments: Namespace) -> int:
    return up(demo=arguments.demo)
