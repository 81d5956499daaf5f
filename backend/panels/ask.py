"""Ask the company's panel whether a password is right."""

from uuid import UUID

from backend.panels.breaker import guarded
from backend.panels.connection import OpenPanel
from backend.panels.connectors import Question


async def ask_panel(tenant_id: UUID, panel: OpenPanel, question: Question) -> bool:
    """What the panel says. Raises: PanelAway: it cannot be asked just now, or is left alone for a while."""
    with guarded(tenant_id):
        return await panel.panel.is_right(tenant_id, question)
