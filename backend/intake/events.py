"""What happens to the kinds of request."""

from uuid import UUID

from backend.events import Event


class KindChanged(Event, frozen=True, kw_only=True):
    """A kind of request was made, changed, archived or restored."""

    kind_id: UUID
    department_id: UUID
    what: str
