"""The servers and databases of the backend's tests."""

from backend.tests.conftest import pytest_configure, pytest_unconfigure, urls

__all__ = ["pytest_configure", "pytest_unconfigure", "urls"]
