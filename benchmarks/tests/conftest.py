"""The servers of the backend's tests, and one database that is loaded."""

from collections.abc import Iterator

import pytest

from backend import database
from backend.tests.conftest import pytest_configure, pytest_unconfigure
from benchmarks.tests.loading import a_loaded_database
from infra.dev.services import ServiceUrls

__all__ = ["pytest_configure", "pytest_unconfigure"]


@pytest.fixture(scope="session")
async def loaded(worker_id: str) -> ServiceUrls:
    return await a_loaded_database(worker_id)


@pytest.fixture(scope="module", autouse=True)
def _pools_of_others() -> Iterator[None]:
    """What is loaded opens and closes pools of its own; those of the backend's tests in this process stay as they were."""
    kept, system, aside = database.DB.pool, database._system_pool, database._aside_pool
    yield
    database.DB.pool, database._system_pool, database._aside_pool = kept, system, aside
