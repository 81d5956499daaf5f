"""The folder of a test run, in which every server of its tests keeps its files; it goes when the run ends."""

import fcntl
import os
import shutil
import tempfile
import time
from pathlib import Path

PREFIX = "countersign-tests-"
_VARIABLE = "COUNTERSIGN_TEST_FOLDER"
_SETTLED_SECONDS = 60
"""A folder that is younger may belong to a run that has not locked it yet."""


def open_run_folder() -> Path:
    """Make the folder of this run; its worker processes find it by an environment variable.

    A run that was killed could not take its own away, so those that nobody holds any more go now.
    """
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if _is_left(left):
            shutil.rmtree(left, ignore_errors=True)
    folder = _enterable(tempfile.mkdtemp(prefix=PREFIX))
    os.environ[_VARIABLE] = str(folder)
    return folder


def close_run_folder(folder: Path) -> None:
    os.environ.pop(_VARIABLE, None)
    shutil.rmtree(folder)


def server_folder(purpose: str) -> Path:
    """A folder within this run's that the servers' own user may enter."""
    return _enterable(tempfile.mkdtemp(prefix=f"{purpose}-", dir=os.environ[_VARIABLE]))


def _enterable(folder: str) -> Path:
    path = Path(folder)
    path.chmod(0o755)
    return path


def _is_left(folder: Path) -> bool:
    """Whether the run that made it has ended: the kernel dropped its lock (see `infra.dev.data_folder.FolderLock`)."""
    try:
        if time.time() - folder.stat().st_mtime < _SETTLED_SECONDS:
            return False
        with (folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # Held, somebody else's, or gone meanwhile.
        return False
    return True
