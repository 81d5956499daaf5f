"""What is wrong with a policy that somebody wrote: each fault with the place where it is mended.

A place is the path in the definition: `statuses.2.key`, `timers.pending.1.after_hours`, `client_message.closed`.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import msgspec

from backend.tickets.lifecycle.fault_words import FAULT_WORDS
from backend.tickets.lifecycle.paths import dead_ends, endless_ladder, unreached
from backend.tickets.lifecycle.policy import (
    ANSWERS,
    ENDINGS,
    FOLLOW_UP,
    LONGEST_HOURS,
    NOTHING,
    OPEN_MEANINGS,
    REFUSE,
    REMINDERS,
    Policy,
    Step,
    stored_policy,
)

MOST_STATUSES: Final = 20
MOST_STEPS: Final = 20
MOST_NAME: Final = 60
MOST_TAG: Final = 60
_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Fault(msgspec.Struct, frozen=True):
    """Something to mend, and where. `values` fill its words."""

    path: str
    code: str
    values: Mapping[str, str | int] = {}

    def sentence(self, language: str) -> str:
        words = FAULT_WORDS[self.code]
        return words.get(language, words["en"]).format(**self.values)


class PolicyFaulty(ValueError):
    """A policy that cannot be kept, with all that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{each.path}: {each.sentence('en')}" for each in faults))
        self.faults = faults


def read_policy(definition: str | bytes | dict[str, Any]) -> Policy:
    """A policy that somebody wrote, from its JSON.

    Raises:
        PolicyFaulty: it contradicts itself, has a dead end, a ladder that runs backwards, or cannot be read at all.
    """
    try:
        policy = stored_policy(definition)
    except ValueError as wrong:
        raise PolicyFaulty((Fault("", "unreadable", {"why": str(wrong.__cause__ or wrong)}),)) from wrong
    if faults := faults_of(policy):
        raise PolicyFaulty(faults)
    return policy


def faults_of(policy: Policy) -> tuple[Fault, ...]:
    """All that is wrong, what is read first standing first.

    What leads where is looked at only once every name means something.
    """
    found = tuple(fault for check in _EACH_BY_ITSELF for fault in check(policy))
    return found or tuple(fault for check in _ALL_TOGETHER for fault in check(policy))


def _statuses(policy: Policy) -> Iterator[Fault]:
    if not policy.statuses:
        yield Fault("statuses", "no_status")
    if len(policy.statuses) > MOST_STATUSES:
        yield Fault("statuses", "too_many_statuses", {"most": MOST_STATUSES})
    seen: set[str] = set()
    for place, status in enumerate(policy.statuses):
        at = f"statuses.{place}"
        if not _KEY.fullmatch(status.key) or status.key in ANSWERS:
            yield Fault(f"{at}.key", "bad_key")
        if status.key in seen:
            yield Fault(f"{at}.key", "key_twice", {"key": status.key})
        seen.add(status.key)
        for field, names in (("names", status.names), ("client_names", status.client_names)):
            if not names:
                yield Fault(f"{at}.{field}", "no_name")
            for language, name in names.items():
                if not name.strip() or len(name) > MOST_NAME or any(ord(each) < 32 for each in name):
                    yield Fault(f"{at}.{field}.{language}", "bad_name", {"most": MOST_NAME})
    if policy.statuses and not any(each.meaning == "closed" for each in policy.statuses):
        yield Fault("statuses", "no_closed")


def _start_and_answers(policy: Policy) -> Iterator[Fault]:
    if not policy.has(policy.initial):
        yield Fault("initial", "unknown_status", {"key": policy.initial})
    elif not policy.means(policy.initial, *OPEN_MEANINGS):
        yield Fault("initial", "begins_closed")
    if not policy.replies:
        yield Fault("replies", "no_reply")
    yield from _known(policy, "replies", policy.replies)
    for key, statuses in policy.replies_in.items():
        yield from _known(policy, f"replies_in.{key}", (key, *statuses))


def _client_messages(policy: Policy) -> Iterator[Fault]:
    for status in policy.statuses:
        at, follows = f"client_message.{status.key}", policy.client_message.get(status.key)
        if follows is None:
            yield Fault(at, "no_client_message")
        elif follows in (FOLLOW_UP, REFUSE):
            if status.meaning not in (*ENDINGS, "on_hold"):
                yield Fault(at, "message_lost")
        elif follows != NOTHING:
            if not policy.has(follows):
                yield Fault(at, "unknown_status", {"key": follows})
            elif not policy.means(follows, *OPEN_MEANINGS, "on_hold"):
                yield Fault(at, "message_ends")
    yield from (
        Fault(f"client_message.{key}", "unknown_status", {"key": key})
        for key in policy.client_message
        if not policy.has(key)
    )
    for key, to in policy.thanks.items():
        at = f"thanks.{key}"
        if not policy.has(key) or not policy.has(to):
            yield Fault(at, "unknown_status", {"key": to if policy.has(key) else key})
        elif policy.means(key, "closed") or not policy.means(to, *ENDINGS):
            yield Fault(at, "thanks_reopen")
    window = policy.reopening
    if window is not None:
        if not _hours(window.within_hours):
            yield Fault("reopening.within_hours", "bad_hours", {"most": LONGEST_HOURS})
        if not any(
            status.meaning == "closed" and policy.client_message.get(status.key) not in (FOLLOW_UP, REFUSE)
            for status in policy.statuses
        ):
            yield Fault("reopening", "nothing_reopens")


