"""The list of checks. Cheap ones come first; a check that needs the whole machine, or writes files, runs alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parents[3]

Group = Literal["lint", "types", "imports", "fresh", "frontend", "infra", "backend", "e2e"]
Counting = Literal["one", "pytest", "vitest"]

# Tests that may be skipped, with the reason: nothing else may. Names as in the report: "file::test".
ALLOWED_SKIPS: dict[str, str] = {
    "infra.dev.tests.test_place::"
    "test_programs_in_a_folder_that_the_account_cannot_enter_run_from_a_copy_with_their_libraries": (
        "only root needs another account for the servers"
    ),
    "infra.dev.tests.test_services::test_root_starts_in_a_folder_that_the_servers_account_cannot_enter": (
        "only root needs another account for the servers"
    ),
}


@dataclass(frozen=True)
class Check:
    """One line of the result. `counting` says whose report holds the number of tests; "one" counts as one."""

    name: str
    group: Group
    command: tuple[str, ...]
    counting: Counting = "one"
    alone: bool = False
    minutes: float = 5.0
    generates: tuple[str, ...] = ()
    """Patterns of committed files that the command writes: it fails if that changes one, and they are put back."""
    needs_browser: bool = False


_PYTHON_FOLDERS = tuple(name for name in ("backend", "infra", "benchmarks", "e2e") if (ROOT / name).exists())

_BACKEND_FOLDERS = tuple(name for name in _PYTHON_FOLDERS if name in ("backend", "benchmarks"))


def _npm(script: str) -> tuple[str, ...]:
    return ("npm", "run", "--silent", script)


def _pytest(*arguments: str) -> tuple[str, ...]:
    return ("python", "-m", "pytest", "-q", *arguments)


CHECKS: tuple[Check, ...] = (
    Check("ruff check", "lint", ("ruff", "check", "--quiet", ".")),
    Check("ruff format", "lint", ("ruff", "format", "--quiet", "--check", ".")),
    Check("import rules", "imports", ("lint-imports", "--no-logo")),
    Check("biome", "lint", _npm("lint:js")),
    Check("mypy", "types", ("mypy", *_PYTHON_FOLDERS)),
    Check("tsc", "types", _npm("types:js")),
    Check("schema.graphql is fresh", "fresh", ("python", "-m", "backend.cli", "schema", "--check")),
    Check("docs/settings.md is fresh", "fresh", ("python", "-m", "backend.cli", "settings", "--check")),
    Check("typed operations are fresh", "fresh", _npm("codegen"), alone=True, generates=("frontend/**/*.gen.ts",)),
    Check("message catalogues are fresh", "fresh", _npm("i18n:extract"), alone=True, generates=("frontend/**/*.po",)),
    Check("message catalogues are whole", "fresh", _npm("i18n:compile")),
    Check("pages build", "frontend", ("node", "infra/dev/setup.mjs"), alone=True),
    Check("bundle budgets", "frontend", _npm("check:bundles")),
    Check("vitest", "frontend", _npm("test:js"), counting="vitest"),
    Check("infra tests", "infra", _pytest("infra"), counting="pytest"),
    Check(
        "backend tests",
        "backend",
        # A file stays in one process, so that what its tests share is set up once.
        _pytest(*_BACKEND_FOLDERS, "-n", "2", "--dist", "loadfile"),
        counting="pytest",
        alone=True,
        minutes=8,
    ),
    Check("end-to-end tests", "e2e", _pytest("e2e"), counting="pytest", alone=True, minutes=12, needs_browser=True),
)
