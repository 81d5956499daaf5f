"""Which of these handlers runs for which consumer's name; `backend/jobs/consumers.py` takes them from here."""

from collections.abc import Awaitable, Callable
from typing import Final

from backend.events import StoredEvent
from backend.mailboxes.masked import forget_mail, seal_mail
from backend.notifications.access import invitation, mailed_link, new_browser_mail, proof_lock_mail, security_notice
from backend.notifications.client import (
    merged_mail,
    proof_asked_mail,
    receipt,
    refusal_mail,
    reminder_mail,
    reply_mail,
    split_mail,
    status_mail,
    transfer_mail,
)
from backend.notifications.secrets import secret_asked_mail
from backend.notifications.staff import breach_warning, split_notice, staff_notice
from backend.notifications.work import work_mail

MAIL_CONSUMERS: Final[dict[str, Callable[[StoredEvent], Awaitable[None]]]] = {
    "receipt": receipt,
    "reply_mail": reply_mail,
    "refusal_mail": refusal_mail,
    "reminder_mail": reminder_mail,
    "status_mail": status_mail,
    "transfer_mail": transfer_mail,
    "staff_notice": staff_notice,
    "breach_warning": breach_warning,
    "split_mail": split_mail,
    "split_notice": split_notice,
    "merged_mail": merged_mail,
    "secret_asked_mail": secret_asked_mail,
    "seal_mail": seal_mail,
    "forget_mail": forget_mail,
    "invitation": invitation,
    "proof_lock_mail": proof_lock_mail,
    "proof_asked_mail": proof_asked_mail,
    "mailed_link": mailed_link,
    "security_notice": security_notice,
    "new_browser_mail": new_browser_mail,
    "work_mail": work_mail,
}
