"""What is wrong with a policy is told, each fault where it is mended, in every language."""

from typing import Any

import pytest

from backend.tickets.lifecycle.fault_words import FAULT_WORDS
from backend.tickets.lifecycle.faults import PolicyFaulty, read_policy
from backend.tickets.lifecycle.policy import as_definition, stored_policy
from backend.tickets.lifecycle.presets import FOUNDRY, PRESETS

REMIND = {"action": "remind", "template": "reminder_first"}
STATUSES = FOUNDRY["statuses"]
HAND = {"source": "open", "to": "closed", "by": ["agent"]}


def status(key: str, meaning: str, **other: Any) -> dict[str, Any]:
    return {"key": key, "meaning": meaning, "names": {"en": key}, "client_names": {"en": key}, **other}


def pending(*ladder: dict[str, Any]) -> dict[str, Any]:
    return {"timers": {"pending": list(ladder)}}


def says(key: str, what: str) -> dict[str, Any]:
    return {"client_message": {**FOUNDRY["client_message"], key: what}}


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"statuses": "x"}, "", "unreadable"), ({"timers": 5}, "", "unreadable"), ({"initial": None}, "", "unreadable"),
        (pending({"after_hours": 5, "action": "explode"}), "", "unreadable"),
        ({"statuses": []}, "statuses", "no_status"),
        ({"statuses": [*STATUSES, *(status(f"s{n}", "open") for n in range(20))]}, "statuses", "too_many_statuses"),
        ({"statuses": [*STATUSES, status("follow_up", "open")]}, "statuses.5.key", "bad_key"),
        ({"statuses": [*STATUSES, status("On Hold", "open")]}, "statuses.5.key", "bad_key"),
        ({"statuses": [*STATUSES, STATUSES[0]]}, "statuses.5.key", "key_twice"),
        ({"statuses": [*STATUSES, status("x", "open", names={})]}, "statuses.5.names", "no_name"),
        ({"statuses": [*STATUSES, status("x", "open", client_names={"en": " "})]}, "statuses.5.client_names.en", "bad_name"),
        ({"statuses": STATUSES[:-1]}, "statuses", "no_closed"),
        ({"initial": "nope"}, "initial", "unknown_status"), ({"initial": "pending"}, "initial", "begins_closed"),
        ({"replies": ["nope"]}, "replies", "unknown_status"), ({"replies": []}, "replies", "no_reply"),
        ({"replies_in": {"open": ["nope"]}}, "replies_in.open", "unknown_status"),
        ({"client_message": {"open": "open"}}, "client_message.pending", "no_client_message"),
        (says("open", "nope"), "client_message.open", "unknown_status"),
        (says("open", "follow_up"), "client_message.open", "message_lost"),
        (says("pending", "refuse"), "client_message.pending", "message_lost"),
        (says("pending", "closed"), "client_message.pending", "message_ends"),
        (says("pending", "pending"), "client_message.pending", "message_ends"),
        (says("gone", "open"), "client_message.gone", "unknown_status"),
        ({"thanks": {"solved": "open"}}, "thanks.solved", "thanks_reopen"),
        ({"thanks": {"closed": "solved"}}, "thanks.closed", "thanks_reopen"),
        ({"thanks": {"solved": "nope"}}, "thanks.solved", "unknown_status"),
        ({"reopening": {"within_hours": 5, "after": "refuse"}}, "reopening", "nothing_reopens"),
        ({"reopening": {"within_hours": 0, "after": "refuse"}, **says("closed", "open")}, "reopening.within_hours", "bad_hours"),
        ({"transitions": [*FOUNDRY["transitions"], HAND]}, "transitions.16", "transition_twice"),
        ({"transitions": [{**HAND, "to": "open"}]}, "transitions.0", "transition_twice"),
        ({"transitions": [{**HAND, "to": "nope"}]}, "transitions.0", "unknown_status"),
        ({"transitions": [{**HAND, "by": []}]}, "transitions.0.by", "nobody_may"),
        ({"transitions": [{**HAND, "by": ["timer"]}]}, "transitions.0.by", "nobody_may"),
        ({"transitions": [{**HAND, "to": "on_hold", "by": ["client"]}]}, "transitions.0.by", "client_sets_open"),
        ({"timers": {"nope": []}}, "timers.nope", "unknown_status"),
        (pending(*({"after_hours": n, **REMIND} for n in range(1, 23))), "timers.pending", "too_many_steps"),
        *((pending({"after_hours": hours, **REMIND}), "timers.pending.0.after_hours", "bad_hours")
          for hours in (0, -1, 1e9, float("nan"), float("inf"))),
        (pending({"after_hours": 5, "action": "remind"}), "timers.pending.0.template", "no_template"),
        (pending({"after_hours": 5, "action": "remind", "template": "receipt"}), "timers.pending.0.template", "no_template"),
        (pending({"after_hours": 5, **REMIND, "status": "open"}), "timers.pending.0", "step_does_two_things"),
        ({"timers": {"open": [{"after_hours": 5, **REMIND}]}}, "timers.open.0", "nobody_to_remind"),
        (pending({"after_hours": 5, "action": "tag"}), "timers.pending.0.tag", "no_tag"),
        (pending({"after_hours": 5, "action": "tag", "tag": " "}), "timers.pending.0.tag", "bad_name"),
        (pending({"after_hours": 5, "action": "set_status"}), "timers.pending.0.status", "unknown_status"),
        (pending({"after_hours": 5, "action": "set_status", "status": "nope"}), "timers.pending.0.status", "unknown_status"),
        (pending({"after_hours": 5, "action": "set_status", "status": "pending"}), "timers.pending.0.status", "status_stays"),
        ({"timers": {"closed": [{"after_hours": 5, "action": "set_status", "status": "open"}]}}, "timers.closed.0.status", "opens_by_itself"),
        (pending({"after_hours": 5, "action": "set_status", "status": "closed"}, {"after_hours": 6, **REMIND}), "timers.pending.1", "after_the_end"),
        (pending({"after_hours": 24, **REMIND}, {"after_hours": 5, **REMIND}), "timers.pending.1.after_hours", "backwards"),
        (pending({"after_hours": 24, "count": "business_hours", **REMIND}, {"after_hours": 5, **REMIND}),
         "timers.pending.1.after_hours", "backwards"),
        ({"timers": {"pending": [{"after_hours": 5, "action": "set_status", "status": "on_hold"}],
                     "on_hold": [{"after_hours": 5, "action": "set_status", "status": "pending"}]}},
         "timers.pending", "round_and_round"),
        ({"transitions": [HAND, {**HAND, "source": "pending", "to": "on_hold"}], "timers": {}, "replies": ["open"]},
         "statuses.1", "unreached"),
        ({"transitions": [], "timers": {}, "replies": ["open"]}, "statuses.0", "dead_end"),
    ],
)  # fmt: skip
def test_a_fault_is_told_where_it_is_mended(change: dict[str, Any], path: str, code: str) -> None:
    with pytest.raises(PolicyFaulty) as told:
        read_policy({**FOUNDRY, **change})
    assert (path, code) in {(each.path, each.code) for each in told.value.faults}
    for fault in told.value.faults:
        assert "{" not in fault.sentence("en") + fault.sentence("nl")
        assert fault.sentence("en") != fault.sentence("nl")


def test_a_step_in_opening_hours_may_have_the_smaller_number_since_it_takes_longer() -> None:
    ladder = [{"after_hours": 24, **REMIND}, {"after_hours": 9, "count": "business_hours", **REMIND}]
    assert read_policy({**FOUNDRY, **pending(*ladder)}).counts_business_hours


def test_every_fault_has_words_in_both_languages() -> None:
    assert all(words.keys() == {"en", "nl"} for words in FAULT_WORDS.values())


@pytest.mark.parametrize("name", PRESETS)
def test_the_five_policies_are_valid_and_come_back_as_they_were_written(name: str) -> None:
    policy = read_policy(PRESETS[name])
    assert stored_policy(as_definition(policy)) == policy


def test_what_was_accepted_before_there_were_transitions_is_still_read() -> None:
    old = {key: FOUNDRY[key] for key in ("statuses", "initial", "replies", "client_message", "timers")}
    policy = stored_policy(old)
    assert policy.transitions is None
    assert read_policy(old) == policy
