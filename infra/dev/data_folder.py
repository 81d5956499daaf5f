"""The data folder: who holds it, its generated secrets, its remembered ports."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import socket
from pathlib import Path
from typing import IO

from infra.dev.errors import StartError


class FolderLock:
    """Held by the one process that runs services on a data folder; the kernel drops it when that process ends."""

    def __init__(self, data_dir: Path) -> None:
        self._file: IO[str] | None = None
        self._path = data_dir / "lock"

    def acquire(self) -> None:
        """Raises StartError with the number of the process that holds the folder."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            file.close()
            raise StartError(
                f"The data folder {self._path.parent} is in use by process {holder}. "
                "Stop that one, or set COUNTERSIGN_DATA_DIR to another folder."
            ) from None
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def secret(data_dir: Path, name: str) -> str:
    """The secret of that name, generated at the first call and kept in a file that only its owner can read."""
    folder = data_dir / "secrets"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    path = folder / name
    if not path.exists():
        unfinished = folder / f".{name}.new"
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32))
        unfinished.rename(path)
    return path.read_text().strip()


def port_is_free(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As servers do it: a port whose last connections are still in TIME_WAIT counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class RememberedPorts:
    """Which ports the services had last, so that they come back at the same addresses."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "services.json"

    def choose(self, service: str, wanted: int | None) -> int:
        """The wanted port, else the last one if it is free, else any free one. Raises StartError if the wanted one is taken."""
        if wanted is not None:
            if not port_is_free(wanted):
                raise StartError(f"Port {wanted}, meant for {service}, is taken by another program.")
            return wanted
        last = self._read().get(service)
        if last is not None and port_is_free(last):
            return last
        return free_port()

    def remember(self, ports: dict[str, int]) -> None:
        self._path.write_text(json.dumps(ports, indent=2) + "\n")

    def _read(self) -> dict[str, int]:
        if not self._path.exists():
            return {}
        try:
            content = json.loads(self._path.read_text())
        except json.JSONDecodeError:  # Cut off by a crash: the ports are a convenience, chosen anew.
            return {}
        return {key: value for key, value in content.items() if isinstance(value, int)}
