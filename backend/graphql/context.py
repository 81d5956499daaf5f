"""What every resolver is given: who asks, and loaders that fetch once for a whole page."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from functools import cached_property
from typing import Any, TypeAlias
from uuid import UUID

import strawberry
from strawberry.dataloader import DataLoader
from strawberry.litestar import BaseContext

from backend.actor import Actor, guest
from backend.clock import now
from backend.database import Row
from backend.intake.queries import list_kinds
from backend.live import LiveHub
from backend.secrets.queries import departments_of, secrets_of_tickets
from backend.secrets.questions import secret_questions
from backend.tenants.calendars import Terms, terms_of_departments
from backend.tenants.presence.queries import Presence, presence_of
from backend.tenants.queries import Company, get_company, list_departments
from backend.tickets.ask_for_proof import Asked, can_be_asked, last_asked
from backend.tickets.held_back import ProofNeeds, get_proof_needs
from backend.tickets.projects.queries import projects_of_ids
from backend.tickets.queries import last_steps, pending_timers
from backend.tickets.queue.counts import waiting_counts
from backend.tickets.queue.place import Place, places
from backend.tickets.routing.queries import Assignment, assignments_of
from backend.tickets.waiting.kept import replies_of

SignedInBy: TypeAlias = Callable[[], Awaitable[Actor | None]]
"""Asks again who acts by the session of this operation."""


class Context(BaseContext, dict=True, kw_only=True):
    """One request, or one operation of a WebSocket."""

    actor: Actor
    hub: LiveHub
    environment: str
    origin: str
    signed_in_by: SignedInBy

    async def still_signed_in(self) -> bool:
        """Ask again who acts by the session of a socket; whose session has ended is a guest from then on. One statement."""
        if self.actor.session_id is not None or self.actor.setting_up is not None:
            ended = guest(self.actor.tenant_id, self.actor.language, self.actor.address)
            self.actor = await self.signed_in_by() or ended
        return self.actor.session_id is not None

    def fresh(self) -> None:
        """Forget what the loaders have read: the next reader of a long-lived operation sees what is there now."""
        for name in (
            "timers",
            "terms",
            "proof_needs",
            "proof_asked",
            "who_can_be_asked",
            "kinds",
            "waiting",
            "places",
            "last_steps",
            "company",
            "departments",
            "secrets",
            "replies_waiting",
            "secret_questions",
            "own_departments",
            "presence",
            "assignments",
            "projects",
        ):
            self.__dict__.pop(name, None)

    @cached_property
    def timers(self) -> DataLoader[UUID, list[Row]]:
        """The pending timers of tickets, one statement for all tickets of a page."""

        async def load(ids: Sequence[UUID]) -> list[list[Row]]:
            found = await pending_timers(ids)
            return [found[each] for each in ids]

        return DataLoader(load_fn=load)

    @cached_property
    def terms(self) -> DataLoader[UUID, Terms]:
        """Which hours and promises hold in departments."""

        async def load(department_ids: Sequence[UUID]) -> list[Terms]:
            found = await terms_of_departments(department_ids)
            return [found[each] for each in department_ids]

        return DataLoader(load_fn=load)

    @cached_property
    def kinds(self) -> DataLoader[UUID, list[Row]]:
        """The kinds of request of departments."""

        async def load(department_ids: Sequence[UUID]) -> list[list[Row]]:
            by_department: dict[UUID, list[Row]] = defaultdict(list)
            for kind in await list_kinds(department_ids):
                by_department[kind["department_id"]].append(kind)
            return [by_department[each] for each in department_ids]

        return DataLoader(load_fn=load)

    @cached_property
    def proof_asked(self) -> DataLoader[UUID, Asked | None]:
        """When proof was asked for last on tickets."""

        async def load(ids: Sequence[UUID]) -> list[Asked | None]:
            found = await last_asked(ids)
            return [found.get(each) for each in ids]

        return DataLoader(load_fn=load)

    @cached_property
    def who_can_be_asked(self) -> DataLoader[UUID, bool | None]:
        """Whether something is left to be proved on tickets; None where no address on file belongs to one."""

        async def load(ids: Sequence[UUID]) -> list[bool | None]:
            found = await can_be_asked(ids)
            return [found.get(each) for each in ids]

        return DataLoader(load_fn=load)

    @cached_property
    def secrets(self) -> DataLoader[UUID, list[Row]]:
        """The secrets of tickets: what they are, not what they say."""

        async def load(ids: Sequence[UUID]) -> list[list[Row]]:
            found = await secrets_of_tickets(ids)
            return [found[each] for each in ids]

        return DataLoader(load_fn=load)

    @cached_property
    def replies_waiting(self) -> DataLoader[UUID, list[Row]]:
        """The answers on tickets that have not left."""

        async def load(ids: Sequence[UUID]) -> list[list[Row]]:
            found = await replies_of(ids)
            return [found.get(each, []) for each in ids]

        return DataLoader(load_fn=load)

    @cached_property
    def secret_questions(self) -> DataLoader[UUID, list[Row]]:
        """The secrets that the forms of kinds ask for."""

        async def load(kind_ids: Sequence[UUID]) -> list[list[Row]]:
            by_kind: dict[UUID, list[Row]] = defaultdict(list)
            for question in await secret_questions(kind_ids):
                by_kind[question["kind_id"]].append(question)
            return [by_kind[each] for each in kind_ids]

        return DataLoader(load_fn=load)

    @cached_property
    def own_departments(self) -> DataLoader[int, frozenset[UUID]]:
        """Where the reader works, read at most once."""

        async def load(keys: Sequence[int]) -> list[frozenset[UUID]]:
            found = await departments_of(self.actor)
            return [found for _ in keys]

        return DataLoader(load_fn=load)

    @cached_property
    def presence(self) -> DataLoader[UUID, Presence]:
        """Who of the staff is in."""

        async def load(account_ids: Sequence[UUID]) -> list[Presence]:
            found = await presence_of(account_ids, now())
            return [found[each] for each in account_ids]

        return DataLoader(load_fn=load)

    @cached_property
    def assignments(self) -> DataLoader[UUID, Assignment | None]:
        """How tickets came to whom they are with."""

        async def load(ids: Sequence[UUID]) -> list[Assignment | None]:
            found = await assignments_of(ids)
            return [found.get(each) for each in ids]

        return DataLoader(load_fn=load)

    @cached_property
    def projects(self) -> DataLoader[UUID, Row]:
        """The projects to which tickets belong."""

        async def load(ids: Sequence[UUID]) -> list[Row]:
            found = await projects_of_ids(ids)
            return [found[each] for each in ids]

        return DataLoader(load_fn=load)

    @cached_property
    def waiting(self) -> DataLoader[UUID, int]:
        """How many tickets wait in departments."""

        async def load(department_ids: Sequence[UUID]) -> list[int]:
            counts = await waiting_counts()
            return [counts.get(each, 0) for each in department_ids]

        return DataLoader(load_fn=load)

    @cached_property
    def places(self) -> DataLoader[UUID, Place | None]:
        """Where tickets stand in the queue; None for those that do not wait."""

        async def load(ids: Sequence[UUID]) -> list[Place | None]:
            found = await places(self.actor, ids)
            return [found.get(each) for each in ids]

        return DataLoader(load_fn=load)

    @cached_property
    def last_steps(self) -> DataLoader[UUID, Row | None]:
        """When tickets took the steps of their progress that they do not keep themselves."""

        async def load(ids: Sequence[UUID]) -> list[Row | None]:
            found = await last_steps(ids)
            return [found.get(each) for each in ids]

        return DataLoader(load_fn=load)

    @cached_property
    def departments(self) -> DataLoader[int, list[Row]]:
        """All departments in their order, as the staff knows them, read at most once."""

        async def load(keys: Sequence[int]) -> list[list[Row]]:
            found = await list_departments(self.actor, include_archived=True)
            return [found for _ in keys]

        return DataLoader(load_fn=load)

    @cached_property
    def proof_needs(self) -> DataLoader[int, ProofNeeds]:
        """What the company holds back until enough is proved, read at most once."""

        async def load(keys: Sequence[int]) -> list[ProofNeeds]:
            needs = await get_proof_needs()
            return [needs for _ in keys]

        return DataLoader(load_fn=load)

    @cached_property
    def company(self) -> DataLoader[int, Company]:
        """The tenant itself, read at most once."""

        async def load(keys: Sequence[int]) -> list[Company]:
            company = await get_company()
            return [company for _ in keys]

        return DataLoader(load_fn=load)


Info: TypeAlias = strawberry.Info[Context, Any]


def id_of(raw: str) -> UUID:
    """An id as the database knows it. What is no id at all is the id of nothing, so that both get the same answer."""
    try:
        return UUID(raw)
    except ValueError:
        return UUID(int=0)
