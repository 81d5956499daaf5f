"""One call of a panel over HTTP: with time-outs, bounded, to a checked address, following nothing that leads elsewhere."""

import asyncio
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final
from uuid import UUID

import certifi
import httpx

from backend.panels.addresses import checked_place
from backend.panels.errors import PanelAway

MOST_SECONDS: Final = 8.0
MOST_BYTES: Final = 65_536
AT_ONCE: Final = 4
"""Calls that one company may have under way in this process."""
AT_ONCE_IN_ALL: Final = 16
_TIMES: Final = httpx.Timeout(5.0, connect=3.0, pool=1.0)

_under_way: Counter[UUID] = Counter()


async def post(tenant_id: UUID, url: str, content: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    """Post to a panel. Returns status and body of its answer.

    Raises:
        PanelAway: there is none, it came too late, is too long, leads elsewhere; or too many calls are under way.
    """
    with _one_of_few(tenant_id):
        try:
            async with asyncio.timeout(MOST_SECONDS):
                return await _post(url, content, headers)
        except (TimeoutError, httpx.TimeoutException):
            raise PanelAway("panel_slow") from None
        except httpx.ConnectError as error:
            raise PanelAway("panel_no_tls" if _is_tls(error) else "panel_no_connection") from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            raise PanelAway("panel_no_connection") from None


async def _post(url: str, content: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    place = await checked_place(url)
    # A client for each call: connections are kept by address, and one that was made for another name must not serve.
    transport = httpx.AsyncHTTPTransport(verify=_trust(), limits=httpx.Limits(max_keepalive_connections=0))
    async with httpx.AsyncClient(transport=transport, timeout=_TIMES, trust_env=False) as client:
        request = client.build_request(
            "POST",
            place.url,
            content=content,
            headers={**headers, "Host": place.host_header, "User-Agent": "Countersign"},
            extensions={"sni_hostname": place.host},
        )
        answer = await client.send(request, stream=True)
        try:
            if answer.is_redirect:
                raise PanelAway("panel_redirects")
            body = b""
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > MOST_BYTES:
                    raise PanelAway("panel_answer")
            return answer.status_code, body
        finally:
            await answer.aclose()


@contextmanager
def _one_of_few(tenant_id: UUID) -> Iterator[None]:
    if _under_way[tenant_id] >= AT_ONCE or _under_way.total() >= AT_ONCE_IN_ALL:
        raise PanelAway("panel_busy")
    _under_way[tenant_id] += 1
    try:
        yield
    finally:
        _under_way[tenant_id] -= 1
        if not _under_way[tenant_id]:
            del _under_way[tenant_id]


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certifi.where())


def _is_tls(error: BaseException) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
