"""What leads from status to status under a policy, and by whom: the arrows of its diagram."""

from collections.abc import Iterable

import msgspec

from backend.tickets.lifecycle.offered import closing_status, may_close_now, reply_statuses, settable
from backend.tickets.lifecycle.policy import ANSWERS, ENDINGS, Policy, Status, Who


class Arrow(msgspec.Struct, frozen=True, kw_only=True):
    """A way from one status to another, and all who may or do take the ticket there, by whatever act."""

    source: str
    to: str
    by: tuple[Who, ...]


def arrows(policy: Policy) -> tuple[Arrow, ...]:
    """Every way from a status to another one, in the order of the statuses."""
    found: list[Arrow] = []
    order = [each.key for each in policy.statuses]
    for status in policy.statuses:
        by_whom: dict[str, list[Who]] = {}
        for who, keys in _ways(policy, status):
            for key in keys:
                if key != status.key and policy.has(key):
                    by_whom.setdefault(key, []).append(who)
        found += [Arrow(source=status.key, to=key, by=_least(by_whom[key])) for key in sorted(by_whom, key=order.index)]
    return tuple(found)


def dead_ends(policy: Policy) -> tuple[str, ...]:
    """The statuses out of which no way leads to the end of the ticket, though they are not the end."""
    ended = {each.key for each in policy.statuses if each.meaning == "closed"}
    backwards = [(each.to, each.source) for each in arrows(policy)]
    reaching = _reached(backwards, ended)
    return tuple(each.key for each in policy.statuses if each.key not in reaching)


def unreached(policy: Policy) -> tuple[str, ...]:
    """The statuses that no ticket ever comes to."""
    seen = _reached([(each.source, each.to) for each in arrows(policy)], {policy.initial})
    return tuple(each.key for each in policy.statuses if each.key not in seen)


def endless_ladder(policy: Policy) -> str | None:
    """A status whose timers lead back to it, so that the ticket would go round for ever by itself."""
    by_timer = [
        (key, step.status) for key, ladder in policy.timers.items() for step in ladder if step.status is not None
    ]
    return next(
        (key for key in policy.timers if key in _reached(by_timer, {to for k, to in by_timer if k == key})), None
    )


def _ways(policy: Policy, status: Status) -> Iterable[tuple[Who, Iterable[str]]]:
    for who in ("agent", "lead", "admin"):
        yield who, settable(policy, status, who)
        yield who, reply_statuses(policy, status, who)
    follows = policy.client_message.get(status.key)
    if follows is not None and follows not in ANSWERS:
        yield "client", (follows,)
    to = closing_status(policy, status)
    if to is not None and may_close_now(policy, status, "client"):
        yield "client", (to,)
    thanked = policy.thanks.get(status.key)
    if thanked is not None and policy.means(thanked, *ENDINGS):
        yield "client", (thanked,)
    yield "timer", (step.status for step in policy.timers.get(status.key, ()) if step.status is not None)


def _least(who: Iterable[Who]) -> tuple[Who, ...]:
    """Each once; of the members only the lowest, whose rights the others have too."""
    named = set(who)
    ranks: tuple[Who, ...] = ("agent", "lead", "admin")
    members = [each for each in ranks if each in named][:1]
    return (*members, *(each for each in ("client", "timer") if each in named))


def _reached(ways: list[tuple[str, str]], start: Iterable[str]) -> set[str]:
    seen = set(start)
    waiting = list(seen)
    while waiting:
        here = waiting.pop()
        further = {to for source, to in ways if source == here} - seen
        seen |= further
        waiting += further
    return seen
