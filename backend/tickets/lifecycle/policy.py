"""A lifecycle policy: data that a tenant owns (see presets.py for the five of FIELD.md).

`read_policy` takes what an admin wrote and says all that is wrong with it (see faults.py); `stored_policy` takes what
was accepted before, perhaps by an older version of these rules.
"""

from typing import Any, Final, Literal, TypeAlias

import msgspec

Meaning: TypeAlias = Literal["new", "open", "waiting_for_client", "on_hold", "solved", "closed"]
Who: TypeAlias = Literal["agent", "lead", "admin", "client", "timer"]
Count: TypeAlias = Literal["hours", "business_hours"]

OPEN_MEANINGS: Final = ("new", "open")
ENDINGS: Final = ("solved", "closed")
FOLLOW_UP: Final = "follow_up"
REFUSE: Final = "refuse"
NOTHING: Final = "nothing"
ANSWERS: Final = (FOLLOW_UP, REFUSE, NOTHING)
"""What a client's message may do besides making the ticket take a status; no status has such a key."""
REMINDERS: Final = ("reminder_first", "reminder_second")
"""The mails that a step may remind with."""
LONGEST_HOURS: Final = 87_600


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """A status: its key, what it means, and its names for staff and for clients by language."""

    key: str
    meaning: Meaning
    names: dict[str, str]
    client_names: dict[str, str]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A step of a status' ladder: so many hours after the status was taken, remind, tag or change the status.

    Where `count` says so, only the hours are counted in which the department is open. A change of status may bring a
    tag too.
    """

    after_hours: float
    action: Literal["remind", "set_status", "tag"]
    count: Count = "hours"
    template: str | None = None
    status: str | None = None
    tag: str | None = None


class Transition(msgspec.Struct, frozen=True, kw_only=True):
    """A status that may be set by hand from another, and by whom: what an agent may do, leads and admins may too."""

    source: str
    to: str
    by: tuple[Who, ...]


class Reopening(msgspec.Struct, frozen=True, kw_only=True):
    """For how long after its closing a client's message reopens a ticket, where it does, and what it does later."""

    within_hours: float
    after: Literal["follow_up", "refuse"]


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """A lifecycle.

    `client_message` says for each status what a client's message does: the status that follows, or one of ANSWERS.
    `replies` are the statuses that an answer may be sent with, in the order in which they are offered; the last one is
    the usual one; `replies_in` says so for a single status. Without `transitions` members may set any status from any
    other, except from one whose closing is final. `thanks` is the status that follows when a client says that all is
    fine; where it names none, nothing does.
    """

    statuses: tuple[Status, ...]
    initial: str
    replies: tuple[str, ...]
    client_message: dict[str, str]
    timers: dict[str, tuple[Step, ...]] = {}
    transitions: tuple[Transition, ...] | None = None
    replies_in: dict[str, tuple[str, ...]] = {}
    thanks: dict[str, str] = {}
    reopening: Reopening | None = None

    @property
    def usual_reply(self) -> str:
        """The status of an answer that names none: by mail, or by the key that sends on the desk."""
        return self.replies[-1]

    @property
    def counts_business_hours(self) -> bool:
        return any(step.count == "business_hours" for ladder in self.timers.values() for step in ladder)

    def status(self, key: str) -> Status | None:
        return next((each for each in self.statuses if each.key == key), None)

    def has(self, key: str) -> bool:
        return self.status(key) is not None

    def means(self, key: str | None, *meanings: Meaning) -> bool:
        """Whether there is such a status and it has one of the meanings."""
        found = self.status(key) if key is not None else None
        return found is not None and found.meaning in meanings


def stored_policy(definition: str | bytes | dict[str, Any]) -> Policy:
    """A policy from its JSON, taken as it is.

    Raises:
        ValueError: it has another shape.
    """
    try:
        if isinstance(definition, dict):
            return msgspec.convert(definition, Policy)
        return msgspec.json.decode(definition, type=Policy)
    except msgspec.ValidationError as wrong:
        raise ValueError(f"The policy cannot be read: {wrong}") from wrong


def as_definition(policy: Policy) -> dict[str, Any]:
    """The policy as the JSON that `stored_policy` takes."""
    plain: dict[str, Any] = msgspec.to_builtins(policy)
    return plain
