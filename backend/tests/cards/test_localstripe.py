"""The gateway against a Stripe that we did not write: `localstripe`, as a process, over HTTP and with its own webhooks."""

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar

from backend.accounts.secret import Secret
from backend.cards.connection import connect_stripe, set_webhook_secret
from backend.cards.facts import digits_match
from backend.cards.stripe_gateway import configure_stripe
from backend.database import value
from backend.jobs.drain import drain
from backend.tests.cards.connected import post
from backend.tests.factories import a_contact, a_member, a_tenant, signed_in, within
from backend.tests.simulators.stripe import Webhook

KEY, SECRET = "sk_test_12345", "whsec_of_localstripe_1"


@pytest.fixture(scope="module")
def localstripe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("localstripe")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "localstripe", "--port", str(port), "--from-scratch"],
            cwd=folder, stdout=log, stderr=log,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _until_it_answers(address, process, folder / "log")
        configure_stripe(address)
        yield address
    finally:
        configure_stripe("")
        process.kill()
        process.wait()


async def test_a_card_that_changes_there_is_the_one_that_counts_here(app: Litestar, localstripe: str) -> None:
    tenant = await a_tenant()
    admin, owner = await signed_in(await a_member(tenant, "owner")), await a_contact(tenant)
    assert owner.client_id is not None
    async with httpx.AsyncClient(base_url=localstripe, auth=(KEY, "")) as there, _Catcher() as catcher:
        await there.post(f"/_config/webhooks/{tenant.id}", json={"url": catcher.address, "secret": SECRET})
        with within(tenant):
            number = await value("select number from clients where id = $1", owner.client_id)
            customer = await _made(
                there, "/v1/customers", email=owner.email, **{"metadata[client_number]": str(number)}
            )
            await _default_card(there, customer, "4242424242424242")
            await connect_stripe(admin, Secret(KEY), match_by_email=False)
            await set_webhook_secret(admin, Secret(SECRET))
            await drain(tenant.id)
            assert await digits_match(tenant.id, owner.client_id, "4242")
            await _default_card(there, customer, "5555555555554444")
            for webhook in await catcher.heard("customer.updated", 2):
                assert (await post(app, tenant.host, webhook)).status_code == 200
            await drain(tenant.id)
            assert await digits_match(tenant.id, owner.client_id, "4444")
            assert not await digits_match(tenant.id, owner.client_id, "4242")


async def _made(there: httpx.AsyncClient, path: str, **fields: Any) -> str:
    answer = await there.post(path, data=fields)
    assert answer.status_code == 200, answer.text
    found: str = answer.json()["id"]
    return found


async def _default_card(there: httpx.AsyncClient, customer: str, number: str) -> None:
    card = {
        "type": "card",
        "card[number]": number,
        "card[exp_month]": "12",
        "card[exp_year]": "2031",
        "card[cvc]": "123",
    }
    method = await _made(there, "/v1/payment_methods", **card)
    await _made(there, f"/v1/payment_methods/{method}/attach", customer=customer)
    await _made(there, f"/v1/customers/{customer}", **{"invoice_settings[default_payment_method]": method})


class _Catcher:
    """Takes webhooks as they come: their own bytes and signature, to be handed on to the company's host."""

    def __init__(self) -> None:
        self._heard: list[Webhook] = []

    async def __aenter__(self) -> "_Catcher":
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/"

    async def heard(self, type_: str, count: int) -> list[Webhook]:
        async with asyncio.timeout(20):
            while len(found := [each for each in self._heard if f'"type": "{type_}"'.encode() in each.body]) < count:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        return found

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): said.strip() for name, _, said in (line.partition(":") for line in head[1:])}
        body = await reader.readexactly(int(headers["content-length"]))
        self._heard.append(Webhook("", body, headers["stripe-signature"]))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()


def _until_it_answers(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            httpx.get(f"{address}/v1/customers", auth=(KEY, ""), timeout=2)
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text())
