"""Priorities: low to critical for people, `urgency` 4 to 0 in the queue (FIELD.md A4, E4)."""

from typing import Final

URGENCY: Final = {"critical": 0, "urgent": 1, "high": 2, "medium": 3, "low": 4}
PRIORITY: Final = {urgency: priority for priority, urgency in URGENCY.items()}
DEFAULT: Final = URGENCY["medium"]
