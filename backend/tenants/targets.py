"""Within what time a company promises an answer and a solution, for each priority and department (FIELD.md D3).

The *aim* is what one strives for and tells the client; *answer* and *solution* are the rule that is kept.
"""

from collections import OrderedDict
from typing import Any, Final, Literal, TypeAlias, get_args
from uuid import UUID

import msgspec

from backend.database import row

Promise: TypeAlias = Literal["aim", "answer", "solution"]
Count: TypeAlias = Literal["opening_hours", "all_hours"]
PROMISES: Final[tuple[Promise, ...]] = get_args(Promise)
MOST_MINUTES: Final = 60 * 24 * 366

_MOST_READ: Final = 4096
_targets: OrderedDict[tuple[UUID, UUID], "Targets"] = OrderedDict()


class Promised(msgspec.Struct, frozen=True, kw_only=True):
    """The minutes that are promised for one priority; None is: nothing."""

    aim: int | None = None
    answer: int | None = None
    solution: int | None = None

    def of(self, promise: Promise) -> int | None:
        minutes: int | None = getattr(self, promise)
        return minutes


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """How one promise is counted, and how many minutes before it is missed those who can act are warned."""

    count: Count = "opening_hours"
    warn_minutes: int = 30


class Targets(msgspec.Struct, frozen=True, kw_only=True):
    """What is promised. `urgencies` leads from 0 (critical) to 4 (low)."""

    urgencies: tuple[Promised, ...] = (Promised(),) * 5
    aim: Rule = Rule()
    answer: Rule = Rule()
    solution: Rule = Rule()

    def rule(self, promise: Promise) -> Rule:
        found: Rule = getattr(self, promise)
        return found


NOTHING: Final = Targets()


async def targets_of_version(tenant_id: UUID, version: UUID | None) -> Targets:
    """What a version promises; none promises nothing. A version never changes, so each is read once a process."""
    if version is None:
        return NOTHING
    key = (tenant_id, version)
    if (known := _targets.get(key)) is not None:
        return known
    found = await row("select definition from targets where id = $1", version)
    targets = read_targets(found["definition"]) if found is not None else NOTHING
    _targets[key] = targets
    if len(_targets) > _MOST_READ:
        _targets.popitem(last=False)
    return targets


def read_targets(definition: str | bytes | dict[str, Any]) -> Targets:
    """Targets from their JSON. Raises: ValueError (msgspec.ValidationError is one) where they cannot be read."""
    if isinstance(definition, dict):
        return msgspec.convert(definition, Targets)
    return msgspec.json.decode(definition, type=Targets)
