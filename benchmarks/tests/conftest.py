"""The servers and databases of the backend's tests, and one database that is loaded."""

import pytest

from backend.tests.conftest import pytest_configure, pytest_unconfigure, urls
from benchmarks.tests.loading import a_loaded_database
from infra.dev.services import ServiceUrls

__all__ = ["pytest_configure", "pytest_unconfigure", "urls"]


@pytest.fixture(scope="session")
async def loaded(urls: ServiceUrls) -> ServiceUrls:
    return await a_loaded_database(urls)
