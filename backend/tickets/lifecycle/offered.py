"""Which statuses a policy offers to whom: asked by `decide`, which refuses, and by the abilities, which show."""

from typing import Final

from backend.actor import Actor
from backend.tickets.lifecycle.policy import ENDINGS, FOLLOW_UP, Policy, Status, Step, Who

_MEMBERS: Final[tuple[Who, ...]] = ("agent", "lead", "admin")


def who(actor: Actor) -> Who:
    """As whom the policy knows the actor. The system acts with an admin's rights, the owner is an admin."""
    if not actor.is_staff:
        return "client"
    return actor.role if actor.role in ("agent", "lead") else "admin"


def may_take(policy: Policy, current: Status, to: str, by: Who) -> bool:
    """Whether someone may set that status from this one by hand."""
    if to == current.key or not policy.has(to):
        return False
    if policy.transitions is None:
        # Who wrote no transitions meant: the staff, any; but what is closed for good is not opened by hand either.
        final = current.meaning == "closed" and policy.client_message.get(current.key) == FOLLOW_UP
        return by in _MEMBERS and not final
    allowed = next((each.by for each in policy.transitions if each.source == current.key and each.to == to), ())
    return any(each in allowed for each in as_whom(by))


def as_whom(by: Who) -> tuple[Who, ...]:
    """The roles whose rights someone has: a lead may do what an agent may."""
    return _MEMBERS[: _MEMBERS.index(by) + 1] if by in _MEMBERS else (by,)


def settable(policy: Policy, current: Status, by: Who) -> tuple[str, ...]:
    """The statuses that someone may set from this one."""
    return tuple(each.key for each in policy.statuses if may_take(policy, current, each.key, by))


def reply_statuses(policy: Policy, current: Status, by: Who) -> tuple[str, ...]:
    """The statuses that an answer may be sent with now, as they are offered; the last is the usual one.

    A closed ticket is not answered, unless the policy says for that very status what an answer does.
    """
    named = policy.replies_in.get(current.key)
    if named is None:
        named = () if current.meaning == "closed" else policy.replies
    return tuple(each for each in named if each == current.key or may_take(policy, current, each, by))


def closing_step(policy: Policy, current: Status) -> Step | None:
    """The step of the status' ladder that ends the ticket, if it does end by itself."""
    for step in policy.timers.get(current.key, ()):
        if step.status is not None and step.status != current.key and policy.means(step.status, *ENDINGS):
            return step
    return None


def closing_status(policy: Policy, current: Status) -> str | None:
    """The status that *close now* takes: the closing one that the ladder ends with, else the first that means closed."""
    step = closing_step(policy, current)
    if step is not None and policy.means(step.status, "closed"):
        return step.status
    return next((each.key for each in policy.statuses if each.meaning == "closed"), None)


def may_close_now(policy: Policy, current: Status, by: Who) -> bool:
    """Whether someone may end the ticket now. A client may where it would end by itself, or where it is theirs to end."""
    to = closing_status(policy, current)
    if to is None or current.meaning == "closed":
        return False
    if by == "client":
        ends = closing_step(policy, current) is not None
        theirs = policy.transitions is None and current.meaning in ("waiting_for_client", "solved")
        return ends or theirs or may_take(policy, current, to, by)
    return may_take(policy, current, to, by)
