"""What is shown of a mail: its text, with a word on what is not."""

import re
from typing import Final

from backend.mailboxes.reading.read_mail import ReadMail

WORDS: Final = {
    "en": {
        "no_subject": "(no subject)",
        "no_text": "(This mail has no text that can be shown. The original is kept.)",
        "cut": "(The mail goes on. The original is kept.)",
        "only_files": "(No text, only what is attached.)",
    },
    "nl": {
        "no_subject": "(geen onderwerp)",
        "no_text": "(Deze e-mail heeft geen tekst die getoond kan worden. Het origineel is bewaard.)",
        "cut": "(De e-mail gaat verder. Het origineel is bewaard.)",
        "only_files": "(Geen tekst, alleen wat is bijgevoegd.)",
    },
}
_TAG_IN_TEXT = re.compile(r"\+([ts][0-9]{1,15})\.[a-z2-7]{16}@", re.IGNORECASE)


def subject_of(mail: ReadMail, language: str) -> str:
    """The subject, or a word that there is none."""
    return mail.subject or WORDS[language]["no_subject"]


def body_of(mail: ReadMail, text: str, language: str) -> str:
    """What is shown of the mail. The signatures of reply addresses are taken out."""
    words = WORDS[language]
    parts = [_TAG_IN_TEXT.sub(r"+\1@", text)] if text.strip() else []
    parts += (notice.words(language) for notice in mail.notices)
    if mail.cut:
        parts.append(words["cut"])
    if mail.attachments and not parts:
        parts.append(words["only_files"])
    return "\n\n".join(parts or [words["no_text"]])
