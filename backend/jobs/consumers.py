"""What runs for which consumer of events, and all that the worker does. The one list of effects."""

from typing import Final

from backend.cards.sync import sync_cards
from backend.cards.webhooks import work_webhook
from backend.jobs.effects import Consumer, Effects
from backend.mailboxes.incoming.process import process_mail
from backend.mailboxes.outgoing.send import send_mail
from backend.notifications.consumers import MAIL_CONSUMERS
from backend.tickets.ask_for_proof import ask_named_account
from backend.tickets.lifecycle.change_over import go_on_with_change_over
from backend.tickets.promises.move import move_promises
from backend.tickets.timers.fire import fire_timers

CONSUMERS: Final[dict[str, Consumer]] = {
    **MAIL_CONSUMERS,
    "named_account": ask_named_account,
    "change_over": go_on_with_change_over,
    "move_promises": move_promises,
}
"""Each name that an event lists among its consumers, but `live`, which the relay serves itself."""

EFFECTS: Final = Effects(
    consumers=CONSUMERS,
    send_mail=send_mail,
    fire_timers=fire_timers,
    work_webhook=work_webhook,
    sync_cards=sync_cards,
    process_mail=process_mail,
)
