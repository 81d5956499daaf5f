"""What people typed, made safe to keep: one rule for every text field."""

import re
import unicodedata

from backend.errors import Refusal

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile(r"[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_EMAIL = re.compile(
    r"[^\s@<>()\[\],;:\\\"]{1,64}@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+"
)


def one_line(raw: str, field: str, most: int) -> str:
    """A text of one line: white space folded, nothing invisible.

    Raises:
        Refusal: empty, longer than `most` characters, or with control characters.
    """
    return _checked(" ".join(_INVISIBLE.sub("", _kept(raw, field)).split()), field, most)


def many_lines(raw: str, field: str, most: int) -> str:
    """A text of any number of lines, with line feeds alone between them.

    Raises:
        Refusal: empty, longer than `most` characters, or with control characters.
    """
    text = _kept(raw.replace("\r\n", "\n").replace("\r", "\n"), field)
    return _checked("\n".join(line.rstrip() for line in text.split("\n")).strip("\n"), field, most)


def optional_lines(raw: str, field: str, most: int) -> str:
    """As `many_lines`, and may be empty."""
    return many_lines(raw, field, most) if raw.strip() else ""


def email_address(raw: str, field: str = "email") -> str:
    """An address in lower case.

    Raises:
        Refusal: it is not one.
    """
    address = _kept(raw, field).strip().lower()
    # Letters that this Python does not know yet may be capitals to the database; invisible ones deceive the reader.
    if len(address) > 254 or not address.isprintable() or not _EMAIL.fullmatch(address):
        raise Refusal("not_an_email", field)
    return address


def folded(text: str) -> str:
    """The text as search sees it: lower case, accents taken away (the server's dictionaries keep them)."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _kept(raw: str, field: str) -> str:
    if _FORBIDDEN.search(raw):
        raise Refusal("bad_text", field)
    return unicodedata.normalize("NFC", raw)


def _checked(text: str, field: str, most: int) -> str:
    if not text.strip():
        raise Refusal("required", field)
    if len(text) > most:
        raise Refusal("too_long", field, most=most)
    return text
