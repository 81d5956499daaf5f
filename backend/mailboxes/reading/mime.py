"""The parts of a mail, read within limits: whoever sends one shall not decide how long we are busy with it.

The library's grammar of headers needs minutes for some fifty kilobytes that are made to trip it, and its parser the
more the deeper and the more finely a mail is cut into parts. So headers stay plain text, cut short, and what no person's
mail looks like is read by its headers alone.
"""

import email.errors
import re
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from typing import Any, Final

MOST_HEADER: Final = 4_000
"""Characters of a header that are looked at."""
_MOST_BOUNDARIES, _MOST_CUTS, _MOST_LINES = 40, 5_000, 500_000

BROKEN: Final = (
    email.errors.MessageError, ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError,
)  # fmt: skip
"""What the library raises for mails that are not what they say."""

_FOLD = re.compile(r"[\r\n]+")
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)


class _Part(EmailMessage):
    def is_attachment(self) -> bool:
        return self.get_content_disposition() == "attachment"


class _TextPolicy(EmailPolicy):
    """Headers as they stand, on one line."""

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        return header_of(value)


_POLICY: Final = _TextPolicy(message_factory=_Part)


def read_mime(raw: bytes) -> EmailMessage:
    """The mail in its parts; the headers alone of one that is cut into more than a person's mail ever is."""
    if len(_BOUNDARY.findall(raw)) <= _MOST_BOUNDARIES and raw.count(b"\n--") <= _MOST_CUTS:
        try:
            return _parsed(_first_lines(raw), headers_only=False)
        except BROKEN:
            pass  # Nested deeper than the parser goes: its headers are read below.
    return _parsed(_first_lines(raw), headers_only=True)


def header_of(value: object) -> str:
    """A raw header, unfolded and cut short."""
    return _FOLD.sub("", str(value)[:MOST_HEADER])


def _parsed(raw: bytes, *, headers_only: bool) -> EmailMessage:
    message = BytesParser(_Part, policy=_POLICY).parsebytes(raw, headersonly=headers_only)
    return message if isinstance(message, EmailMessage) else EmailMessage()


def _first_lines(raw: bytes) -> bytes:
    """As much of the mail as has `_MOST_LINES` lines: an attachment of the largest size has fewer."""
    if raw.count(b"\n") <= _MOST_LINES:
        return raw
    return b"\n".join(raw.split(b"\n", _MOST_LINES)[:_MOST_LINES])
