"""Serve portals, desk and API."""

import socket
from argparse import ArgumentParser, Namespace

from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server

from backend.operator.embedded import completed, hand_to_children
from backend.operator.trouble import CannotDo, require_database
from backend.settings import Settings


def add_arguments(parser: ArgumentParser) -> None:
    del parser


def run(settings: Settings, arguments: Namespace) -> int:
    settings = completed(settings)
    require_free_port(settings.host, settings.port, "PORT")
    require_database(settings.database_url)
    hand_to_children(settings)
    Server(
        "backend.app:create_app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=settings.web_workers,
        loop=Loops.uvloop,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    ).serve()
    return 0


def require_free_port(host: str, port: int, setting: str) -> None:
    """Raises: CannotDo where another program listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotDo(
                f"The web server cannot listen on {host}, port {port} ({error.strerror}): "
                f"stop the other program, or set COUNTERSIGN_{setting}."
            ) from None
