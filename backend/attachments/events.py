"""What happens to attachments by itself."""

from backend.events import Event


class AttachmentInfected(Event, frozen=True, kw_only=True):
    """The scanner found a virus in a file on a ticket: it is kept apart."""

    name: str
    found: str


class AttachmentsChecked(Event, frozen=True, kw_only=True):
    """The scanner found nothing in a file that was waited for; screens look again."""
