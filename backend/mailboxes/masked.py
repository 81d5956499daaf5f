"""A mail that held a secret: the text without it, and the original under the secret's key, to go with it (FIELD.md C2)."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from backend import files
from backend.database import row, rows
from backend.events import StoredEvent
from backend.secrets.guard import mask, original_of
from backend.secrets.seal import NewSecret, seal_file
from backend.wrapping import CannotUnseal

LABEL: Final = {"en": "Masked from mail", "nl": "Gemaskeerd uit e-mail"}


@dataclass(frozen=True, slots=True)
class MaskedMail:
    """What may be kept and shown of a mail, and what was sealed."""

    subject: str
    body: str
    secrets: tuple[NewSecret, ...]


async def masked_mail(
    subject: str, body: str, *, language: str, file_key: str, unshown: tuple[str, ...] = ()
) -> MaskedMail:
    """Dots for what looks like a secret, in the subject and in the body.

    `unshown` is what else the mail says, such as what it quotes: a secret there is sealed with the mail as well.
    """
    texts = [await mask(subject), await mask(body), *[await mask(each) for each in unshown]]
    if not any(text.found for text in texts):
        return MaskedMail(subject, body, ())
    sealed = NewSecret(label=LABEL[language], value=original_of(texts, language), source="mail", file_key=file_key)
    return MaskedMail(texts[0].text, texts[1].text, (sealed,))


def sealed_key(tenant_id: UUID, secret_id: UUID) -> str:
    """Where the copy lies that the secret's key opens."""
    return f"{tenant_id}/sealed-mail/{secret_id}"


async def seal_mail(event: StoredEvent) -> None:
    """Put the copy that goes with the secret in the place of the mail as it came; repeated, it does nothing more."""
    secret_id = UUID(event.data["secret_id"])
    # The lock keeps a destruction waiting, so that it finds the copy, or this finds no key.
    secret = await row("select file_key from secrets where id = $1 for update", secret_id)
    if secret is None or secret["file_key"] is None:
        return
    try:
        original = await files.get(secret["file_key"])
    except files.FileMissing:
        return
    copy = sealed_key(event.tenant_id, secret_id)
    try:
        await files.put(copy, await seal_file(event.tenant_id, secret_id, original))
    except CannotUnseal:
        await _forget(event.tenant_id, secret_id, secret["file_key"])
        return
    await rows(
        "update incoming_mails set file_key = $3 where tenant_id = $1 and file_key = $2 and outcome <> 'received'",
        event.tenant_id,
        secret["file_key"],
        copy,
    )
    await files.delete(secret["file_key"])


async def forget_mail(event: StoredEvent) -> None:
    """The secret is gone: so is the mail that it was masked in."""
    secret = await row("select id, file_key from secrets where id = $1", UUID(event.data["secret_id"]))
    if secret is not None and secret["file_key"] is not None:
        await _forget(event.tenant_id, secret["id"], secret["file_key"])


async def _forget(tenant_id: UUID, secret_id: UUID, file_key: str) -> None:
    await files.delete(sealed_key(tenant_id, secret_id))
    await files.delete(file_key)
