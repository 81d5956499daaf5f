"""A whole system of its own: services, one web worker, worker and mail catcher, on its own data folder and ports."""

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from infra.dev import child
from infra.dev.data_folder import free_port, secret
from infra.dev.errors import StartError
from infra.dev.services import Services, ServiceUrls, start_services

ROOT: Final = Path(__file__).resolve().parents[1]
_READY_SECONDS: Final = 60.0


class System:
    """The programs that are measured. Use `running_system`."""

    def __init__(self, services: Services, ports: Sequence[int]) -> None:
        self._services = services
        self.port, self._smtp_port, self._page_port = ports
        self._logs = services.data_dir / "logs"
        self._programs: dict[str, subprocess.Popen[bytes]] = {}
        urls = services.urls
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("COUNTERSIGN_")},
            "COUNTERSIGN_DATA_DIR": str(services.data_dir),
            "COUNTERSIGN_DATABASE_URL": urls.app,
            "COUNTERSIGN_OWNER_DATABASE_URL": urls.owner,
            "COUNTERSIGN_SYSTEM_DATABASE_URL": urls.system,
            "COUNTERSIGN_REDIS_URL": urls.redis,
            "COUNTERSIGN_SECRET_KEY": self.secret_key,
            "COUNTERSIGN_SMTP_URL": f"smtp://127.0.0.1:{self._smtp_port}",
            "COUNTERSIGN_PORT": str(self.port),
            "COUNTERSIGN_WEB_WORKERS": "1",
            "COUNTERSIGN_LOG_LEVEL": "warning",
        }

    @property
    def urls(self) -> ServiceUrls:
        return self._services.urls

    @property
    def secret_key(self) -> str:
        return secret(self._services.data_dir, "secret_key")

    def migrate(self) -> None:
        """Raises StartError with the words of the migration that failed."""
        command = [sys.executable, "-m", "backend.cli", "migrate"]
        ran = subprocess.run(command, cwd=ROOT, env=self._environment, capture_output=True, text=True, check=False)
        if ran.returncode != 0:
            raise StartError(f"The migration failed:\n{ran.stdout}{ran.stderr}")

    def start_worker(self) -> None:
        """Start the worker, and the mail catcher to which it sends."""
        ports = ("--smtp-port", str(self._smtp_port), "--http-port", str(self._page_port))
        folder = ("--data-dir", str(self._services.data_dir))
        self._spawn("mail catcher", "infra.dev.mailcatcher", *ports, *folder)
        self._spawn("worker", "backend.cli", "worker")

    def start_web(self, *, compiled: bool = True) -> float:
        """Start the web server. Returns the seconds until it answered that it is ready."""
        self._environment["COUNTERSIGN_COMPILED_EXECUTION"] = "1" if compiled else "0"
        began = time.perf_counter()
        process = self._spawn("web", "backend.cli", "web")
        while process.poll() is None and time.perf_counter() - began < _READY_SECONDS:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                connection.request("GET", "/health/ready")
                if connection.getresponse().status == 200:
                    return time.perf_counter() - began
            except (OSError, http.client.HTTPException):
                time.sleep(0.01)
            finally:
                connection.close()
        raise StartError(f"The web server did not get ready; its log is {self._logs / 'web.log'}.")

    def stop_web(self) -> None:
        child.end(self._programs.pop("web"))

    def memory(self) -> dict[str, float]:
        """Proportional set size in MiB of the web server, the worker and the database, children included."""
        if sys.platform != "linux":
            return {}
        pids = {name: self._programs[name].pid for name in ("web", "worker")}
        pids["database"] = self._services.postgres.pid
        return {name: _pss(pid) / 2**20 for name, pid in pids.items()}

    def cpu_seconds(self) -> float:
        """Processor time of the worker and of the database until now, children included; Linux alone tells."""
        if sys.platform != "linux":
            return 0.0
        return sum(_cpu(pid) for pid in (self._programs["worker"].pid, self._services.postgres.pid))

    def stop(self) -> None:
        for process in reversed(self._programs.values()):
            child.end(process)

    def _spawn(self, name: str, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", module, *arguments]
        log = self._logs / f"{name}.log"
        process = child.spawn(command, log=log, environment=self._environment, cwd=ROOT)
        self._programs[name] = process
        return process


@dataclass(frozen=True, slots=True)
class Place:
    """Where the system runs: `first_port` and the four after it, or any free ones."""

    data_dir: Path
    first_port: int | None = None


@contextmanager
def running_system(place: Place) -> Iterator[System]:
    """The services with a migrated database; the programs are started by its methods."""
    first = place.first_port
    ports = [free_port() for _ in range(3)] if first is None else [first, first + 1, first + 2]
    postgres, redis = (None, None) if first is None else (first + 3, first + 4)
    with start_services(place.data_dir, postgres_port=postgres, redis_port=redis) as services:
        system = System(services, ports)
        try:
            system.migrate()
            yield system
        finally:
            system.stop()


def commit() -> str:
    """The commit that is measured, with a plus where files of the backend differ from it."""
    asked = ("git", "describe", "--always", "--dirty=+", "--exclude=*")
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def machine() -> dict[str, object]:
    """What it runs on, and how busy that is."""
    cores = os.cpu_count()
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    model = ""
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line]
        model = names[0] if names else ""
    return {"processor": model, "cores": cores, "load": load, "python": sys.version.split()[0]}


def _cpu(pid: int) -> float:
    """Seconds that a process and its descendants have worked, those that have ended among them."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = " ".join(each.read_text() for each in Path(f"/proc/{pid}/task").glob("*/children")).split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK") + sum(_cpu(int(child)) for child in children)


def _pss(pid: int) -> int:
    """Bytes of a process and its descendants, shared pages divided among those who share them; Linux alone tells."""
    try:
        found = re.search(r"^Pss: +(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
        children = " ".join(each.read_text() for each in Path(f"/proc/{pid}/task").glob("*/children")).split()
    except (FileNotFoundError, ProcessLookupError):  # A connection's process ended meanwhile.
        return 0
    return (int(found[1]) * 1024 if found else 0) + sum(_pss(int(each)) for each in children)
