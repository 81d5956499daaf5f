from __future__ import annotations

import os
import time
from pathlib import Path

from infra.dev.program import Program, ProgramSpec


def lines_within(program: Program, seconds: float) -> list[str]:
    lines = []
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        line = program.tick()
        if line is not None:
            lines.append(line)
        time.sleep(0.02)
    return lines


def test_a_program_that_dies_is_started_again_after_a_pause_that_grows(tmp_path: Path) -> None:
    program = Program(
        ProgramSpec("flimsy", ("-c", "print('my last words'); raise SystemExit(3)")), os.environ, tmp_path
    )
    program.start()
    lines = lines_within(program, 2.5)
    program.wait_for_stop(time.monotonic() + 5)

    assert lines[0] == f"flimsy ended unexpectedly (exit code 3); see {tmp_path}/flimsy.log. It starts again in 0.5 s."
    assert lines[1] == "flimsy was started again."
    assert lines[2].endswith("It starts again in 1 s.")
    assert program.last_words().splitlines()[0] == "my last words"


def test_a_program_that_does_not_stop_is_killed_at_the_deadline_with_all_that_it_started(tmp_path: Path) -> None:
    stubborn = "import signal, subprocess; signal.signal(15, signal.SIG_IGN); subprocess.run(['sleep', '60'])"
    program = Program(ProgramSpec("stubborn", ("-c", stubborn)), os.environ, tmp_path)
    program.start()
    assert lines_within(program, 0.5) == []
    program.ask_to_stop()
    began = time.monotonic()
    program.wait_for_stop(began + 0.5)

    assert time.monotonic() - began < 5
    assert program.exit_code() == -9
