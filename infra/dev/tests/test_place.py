from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from infra.dev.place import find_place


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account for the servers")
def test_programs_in_a_folder_that_the_account_cannot_enter_run_from_a_copy_with_their_libraries(
    data_dir: Path,
) -> None:
    place = find_place(data_dir)
    assert place.account is not None
    closed = data_dir.with_name("closed")
    (closed / "wheel" / "bin").mkdir(parents=True)
    (closed / "wheel.libs").mkdir()
    (closed / "wheel.libs" / "word").write_text("found")
    program = closed / "wheel" / "bin" / "program"
    program.write_text('#!/bin/sh\ncat "$(dirname "$0")/../../wheel.libs/word"\n')
    program.chmod(0o755)
    assert place.reachable_program(closed, ("wheel", "wheel.libs"), "wheel/bin/program") == program
    closed.chmod(0o700)

    copy = place.reachable_program(closed, ("wheel", "wheel.libs", "absent"), "wheel/bin/program")

    try:
        ran = subprocess.run(
            [copy], user=place.account.uid, group=place.account.gid, extra_groups=[], capture_output=True, check=True
        )
        assert ran.stdout == b"found"
        assert place.reachable_program(closed, ("wheel", "wheel.libs"), "wheel/bin/program") == copy
    finally:
        shutil.rmtree(copy.parents[2])
