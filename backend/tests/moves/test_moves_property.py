"""Whatever is split, merged, undone and answered, in whatever order: no message is lost or doubled, each has one home, and
an undo right after a move restores the rows. COUNTERSIGN_TEST_SIZE=long tries many more.
"""

from collections import Counter
from collections.abc import Awaitable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.database import rows, value
from backend.errors import Refusal
from backend.tests.factories import within
from backend.tests.graphql.bad_values import LONG
from backend.tests.moves.story import Story, a_story, a_ticket, everything
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.moves.merge import merge_tickets
from backend.tickets.moves.split import Part, split_ticket
from backend.tickets.moves.undo import undo_merge, undo_split
from backend.tickets.reply import reply

_PICK = st.integers(0, 1_000)
_STEP = st.tuples(
    st.sampled_from(("ask", "answer", "close", "split", "split", "merge", "merge", "undo", "back and forth")),
    _PICK,
    _PICK,
    _PICK,
)


EXAMPLES = 120 if LONG else 8


class House:
    """The tickets of one example and every text that was ever written on them."""

    def __init__(self, story: Story, numbers: list[int], written: list[str]) -> None:
        self.story, self.numbers, self.written = story, numbers, written
        self.moves: list[tuple[str, int]] = []

    async def take(self, act: str, one: int, other: int, third: int) -> None:
        story, number = self.story, self.numbers[one % len(self.numbers)]
        target = self.numbers[other % len(self.numbers)]
        match act:
            case "ask" | "answer":
                text = f"{act} {len(self.written)}"
                answered = await reply(story.contact if act == "ask" else story.agent, number, text)
                self.written.append(text)
                if answered.number not in self.numbers:
                    self.numbers.append(answered.number)
            case "close":
                await set_status(story.agent, number, "closed")
            case "split":
                self.numbers.append(await self.split(number, third))
                self.moves.append(("split", self.numbers[-1]))
            case "merge":
                await merge_tickets(story.agent, number, target)
                self.moves.append(("merge", number))
            case "undo" if self.moves:
                kind, moved = self.moves[one % len(self.moves)]
                await (undo_split if kind == "split" else undo_merge)(story.agent, moved)
            case "back and forth":
                before = await everything(number, target)
                await merge_tickets(story.agent, number, target)
                await surely(undo_merge(story.agent, number))
                assert await everything(number, target) == before
                before = await everything(number)
                made = await self.split(number, third)
                self.numbers.append(made)
                await surely(undo_split(story.agent, made))
                assert await without_search(number) == {**before, "search": []}

    async def split(self, number: int, pick: int) -> int:
        found = await rows(
            "select m.id from messages m join tickets t on t.id = m.ticket_id where t.number = $1 order by m.id", number
        )
        chosen = [each["id"] for place, each in enumerate(found) if pick >> place & 1]
        return await split_ticket(
            self.story.agent, number, Part(message_ids=chosen, department_id=self.story.billing, subject="A part")
        )

    async def look(self) -> None:
        """Nothing is lost or doubled, search knows each where it is, and each number leads to a ticket that takes words."""
        found = await rows("select body from messages")
        assert Counter(each["body"] for each in found) == Counter(self.written)
        astray = await value(
            "select count(*) from messages m join search_entries s on s.id = m.id where s.ticket_id <> m.ticket_id"
        )
        assert astray == 0
        assert await value("select count(*) from tickets where goes_on_in(id) is null") == 0
        empty = await value(
            """select count(*) from tickets t where t.merged_into is null
                  and not exists (select from messages m where m.ticket_id = t.id and m.kind = 'message')"""
        )
        assert empty == 0
        kept = await value(
            "select count(*) from tickets t join messages m on m.ticket_id = t.id where t.merged_into is not null"
        )
        assert kept == 0


async def surely(undo: Awaitable[int]) -> None:
    """What was just done can be undone."""
    try:
        await undo
    except Refusal as refused:
        raise AssertionError(f"An undo right after was refused: {refused.code}") from refused


async def without_search(number: int) -> dict[str, list[Any]]:
    """The words of a subject under which a message came here by a merge are not known any more after a split."""
    return {**await everything(number), "search": []}


@settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=not LONG,
)  # fmt: skip
@given(
    policy=st.sampled_from(("larkspur", "foundry", "anchor", "polder", "orchard")),
    steps=st.lists(_STEP, min_size=6, max_size=14),
)
async def test_no_message_is_lost_or_doubled_whatever_is_moved(
    policy: str, steps: list[tuple[str, int, int, int]]
) -> None:
    story = await a_story(policy=policy)
    with within(story.tenant):
        written = ["The MX records are wrong.", "And the invoice of May?"]
        numbers = [story.number]
        for each in ("Second.", "Third."):
            numbers.append(await a_ticket(story.contact, story.tenant.support, body=each))
            written.append(each)
        house = House(story, numbers, written)
        for step in steps:
            try:
                await house.take(*step)
            except Refusal:
                continue
            finally:
                await house.look()
