"""Give open tickets the version of the lifecycle that holds now: planned, shown, and done as it was shown.

A plan is rows: for each ticket how it stands and what follows. When a ticket's turn comes and it stands otherwise, it is
left alone and the plan says so; it keeps what it was promised, and the next plan finds it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

from backend.actor import Actor, require_admin, system
from backend.business_time import ALWAYS, Calendar
from backend.clock import now
from backend.database import Row, row, rows, transaction, value
from backend.errors import Refusal
from backend.events import StoredEvent, record, record_all
from backend.ids import new_id
from backend.tenants.calendars import calendar_of
from backend.tickets.change import LADDER, get_policy, lock_tickets, write_changes
from backend.tickets.lifecycle.decide import Changes, Pending, ladder_after_change_over
from backend.tickets.lifecycle.events import ChangeOverBegan, TookVersion
from backend.tickets.lifecycle.policy import Policy
from backend.tickets.lifecycle.tables import ChangeOver

OPEN: Final = ("new", "open", "waiting_for_client", "on_hold", "solved")
PLANNED_FOR: Final = timedelta(hours=1)
"""For how long a plan may begin: what it shows is counted from when it was made."""
_PAGE: Final = 500
_BATCH: Final = 100
_WITH_TIMERS: Final = """
    select t.id, t.number, t.department_id, t.policy_id, t.status, t.last_activity_at, coalesce(t.ladder_since, t.last_activity_at) as since,
           coalesce((select jsonb_agg(jsonb_build_object('step', x.step, 'action', x.action, 'due_at', x.due_at,
                                                         'hours_left', x.hours_left) order by x.step)
                       from timers x where x.ticket_id = t.id and x.done_at is null and x.cancelled_at is null
                        and x.action = any($1)), '[]') as timers
      from tickets t
