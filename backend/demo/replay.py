"""Plays the written history of a ticket through the rule of its lifecycle, so that status, timers and places are those
which the product itself would have come to by now: a ticket that nobody answered was reminded, and closed in the end."""

from datetime import datetime
from typing import Final
from uuid import UUID

from backend.actor import Actor
from backend.demo.content import StepText, TicketText, read_span
from backend.demo.scene import Scene, Story
from backend.demo.story_rows import LATER, StoryRows
from backend.tenants.queries import may_submit
from backend.tickets.events import (
    ClientReplied,
    FollowUpOpened,
    NoteAdded,
    PinRecorded,
    PriorityChanged,
    ReminderSent,
    StaffReplied,
    TicketAssigned,
    TicketOpened,
    TicketTagged,
    TicketTransferred,
)
from backend.tickets.lifecycle.decide import (
    ClientWrote,
    Opened,
    StaffWrote,
    State,
    StatusNotOffered,
    StatusSet,
    TimerDue,
    decide,
)
from backend.tickets.priorities import URGENCY
from backend.tickets.thanks.events import ClientThanked
from backend.tickets.thanks.judge import judge
from backend.verification.levels import LEVEL_OF, Method, highest, reaches

MINUTES: Final = 5
"""What a needless reopening costs, as a new company counts it."""


class WrongStory(ValueError):
    """A history could not have happened; the message says which and why."""


def replay(scene: Scene, text: TicketText) -> list[Story]:
    """The ticket and the follow-ups that came of it, as they stand at `scene.now`.

    Raises:
        WrongStory: the product would not have let this happen, or it lies in the future.
    """
    try:
        stories = _play(scene, text)
    except (KeyError, StatusNotOffered) as unknown:
        raise WrongStory(f"{text.subject!r}: {unknown} is not known or not offered") from unknown
    for each in stories:
        each.let_time_pass(scene.now)
    return [each.story for each in stories]


def _play(scene: Scene, text: TicketText) -> "list[_Ticket]":
    at = scene.now - read_span(text.ago)
    stories = [_Ticket.opened(scene, text, at)]
    for step in text.then:
        at += read_span(step.after)
        if at > scene.now:
            raise WrongStory(f"{text.subject!r}: a step lies in the future")
        stories[-1].let_time_pass(at)
        follow_up = stories[-1].play(step, at)
        if follow_up is not None:
            stories.append(follow_up)
    return stories


