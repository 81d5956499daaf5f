"""Proofs give way to pages where many are under way, and one that comes alone waits for nothing."""

import asyncio
from contextlib import AsyncExitStack

from backend.database import giving_way, value
from backend.tests.factories import a_tenant, within
from backend.verification import turns
from backend.verification.turns import AT_ONCE, FEW, GAP_SECONDS, a_turn, in_line


async def test_a_statement_that_gives_way_comes_after_one_that_was_asked_later() -> None:
    done: list[str] = []

    async def ask(who: str) -> None:
        await value("select count(*) from tenants")
        done.append(who)

    tenant = await a_tenant()
    with within(tenant):
        with giving_way(lambda: 0.2):
            proof = asyncio.create_task(ask("proof"))
        await asyncio.sleep(0)
        await ask("page")
        assert done == ["page"]
        await proof
    assert done == ["page", "proof"]


async def test_a_few_proofs_wait_for_nothing_and_many_give_way() -> None:
    gap = turns._line().gap
    async with AsyncExitStack() as stack:
        for _ in range(FEW):
            await stack.enter_async_context(in_line())
            assert gap() == 0
        await stack.enter_async_context(in_line())
        assert gap() == GAP_SECONDS
    assert gap() == 0


async def test_so_many_write_at_once_and_no_more() -> None:
    writing = most = 0

    async def write() -> None:
        nonlocal writing, most
        async with a_turn():
            writing += 1
            most = max(most, writing)
            await asyncio.sleep(0.001)
            writing -= 1

    await asyncio.gather(*(write() for _ in range(20)))
    assert most == AT_ONCE