"""


async def plan_change_over(actor: Actor, statuses: Mapping[str, str]) -> UUID:
    """Work out what would become of every open ticket that follows an older version, and keep it. Nothing changes yet.

    `statuses` says what a status becomes that the version has no more, or that is to become another.

    Raises:
        Refusal: not an admin; one is under way; or a status is left without one that follows, or with one that ends.
    """
    require_admin(actor)
    async with transaction():
        policy_id: UUID = await value("select policy_id from tenants")
        policy = await get_policy(actor.tenant_id, policy_id)
        if await value("select exists (select 1 from change_overs where began_at is not null and ended_at is null)"):
            raise Refusal("change_over_under_way")
        at, change_over_id = now(), new_id()
        await ChangeOver.insert(
            ChangeOver(
                tenant_id=actor.tenant_id, id=change_over_id, policy_id=policy_id, by_id=actor.account, planned_at=at
            )
        )
        after = 0
        hours = _Hours(actor, policy)
        while found := await rows(
            _WITH_TIMERS + "where t.meaning = any($2) and t.policy_id <> $3 and t.number > $4 order by t.number limit $5",
            LADDER, OPEN, policy_id, after, _PAGE,
        ):  # fmt: skip
            after = found[-1]["number"]
            await _keep(
                actor, change_over_id, [await _planned(actor, policy, each, statuses, at, hours) for each in found]
            )
    return change_over_id


async def begin_change_over(actor: Actor, change_over_id: UUID) -> None:
    """Do what was planned, batch by batch, in the worker.

    Raises:
        Refusal: not an admin; not here; the plan is too old, was begun, or the lifecycle has another version since.
    """
    require_admin(actor)
    async with transaction():
        # Whoever begins another plan, or saves another version, waits for this one and then sees it.
        current: UUID = await value("select policy_id from tenants for no key update")
        plan = await row("select * from change_overs where id = $1 for no key update", change_over_id)
        if plan is None:
            raise Refusal("not_found", "id")
        if await value("select exists (select 1 from change_overs where began_at is not null and ended_at is null)"):
            raise Refusal("change_over_under_way", "id")
        if plan["began_at"] is not None or current != plan["policy_id"] or now() > plan["planned_at"] + PLANNED_FOR:
            raise Refusal("change_over_too_old", "id")
        await rows("update change_overs set began_at = $2 where id = $1", change_over_id, now())
        await record(actor, ChangeOverBegan(change_over_id=change_over_id))


async def go_on_with_change_over(event: StoredEvent) -> None:
    """The next batch; says of itself what is left, so that no transaction is long and none is forgotten."""
    change_over_id = UUID(event.data["change_over_id"])
    actor = system(event.tenant_id, await value("select language from tenants"), "an admin's change-over")
    plan = await row(
        "select c.policy_id, p.version from change_overs c join lifecycle_policies p on p.id = c.policy_id "
        "where c.id = $1 and c.ended_at is null for no key update of c",
        change_over_id,
    )
    if plan is None:
        return
    planned = await rows(
        "select * from change_over_tickets where change_over_id = $1 and outcome is null order by number limit $2",
        change_over_id,
        _BATCH,
    )
    outcomes = await _take_version(actor, planned, plan["policy_id"], plan["version"]) if planned else {}
    for outcome in ("done", "changed"):
        numbers = [number for number, each in outcomes.items() if each == outcome]
        await rows(
            "update change_over_tickets set outcome = $3 where change_over_id = $1 and number = any($2)",
            change_over_id,
            numbers,
            outcome,
        )
    if len(planned) < _BATCH:
        await rows("update change_overs set ended_at = $2 where id = $1", change_over_id, now())
    else:
        await record(actor, ChangeOverBegan(change_over_id=change_over_id))


class _Hours:
    """The hours of departments, each asked for once, and only where the policy counts by them."""

    def __init__(self, actor: Actor, policy: Policy) -> None:
        self._tenant_id, self._counts = actor.tenant_id, policy.counts_business_hours
        self._known: dict[UUID, Calendar] = {}

    async def of(self, department_id: UUID) -> Calendar:
        if not self._counts:
            return ALWAYS
        if department_id not in self._known:
            self._known[department_id] = await calendar_of(self._tenant_id, department_id)
        return self._known[department_id]


async def _planned(
    actor: Actor, policy: Policy, ticket: Row, statuses: Mapping[str, str], at: datetime, hours: "_Hours"
) -> dict[str, Any]:
    to = statuses.get(ticket["status"], ticket["status"])
    if not policy.means(to, *OPEN):
        raise Refusal("status_to_follow", "statuses", status=ticket["status"])
    calendar = await hours.of(ticket["department_id"])
    before = _pending(ticket["timers"])
    was = await get_policy(actor.tenant_id, ticket["policy_id"])
    timers = ladder_after_change_over(policy, to, ticket["since"], before, at, calendar)
    return {
        "ticket_id": ticket["id"],
        "number": ticket["number"],
        "stood": _stood(ticket["policy_id"], ticket["status"], ticket["since"], before),
        "status": ticket["status"],
        "to_status": to,
        "closes_at": _closes(was, ticket["status"], before),
        "to_closes_at": _closes(policy, to, timers),
        "timers": msgspec.json.encode(timers).decode(),
    }


async def _keep(actor: Actor, change_over_id: UUID, planned: Sequence[Mapping[str, Any]]) -> None:
    await rows(
        """
        insert into change_over_tickets (tenant_id, change_over_id, ticket_id, number, stood, status, to_status, closes_at,
                                         to_closes_at, timers)
        select $1, $2, * from unnest($3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::timestamptz[],
                                     $9::timestamptz[], $10::jsonb[])
        """,
        actor.tenant_id,
        change_over_id,
        *([each[name] for each in planned] for name in planned[0]),
    )


async def _take_version(actor: Actor, planned: Sequence[Row], policy_id: UUID, version: int) -> dict[int, str]:
    """What became of each, by number. A ticket that stands otherwise than it did is left alone."""
    at = now()
    locked = await lock_tickets(actor, [each["ticket_id"] for each in planned], wait=True)
    stands = {
        each["id"]: (
            _stood(each["policy_id"], each["status"], each["since"], _pending(each["timers"])),
            each["last_activity_at"],
        )
        for each in await rows(_WITH_TIMERS + "where t.id = any($2)", LADDER, list(locked))
    }
    policy = await get_policy(actor.tenant_id, policy_id)
    outcomes: dict[int, str] = {}
    events = []
    for each in planned:
        ticket = locked[each["ticket_id"]]
        status = policy.status(each["to_status"])
        if stands[ticket.id][0] != each["stood"] or status is None:
            outcomes[each["number"]] = "changed"
            continue
        changes = Changes(status=status, waiting_since=ticket.waiting_since, timers=_pending(each["timers"]))
        await write_changes(actor, ticket, changes, at, policy_id=policy_id, last_activity_at=stands[ticket.id][1])
        events.append(
            TookVersion(
                ticket_id=ticket.id, number=ticket.number, version=version, old_status=ticket.status, status=status.key,
                closes_at=each["to_closes_at"],
            )
        )  # fmt: skip
        outcomes[each["number"]] = "done"
    await record_all(actor, events)
    return outcomes


def _pending(stored: str | bytes) -> tuple[Pending, ...]:
    return msgspec.json.decode(stored, type=tuple[Pending, ...])


def _closes(policy: Policy, status: str, timers: Sequence[Pending]) -> datetime | None:
    """When these timers end a ticket by themselves."""
    ladder = policy.timers.get(status, ())
    return next(
        (
            each.due_at
            for each in timers
            if each.step < len(ladder) and policy.means(ladder[each.step].status, "solved", "closed")
        ),
        None,
    )


def _stood(policy_id: UUID, status: str, since: datetime, timers: Sequence[Pending]) -> str:
    told = msgspec.json.encode((policy_id, status, since, tuple(timers)))
    return hashlib.sha256(told).hexdigest()[:32]
