"""Whatever happens to a ticket, and whoever closes it: afterwards no secret of it is anywhere, nor the key of one."""

import base64
import os
import random
from collections.abc import Iterable

import pytest

from backend.accounts.secret import Secret
from backend.actor import Actor
from backend.clock import now
from backend.database import rows, value
from backend.errors import Refusal
from backend.files import get, list_keys
from backend.jobs.drain import drain
from backend.mailboxes.receive import receive
from backend.redis import redis
from backend.tests.factories import TestTenant, a_contact, a_department, a_member, a_tenant, as_owner, within
from backend.tests.mail.conftest import Catcher
from backend.tests.mail.test_receive import mail, reply_to
from backend.tests.secrets.story import a_ticket, sealed
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.reply import add_note, reply
from backend.tickets.secrets import ask_for_secret, destroy_secret, send_secret, show_secret
from backend.tickets.transfer import transfer
from backend.vault import unseal
from infra.dev.services import ServiceUrls

RUNS = 60 if os.environ.get("COUNTERSIGN_TEST_SIZE") == "long" else 6


async def everything(urls: ServiceUrls, catcher: Catcher) -> dict[str, bytes]:
    """All that is kept anywhere: every row of every table as text, every file, all of Redis, every mail."""
    found: dict[str, bytes] = {}
    for table in await as_owner(urls, "select tablename from pg_tables where schemaname = 'public'"):
        texts = await as_owner(urls, f"select t::text from {table[0]} t")
        found[f"table {table[0]}"] = "\n".join(each[0] for each in texts).encode()
    for key in await list_keys():
        found[f"file {key}"] = await get(key)
    async for name in redis().scan_iter():
        found[f"redis {name!r}"] = await _of_redis(name)
    found["mails"] = b"\n".join(each.raw for each in catcher.mails)
    return found


async def _of_redis(name: bytes) -> bytes:
    store = redis()
    match await store.type(name):
        case b"string" | "string":
            whole: object = await store.get(name)
        case b"hash" | "hash":
            whole = await store.hgetall(name)
        case b"list" | "list":
            whole = await store.lrange(name, 0, -1)
        case b"set" | "set":
            whole = await store.smembers(name)
        case _:
            whole = await store.zrange(name, 0, -1)
    return repr(whole).encode()


def shapes(secret: bytes) -> Iterable[bytes]:
    """A secret in the ways in which it may have been written."""
    return secret, secret.hex().encode(), base64.b64encode(secret).rstrip(b"="), repr(secret.decode("latin-1")).encode()


def places_of(secret: bytes, kept: dict[str, bytes]) -> list[str]:
    return [place for place, content in kept.items() if any(shape in content for shape in shapes(secret))]


@pytest.mark.parametrize("seed", range(RUNS))
async def test_no_secret_and_no_key_survives_the_closing(seed: int, urls: ServiceUrls, catcher: Catcher) -> None:
    dice = random.Random(seed)
    tenant = await a_tenant()
    billing = await a_department(tenant, audience="everyone")
    contact, agent = await a_contact(tenant), await a_member(tenant, "lead")
    typed: list[str] = []

    def secret() -> str:
        typed.append(f"Tide{dice.randrange(10**9)}!{dice.choice(('ß', 'x', '€'))}")
        return typed[-1]

    keys: list[bytes] = []
    with within(tenant):
        number = await a_ticket(tenant, contact, sealed("first", secret()))
    for _ in range(dice.randint(3, 8)):
        await _something(dice, tenant, contact, agent, number, billing, secret())
        if dice.random() < 0.5:
            await drain(tenant.id)
        keys += await _keys(tenant)
    assert keys
    ending = dice.choice(("agent", "answer", "timer"))
    with within(tenant):
        if ending == "agent":
            await set_status(agent, number, "closed")
        elif ending == "timer":
            await reply(agent, number, "All done.", status="solved")
            await rows("update timers set due_at = $1 where action = 'set_status' and done_at is null", now())
        else:
            await reply(agent, number, "Which one?", status="pending")
            await set_status(agent, number, "closed")
    await drain(tenant.id)
    with within(tenant):
        assert await value("select meaning from tickets where number = $1", number) == "closed"
        assert await value("select count(*) from secret_keys") == 0
    kept = await everything(urls, catcher)
    assert places_of(str(number).encode(), kept), "the search itself finds what is there"
    for each in typed:
        assert places_of(each.encode(), kept) == [], (seed, each)
    for key in keys:
        assert places_of(key, kept) == [], seed


async def _keys(tenant: TestTenant) -> list[bytes]:
    """The data keys as they are, and as they are wrapped."""
    found = []
    with within(tenant):
        for each in await rows("select id, wrapped from secret_keys"):
            found += [each["wrapped"], await unseal(tenant.id, "secret key", each["id"], each["wrapped"])]
    return found


async def _something(
    dice: random.Random, tenant: TestTenant, contact: Actor, agent: Actor, number: int, billing: object, text: str
) -> None:
    what = dice.choice(("client", "staff", "asked", "mail", "show", "destroy", "note", "transfer"))
    if what == "mail":
        raw = mail(contact.email, f"My password is {text}\nRegards")
        assert (await receive(reply_to(tenant, number), contact.email, raw)).outcome == "replied"
        return
    with within(tenant):
        ids = [each["id"] for each in await rows("select id from secrets where state = 'sent' and side = 'client'")]
        match what:
            case "client":
                await reply(contact, number, "[sealed: password]", secrets=[sealed("login", text)])
            case "staff":
                await reply(agent, number, "Yours.", status="pending", secrets=[sealed("new login", text)])
            case "asked":
                asked = await ask_for_secret(agent, number, f"Login of {''.join(dice.choices('abcdefghij', k=8))}")
                if dice.random() < 0.7:
                    await send_secret(contact, asked, Secret(text))
            case "show" if ids:
                await show_secret(agent, dice.choice(ids))
            case "destroy" if len(ids) > 1:
                await destroy_secret(dice.choice((contact, agent)), dice.choice(ids))
            case "transfer":
                try:
                    await transfer(agent, number, billing)  # type: ignore[arg-type]
                except Refusal:
                    await transfer(agent, number, tenant.support)
            case _:
                await add_note(agent, number, "Looks fine.")
