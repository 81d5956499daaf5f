"""A demo company as the histories of its tickets need it: who is who, where what is, and what time it is."""

import itertools
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.actor import Actor
from backend.demo.content import DepartmentText
from backend.events import Event
from backend.ids import floor_id
from backend.tickets.lifecycle.policy import Policy
from backend.verification.chain import Core, Person

ADDRESS = "192.0.2.10"
"""The network address of everybody in the demo (RFC 5737)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A department with the ids of its kinds by name."""

    id: UUID
    text: DepartmentText
    kinds: dict[str, UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """People by the key of the member or the address of the contact or guest, departments by name.

    `now` is business time; `ahead` says how far it is ahead of real time.
    """

    tenant_id: UUID
    language: str
    mail_domain: str
    policy: Policy
    policy_id: UUID
    priority_choice: bool
    now: datetime
    ahead: timedelta
    places: dict[str, Place]
    members: dict[str, Actor]
    writers: dict[str, Actor]
    projects: dict[str, UUID] = field(default_factory=dict)
    _count: Iterator[int] = field(default_factory=itertools.count)

    def id_at(self, moment: datetime) -> UUID:
        """An id (uuidv7) as it would have been made then: lists that go by id show the history in its order."""
        order = next(self._count) & 0xFFF  # RFC 9562, 6.2: a counter keeps the order within one millisecond.
        return UUID(int=floor_id(moment - self.ahead).int | 0x7 << 76 | order << 64 | 0b10 << 62 | secrets.randbits(62))


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of the past."""

    id: UUID
    at: datetime
    actor: Actor | None
    event: Event


@dataclass(slots=True)
class Story:
    """All rows of one ticket, by column; its number comes when the order of all tickets is known."""

    ticket: dict[str, Any]
    messages: list[dict[str, Any]] = field(default_factory=list)
    attestations: list[tuple[Core, Person]] = field(default_factory=list)
    tries: list[dict[str, Any]] = field(default_factory=list)
    timers: list[dict[str, Any]] = field(default_factory=list)
    mails: list[dict[str, Any]] = field(default_factory=list)
    thanks: list[dict[str, Any]] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)
