"""What the servers of a test run keep on disk goes with the run, also when the run was killed."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from backend.tests.folders import PREFIX, close_run_folder, open_run_folder, server_folder
from infra.dev.data_folder import FolderLock

KILLED = "import os, sys; from pathlib import Path; from infra.dev.data_folder import FolderLock; FolderLock(Path(sys.argv[1])).acquire(); os._exit(1)"


def test_the_next_run_takes_away_what_a_killed_one_left_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("COUNTERSIGN_TEST_FOLDER", "")
    left, young, running = (tmp_path / f"{PREFIX}{name}" for name in ("left", "young", "running"))
    for folder in (left, young):
        subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False)
    lock = FolderLock(running)
    lock.acquire()
    other = tmp_path / "of-another-program"
    other.mkdir()
    for folder in (left, running, other):
        os.utime(folder, (0, 0))
    ours = open_run_folder()
    inner = server_folder("jobs")
    assert set(tmp_path.iterdir()) == {ours, young, running, other}
    assert inner.parent == ours
    close_run_folder(ours)
    assert set(tmp_path.iterdir()) == {young, running, other}
    lock.release()
