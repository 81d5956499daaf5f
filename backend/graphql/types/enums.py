"""Words of the domain as enumerations of the schema; their values are the words that the database keeps."""

from enum import Enum

import strawberry


@strawberry.enum(description="How sure it is who asks; the order is fixed.")
class Level(Enum):
    NONE = "none"
    EMAIL = "email"
    SIGNED_IN = "signed_in"
    CARD = "card"
    PASSWORD = "password"  # noqa: S105 (the name of a level)
    SECOND_FACTOR = "second_factor"


@strawberry.enum(description="How something was proved.")
class ProofMethod(Enum):
    EMAIL = "email"
    SIGNED_IN = "signed_in"
    CARD = "card"
    PASSWORD = "password"  # noqa: S105 (the name of a method)
    TOTP = "totp"
    PASSKEY = "passkey"
    PIN = "pin"


@strawberry.enum(description="What a status means, whatever a company calls it.")
class Meaning(Enum):
    NEW = "new"
    OPEN = "open"
    WAITING_FOR_CLIENT = "waiting_for_client"
    ON_HOLD = "on_hold"
    SOLVED = "solved"
    CLOSED = "closed"


@strawberry.enum(description="How urgent a ticket is.")
class Priority(Enum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    URGENT = "urgent"
    CRITICAL = "critical"


@strawberry.enum(description="The way in which a ticket or message came.")
class Channel(Enum):
    PORTAL = "portal"
    EMAIL = "email"
    DESK = "desk"


@strawberry.enum(description="Who may open tickets in a department: anyone, contacts, or contacts who may approve.")
class Audience(Enum):
    EVERYONE = "everyone"
    CLIENTS = "clients"
    APPROVERS = "approvers"


@strawberry.enum(description="What someone on the staff may do.")
class MemberRole(Enum):
    AGENT = "agent"
    LEAD = "lead"
    ADMIN = "admin"
    OWNER = "owner"


@strawberry.enum(description="What a contact may do for its client.")
class ContactRole(Enum):
    OWNER = "owner"
    MAY_APPROVE = "may_approve"
    MEMBER = "member"


@strawberry.enum(description="A public message, or a note that staff alone see.")
class MessageKind(Enum):
    MESSAGE = "message"
    NOTE = "note"


@strawberry.enum(description="On which side of a ticket someone stands.")
class AuthorSide(Enum):
    CLIENT = "client"
    STAFF = "staff"
    SYSTEM = "system"


@strawberry.enum(description="A view of the queue.")
class QueueView(Enum):
    WAITING = "waiting"
    WAITING_FOR_CLIENT = "waiting_for_client"
    ON_HOLD = "on_hold"
    SOLVED = "solved"
    CLOSED = "closed"
    ALL = "all"
    BREACH_NEAR = "breach_near"


@strawberry.enum(description="What a request is.")
class Category(Enum):
    QUESTION = "question"
    WORK_REQUEST = "work_request"
    PROJECT_MESSAGE = "project_message"


@strawberry.enum(description="What of the history can be undone.")
class UndoKind(Enum):
    SPLIT = "split"
    MERGE = "merge"


@strawberry.enum(description="The typeface of a portal.")
class Font(Enum):
    INTER = "inter"
    SYSTEM = "system"
    SERIF = "serif"


# Looked up for every row of a page: a dictionary is several times faster than calling the enumeration.
LEVELS = {each.value: each for each in Level}
METHODS = {each.value: each for each in ProofMethod}
MEANINGS = {each.value: each for each in Meaning}
PRIORITIES = {each.value: each for each in Priority}
CHANNELS = {each.value: each for each in Channel}
AUDIENCES = {each.value: each for each in Audience}
CATEGORIES = {each.value: each for each in Category}
