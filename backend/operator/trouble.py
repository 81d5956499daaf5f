"""What an operator can be expected to meet, said in a sentence; anything else is a surprise with its traceback."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import asyncpg


class CannotDo(Exception):
    """The verb cannot be done; the text is shown as it is."""


@contextmanager
def plain_database_trouble(url: str) -> Iterator[None]:
    """Turn a database that is away or refuses us into a sentence without the password.

    Raises:
        CannotDo: the database cannot be reached, or does not let us in.
    """
    parts = urlsplit(url)
    where = f"{parts.hostname or 'the local socket'}:{parts.port or 5432}{parts.path}"
    try:
        yield
    except BrokenPipeError:  # Of the terminal; a lost database is another error.
        raise
    except (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError) as error:
        raise CannotDo(f"The database at {where} does not let us in: {error}.") from error
    except (asyncpg.CannotConnectNowError, asyncpg.TooManyConnectionsError) as error:
        raise CannotDo(f"The database at {where} takes no connection now: {error}.") from error
    except (TimeoutError, OSError) as error:
        raise CannotDo(f"The database at {where} cannot be reached: {error}.") from error
    except asyncpg.UndefinedTableError as error:
        raise CannotDo(f"The database at {where} is not migrated: run the verb migrate first.") from error


def require_database(url: str) -> None:
    """Connect once, so that a program does not start without its database.

    Raises:
        CannotDo: the database cannot be reached, does not let us in, or is not migrated.
    """
    with plain_database_trouble(url):
        asyncio.run(_look(url))


async def _look(url: str) -> None:
    connection = await asyncpg.connect(url, timeout=10)
    try:
        await connection.fetchval("select offset_ms from clock")
    finally:
        await connection.close()
