"""Writes histories: a statement for each table, in the order of their references, inside the caller's transaction."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from backend.database import rows
from backend.demo.scene import Happened, Scene, Story
from backend.tenants.calendars import calendar_of
from backend.text import folded
from backend.tickets.events import FollowUpOpened
from backend.tickets.write_message import SEARCH_CONFIGS
from backend.verification.chain import append


async def store(scene: Scene, stories: Iterable[Story], *, first_number: int) -> int:
    """Number the tickets in the order in which they were opened, and write everything. Returns the last number."""
    ordered = sorted(stories, key=lambda story: story.ticket["opened_at"])
    numbers: dict[UUID, int] = {}
    for number, story in enumerate(ordered, first_number):
        story.ticket["number"] = numbers[story.ticket["id"]] = number
    await insert("tickets", [story.ticket for story in ordered])
    await insert("messages", [each for story in ordered for each in story.messages])
    proofs = [each for story in ordered for each in story.attestations]
    await append(sorted(proofs, key=lambda proof: (proof[0].at, proof[0].id)))
    await insert("proof_attempts", [each for story in ordered for each in story.tries])
    await insert("timers", [each for story in ordered for each in story.timers])
    await insert("thanks", [each for story in ordered for each in story.thanks])
    await insert("events", [_event(scene, each, numbers) for story in ordered for each in story.happened])
    await insert("outgoing_mails", [_mail(scene, each, numbers) for story in ordered for each in story.mails])
    await _measure(scene, ordered)
    await _index(scene, ordered)
    last = first_number + len(ordered) - 1
    await rows("update counters set last_number = $2 where tenant_id = $1 and id = 'ticket'", scene.tenant_id, last)
    return last


async def insert(table: str, written: Sequence[dict[str, Any]]) -> None:
    """Insert rows with the same columns in one statement."""
    if not written:
        return
    columns = ", ".join(written[0])
    await rows(
        f"insert into {table} ({columns}) select {columns} from jsonb_populate_recordset(null::{table}, $1::jsonb)",  # noqa: S608
        msgspec.json.encode(written).decode(),
    )


def _event(scene: Scene, happened: Happened, numbers: dict[UUID, int]) -> dict[str, Any]:
    """The row of an event. It has no deliveries: what it had to do was done at its time."""
    event = happened.event
    data = msgspec.to_builtins(event)
    data["number"] = numbers[UUID(data.pop("ticket_id"))]
    if isinstance(event, FollowUpOpened):
        data["follow_up_number"] = numbers[event.follow_up_id]
    actor = happened.actor
    return {
        "tenant_id": scene.tenant_id, "id": happened.id, "type": type(event).__name__, "at": happened.at,
        "actor_kind": actor.kind if actor else "system", "actor_id": actor.account_id if actor else None,
        "ticket_id": event.ticket_id, "data": data,
    }  # fmt: skip


def _mail(scene: Scene, mail: dict[str, Any], numbers: dict[UUID, int]) -> dict[str, Any]:
    number = numbers[mail["ticket_id"]]
    return {**mail, "mail_message_id": f"<t{number}.{mail['id'].hex}@{scene.mail_domain}>"}


async def _measure(scene: Scene, stories: Iterable[Story]) -> None:
    """How long the first answers took, as they were noted when they were given."""
    measured = []
    for ticket in (story.ticket for story in stories if story.ticket["first_responded_at"]):
        calendar = await calendar_of(scene.tenant_id, ticket["department_id"])
        waited = calendar.time_between(ticket["opened_at"], ticket["first_responded_at"])
        measured.append(
            {
                "tenant_id": scene.tenant_id, "id": ticket["id"], "department_id": ticket["department_id"],
                "urgency": ticket["urgency"], "answered_at": ticket["first_responded_at"],
                "seconds": int(waited.total_seconds()),
            }
        )  # fmt: skip
    await insert("first_responses", measured)


async def _index(scene: Scene, stories: Iterable[Story]) -> None:
    entries = [
        {
            "id": message["id"], "ticket_id": message["ticket_id"], "internal": message["kind"] == "note",
            "words": folded(f"{story.ticket['subject']}\n{message['body']}"),
        }
        for story in stories for message in story.messages
    ]  # fmt: skip
    await rows(
        "insert into search_entries (tenant_id, id, ticket_id, internal, vector) "
        "select $1, e.id, e.ticket_id, e.internal, search_vector($2::text::regconfig, e.words) "
        "from jsonb_to_recordset($3::jsonb) as e (id uuid, ticket_id uuid, internal boolean, words text)",
        scene.tenant_id,
        SEARCH_CONFIGS[scene.language],
        msgspec.json.encode(entries).decode(),
    )
