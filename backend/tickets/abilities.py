"""What an actor may do with a ticket now: asked by the screens, computed by the rules that guard the verbs."""

from dataclasses import dataclass
from datetime import datetime

from backend.actor import Actor
from backend.clock import now
from backend.tickets.lifecycle.decide import ClientWrote, State, decide
from backend.tickets.lifecycle.offered import closing_step, may_close_now, reply_statuses, settable, who
from backend.tickets.lifecycle.policy import Policy, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """`statuses` may be set, `reply_statuses` may be sent with an answer. `snooze`, `pause` and `resume` are of timers."""

    reply: bool
    note: bool
    assign: bool
    transfer: bool
    set_status: bool
    see_internal: bool
    ask_for_secret: bool
    categorise: bool
    split: bool
    merge: bool
    keep_open: bool
    close_now: bool
    snooze: bool
    pause: bool
    resume: bool
    thank: bool
    begins_new: bool
    statuses: tuple[Status, ...]
    reply_statuses: tuple[Status, ...]


def abilities(
    actor: Actor,
    policy: Policy,
    status: str,
    *,
    merged: bool = False,
    pending: bool = False,
    paused: bool = False,
    thankable: bool = False,
    closed_at: datetime | None = None,
) -> Abilities:
    """The abilities on a ticket that the actor sees, in this status of its policy. One that was `merged` has none: what is
    to be done is done where it goes on. `pending` says that something will happen by itself, `paused` that it is paused;
    `thankable`: it was answered, and nobody has said yet that all is fine. `begins_new`: what the client's side writes goes
    into a new ticket, by the policy and by how long ago it was closed."""
    current = policy.status(status)
    staff = actor.is_staff and not merged
    offered = settable(policy, current, who(actor)) if staff and current is not None else ()
    replies = reply_statuses(policy, current, who(actor)) if staff and current is not None else ()
    closed = current is not None and current.meaning == "closed"
    return Abilities(
        reply=not merged and (bool(replies) or not staff),
        note=staff,
        assign=staff,
        transfer=staff,
        set_status=bool(offered),
        see_internal=actor.is_staff,
        ask_for_secret=staff and not closed,
        categorise=staff,
        split=staff,
        merge=staff,
        keep_open=current is not None and closing_step(policy, current) is not None and not merged,
        close_now=current is not None and may_close_now(policy, current, who(actor)) and not merged,
        snooze=staff and pending and not paused,
        pause=staff and pending and not paused,
        resume=staff and paused,
        thank=thankable and not merged and not actor.is_staff,
        begins_new=current is not None
        and not (merged or actor.is_staff)
        and decide(State(status=status, closed_at=closed_at), ClientWrote(), policy, now()).follow_up,
        statuses=tuple(each for each in policy.statuses if each.key in offered),
        reply_statuses=tuple(each for key in replies if (each := policy.status(key))),
    )
