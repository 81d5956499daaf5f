"""A lifecycle policy: data that a tenant owns (see presets.py for the five of FIELD.md), read and checked here."""

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
