"""How far a request is, as a line like that of a parcel (FIELD.md E1): what a policy's statuses mean, in order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

from backend.tickets.lifecycle.policy import Meaning, Policy

StepKey: TypeAlias = Literal["received", "looked_at", "waiting_for_client", "on_hold", "solved", "closed"]
StepState: TypeAlias = Literal["done", "now", "ahead", "skipped"]

_WORDS: Final[dict[StepKey, dict[str, str]]] = {
    "received": {"en": "Received", "nl": "Ontvangen"},
    "looked_at": {"en": "Being looked at", "nl": "In behandeling"},
    "waiting_for_client": {"en": "Waiting for you", "nl": "Wacht op u"},
    "on_hold": {"en": "On hold", "nl": "Aangehouden"},
    "solved": {"en": "Solved", "nl": "Opgelost"},
    "closed": {"en": "Closed", "nl": "Gesloten"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What of a ticket decides how far it is. `looked_at` is when somebody of the staff first took it or answered it,
    `asked_at` and `held_at` when it last began to wait for the client or was put on hold."""

    meaning: Meaning
    opened_at: datetime
    looked_at: datetime | None = None
    asked_at: datetime | None = None
    held_at: datetime | None = None
    solved_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressStep:
    """A step of the line. `at` is when it was reached: None ahead of it, and where it was passed over."""

    key: StepKey
    state: StepState
    at: datetime | None


def progress(policy: Policy, known: Known) -> tuple[ProgressStep, ...]:
    """The line of a ticket: the steps that its policy has, those behind it with the times at which they were reached.

    It is looked at when somebody took or answered it, not because its status is called open. A ticket that was opened
    again is looked at again: what was solved before is ahead once more.
    """
    meanings = {each.meaning for each in policy.statuses}
    keys: list[StepKey] = ["received", "looked_at"]
    if "waiting_for_client" in meanings:
        keys.append("waiting_for_client")
    if known.meaning == "on_hold":
        keys.append("on_hold")
    if "solved" in meanings:
        keys.append("solved")
    if "closed" in meanings:
        keys.append("closed")
    current = _current(known)
    reached: dict[StepKey, datetime | None] = {
        "received": known.opened_at, "looked_at": known.looked_at, "waiting_for_client": known.asked_at,
        "on_hold": known.held_at, "solved": known.solved_at, "closed": known.closed_at,
    }  # fmt: skip
    here = keys.index(current)
    return tuple(
        ProgressStep(
            key=key,
            state="now" if at == here else "ahead" if at > here else "done" if reached[key] else "skipped",
            at=reached[key] if at <= here else None,
        )
        for at, key in enumerate(keys)
    )


def step_name(key: StepKey, language: str) -> str:
    """The step in the reader's language."""
    return _WORDS[key][language]


def _current(known: Known) -> StepKey:
    if known.meaning in ("new", "open"):
        return "looked_at" if known.looked_at else "received"
    if known.meaning == "waiting_for_client":
        return "waiting_for_client"
    return known.meaning  # type: ignore[return-value]  # What is left is called the same.
