"""What happens to projects."""

from uuid import UUID

from backend.events import Event


class ProjectChanged(Event, frozen=True, kw_only=True):
    """A project was made or changed."""

    project_id: UUID
    what: str
