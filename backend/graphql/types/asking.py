"""Asking for proof: what a company holds back, when a client was asked, and what a mailed link asks for."""

from datetime import datetime
from enum import Enum
from typing import Self

import strawberry
from strawberry import ID

from backend.errors import Refusal
from backend.graphql.types.enums import LEVELS, METHODS, Level, ProofMethod
from backend.tickets import held_back as holding
from backend.tickets.ask_for_proof import Asked
from backend.tickets.lifecycle.policy import Policy
from backend.tickets.prove_by_link import ProofRequest as Request
from backend.tickets.sentences import named
from backend.verification.words import NEEDED


@strawberry.enum(description="What staff do that a company may mark as needing proof.")
class HeldAct(Enum):
    SET_STATUS = "set_status"
    REPLY = "reply"
    TRANSFER = "transfer"


@strawberry.type(
    description="Something that the reader may not do before more is proved; `reason` says why. "
    "`status` or `departmentId` says which."
)
class HeldBack:
    act: HeldAct
    status: str | None
    department_id: ID | None
    needed: Level
    reason: str
    can_ask: bool = strawberry.field(description="Whether an address on file can be asked to prove what it takes.")

    @classmethod
    def of(cls, held: holding.HeldBack, language: str, *, can_ask: bool) -> Self:
        return cls(
            act=HeldAct(held.act),
            status=held.status,
            department_id=ID(str(held.department_id)) if held.department_id else None,
            needed=LEVELS[held.needed],
            reason=Refusal("held_back", needed=NEEDED[held.needed]).message(language),
            can_ask=can_ask,
        )


@strawberry.type(
    description="When the client's side was asked for proof by a link; `waits` until it was used or is too old."
)
class ProofAsked:
    at: datetime
    expires_at: datetime
    waits: bool

    @classmethod
    def of(cls, asked: Asked) -> Self:
        return cls(at=asked.at, expires_at=asked.expires_at, waits=asked.waits)


@strawberry.type(description="A status that can be marked as needing proof.")
class MarkableStatus:
    key: str
    name: str
    is_held: bool


@strawberry.type(description="What a company holds back until enough is proved; for the staff.")
class ProofNeeds:
    statuses: list[MarkableStatus]
    held_department_ids: list[ID]

    @classmethod
    def of(cls, policy: Policy, needs: holding.ProofNeeds, language: str) -> Self:
        return cls(
            statuses=[
                MarkableStatus(key=each.key, name=named(each.names, language), is_held=each.key in needs.statuses)
                for each in policy.statuses
            ],
            held_department_ids=[ID(str(each)) for each in needs.departments],
        )


@strawberry.type(description="A way to prove; locked until then where the tries of the day are used up.")
class WayToProve:
    method: ProofMethod
    locked_until: datetime | None


@strawberry.type(
    description="What a mailed link asks to prove, for whoever holds it. `askedBy` is somebody else who sent the request."
)
class ProofRequest:
    number: int
    subject: str
    department: str
    kind: str | None
    asked_by: str | None
    needed: Level
    missing: bool
    ways: list[WayToProve]

    @classmethod
    def of(cls, request: Request) -> Self:
        return cls(
            number=request.number,
            subject=request.subject,
            department=request.department,
            kind=request.kind,
            asked_by=request.asked_by,
            needed=LEVELS[request.needed],
            missing=request.missing,
            ways=[WayToProve(method=METHODS[each.method], locked_until=each.locked_until) for each in request.ways],
        )
