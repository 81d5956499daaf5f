"""The rows of one ticket while its history is played: each method adds what the verb of that name would have written."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from backend.actor import Actor
from backend.demo.scene import ADDRESS, Happened, Scene, Story
from backend.events import Event
from backend.tickets.events import StatusChanged
from backend.tickets.lifecycle.decide import Changes, State
from backend.verification.chain import Core, Person
from backend.verification.levels import LEVEL_OF, Level, Method, reaches

LATER: Final = 0
"""Stands for a ticket's number until that is known."""


class StoryRows:
    """A ticket of the scene that `writer` opened."""

    def __init__(self, scene: Scene, writer: Actor, **columns: Any) -> None:
        self.scene = scene
        self.writer = writer
        self.story = Story(
            {
                "tenant_id": scene.tenant_id, "client_id": writer.client_id, "requester_id": writer.account_id,
                "policy_id": scene.policy_id, "tags": [], "waiting_since": None, "first_responded_at": None,
                "solved_at": None, "closed_at": None, "assignee_id": None, "assigned_because": None, "category": "question", "project_id": None, "attestation_id": None, "follow_up_of": None,
                "status": scene.policy.initial, "meaning": "", **columns,
            }
        )  # fmt: skip

    @property
    def state(self) -> State:
        """What the lifecycle's rule needs to know."""
        ticket = self.story.ticket
        return State(status=ticket["status"], waiting_since=ticket["waiting_since"], closed_at=ticket.get("closed_at"))

    @property
    def subject(self) -> str:
        """The subject in quotes, for sentences about mistakes."""
        return repr(self.story.ticket["subject"])

    def take(self, changes: Changes, at: datetime) -> None:
        """Take the status that `decide` said, with its timers."""
        ticket, meaning = self.story.ticket, changes.status.meaning
        if changes.status.key != ticket["status"] and meaning not in ("solved", "closed"):
            ticket |= {"solved_at": None, "closed_at": None}
        elif changes.status.key != ticket["status"]:
            ticket[f"{meaning}_at"] = at
        ticket |= {
            "status": changes.status.key, "meaning": meaning, "waiting_since": changes.waiting_since,
            "last_activity_at": at, "tags": ticket["tags"] + ([changes.tag] if changes.tag else []),
        }  # fmt: skip
        if changes.timers is None:
            return
        ticket["ladder_since"] = at
        for each in self.story.timers:
            if each["done_at"] is None and each["cancelled_at"] is None:
                each["cancelled_at"] = at
        self.story.timers += [
            {
                "tenant_id": self.scene.tenant_id, "id": self.scene.id_at(at), "ticket_id": ticket["id"], "step": each.step,
                "action": each.action, "due_at": each.due_at, "attempts": 0, "done_at": None, "cancelled_at": None,
            }
            for each in changes.timers
        ]  # fmt: skip

    def write(
        self, author: Actor, body: str, at: datetime, *, kind: str = "message", channel: str = "desk",
        method: Method | None = None, opens: bool = False,
    ) -> UUID:  # fmt: skip
        """A message or note, with what the author proved. Returns its id."""
        ticket, tenant_id, message_id = self.story.ticket, self.scene.tenant_id, self.scene.id_at(at)
        attestation_id = self._attest(author, method, at, message_id, opens=opens) if method else None
        self.story.messages.append(
            {
                "tenant_id": tenant_id, "id": message_id, "ticket_id": ticket["id"], "author_id": author.account, "kind": kind,
                "side": "staff" if author.is_staff else "client", "channel": channel, "body": body.strip(), "at": at,
                "level": LEVEL_OF[method] if method else "none", "attestation_id": attestation_id,
            }
        )  # fmt: skip
        return message_id

    def _attest(self, author: Actor, method: Method, at: datetime, message_id: UUID, *, opens: bool) -> UUID:
        attestation_id = self._prove(
            author, method, LEVEL_OF[method], at, ticket_id=self.story.ticket["id"] if opens else None,
            message_id=message_id,
        )  # fmt: skip
        if opens:
            self.story.ticket["attestation_id"] = attestation_id
        if method in ("card", "password"):
            self._pass(author, author.account, method, at)
        return attestation_id

    def hear_pin(self, member: Actor, level: Level, at: datetime) -> None:
        """The requester read out a support PIN that carried the level, and a member recorded it."""
        ticket = self.story.ticket
        attestation_id = self._prove(
            self.writer, "pin", level, at, ticket_id=ticket["id"], message_id=None, recorded_by=member.account
        )
        if not reaches(ticket["level"], level):
            ticket |= {"level": level, "attestation_id": attestation_id}
        self._pass(self.writer, member.account, "pin", at)

    def _prove(
        self, author: Actor, method: Method, level: Level, at: datetime, *, ticket_id: UUID | None, message_id: UUID | None,
        recorded_by: UUID | None = None,
    ) -> UUID:  # fmt: skip
        attestation_id = self.scene.id_at(at)
        core = Core(
            tenant_id=self.scene.tenant_id, sequence=0, id=attestation_id, client_id=author.client_id, method=method,
            level=level, at=at, scope="message" if ticket_id is None else "ticket", session_id=None,
            ticket_id=ticket_id, message_id=message_id, expires_at=None, recorded_by=recorded_by, commitment=b"",
        )  # fmt: skip
        self.story.attestations.append((core, Person(author.account, "" if method in ("email", "pin") else ADDRESS)))
        return attestation_id

    def _pass(self, author: Actor, typed_by: UUID, method: Method, at: datetime) -> None:
        """A try that passed."""
        self.story.tries.append(
            {
                "tenant_id": self.scene.tenant_id, "id": self.scene.id_at(at), "at": at, "outcome": "passed",
                "method": method, "client_id": author.client_id, "account_id": typed_by, "address": ADDRESS,
            }
        )  # fmt: skip

    def status_changed(self, at: datetime, actor: Actor | None, before: str, **how: Any) -> UUID | None:
        """Tell of the new status, where it is one. Returns the event's id."""
        ticket = self.story.ticket
        if ticket["status"] == before:
            return None
        return self.tell(
            at,
            actor,
            StatusChanged(
                ticket_id=ticket["id"], number=LATER, old_status=before, status=ticket["status"],
                meaning=ticket["meaning"], **how,
            ),
        )  # fmt: skip

    def tell(self, at: datetime, actor: Actor | None, event: Event) -> UUID:
        """Something happened, done by the system where no actor is named. Returns the event's id."""
        happened = Happened(self.scene.id_at(at), at, actor, event)
        self.story.happened.append(happened)
        return happened.id

    def mail(
        self, event_id: UUID | None, at: datetime, template: str, message_id: UUID | None = None,
        refused: str | None = None,
    ) -> None:  # fmt: skip
        """The mail to the requester that an event led to; `refused` is what the other server said."""
        self.story.mails.append(
            {
                "tenant_id": self.scene.tenant_id, "id": self.scene.id_at(at), "event_id": event_id, "template": template,
                "recipient": self.writer.email, "account_id": self.writer.account, "ticket_id": self.story.ticket["id"],
                "ticket_message_id": message_id, "language": self.scene.language, "attempts": 1, "created_at": at,
                "state": "refused" if refused else "sent", "sent_at": None if refused else at, "last_error": refused,
            }
        )  # fmt: skip
