"""Where the servers' programs and files lie, and the account that runs them.

PostgreSQL refuses to run as root. Started by root, the servers run as the system account `countersign`. That account
may be unable to enter the data folder or the virtual environment (a clone in root's home, say). No folder's
permissions are changed for that: files and programs then go to `/var/lib/countersign`.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from infra.dev.child import Account
from infra.dev.errors import StartError

ACCOUNT_NAME = "countersign"
_SYSTEM_FOLDER = Path("/var/lib/countersign")


@dataclass(frozen=True)
class Place:
    """The account (None: our own) and the folder that it can write to, which is the data folder where possible."""

    account: Account | None
    folder: Path

    def own_folder(self, name: str) -> Path:
        """A folder in the place that only the account can enter."""
        path = self.folder / name
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
        if self.account is not None:
            os.chown(path, self.account.uid, self.account.gid)
        return path

    def reachable_program(self, base: Path, parts: Sequence[str], program: str) -> Path:
        """`base / program`, or its copy where the account can run it.

        The copy holds the `parts`, folders under `base` that lie to each other as they did: programs of a wheel find
        their libraries by the way from here to there.
        """
        if self.account is None or _can(self.account, "-x", base / program):
            return base / program
        key = hashlib.sha256(f"{base}:{(base / program).stat().st_mtime_ns}".encode()).hexdigest()[:12]
        copy = _SYSTEM_FOLDER / "programs" / key
        if not copy.exists():
            unfinished = copy.with_suffix(f".{os.getpid()}")
            for part in parts:
                if (base / part).exists():
                    shutil.copytree(base / part, unfinished / part, symlinks=True)
            unfinished.rename(copy)
        return copy / program


def find_place(data_dir: Path) -> Place:
    """Raises StartError when root starts the services and no account for them can be had."""
    data_dir.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0:
        return Place(account=None, folder=data_dir)
    account = _service_account()
    if _can(account, "-x", data_dir):
        return Place(account=account, folder=data_dir)
    key = hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()[:12]
    folder = _SYSTEM_FOLDER / key
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    if not _can(account, "-x", folder):
        raise StartError(
            f"The account {account.name}, which runs the database, can enter neither {data_dir} nor {folder}. "
            "Set COUNTERSIGN_DATA_DIR to a folder that every account can enter."
        )
    (data_dir / "FILES_ARE_ELSEWHERE").write_text(
        f"The account {account.name} cannot enter this folder, so the database's files are in {folder}.\n"
    )
    return Place(account=account, folder=folder)


def _service_account() -> Account:
    try:
        entry = pwd.getpwnam(ACCOUNT_NAME)
    except KeyError:
        entry = _make_account()
    return Account(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)


def _make_account() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise StartError(
            "PostgreSQL refuses to run as root, and there is no `useradd` to make an account for it. "
            f"Make a system account named {ACCOUNT_NAME}, or start as an ordinary user."
        )
    made = subprocess.run(
        [
            *(useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"),
            *("--shell", "/usr/sbin/nologin", ACCOUNT_NAME),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return pwd.getpwnam(ACCOUNT_NAME)  # Also when another process made it at the same moment.
    except KeyError:
        raise StartError(
            f"The account {ACCOUNT_NAME} for the database could not be made: {made.stderr.strip()}"
        ) from None


def _can(account: Account, how: str, path: Path) -> bool:
    tried = subprocess.run(
        ["/bin/sh", "-c", f'test {how} "$1"', "sh", str(path)],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        check=False,
    )
    return tried.returncode == 0
