"""Whatever is mailed is caught."""

import pytest

from backend.tests.mail.conftest import Catcher, catcher

__all__ = ["catcher"]


@pytest.fixture(autouse=True)
def _caught(catcher: Catcher) -> None:
    """Every test here may mail."""
