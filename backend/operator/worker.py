"""Run the effects of what happened: relay, timers and mail out."""

from argparse import ArgumentParser, Namespace

from backend.jobs.worker import run as run_worker
from backend.operator.embedded import completed
from backend.operator.trouble import require_database
from backend.settings import Settings


def add_arguments(parser: ArgumentParser) -> None:
    del parser


def run(settings: Settings, arguments: Namespace) -> int:
    settings = completed(settings)
    require_database(settings.system_database_url)
    run_worker(settings)
    return 0
