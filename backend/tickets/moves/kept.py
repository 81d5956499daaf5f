"""How tickets were before messages moved, and after: what an undo puts back, and by what it tells what changed since."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from backend.actor import Actor
from backend.database import row, rows, value
from backend.errors import Refusal
from backend.tickets.tables import Ticket, TicketMove

_FIXED: Final = ("tenant_id", "id", "number")
COLUMNS: Final = tuple(each._meta.name for each in Ticket._meta.columns if each._meta.name not in _FIXED)

Columns = dict[str, Any]


class How(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket's columns before and after a move, with the timers of its ladder that the move stopped and started."""

    before: Columns
    after: Columns
    stopped: list[UUID]
    started: list[UUID]


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What moved, and how the tickets of both sides were. A ticket that the move made has no `how`."""

    messages: list[UUID]
    secrets: list[UUID]
    how: dict[UUID, How]


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """A move that has not been undone."""

    id: UUID
    from_id: UUID
    to_id: UUID
    moved_at: datetime
    kept: Kept


async def columns_of(ticket_id: UUID) -> Columns:
    """A ticket as it is now; moments and ids as text."""
    found = await value("select to_jsonb(t) from tickets t where id = $1", ticket_id)
    every: Columns = msgspec.json.decode(found)
    return {name: every[name] for name in COLUMNS}


async def put_columns(actor: Actor, ticket_id: UUID, columns: Columns) -> None:
    """Write a ticket's columns as `columns_of` read them."""
    names = ", ".join(columns)
    await rows(
        f"""update tickets t set ({names}) = (select {names} from jsonb_populate_record(null::tickets, $3::jsonb))
             where t.tenant_id = $1 and t.id = $2""",  # noqa: S608 (names of columns)
        actor.tenant_id,
        ticket_id,
        msgspec.json.encode(columns).decode(),
    )


async def ladder_of(ticket_id: UUID) -> frozenset[UUID]:
    """The pending timers of a ticket's own, of its ladder and its promises; those of its secrets go with the secrets."""
    found = await rows(
        "select id from timers where ticket_id = $1 and done_at is null and cancelled_at is null and secret_id is null",
        ticket_id,
    )
    return frozenset(each["id"] for each in found)


class Watched:
    """A ticket from before a move on, until `how` says what the move made of it."""

    def __init__(self, ticket_id: UUID, before: Columns, ladder: frozenset[UUID]) -> None:
        self._id, self._before, self._ladder = ticket_id, before, ladder

    @classmethod
    async def begin(cls, ticket_id: UUID) -> "Watched":
        return cls(ticket_id, await columns_of(ticket_id), await ladder_of(ticket_id))

    async def how(self) -> How:
        ladder = await ladder_of(self._id)
        return How(
            before=self._before, after=await columns_of(self._id), stopped=sorted(self._ladder - ladder),
            started=sorted(ladder - self._ladder),
        )  # fmt: skip


async def keep_move(
    actor: Actor, kind: str, move_id: UUID, from_id: UUID, to_id: UUID, at: datetime, messages: Sequence[UUID],
    secrets: Sequence[UUID], watched: Iterable[tuple[UUID, Watched]],
) -> None:  # fmt: skip
    """Write down what moved, when all of it is done."""
    kept = Kept(
        messages=list(messages), secrets=list(secrets), how={ticket_id: await each.how() for ticket_id, each in watched}
    )
    await TicketMove.insert(
        TicketMove(
            tenant_id=actor.tenant_id, id=move_id, kind=kind, from_id=from_id, to_id=to_id,
            moved_by=actor.account_id, moved_at=at, kept=msgspec.json.encode(kept).decode(),
        )
    )  # fmt: skip


async def standing_move(kind: str, side: str, number: int) -> Move:
    """The move of this kind from or to a ticket that has not been undone, and that nothing stands upon.

    Raises:
        Refusal: there is none.
    """
    found = await row(
        f"""select m.id, m.from_id, m.to_id, m.moved_at, m.kept::text as kept
              from ticket_moves m join tickets t on t.tenant_id = m.tenant_id and t.id = m.{side}_id
             where t.number = $1 and m.kind = $2 and m.undone_at is null""",  # noqa: S608 (from or to)
        number,
        kind,
    )
    if found is None:
        raise Refusal("nothing_to_undo", "number")
    return Move(
        id=found["id"], from_id=found["from_id"], to_id=found["to_id"], moved_at=found["moved_at"],
        kept=msgspec.json.decode(found["kept"], type=Kept),
    )  # fmt: skip


async def require_latest(move: Move) -> None:
    """Moves are undone in turn, the last one first: so each finds what it left. The caller holds both locks.

    Raises:
        Refusal: `undo_first` names what stands upon it; `nothing_to_undo` where somebody else was faster.
    """
    if await value("select undone_at is not null from ticket_moves where id = $1", move.id):
        raise Refusal("nothing_to_undo", "number")
    later = await row(
        """select m.kind, a.number as from_number, b.number as to_number from ticket_moves m
             join tickets a on a.tenant_id = m.tenant_id and a.id = m.from_id
             join tickets b on b.tenant_id = m.tenant_id and b.id = m.to_id
            where m.undone_at is null and m.id > $1 and (m.from_id = any($2) or m.to_id = any($2))
            order by m.id desc limit 1""",
        move.id,
        [move.from_id, move.to_id],
    )
    if later is not None:
        code = "undo_split_first" if later["kind"] == "split" else "undo_merge_first"
        raise Refusal(code, "number", source=later["from_number"], target=later["to_number"])


async def end_move(actor: Actor, move: Move, at: datetime) -> None:
    """The move is undone."""
    await TicketMove.update({TicketMove.undone_at: at}).where(
        TicketMove.tenant_id == actor.tenant_id, TicketMove.id == move.id
    )
