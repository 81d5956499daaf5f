from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A folder that every account can enter, unlike pytest's own, and short enough to read in a message."""
    with tempfile.TemporaryDirectory(prefix="countersign-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder / "var"
