"""The lifecycle of a ticket as a pure function over a tenant's policy.

`decide` knows no database and no clock of its own: what happens to a ticket in a status follows from the event, the
policy and the moment alone. A policy is data (see presets.py for the five of FIELD.md).
"""

from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

import msgspec

Meaning: TypeAlias = Literal["new", "open", "waiting_for_client", "on_hold", "solved", "closed"]
LONGEST_HOURS = 87_600
OPEN_MEANINGS = ("new", "open")


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """A status: its key, what it means, and its names for staff and for clients by language."""

    key: str
    meaning: Meaning
    names: dict[str, str]
    client_names: dict[str, str]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A step of a status' ladder of timers: so many hours after the status was taken, remind or change the status."""

    after_hours: float
    action: Literal["remind", "set_status"]
    template: str | None = None
    status: str | None = None
    tag: str | None = None


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """A lifecycle.

    `client_message` says for each status what a client's message does: the status that follows, or `follow_up` for a
    new linked ticket. `replies` are the statuses that an answer may be sent with, in the order in which they are
    offered; the last one is the usual one.
    """

    statuses: tuple[Status, ...]
    initial: str
    replies: tuple[str, ...]
    client_message: dict[str, str]
    timers: dict[str, tuple[Step, ...]] = {}

    @property
    def usual_reply(self) -> str:
        """The status of an answer that names none: by mail, or by the key that sends on the desk."""
        return self.replies[-1]

    def status(self, key: str) -> Status | None:
        return next((each for each in self.statuses if each.key == key), None)

    def has(self, key: str) -> bool:
        return self.status(key) is not None


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What `decide` needs to know of a ticket."""

    status: str
    waiting_since: datetime | None = None


class Opened(msgspec.Struct, frozen=True):
    """The client's side opened the ticket."""


class ClientWrote(msgspec.Struct, frozen=True):
    """The client's side wrote a message."""


class StaffWrote(msgspec.Struct, frozen=True):
    """A member answered in public, sending it with a status."""

    status: str


class StatusSet(msgspec.Struct, frozen=True):
    """A member set the status without a message."""

    status: str


class TimerDue(msgspec.Struct, frozen=True):
    """A step of the ladder of the ticket's status is due."""

    step: int


Happening: TypeAlias = Opened | ClientWrote | StaffWrote | StatusSet | TimerDue


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What follows. `timers` replaces all pending timers where it is not None; times are business time."""

    status: Status
    waiting_since: datetime | None
    follow_up: bool = False
    timers: tuple[tuple[int, Step, datetime], ...] | None = None
    reminder: str | None = None
    tag: str | None = None


class StatusNotOffered(Exception):
    """The policy does not let the ticket take that status by this happening."""


def read_policy(definition: str | bytes | dict[str, Any]) -> Policy:
    """A policy from its JSON.

    Raises:
        ValueError: a status that is named does not exist or exists twice, there is none to answer with, or a ladder runs
            backwards.
    """
    try:
        policy = (
            msgspec.convert(definition, Policy)
            if isinstance(definition, dict)
            else msgspec.json.decode(definition, type=Policy)
        )
    except msgspec.ValidationError as wrong:
        raise ValueError(f"The policy cannot be read: {wrong}") from wrong
    named = [policy.initial, *policy.replies, *policy.client_message, *policy.timers]
    named += [each for each in policy.client_message.values() if each != "follow_up"]
    for ladder in policy.timers.values():
        named += [step.status for step in ladder if step.status is not None]
        hours = [step.after_hours for step in ladder]
        if not all(0 < each <= LONGEST_HOURS for each in hours) or hours != sorted(hours):
            raise ValueError("A ladder of timers runs forward in time, over ten years at most.")
        for step in ladder:
            if (step.action == "set_status") != (step.status is not None):
                raise ValueError("A step sets a status or reminds.")
            if step.action == "remind" and not step.template:
                raise ValueError("A reminder names its mail.")
    if unknown := [key for key in named if not policy.has(key)]:
        raise ValueError(f"The policy names a status that it does not have: {unknown[0]}")
    if not policy.replies:
        raise ValueError("The policy names no status that an answer is sent with.")
    keys = [each.key for each in policy.statuses]
    if len(set(keys)) < len(keys):
        raise ValueError("The policy has two statuses with the same key.")
    if missing := [each.key for each in policy.statuses if each.key not in policy.client_message]:
        raise ValueError(f"The policy does not say what a client's message does in: {missing[0]}")
    return policy


def decide(state: State, happening: Happening, policy: Policy, at: datetime) -> Changes:
    """What follows from a happening at that moment (business time).

    Raises:
        StatusNotOffered: a member asked for a status that the policy does not offer here.
    """
    current = policy.status(state.status)
    if current is None:
        raise StatusNotOffered(state.status)
    match happening:
        case Opened():
            return _take(policy, policy.initial, at, waiting_since=at)
        case ClientWrote():
            follows = policy.client_message[current.key]
            if follows == "follow_up":
                return Changes(status=current, waiting_since=state.waiting_since, follow_up=True)
            # A nudge keeps the place: waiting since the first unanswered message (FIELD.md A4, D4).
            return _take(policy, follows, at, waiting_since=state.waiting_since or at)
        case StaffWrote(status):
            if status not in policy.replies or current.meaning == "closed":
                raise StatusNotOffered(status)
            return _take(policy, status, at, waiting_since=None)
        case StatusSet(status):
            if status not in settable(policy, current):
                raise StatusNotOffered(status)
            return _take(policy, status, at, waiting_since=state.waiting_since)
        case TimerDue(number):
            ladder = policy.timers.get(current.key, ())
            if number >= len(ladder):
                return Changes(status=current, waiting_since=state.waiting_since)
            step = ladder[number]
            if step.action == "remind":
                return Changes(status=current, waiting_since=state.waiting_since, reminder=step.template)
            taken = _take(policy, step.status or current.key, at, waiting_since=state.waiting_since)
            return msgspec.structs.replace(taken, tag=step.tag)


def settable(policy: Policy, current: Status) -> tuple[str, ...]:
    """The statuses that a member may set from this one. A ticket whose closing is final (a client's message would make
    a follow-up) is not opened again by hand either."""
    if current.meaning == "closed" and policy.client_message[current.key] == "follow_up":
        return ()
    return tuple(each.key for each in policy.statuses if each.key != current.key)


def _take(policy: Policy, key: str, at: datetime, *, waiting_since: datetime | None) -> Changes:
    status = policy.status(key)
    if status is None:
        raise StatusNotOffered(key)
    if status.meaning == "closed":
        waiting_since = None
    ladder = policy.timers.get(key, ())
    return Changes(
        status=status,
        waiting_since=waiting_since,
        timers=tuple((n, step, at + timedelta(hours=step.after_hours)) for n, step in enumerate(ladder)),
    )
