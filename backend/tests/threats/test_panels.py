"""A panel's address leads nowhere inside, and a panel that answers slowly holds nobody up."""

import asyncio
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from litestar import Litestar

from backend.accounts.secret import Secret
from backend.database import value
from backend.errors import Refusal
from backend.panels.addresses import checked_place, configure_panels, panel_url
from backend.panels.call import AT_ONCE
from backend.panels.errors import PanelAway
from backend.tests.client import a_browser
from backend.tests.factories import a_contact, signed_in, within
from backend.tests.panels.conftest import panel as panel
from backend.tests.panels.hosted import AT_THE_PANEL, a_hosted_company
from backend.tests.simulators.panel import PanelSimulator
from backend.verification.checks import Proof
from backend.verification.prove import prove

INSIDE = (
    "127.0.0.1", "127.1.2.3", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1",
)  # fmt: skip
OUTSIDE = ("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946")


@pytest.fixture
def production() -> Iterator[None]:
    configure_panels(private_allowed=False)
    yield
    configure_panels(private_allowed=True)


def leading_to(monkeypatch: pytest.MonkeyPatch, *found: str) -> list[str]:
    """Names lead to these addresses. Returns a list of what was asked."""
    asked: list[str] = []

    def lookup(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [
            (socket.AF_INET6 if ":" in each else socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port))
            for each in found
        ]

    monkeypatch.setattr("socket.getaddrinfo", lookup)
    return asked


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize("address", INSIDE)
async def test_a_name_that_leads_inside_is_not_connected_to(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    leading_to(monkeypatch, address)
    with pytest.raises(PanelAway) as away:
        await checked_place("https://panel.example/check")
    assert away.value.code == "panel_private"
    leading_to(monkeypatch, OUTSIDE[0], address)
    with pytest.raises(PanelAway):
        await checked_place("https://panel.example/check")


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize("address", OUTSIDE)
async def test_the_address_that_was_checked_is_the_one_that_is_connected_to(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    asked = leading_to(monkeypatch, address)
    place = await checked_place("https://panel.example:8443/check?x=1")
    host = f"[{address}]" if ":" in address else address
    assert place.url == f"https://{host}:8443/check?x=1"
    assert (place.host, place.host_header) == ("panel.example", "panel.example:8443")
    assert asked == ["panel.example"]


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://localhost/",
        "https://127.1/",
    ],
)
async def test_no_way_to_write_an_inner_address_gets_through(url: str) -> None:
    with pytest.raises(PanelAway):
        await checked_place(panel_url(url))


@pytest.mark.usefixtures("production")
async def test_production_wants_tls() -> None:
    with pytest.raises(Refusal):
        panel_url("http://panel.example/")
    assert panel_url("https://panel.example/") == "https://panel.example"


async def test_a_panel_inside_is_asked_nothing_in_production(panel: PanelSimulator) -> None:
    hosted = await a_hosted_company(panel)
    configure_panels(private_allowed=False)
    with pytest.raises(Refusal) as refusal:
        await hosted.proves(AT_THE_PANEL)
    assert refusal.value.code == "proof_unavailable"
    assert panel.asked == []


async def test_a_slow_panel_holds_up_neither_the_process_nor_another_company(
    app: Litestar, panel: PanelSimulator
) -> None:
    slow = PanelSimulator(seconds=30.0)
    with slow:
        hosted, other = await a_hosted_company(slow), await a_hosted_company(panel)
        people = [hosted.owner, *[await signed_in(await a_contact(hosted.tenant)) for _ in range(7)]]

        async def one(index: int) -> str:
            try:
                with within(hosted.tenant):
                    return (await prove(people[index], Proof("password", Secret(AT_THE_PANEL)))).level
            except Refusal as refusal:
                return refusal.code

        waiting = [asyncio.create_task(one(index)) for index in range(len(people))]
        pending = set(waiting)
        while len(pending) > AT_ONCE:
            _, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        assert await other.proves(AT_THE_PANEL) == "password"
        async with a_browser(app, hosted.tenant) as browser:
            assert await browser.ask("{ company { name } }")
        assert not any(each.done() for each in pending)
        answers = await asyncio.gather(*waiting)
    # At most so many questions were under way; the others were told at once, and their tries were given back.
    assert answers == ["proof_unavailable"] * len(people)
    with within(hosted.tenant):
        assert await value("select count(*) from proof_attempts where outcome = 'void'") == answers.count(
            "proof_unavailable"
        )
