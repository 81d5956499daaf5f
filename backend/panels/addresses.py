"""Where a panel may be: an address that an admin typed must not lead into our own network.

The name is resolved once, what it leads to is checked, and that very address is connected to; a name that leads
elsewhere a moment later gains nothing.
"""

import asyncio
import ipaddress
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from backend.errors import Refusal
from backend.panels.errors import PanelAway

RESOLVE_SECONDS: Final = 3.0
# Addresses of the new kind that hold one of the old kind, and may lead to any: NAT64 and 6to4.
_EMBEDDING: Final = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("2002::/16"))
_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="names of panels")
_private_allowed = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where to connect to, and the name that the certificate must be for."""

    url: str
    host: str
    host_header: str


def configure_panels(*, private_allowed: bool) -> None:
    """Say whether panels may be at private addresses and without TLS; once, by the composition root."""
    global _private_allowed
    _private_allowed = private_allowed


def panel_url(raw: str) -> str:
    """An address that a panel may have.

    Raises:
        Refusal: it is none, or has no TLS where that is needed.
    """
    try:
        parts = urlsplit(raw.strip())
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        raise Refusal("not_a_panel_url", "url") from None
    plain = parts.scheme == "http" and _private_allowed
    if (
        not (parts.scheme == "https" or plain)
        or not parts.hostname
        or parts.username
        or parts.fragment
        or len(raw) > 500
    ):
        raise Refusal("not_a_panel_url", "url")
    if not raw.strip().isascii() or not raw.strip().isprintable() or " " in raw.strip():
        raise Refusal("not_a_panel_url", "url")
    return raw.strip().rstrip("/")


async def checked_place(url: str) -> Place:
    """The place that a panel's address leads to now.

    Raises:
        PanelAway: its name is not known, or leads to where panels may not be.
    """
    parts = urlsplit(url)
    assert parts.hostname is not None, "the address was checked when it was kept"
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        async with asyncio.timeout(RESOLVE_SECONDS):
            found = await asyncio.get_running_loop().run_in_executor(
                _threads, lambda: socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
            )
    except (OSError, UnicodeError, TimeoutError):
        raise PanelAway("panel_no_name") from None
    addresses = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    if not addresses or not all(_allowed(each) for each in addresses):
        raise PanelAway("panel_private")
    return Place(url=_with_address(parts, addresses[0], port), host=parts.hostname, host_header=parts.netloc)


def _allowed(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if _private_allowed:
        return not (address.is_multicast or address.is_unspecified)
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return _allowed(address.ipv4_mapped)
        if any(address in network for network in _EMBEDDING):
            return False
    return address.is_global and not address.is_multicast


def _with_address(parts: SplitResult, address: ipaddress.IPv4Address | ipaddress.IPv6Address, port: int) -> str:
    host = f"[{address}]" if address.version == 6 else str(address)
    return parts._replace(netloc=f"{host}:{port}").geturl()