def _transitions(policy: Policy) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for place, each in enumerate(policy.transitions or ()):
        at = f"transitions.{place}"
        yield from _known(policy, at, (each.source, each.to))
        if each.source == each.to or (each.source, each.to) in seen:
            yield Fault(at, "transition_twice")
        seen.add((each.source, each.to))
        if not each.by or "timer" in each.by:
            yield Fault(f"{at}.by", "nobody_may")
        elif "client" in each.by and policy.has(each.to) and not policy.means(each.to, *ENDINGS):
            yield Fault(f"{at}.by", "client_sets_open")


def _ladders(policy: Policy) -> Iterator[Fault]:
    for key, ladder in policy.timers.items():
        yield from _known(policy, f"timers.{key}", (key,))
        if len(ladder) > MOST_STEPS:
            yield Fault(f"timers.{key}", "too_many_steps", {"most": MOST_STEPS})
        for place, step in enumerate(ladder):
            yield from _step(policy, key, f"timers.{key}.{place}", step)
            if step.action == "set_status" and place < len(ladder) - 1:
                yield Fault(f"timers.{key}.{place + 1}", "after_the_end")
            if _hours(step.after_hours) and any(_overtaken(before, step) for before in ladder[:place]):
                yield Fault(f"timers.{key}.{place}.after_hours", "backwards")


def _step(policy: Policy, key: str, at: str, step: Step) -> Iterator[Fault]:
    if not _hours(step.after_hours):
        yield Fault(f"{at}.after_hours", "bad_hours", {"most": LONGEST_HOURS})
    if step.tag is not None and (not step.tag.strip() or len(step.tag) > MOST_TAG):
        yield Fault(f"{at}.tag", "bad_name", {"most": MOST_TAG})
    match step.action:
        case "remind":
            if step.template not in REMINDERS:
                yield Fault(f"{at}.template", "no_template")
            if step.status is not None or step.tag is not None:
                yield Fault(at, "step_does_two_things")
            if policy.means(key, *OPEN_MEANINGS, "closed"):
                yield Fault(at, "nobody_to_remind")
        case "tag":
            if step.tag is None:
                yield Fault(f"{at}.tag", "no_tag")
            if step.status is not None or step.template is not None:
                yield Fault(at, "step_does_two_things")
        case "set_status":
            if step.status is None or not policy.has(step.status):
                yield Fault(f"{at}.status", "unknown_status", {"key": step.status or ""})
            elif step.status == key:
                yield Fault(f"{at}.status", "status_stays")
            elif policy.means(key, "closed") and not policy.means(step.status, "closed"):
                yield Fault(f"{at}.status", "opens_by_itself")
            if step.template is not None:
                yield Fault(at, "step_does_two_things")


def _roads(policy: Policy) -> Iterator[Fault]:
    places = {each.key: place for place, each in enumerate(policy.statuses)}
    if (key := endless_ladder(policy)) is not None:
        yield Fault(f"timers.{key}", "round_and_round")
    for key in dead_ends(policy):
        yield Fault(f"statuses.{places[key]}", "dead_end", {"name": key})
    for key in unreached(policy):
        yield Fault(f"statuses.{places[key]}", "unreached", {"name": key})


def _known(policy: Policy, path: str, keys: tuple[str, ...]) -> Iterator[Fault]:
    return (Fault(path, "unknown_status", {"key": key}) for key in keys if not policy.has(key))


def _hours(hours: float) -> bool:
    return math.isfinite(hours) and 0 < hours <= LONGEST_HOURS


def _overtaken(before: Step, step: Step) -> bool:
    """Whether a later step is due before an earlier one whenever the status is taken. An opening hour is never shorter
    than an hour, so that a step in opening hours may have the smaller number."""
    mixed = before.count == "hours" and step.count == "business_hours"
    return not mixed and step.after_hours < before.after_hours


_EACH_BY_ITSELF: Final[tuple[Callable[[Policy], Iterator[Fault]], ...]] = (
    _statuses, _start_and_answers, _client_messages, _transitions, _ladders,
)  # fmt: skip
_ALL_TOGETHER: Final[tuple[Callable[[Policy], Iterator[Fault]], ...]] = (_roads,)
