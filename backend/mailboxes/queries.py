"""Reads of mails that came in: for which ticket an answer is."""

from backend.database import row


async def ticket_answered(number: int, answers: str | None) -> int:
    """The number of the ticket that an answer is for: where the message is now that the answered mail brought.

    `number` is that of its address. A message that has moved since is looked for among the mails of that ticket alone, so
    a header leads nowhere else.
    """
    if answers is None:
        return number
    found = await row(
        """select h.number from tickets t
             join outgoing_mails o on o.tenant_id = t.tenant_id and o.ticket_id = t.id and o.mail_message_id = $2
             join messages m on m.tenant_id = o.tenant_id and m.id = o.ticket_message_id and m.ticket_id <> t.id
             join tickets h on h.tenant_id = m.tenant_id and h.id = m.ticket_id
            where t.number = $1""",
        number,
        answers,
    )
    return found["number"] if found else number
