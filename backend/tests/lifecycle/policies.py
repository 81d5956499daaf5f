"""Any policy that an admin could write, for tests that must hold under each."""

from typing import Any

from hypothesis import strategies as st

from backend.tickets.lifecycle.faults import read_policy
from backend.tickets.lifecycle.paths import dead_ends, unreached
from backend.tickets.lifecycle.policy import Policy, stored_policy
from backend.tickets.lifecycle.presets import PRESETS

WHO = ("agent", "lead", "admin")
BETWEEN = ("new", "open", "waiting_for_client", "on_hold", "solved", "closed")


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A valid policy: drawn at random, with the roads mended that led nowhere."""
    keys = draw(st.lists(st.sampled_from("abcdefg"), min_size=2, max_size=6, unique=True))
    meaning = {each: draw(st.sampled_from(BETWEEN)) for each in keys}
    meaning[keys[0]], meaning[keys[-1]] = draw(st.sampled_from(("new", "open"))), "closed"
    key = st.sampled_from(keys)
    waits = [each for each in keys if meaning[each] in ("new", "open", "on_hold")]
    ends = [each for each in keys if meaning[each] in ("solved", "closed")]
    definition: dict[str, Any] = {
        "statuses": [
            {"key": each, "meaning": meaning[each], "names": {"en": each}, "client_names": {"en": each}}
            for each in keys
        ],
        "initial": keys[0],
        "replies": draw(st.lists(key, min_size=1, max_size=3, unique=True)),
        "replies_in": draw(st.dictionaries(key, st.lists(key, max_size=2, unique=True), max_size=2)),
        "client_message": {each: draw(st.sampled_from(_messages(meaning[each], waits))) for each in keys},
        "timers": {each: draw(_ladder(each, meaning, keys)) for each in draw(st.sets(key))},
        "thanks": {
            each: draw(st.sampled_from(ends))
            for each in draw(st.sets(st.sampled_from([each for each in keys if meaning[each] != "closed"])))
        },
    }
    if draw(st.booleans()):
        pairs = draw(st.sets(st.tuples(key, key).filter(lambda pair: pair[0] != pair[1]), max_size=10))
        definition["transitions"] = [
            {"source": source, "to": to, "by": [draw(st.sampled_from(WHO))] + ["client"] * (to in ends and draw(st.booleans()))}
            for source, to in sorted(pairs)
        ]  # fmt: skip
    if any(
        meaning[each] == "closed" and definition["client_message"][each] not in ("follow_up", "refuse") for each in keys
    ):
        definition["reopening"] = draw(
            st.none()
            | st.fixed_dictionaries(
                {"within_hours": st.integers(1, 400), "after": st.sampled_from(("follow_up", "refuse"))}
            )
        )
    return read_policy(_mended(definition, keys))


def _messages(meaning: str, waits: list[str]) -> list[str]:
    lost = ["follow_up", "refuse"] if meaning in ("solved", "closed", "on_hold") else []
    return [*waits, "nothing", *lost]


@st.composite
def _ladder(draw: st.DrawFn, key: str, meaning: dict[str, str], keys: list[str]) -> list[dict[str, Any]]:
    count = draw(st.sampled_from(("hours", "business_hours")))
    hours = sorted(draw(st.lists(st.integers(1, 500), min_size=1, max_size=4)))
    reminds = st.sampled_from(
        (True, False) if meaning[key] in ("waiting_for_client", "on_hold", "solved") else (False,)
    )
    ladder: list[dict[str, Any]] = [
        {"after_hours": hour, "count": count, "action": "remind", "template": "reminder_first"}
        if draw(reminds)
        else {"after_hours": hour, "count": count, "action": "tag", "tag": draw(st.sampled_from(("Late", "Silent")))}
        for hour in hours
    ]
    # Later in the row only, so that no ticket goes round by itself; a closed one stays closed.
    later = [each for each in keys[keys.index(key) + 1 :] if meaning[key] != "closed" or meaning[each] == "closed"]
    ends: bool = draw(st.booleans())
    if later and ends:
        ladder[-1] = {
            "after_hours": hours[-1], "count": count, "action": "set_status", "status": draw(st.sampled_from(later)),
            "tag": draw(st.none() | st.just("No Response")),
        }  # fmt: skip
    return ladder


def _mended(definition: dict[str, Any], keys: list[str]) -> dict[str, Any]:
    """With the roads that are missing."""
    if "transitions" not in definition:
        definition["transitions"] = None
    policy = stored_policy(definition)
    lost, dead = unreached(policy), dead_ends(policy)
    if (lost or dead) and definition["transitions"] is None:
        definition["transitions"] = []
        return _mended(definition, keys)
    roads = {(keys[0], each) for each in lost} | {(each, keys[-1]) for each in dead}
    there = {(each["source"], each["to"]) for each in definition["transitions"] or ()}
    definition["transitions"] = (
        None
        if definition["transitions"] is None
        else [
            *definition["transitions"],
            *({"source": source, "to": to, "by": ["agent"]} for source, to in sorted(roads - there)),
        ]
    )
    return definition


POLICIES = st.sampled_from([read_policy(each) for each in PRESETS.values()]) | policies()
