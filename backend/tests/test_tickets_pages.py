"""A cursor that was not made here is refused in words, whatever it holds."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from backend.errors import Refusal
from backend.tests.factories import a_member, a_tenant, within
from backend.tickets.pages import ACTIVITY_PLACE, QUEUE_PLACE, cursor_of, place_of
from backend.tickets.queries import my_tickets, queue

MOMENTS = (
    "2024-01-01T00:00:00", "0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00", "10000-01-01T00:00:00Z", "soon", 5, None,
)  # fmt: skip
RANKS = (2**15, -(2**15) - 1, 10**30, 1.5, "1", None)


@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_moment_that_nobody_can_mean_is_no_place_in_a_list(moment: object) -> None:
    tenant = await a_tenant()
    agent = await a_member(tenant)
    with within(tenant):
        for asked in (
            queue(agent, after=cursor_of(1, moment, uuid4())),
            queue(agent, view="closed", after=cursor_of(moment, uuid4())),
            my_tickets(agent, after=cursor_of(moment, uuid4())),
        ):
            with pytest.raises(Refusal) as refused:
                await asked
            assert refused.value.code == "bad_cursor"


@pytest.mark.parametrize("rank", RANKS)
async def test_a_rank_that_no_ticket_can_have_is_no_place_in_the_queue(rank: Any) -> None:
    tenant = await a_tenant()
    agent = await a_member(tenant)
    with within(tenant), pytest.raises(Refusal) as refused:
        await queue(agent, after=cursor_of(rank, datetime.now(UTC), uuid4()))
    assert refused.value.code == "bad_cursor"


def test_a_place_comes_back_as_it_was() -> None:
    for place, types in (
        ((132, datetime(2026, 5, 4, 3, 2, 1, 999_999, UTC), uuid4()), QUEUE_PLACE),
        ((datetime(2026, 5, 4, tzinfo=UTC), uuid4()), ACTIVITY_PLACE),
    ):
        assert place_of(cursor_of(*place), *types) == place
