"""What happens to the company's hosting panel. No event holds what we show it."""

from typing import ClassVar

from backend.events import Event


class PanelChanged(Event, frozen=True, kw_only=True):
    """The hosting panel was connected, changed or disconnected; `what` names which."""

    consumers: ClassVar[tuple[str, ...]] = ()
    what: str
    use_for: str | None = None
