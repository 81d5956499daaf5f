"""The servers of the backend's tests, and one database that is loaded."""

import pytest

from backend.tests.conftest import pytest_configure, pytest_unconfigure
from benchmarks.tests.loading import a_loaded_database
from infra.dev.services import ServiceUrls

__all__ = ["pytest_configure", "pytest_unconfigure"]


@pytest.fixture(scope="session")
async def loaded(worker_id: str) -> ServiceUrls:
    return await a_loaded_database(worker_id)
