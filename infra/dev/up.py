"""The supervisor behind `npm start`: services, migrations, demo data, then the programs, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Literal

from backend.settings import Settings, SettingsError, read_settings
from infra.dev.data_folder import FolderLock, port_is_free, secret
from infra.dev.errors import StartError
from infra.dev.greeting import greeting
from infra.dev.program import ROOT, Program, ProgramSpec, describe_exit
from infra.dev.services import Services, start_services

_READY_SECONDS = 60.0
_STOP_SECONDS = 8.0
_TICK_SECONDS = 0.2


def up(*, demo: bool = False) -> int:
    """Run the whole system until a signal ends it; returns the exit code.

    `demo` loads the demo tenants into a database that we did not start, too. Whatever can be expected to go
    wrong is said in a sentence on standard error, with exit code 1.
    """
    stop = StopRequest()
    try:
        settings = read_settings()
        _refuse_taken_ports(settings)
        with _start_services(settings) as services:
            return _run(settings, services, stop, demo=demo)
    except (StartError, SettingsError) as error:
        if stop.made():  # Ctrl-C reached the command that we were waiting for.
            return 0
        print(error, file=sys.stderr)
        return 1
    except Stopped:
        return 0


class Stopped(Exception):
    """A signal asked us to stop before everything ran."""


class StopRequest:
    """Set by Ctrl-C, SIGTERM or SIGHUP, or when the npm process that started us has gone."""

    def __init__(self) -> None:
        self._signals = 0
        self._parent = os.getppid() if os.environ.get("COUNTERSIGN_STOP_WITH_PARENT") == "1" else None
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._receive)

    def _receive(self, number: int, frame: FrameType | None) -> None:
        self._signals += 1

    def made(self) -> bool:
        return self._signals > 0 or (self._parent is not None and os.getppid() != self._parent)

    def check(self) -> None:
        """Raises Stopped if it was made."""
        if self.made():
            raise Stopped


def _refuse_taken_ports(settings: Settings) -> None:
    """Before anything is started. Raises StartError, naming the setting that helps."""
    probe = FolderLock(settings.data_dir)
    probe.acquire()  # "Process 123 runs here already" says more than "port taken".
    probe.release()
    ports = [("the web server", "COUNTERSIGN_PORT", settings.port, settings.host)]
    ports.append(("incoming mail", "COUNTERSIGN_MAIL_PORT", settings.mail_port, settings.mail_host))
    if _catches_mail():
        ports.append(("the mail catcher", "COUNTERSIGN_MAIL_CATCHER_PORT", settings.mail_catcher_port, "127.0.0.1"))
        ports.append(("the page of caught mail", "COUNTERSIGN_MAIL_PAGE_PORT", settings.mail_page_port, "127.0.0.1"))
    for purpose, name, port, host in ports:
        if not port_is_free(port, host):
            raise StartError(f"Port {port}, meant for {purpose}, is taken: stop the other program or set {name}.")


def _catches_mail() -> bool:
    return not os.environ.get("COUNTERSIGN_SMTP_URL")


def _start_services(settings: Settings) -> Services:
    only: list[Literal["postgres", "redis"]] = []
    urls = (settings.database_url, settings.owner_database_url, settings.system_database_url)
    if not any(urls):
        only.append("postgres")
    elif not all(urls):
        raise StartError(
            "Of COUNTERSIGN_DATABASE_URL, COUNTERSIGN_OWNER_DATABASE_URL and COUNTERSIGN_SYSTEM_DATABASE_URL "
            "set either all three or none."
        )
    if not settings.redis_url:
        only.append("redis")
    return start_services(settings.data_dir, only=only)


def _environment(settings: Settings, services: Services) -> dict[str, str]:
    """What children read their settings from: ours, completed by what we started."""
    ours = {"COUNTERSIGN_DATA_DIR": str(settings.data_dir.resolve()), "PYTHONUNBUFFERED": "1"}
    if not settings.database_url:
        urls = services.database_urls()
        ours["COUNTERSIGN_DATABASE_URL"] = urls.app
        ours["COUNTERSIGN_OWNER_DATABASE_URL"] = urls.owner
        ours["COUNTERSIGN_SYSTEM_DATABASE_URL"] = urls.system
    if not settings.redis_url:
        ours["COUNTERSIGN_REDIS_URL"] = services.redis_url
    if not settings.secret_key:
        ours["COUNTERSIGN_SECRET_KEY"] = secret(services.data_dir, "secret_key")
    if _catches_mail():
        ours["COUNTERSIGN_SMTP_URL"] = f"smtp://127.0.0.1:{settings.mail_catcher_port}"
    return {**os.environ, **ours}


def _programs(settings: Settings) -> list[ProgramSpec]:
    cli = ("-m", "backend.cli")
    programs = [
        ProgramSpec("web", (*cli, "web"), settings.port),
        ProgramSpec("worker", (*cli, "worker")),
        ProgramSpec("mail listener", (*cli, "mail-listener"), settings.mail_port),
    ]
    if _catches_mail():
        ports = ("--smtp-port", str(settings.mail_catcher_port), "--http-port", str(settings.mail_page_port))
        folder = ("--data-dir", str(settings.data_dir))
        programs.insert(
            0, ProgramSpec("mail catcher", ("-m", "infra.dev.mailcatcher", *ports, *folder), settings.mail_page_port)
        )
    return programs


def _run(settings: Settings, services: Services, stop: StopRequest, *, demo: bool) -> int:
    environment = _environment(settings, services)
    stop.check()
    _command("migrate", environment)
    marker = None if settings.database_url else services.data_dir / "demo-loaded"
    if demo or (marker is not None and marker_of(services) != _content(marker)):
        stop.check()
        print("Loading the demo tenants ...", flush=True)
        _command("demo", environment)
        if marker is not None:
            marker.write_text(marker_of(services))
    logs = services.data_dir / "logs"
    programs = [Program(spec, environment, logs) for spec in _programs(settings)]
    try:
        for program in programs:
            program.start()
        _wait_until_ready(programs, settings, stop)
        print(greeting(settings, catches_mail=_catches_mail(), logs=logs), flush=True)
        while not stop.made():
            for name in services.poll():
                print(f"{name} had ended and was started again.", flush=True)
            for program in programs:
                line = program.tick()
                if line is not None:
                    print(line, flush=True)
            time.sleep(_TICK_SECONDS)
    finally:
        print("Stopping ...", flush=True)
        for program in programs:
            program.ask_to_stop()
        deadline = time.monotonic() + _STOP_SECONDS
        for program in programs:
            program.wait_for_stop(deadline)
    return 0


def marker_of(services: Services) -> str:
    """Tells one cluster from another, so that a new database under an old data folder gets its demo data too."""
    return str((services.postgres.cluster / "PG_VERSION").stat().st_mtime_ns)


def _content(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _command(verb: str, environment: Mapping[str, str]) -> None:
    """Run one verb of the command line to its end. Raises StartError with its words."""
    ran = subprocess.run(
        [sys.executable, "-m", "backend.cli", verb],
        cwd=ROOT,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if ran.returncode != 0:
        words = "\n".join(ran.stdout.strip().splitlines()[-25:])
        raise StartError(f"`backend.cli {verb}` failed ({describe_exit(ran.returncode)}):\n{words}")


def _wait_until_ready(programs: list[Program], settings: Settings, stop: StopRequest) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    waiting = {program.spec.port for program in programs if program.spec.port is not None}
    while waiting:
        stop.check()
        for program in programs:
            code = program.exit_code()
            if code is not None:
                raise StartError(
                    f"The {program.spec.name} ended at once ({describe_exit(code)}). "
                    f"Its log, {program.log}, ends with:\n{program.last_words()}"
                )
        if time.monotonic() > deadline:
            raise StartError(f"Nothing answers on port {min(waiting)} after {_READY_SECONDS:g} s; see the logs.")
        waiting = {port for port in waiting if not _answers(port, settings)}
        time.sleep(0.05)


def _answers(port: int, settings: Settings) -> bool:
    hosts = {settings.port: settings.host, settings.mail_port: settings.mail_host}
    host = hosts.get(port, "127.0.0.1")
    try:
        with socket.create_connection(("127.0.0.1" if host == "0.0.0.0" else host, port), timeout=1.0):
            return True
    except OSError:
        return False