class _Ticket(StoryRows):
    """A ticket whose history is being played."""

    @classmethod
    def opened(cls, scene: Scene, text: TicketText, at: datetime) -> "_Ticket":
        """Opened by the person of the text, with the proof of the text."""
        place = scene.places[text.to]
        writer = scene.writers[_address(text.by)]
        kind = next((each for each in place.text.kinds if each.name == text.kind), None)
        if text.kind is not None and kind is None:
            raise WrongStory(f"{text.subject!r}: {text.to} has no kind {text.kind!r}")
        required = highest(place.text.proof, kind.proof if kind else "none")
        method: Method | None = text.proof or ("signed_in" if writer.kind == "contact" else None)
        if text.channel == "email":
            method, required = "email" if text.proof == "email" else None, place.text.proof
        elif not may_submit(writer, place.text.audience) or not reaches(
            LEVEL_OF[method] if method else "none", required
        ):
            raise WrongStory(f"{text.subject!r}: {text.by} may not open this in {text.to}")
        if text.priority != "medium" and not scene.priority_choice:
            raise WrongStory(f"{text.subject!r}: clients choose no priority here")
        made = cls(
            scene, writer, id=scene.id_at(at), department_id=place.id, kind_id=place.kinds[kind.name] if kind else None,
            category=(kind.category if kind else None) or place.text.category,
            project_id=scene.projects[text.project] if text.project else None, subject=text.subject, urgency=URGENCY[text.priority], channel=text.channel, required_level=required,
        )  # fmt: skip
        made._begin(text.text, text.channel, method, at, text.receipt_refused)
        return made

    def _begin(self, body: str, channel: str, method: Method | None, at: datetime, refused: str | None = None) -> None:
        ticket = self.story.ticket
        ticket |= {"opened_at": at, "level": LEVEL_OF[method] if method else "none"}
        message_id = self.write(self.writer, body, at, channel=channel, method=method, opens=True)
        self.take(decide(State(status=ticket["status"]), Opened(), self.scene.policy, at), at)
        event_id = self.tell(
            at,
            self.writer,
            TicketOpened(
                ticket_id=ticket["id"], number=LATER, department_id=ticket["department_id"], message_id=message_id,
                channel=channel,
            ),
        )  # fmt: skip
        self.mail(event_id, at, "receipt", message_id, refused)

    def let_time_pass(self, until: datetime) -> None:
        """Fire what came due, in order, as the worker would have."""
        while True:
            pending = [each for each in self.story.timers if each["done_at"] is None and each["cancelled_at"] is None]
            due = min(pending, key=lambda each: (each["due_at"], each["step"]), default=None)
            if due is None or due["due_at"] > until:
                return
            at = due["done_at"] = due["due_at"]
            before = self.state.status
            changes = decide(self.state, TimerDue(due["step"]), self.scene.policy, at)
            ticket = self.story.ticket
            if changes.reminder is not None:
                event_id = self.tell(
                    at, None, ReminderSent(ticket_id=ticket["id"], number=LATER, template=changes.reminder)
                )
                self.mail(event_id, at, changes.reminder)
            if changes.tag is not None and changes.timers is None:
                self.take(changes, at)
                self.tell(at, None, TicketTagged(ticket_id=ticket["id"], number=LATER, tag=changes.tag))
            if changes.timers is not None:
                self.take(changes, at)
                changed = self.status_changed(at, None, before, by_timer=True, tag=changes.tag, tell_client=True)
                self.mail(changed, at, "closed_no_response" if changes.tag else "closed")

    def play(self, step: StepText, at: datetime) -> "_Ticket | None":
        """What happened next; the follow-up where a message made one."""
        if step.because is not None and step.assign is not None:
            self._ruled(step.assign, step.because, step.load, at)
            return None
        member = self.scene.members.get(step.by or "")
        if member is None:
            if step.say is None:
                raise WrongStory(f"{self.subject}: only members do more than write")
            return self._client_wrote(self.scene.writers[step.by] if step.by else self.writer, step.say, at)
        ticket = self.story.ticket
        if step.say is not None:
            self._staff_wrote(member, step.say, step.status or self.scene.policy.usual_reply, at)
        elif step.transfer is not None:
            place = self.scene.places[step.transfer]
            event = TicketTransferred(
                ticket_id=ticket["id"], number=LATER, from_department_id=ticket["department_id"],
                to_department_id=place.id,
            )  # fmt: skip
            ticket |= {
                "department_id": place.id,
                "required_level": highest(ticket["required_level"], place.text.proof),
                "last_activity_at": at,
            }
            self.mail(self.tell(at, member, event), at, "transferred")
        elif step.assign is not None:
            assignee = self.scene.members[step.assign].account
            self.tell(
                at,
                member,
                TicketAssigned(
                    ticket_id=ticket["id"], number=LATER, assignee_id=assignee, previous_id=ticket["assignee_id"]
                ),
            )
            ticket |= {"assignee_id": assignee, "assigned_because": None, "last_activity_at": at}
        elif step.set is not None:
            before = ticket["status"]
            self.take(decide(self.state, StatusSet(step.set), self.scene.policy, at), at)
            ends = ticket["meaning"] in ("solved", "closed")
            changed = self.status_changed(at, member, before, tell_client=ends)
            if ends:
                self.mail(changed, at, ticket["meaning"])
        elif step.priority is not None:
            urgency = URGENCY[step.priority]
            self.tell(
                at,
                member,
                PriorityChanged(ticket_id=ticket["id"], number=LATER, old_urgency=ticket["urgency"], urgency=urgency),
            )
            ticket |= {"urgency": urgency, "last_activity_at": at}
        elif step.pin is not None:
            self.hear_pin(member, step.pin, at)
            self.tell(
                at,
                member,
                PinRecorded(ticket_id=ticket["id"], number=LATER, account_id=self.writer.account, level=step.pin),
            )
        if step.note is not None:
            message_id = self.write(member, step.note, at, kind="note")
            self.tell(at, member, NoteAdded(ticket_id=ticket["id"], number=LATER, message_id=message_id))
        return None

    def _ruled(self, key: str, because: str, load: int | None, at: datetime) -> None:
        """A rule gave the ticket to a member."""
        ticket, assignee = self.story.ticket, self.scene.members[key].account
        project = next((name for name, id_ in self.scene.projects.items() if id_ == ticket["project_id"]), None)
        self.tell(
            at,
            None,
            TicketAssigned(
                ticket_id=ticket["id"], number=LATER, assignee_id=assignee, previous_id=ticket["assignee_id"],
                because=because, load=load, project=project if because == "project_lead" else None,
            ),
        )  # fmt: skip
        ticket |= {"assignee_id": assignee, "assigned_because": because}

    def _staff_wrote(self, member: Actor, body: str, status: str, at: datetime) -> None:
        ticket, before = self.story.ticket, self.state.status
        changes = decide(self.state, StaffWrote(status), self.scene.policy, at)
        message_id = self.write(member, body, at)
        self.take(changes, at)
        ticket["first_responded_at"] = ticket["first_responded_at"] or at
        event_id = self.tell(
            at,
            member,
            StaffReplied(
                ticket_id=ticket["id"], number=LATER, message_id=message_id, status=status, meaning=ticket["meaning"]
            ),
        )
        self.mail(event_id, at, "reply", message_id)
        self.status_changed(at, member, before)

    def _client_wrote(self, writer: Actor, body: str, at: datetime) -> "_Ticket | None":
        ticket, before = self.story.ticket, self.state.status
        channel = ticket["channel"]
        method: Method | None = "signed_in" if channel == "portal" and writer.kind == "contact" else None
        changes = decide(self.state, ClientWrote(), self.scene.policy, at)
        if changes.follow_up and not judge(body).thanks:
            follow_up = _Ticket(
                self.scene, writer, id=self.scene.id_at(at), department_id=ticket["department_id"],
                kind_id=ticket["kind_id"], subject=ticket["subject"], urgency=ticket["urgency"], channel=channel,
                required_level=ticket["required_level"], follow_up_of=ticket["id"], category=ticket["category"],
                project_id=ticket["project_id"],
            )  # fmt: skip
            self.tell(
                at,
                writer,
                FollowUpOpened(
                    ticket_id=ticket["id"], number=LATER, follow_up_id=follow_up.story.ticket["id"],
                    follow_up_number=LATER,
                ),
            )  # fmt: skip
            follow_up._begin(body, channel, method, at)
            return follow_up
        message_id = self.write(writer, body, at, channel=channel, method=method)
        if judge(body).thanks:
            self._thanked(writer, message_id, at, avoided=changes.status.key != ticket["status"])
            return None
        self.take(changes, at)
        self.tell(
            at,
            writer,
            ClientReplied(
                ticket_id=ticket["id"], number=LATER, department_id=ticket["department_id"], message_id=message_id,
                channel=channel,
            ),
        )  # fmt: skip
        self.status_changed(at, writer, before)
        return None

    def _thanked(self, writer: Actor, message_id: UUID, at: datetime, *, avoided: bool) -> None:
        ticket = self.story.ticket
        channel = "email" if ticket["channel"] == "email" else "portal"
        self.story.thanks.append(
            {
                "tenant_id": self.scene.tenant_id, "id": message_id, "ticket_id": ticket["id"], "message_id": message_id,
                "author_id": writer.account, "channel": channel, "at": at, "status": ticket["status"],
                "avoided": avoided, "minutes": MINUTES if avoided else 0,
            }
        )  # fmt: skip
        thanked = ClientThanked(
            ticket_id=ticket["id"], number=LATER, thanks_id=message_id, satisfied=False, avoided=avoided, channel=channel
        )  # fmt: skip
        self.tell(at, writer, thanked)


def _address(person: str) -> str:
    """The address in `Name <address>`, or the whole."""
    return person.partition("<")[2].rstrip(">") or person
