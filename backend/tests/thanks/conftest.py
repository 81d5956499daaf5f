"""Mails of these tests are kept in a store of files of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.files import close_files, open_files


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> Iterator[None]:
    open_files(tmp_path / "files")
    yield
    close_files()
