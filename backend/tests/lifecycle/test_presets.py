"""The five lifecycles against the table of FIELD.md, "The five lifecycles, as settings"."""

from datetime import UTC, datetime

import pytest

from backend.tickets.lifecycle.decide import ClientWrote, Opened, StaffWrote, State, StatusSet, decide
from backend.tickets.lifecycle.faults import read_policy
from backend.tickets.lifecycle.policy import Policy
from backend.tickets.lifecycle.presets import PRESETS

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
# The columns: new, agent asks, agent answers, hold, the client replies when solved and when closed (None: a new
# linked ticket; "": there is no such status), the timers. Polderhost's is D10, Orchard's is E5, Foundry's B5 to B9.
FIELD = {
    "larkspur": ("Open", "Answered", "Closed", "", "", "Open", {}),
    "foundry": (
        "Open", "Pending", "Solved", "On-hold", "Open", None,
        {"Pending": [(24, "remind"), (120, "remind"), (168, "Closed")], "Solved": [(24, "Closed")]},
    ),
    "anchor": ("Open", "Awaiting you", "Resolved", "", "Open", None, {"Resolved": [(72, "Closed")]}),
    "polder": ("Open", "Awaiting", "Awaiting", "", "", "Open", {"Awaiting": [(336, "Closed")]}),
    "orchard": ("Open", "On hold", "Closed", "On hold", "", "Open", {}),
}  # fmt: skip


def named(policy: Policy, name: str) -> str:
    return next(each.key for each in policy.statuses if each.names["en"] == name)


def name_of(policy: Policy, key: str | None) -> str | None:
    found = policy.status(key or "")
    return None if found is None else found.names["en"]


def after_the_client_writes(policy: Policy, key: str) -> str | None:
    changes = decide(State(status=key), ClientWrote(), policy, NOW)
    return None if changes.follow_up else changes.status.names["en"]


@pytest.mark.parametrize("name", PRESETS)
def test_a_lifecycle_is_the_row_of_the_company(name: str) -> None:
    opened, asks, answers, hold, when_solved, when_closed, timers = FIELD[name]
    policy = read_policy(PRESETS[name])
    start = State(status=policy.initial)
    assert decide(start, Opened(), policy, NOW).status.names["en"] == opened
    assert decide(start, StaffWrote(named(policy, asks)), policy, NOW).status.meaning == "waiting_for_client"
    assert after_the_client_writes(policy, named(policy, asks)) == opened
    assert name_of(policy, policy.usual_reply) == answers
    assert decide(start, StaffWrote(policy.usual_reply), policy, NOW).status.names["en"] == answers
    if hold:
        assert decide(start, StatusSet(named(policy, hold)), policy, NOW).status.names["en"] == hold
    solved = [each.key for each in policy.statuses if each.meaning == "solved"]
    assert [after_the_client_writes(policy, each) for each in solved] == [when_solved] * bool(when_solved)
    assert after_the_client_writes(policy, named(policy, "Closed")) == when_closed
    told = {
        name_of(policy, key): [(step.after_hours, name_of(policy, step.status) or step.action) for step in ladder]
        for key, ladder in policy.timers.items()
    }
    assert told == timers
