"""The history of a ticket in words: every piece of it, in every language, with what it is about."""

from typing import Any

import pytest

from backend.tenants.set_language import LANGUAGES
from backend.tickets.lifecycle.faults import read_policy
from backend.tickets.lifecycle.presets import FOUNDRY
from backend.tickets.sentences import history_sentence
from backend.tickets.timeline import CLIENT_HISTORY, STAFF_HISTORY

NAMES = {"a": "Billing", "b": "Support", "mara": "Mara", "jonas": "Jonas"}
# What of an event a sentence must tell.
DATA: dict[str, tuple[dict[str, Any], list[str]]] = {
    "TicketTransferred": ({"from_department_id": "a", "to_department_id": "b"}, ["Billing", "Support"]),
    "StatusChanged": ({"status": "solved"}, []),
    "ReminderSent": ({}, []),
    "FollowUpOpened": ({"follow_up_number": 1007}, ["#1007"]),
    "TicketAssigned": ({"assignee_id": "mara"}, ["Mara"]),
    "TicketTakenOver": ({"assignee_id": "mara", "previous_id": "jonas"}, ["Mara", "Jonas"]),
    "TicketHandedBack": ({"assignee_id": "mara", "previous_id": "jonas"}, ["Mara", "Jonas"]),
    "CategoryChanged": ({"old_category": "question", "category": "work_request"}, []),
    "ProjectChosen": ({"project_id": "p", "project": "The new shop"}, ["The new shop"]),
    "TicketSplit": ({"side": "from", "from_number": 1007, "to_number": 1009, "messages": 2}, ["#1009"]),
    "TicketsMerged": ({"side": "from", "from_number": 1007, "to_number": 1009, "messages": 2}, ["#1009"]),
    "SplitUndone": ({"side": "from", "from_number": 1007, "to_number": 1009, "messages": 2}, ["#1009"]),
    "MergeUndone": ({"side": "from", "from_number": 1007, "to_number": 1009, "messages": 2}, ["#1009"]),
    "ClientThanked": ({"satisfied": False, "avoided": True}, []),
    "ThanksWereReply": ({"reopened": True}, []),
    "TicketTagged": ({"tag": "No Response"}, ["No Response"]),
    "TookVersion": ({"version": 3}, ["3"]),
    "MessageRefused": ({}, []),
    "MailHeld": ({"sender": "a@b.example"}, ["a@b.example"]),
    "HeldMailAdded": ({"sender": "a@b.example"}, ["a@b.example"]),
    "HeldMailOpened": ({"sender": "a@b.example", "to_number": 1009}, ["a@b.example", "#1009"]),
    "HeldMailDiscarded": ({"sender": "a@b.example"}, ["a@b.example"]),
    "CopyAdded": ({"copied": "a@b.example"}, ["a@b.example"]),
    "CopyRemoved": ({"copied": "a@b.example"}, ["a@b.example"]),
    "OpenedForSender": ({"forwarded_by": "Mara"}, ["Mara"]),
    "PriorityChanged": ({"urgency": 2}, []),
    "LevelRaised": ({"method": "card"}, []),
    "ProofLocked": ({"method": "card"}, []),
    "ProofLockLifted": ({"method": "card"}, []),
    "ProofRefused": ({"method": "card"}, []),
    "PinRecorded": ({"account_id": "mara", "level": "card"}, ["Mara"]),
    "ProofAsked": ({"account_id": "mara", "needed": "card"}, ["Mara"]),
    "AccountNamed": ({"named": "achterberg.example"}, ["achterberg.example"]),
    "WentOnWithoutProof": (
        {"act": "transfer", "status": None, "department_id": "a", "needed": "card", "reason": "She called."},
        ["Billing", "She called."],
    ),
    "SecretAsked": ({"label": "FTP password"}, ["FTP password"]),
    "SecretViewed": ({"label": "FTP password"}, ["FTP password"]),
    "SecretDestroyed": ({"label": "FTP password", "because": "closed"}, ["FTP password"]),
    "MessageMasked": ({}, []),
    "AttachmentInfected": ({"name": "invoice.doc", "found": "Eicar-Test"}, ["invoice.doc", "Eicar-Test"]),
    "KeptOpen": ({"closes_at": "2026-11-24T09:00:00Z"}, ["10:00"]),
    "TimersSnoozed": ({"next_at": "2026-11-24T09:00:00Z"}, ["24 ", "10:00"]),
    "TimersPaused": ({}, []),
    "TimersResumed": ({"next_at": "2026-11-24T09:00:00Z"}, ["10:00"]),
    "BreachNear": ({"promise": "answer", "due_at": "2026-11-24T09:00:00Z"}, ["10:00"]),
    "PromiseMissed": ({"promise": "aim", "due_at": "2026-11-24T09:00:00Z"}, ["10:00"]),
}
LIFTED = {
    "en": "Proof by the card's last four digits unlocked by the mailed link",
    "nl": "Bewijs met de laatste vier cijfers van de kaart vrijgegeven met de gemailde link",
}


def told(type_: str, language: str) -> str:
    data, _ = DATA[type_]
    return history_sentence(
        type_, data, language=language, policy=read_policy(FOUNDRY), names=NAMES, for_staff=type_ not in CLIENT_HISTORY,
        time_zone="Europe/Amsterdam",
    )  # fmt: skip


@pytest.mark.parametrize("type_", STAFF_HISTORY)
def test_every_piece_of_history_is_a_sentence_of_its_own_in_every_language(type_: str) -> None:
    sentences = {language: told(type_, language) for language in LANGUAGES}
    assert all(sentence and "{" not in sentence for sentence in sentences.values())
    assert len(set(sentences.values())) == len(LANGUAGES)
    for sentence in sentences.values():
        assert all(word in sentence for word in DATA[type_][1])


def test_a_mailed_link_is_told_with_what_is_typed_behind_it() -> None:
    names = {"walter": "Walter Simms"}
    said = {
        needed: history_sentence(
            "ProofAsked", {"account_id": "walter", "needed": needed}, language="en", policy=read_policy(FOUNDRY),
            names=names, for_staff=True,
        )
        for needed in ("email", "signed_in")
    }  # fmt: skip
    assert said == {
        "email": "Mailed Walter Simms a link to prove it: following it is enough",
        "signed_in": "Mailed Walter Simms a link to prove it: the last four digits of the card, or the account password",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lifted_lock_is_told(language: str) -> None:
    assert told("ProofLockLifted", language) == LIFTED[language]
