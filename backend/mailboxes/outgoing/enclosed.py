"""The files of an answer go with its mail as far as the company says; the others wait on the portal, and the mail says so."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from backend import files
from backend.attachments.contents import content_key
from backend.attachments.rules import get_rules, in_words
from backend.database import Row, rows

WORDS: Final = {
    "en": "Too large for a mail; you find it with your request: {names}",
    "nl": "Te groot voor een e-mail; u vindt het bij uw verzoek: {names}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """`files` go with the mail; `left_out` are named in it, with their sizes."""

    files: tuple[tuple[str, str, bytes], ...] = ()
    left_out: str = ""


async def enclosed_with(tenant_id: UUID, message_id: UUID | None, language: str) -> Enclosed:
    """The files of a message for its mail, in their order, while there is room. What is infected is not spoken of; what is
    not scanned yet is left out."""
    if message_id is None:
        return Enclosed()
    found = await rows(
        """select f.name, f.media_type, f.size, c.sha256, c.scan from attachments f
             join attachment_contents c on c.tenant_id = f.tenant_id and c.id = f.content_id
            where f.message_id = $1 and c.stored and c.scan <> 'infected' order by f.place, f.id""",
        message_id,
    )
    if not found:
        return Enclosed()
    room = (await get_rules()).mail_bytes
    kept: list[tuple[str, str, bytes]] = []
    left: list[Row] = []
    for each in found:
        if each["size"] > room or each["scan"] == "waiting":
            left.append(each)
            continue
        room -= each["size"]
        kept.append((each["name"], each["media_type"], await files.get(content_key(tenant_id, each["sha256"]))))
    names = ", ".join(f"{each['name']} ({in_words(each['size'])[language]})" for each in left)
    return Enclosed(files=tuple(kept), left_out=WORDS[language].format(names=names) if names else "")
