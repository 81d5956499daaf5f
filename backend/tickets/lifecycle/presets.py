"""The five lifecycles of FIELD.md as settings: data that a tenant starts from, read by no rule."""

from typing import Any


def _status(key: str, meaning: str, names: tuple[str, str], client_names: tuple[str, str]) -> dict[str, Any]:
    return {
        "key": key,
        "meaning": meaning,
        "names": {"en": names[0], "nl": names[1]},
        "client_names": {"en": client_names[0], "nl": client_names[1]},
    }


_ON_IT = ("We are on it", "Wij zijn ermee bezig")
_WAITING = ("Waiting for you", "Wacht op u")
_HELD = ("On hold", "Aangehouden")
_SOLVED = ("Solved", "Opgelost")
_CLOSED = ("Closed", "Gesloten")


def _open() -> dict[str, Any]:
    return _status("open", "open", ("Open", "Open"), _ON_IT)


def _remind(hours: int, template: str) -> dict[str, Any]:
    return {"after_hours": hours, "action": "remind", "template": template}


def _close(hours: int, tag: str | None = None) -> dict[str, Any]:
    return {"after_hours": hours, "action": "set_status", "status": "closed", "tag": tag}


def _by_hand(*keys: str, final: bool = False) -> list[dict[str, Any]]:
    """The staff may set any status from any other, save from the last where closing is final; a client may close what
    waits for them. The first is the one in which the staff works."""
    sources = keys[:-1] if final else keys
    return [
        {"source": source, "to": to, "by": ["agent", "client"] if source != keys[0] and to == keys[-1] else ["agent"]}
        for source in sources
        for to in keys
        if to != source
    ]


LARKSPUR: dict[str, Any] = {
    "statuses": [
        _open(),
        _status("answered", "waiting_for_client", ("Answered", "Beantwoord"), _WAITING),
        _status("closed", "closed", ("Closed", "Gesloten"), _CLOSED),
    ],
    "initial": "open",
    "replies": ["open", "answered", "closed"],
    "transitions": _by_hand("open", "answered", "closed"),
    "client_message": {"open": "open", "answered": "open", "closed": "open"},
    "timers": {},
}

FOUNDRY: dict[str, Any] = {
    "statuses": [
        _open(),
        _status("pending", "waiting_for_client", ("Pending", "Wacht op klant"), _WAITING),
        _status("on_hold", "on_hold", ("On-hold", "Aangehouden"), _HELD),
        _status("solved", "solved", ("Solved", "Opgelost"), _SOLVED),
        _status("closed", "closed", ("Closed", "Gesloten"), _CLOSED),
    ],
    "initial": "open",
    "replies": ["open", "pending", "solved"],
    "transitions": _by_hand("open", "pending", "on_hold", "solved", "closed", final=True),
    "client_message": {"open": "open", "pending": "open", "on_hold": "open", "solved": "open", "closed": "follow_up"},
    "timers": {
        "pending": [_remind(24, "reminder_first"), _remind(120, "reminder_second"), _close(168, "No Response")],
        "solved": [_close(24)],
    },
}

ANCHOR: dict[str, Any] = {
    "statuses": [
        _open(),
        _status("awaiting_you", "waiting_for_client", ("Awaiting you", "Wacht op u"), _WAITING),
        _status("resolved", "solved", ("Resolved", "Opgelost"), _SOLVED),
        _status("closed", "closed", ("Closed", "Gesloten"), _CLOSED),
    ],
    "initial": "open",
    "replies": ["open", "awaiting_you", "resolved"],
    "transitions": _by_hand("open", "awaiting_you", "resolved", "closed", final=True),
    "client_message": {"open": "open", "awaiting_you": "open", "resolved": "open", "closed": "follow_up"},
    "timers": {"resolved": [_close(72)]},
}

POLDER: dict[str, Any] = {
    "statuses": [
        _open(),
        _status("awaiting", "waiting_for_client", ("Awaiting", "In afwachting"), _WAITING),
        _status("closed", "closed", ("Closed", "Gesloten"), _CLOSED),
    ],
    "initial": "open",
    "replies": ["open", "closed", "awaiting"],
    "transitions": _by_hand("open", "awaiting", "closed"),
    "client_message": {"open": "open", "awaiting": "open", "closed": "open"},
    "timers": {"awaiting": [_close(336)]},
}

ORCHARD: dict[str, Any] = {
    "statuses": [
        _open(),
        _status("on_hold", "waiting_for_client", ("On hold", "Aangehouden"), _WAITING),
        _status("closed", "closed", ("Closed", "Gesloten"), _CLOSED),
    ],
    "initial": "open",
    "replies": ["open", "on_hold", "closed"],
    "transitions": _by_hand("open", "on_hold", "closed"),
    "client_message": {"open": "open", "on_hold": "open", "closed": "open"},
    "timers": {},
}

PRESETS: dict[str, dict[str, Any]] = {
    "larkspur": LARKSPUR,
    "foundry": FOUNDRY,
    "anchor": ANCHOR,
    "polder": POLDER,
    "orchard": ORCHARD,
}
