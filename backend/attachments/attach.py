"""A message takes the files that were uploaded for it."""

from collections.abc import Sequence
from uuid import UUID

from backend.actor import Actor
from backend.attachments.rules import MOST_PER_MESSAGE
from backend.database import rows
from backend.errors import Refusal


def check_attachments(ids: Sequence[UUID]) -> None:
    """Raises: Refusal for more files than a message may have, or one twice."""
    if len(ids) > MOST_PER_MESSAGE:
        raise Refusal("too_many", "attachments", most=MOST_PER_MESSAGE)
    if len(set(ids)) < len(ids):
        raise Refusal("attachment_gone", "attachments")


async def require_attachable(actor: Actor, ids: Sequence[UUID]) -> None:
    """See that `attach` will take these files, and keep them so until the transaction ends.

    Raises:
        Refusal: as `attach`.
    """
    if not ids:
        return
    found = await rows(
        """select from attachments where id = any($1) and message_id is null and (uploaded_by is null or uploaded_by = $2)
              for no key update""",
        list(ids), actor.account_id,
    )  # fmt: skip
    if len(found) < len(ids):
        raise Refusal("attachment_gone", "attachments")


async def attach(actor: Actor, message_id: UUID, ids: Sequence[UUID]) -> None:
    """Give files to a message in the transaction that writes it, in this order.

    A file is whose account uploaded it; one that was uploaded before its owner signed in, or came by mail, is whose knows
    its id.

    Raises:
        Refusal: one is not there, is somebody else's, or is on a message already.
    """
    if not ids:
        return
    taken = await rows(
        """update attachments a set message_id = $2, place = given.place
             from unnest($3::uuid[]) with ordinality as given (id, place)
            where a.tenant_id = $1 and a.id = given.id and a.message_id is null
              and (a.uploaded_by is null or a.uploaded_by = $4)
        returning a.id""",
        actor.tenant_id, message_id, list(ids), actor.account_id,
    )  # fmt: skip
    if len(taken) < len(ids):
        raise Refusal("attachment_gone", "attachments")


async def discard(actor: Actor, attachment_id: UUID) -> None:
    """Take back a file that is on no message yet. One that is not there is gone already; its content is collected."""
    await rows(
        """delete from attachments where tenant_id = $1 and id = $2 and message_id is null
              and (uploaded_by is null or uploaded_by = $3)""",
        actor.tenant_id, attachment_id, actor.account_id,
    )  # fmt: skip
