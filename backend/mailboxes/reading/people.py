"""Who a mail is from and to. Addresses are found before anything is decoded: a name may spell an address that is not the sender's."""

import re
from typing import Final

from backend.errors import Refusal
from backend.mailboxes.reading.headers import Headers, one_line, words_of
from backend.mailboxes.reading.parts import Address
from backend.text import email_address

_MOST: Final = 500
_LONGEST: Final = 50_000
_TOKEN: Final = re.compile(r"\"((?:[^\"\\]|\\.)*+)\"|([()<>,;:])|(\\.|[^\"()<>,;:\\]++|.)", re.DOTALL)
_BARE: Final = re.compile(r"[^\s@<>()\[\],;:\\\"']{1,64}@[^\s@<>()\[\],;:\\\"']{1,253}")
_HIDDEN: Final = re.compile(r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def sender_of(headers: Headers, envelope_sender: str) -> Address:
    """Who wrote: From, else Sender, else the envelope; the address is empty where nobody is named."""
    for name in ("from", "sender", "x-sender", "reply-to"):
        for raw in headers.all(name)[:5]:
            found = addresses_in(raw, headers.charset)
            if found:
                return found[0]
        if name == "sender" and (address := plain_address(envelope_sender)):
            return Address(name_of(headers) or address.partition("@")[0], address)
    return Address("", "")


def name_of(headers: Headers) -> str:
    """The words of a From that holds no address."""
    words = _shown(words_of(headers.first("from"), headers.charset))
    return "" if "@" in words or not any(each.isalnum() for each in words) else words


def people_of(headers: Headers, name: str) -> tuple[Address, ...]:
    """Everybody in the headers of that name, once; of very many the first."""
    found: dict[str, Address] = {}
    for raw in headers.all(name)[:20]:
        for each in addresses_in(raw, headers.charset):
            found.setdefault(each.address, each)
            if len(found) >= _MOST:
                return tuple(found.values())
    return tuple(found.values())


def addresses_in(raw: str, charset: str = "") -> list[Address]:
    """The addresses of a header, with their names, be it written as RFC 5322 has it or not."""
    raw = raw[:_LONGEST]
    found = _listed(raw, charset)
    if not found and "=?" in raw:  # Some encode the whole line, the address too.
        found = _listed(words_of(raw, charset)[:_LONGEST], charset)
    return found


def plain_address(raw: str) -> str:
    """An address as it can be kept, its domain in ASCII; empty where it is none."""
    address = _HIDDEN.sub("", one_line(raw)).strip("<>\"' ").removeprefix("mailto:").strip("<>\"'.,; ")
    local, at, domain = address.rpartition("@")
    domain = domain.strip(".").lower()
    if not at or not local or not domain:
        return ""
    if not domain.isascii():
        try:
            domain = ".".join(label.encode("idna").decode("ascii") for label in domain[:253].split("."))
        except UnicodeError:
            return ""
    try:
        return email_address(f"{local}@{domain}")
    except Refusal:
        # Names of hosts without a domain cannot be answered, and are still who wrote.
        address = f"{local}@{domain}".lower()
        named = _BARE.fullmatch(address) or re.fullmatch(r"[\w.+-]{1,64}@\[[0-9a-f.:]{3,45}\]", address)
        return address if named and address.isprintable() and len(address) <= 254 else ""


def _listed(raw: str, charset: str) -> list[Address]:
    found: list[Address] = []
    words: list[str] = []
    comments: list[str] = []
    angle: str | None = None
    inside = depth = 0

    def finish() -> None:
        nonlocal angle
        text = "".join(words)
        if angle is not None and (address := plain_address(angle.rpartition(":")[2])):
            found.append(Address(_name(text, comments, charset, address), address))
        elif "@" in text:
            text = text if _BARE.search(text) else re.sub(r"\s*@\s*", "@", text)
            bare = _BARE.search(text)
            if bare is not None and (address := plain_address(bare[0])):
                left = text.replace(bare[0], " ")
                found.append(Address(_name(left, comments, charset, address), address))
        words.clear()
        comments.clear()
        angle = None

    for token in _TOKEN.finditer(raw):
        quoted, sign, plain = token[1], token[2], token[3]
        if depth:
            depth += (sign == "(") - (sign == ")")
            if depth:
                comments.append(quoted if quoted is not None else sign or plain or "")
        elif sign == "(":
            depth = 1
            comments.append(" ")
        elif inside:
            if sign == ">":
                inside = 0
            elif sign == "<":
                angle = ""
            elif sign in (",", ";") and angle and "@" in angle:
                inside = 0  # It was never closed.
                finish()
            else:
                angle = (angle or "") + (quoted if quoted is not None else sign or plain or "")
        elif sign == "<":
            if angle is not None and "@" in angle:
                finish()
            inside, angle = 1, ""
        elif sign == "," and angle is None and words and not any("@" in each for each in words):
            words.append(",")  # "Doe, Joe <joe@...>", as some write it.
        elif sign in (",", ";"):
            finish()
        elif (
            sign == ":" and not any("@" in each for each in words) and not "".join(words).rstrip().endswith(("=", "?"))
        ):
            words.clear()  # The name of a group.
        else:
            words.append(sign or plain or _quoted(quoted, before_at=raw[token.end() : token.end() + 1] == "@"))
        if len(found) >= _MOST:
            return found
    finish()
    return found


def _quoted(quoted: str, *, before_at: bool) -> str:
    """What stands in quotes; as the first half of an address only where it could stand there without them."""
    text = re.sub(r"\\(.)", r"\1", quoted)
    return "\0" if before_at and not re.fullmatch(r"[^\s@<>()\[\],;:\\\"]+", text) else text


def _name(text: str, comments: list[str], charset: str, address: str) -> str:
    name = _shown(words_of(text, charset)) or _shown(words_of("".join(comments), charset))
    return name or address.partition("@")[0]


def _shown(text: str) -> str:
    return _HIDDEN.sub("", one_line(text)).strip("\"'<>,;\\ ")[:200].strip()
