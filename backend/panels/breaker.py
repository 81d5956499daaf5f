"""A panel that does not answer is left alone for a while: its clients hear at once that nothing can be checked, and it
is not kept busy while it is down. One breaker for each company in each process.
"""

import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from backend.clock import real_now
from backend.panels.errors import PanelAway

MOST_FAILURES: Final = 5
OPEN_SECONDS: Final = 30.0
MOST_BREAKERS: Final = 10_000

State = Literal["closed", "open", "half_open"]


@dataclass(slots=True)
class Breaker:
    """Failures in a row, the last of them, and since when nobody asks. `trying`: one asks whether it is back."""

    failures: int = 0
    last_code: str = ""
    last_at: datetime | None = None
    opened: float | None = None
    trying: bool = False

    @property
    def state(self) -> State:
        if self.opened is None:
            return "closed"
        return "half_open" if time.monotonic() - self.opened >= OPEN_SECONDS else "open"


_breakers: OrderedDict[UUID, Breaker] = OrderedDict()


def breaker_of(tenant_id: UUID) -> Breaker:
    """The breaker of a company in this process; closed where nothing has failed."""
    return _breakers.get(tenant_id, Breaker())


def forget(tenant_id: UUID) -> None:
    """Start anew, as after a change of the panel's address."""
    _breakers.pop(tenant_id, None)


@contextmanager
def guarded(tenant_id: UUID) -> Iterator[None]:
    """One call of the company's panel.

    Raises:
        PanelAway: the panel is left alone; or what the call raised, which is counted.
    """
    breaker = breaker_of(tenant_id)
    state = breaker.state
    if state == "open" or (state == "half_open" and breaker.trying):
        raise PanelAway("panel_left_alone")
    breaker.trying = state == "half_open"
    try:
        yield
    except PanelAway as away:
        if away.code != "panel_busy":
            _failed(tenant_id, breaker, away.code)
        raise
    else:
        forget(tenant_id)
    finally:
        breaker.trying = False


def _failed(tenant_id: UUID, breaker: Breaker, code: str) -> None:
    breaker.failures += 1
    breaker.last_code, breaker.last_at = code, real_now()
    if breaker.failures >= MOST_FAILURES:
        breaker.opened = time.monotonic()
    _breakers[tenant_id] = breaker
    _breakers.move_to_end(tenant_id)
    while len(_breakers) > MOST_BREAKERS:
        _breakers.popitem(last=False)
