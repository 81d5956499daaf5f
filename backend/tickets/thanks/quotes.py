"""What somebody wrote themselves in a mail: without what they quote, be their own words above, below or between it."""

import html
import re
from dataclasses import dataclass
from typing import Final

from backend.tickets.thanks.fold import fold

_TAG: Final = re.compile(
    r"<(?:/?(?:br|p|div|span|b|i|u|em|strong|font|html|body|blockquote|table|tr|td|tbody|li|ul|hr|a|h[1-6])\b[^<>]{0,300})>",
    re.I,
)
_BREAKING_TAG: Final = re.compile(r"<(?:br|/p|/div|/tr|/li|hr)\b[^<>]{0,100}>", re.I)
_HIDDEN: Final = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]")
_QUOTED: Final = re.compile(r"\s{0,8}(?:>|\|\s)")
_WROTE: Final = re.compile(
    r"(?:\b(?:wrote|schreef|schrieb|ecrit|escribio|scritto|escreveu|napisala?|napisal\(a\)|pisze|skrev|geschreven)\b[^:]{0,120}:?\s*$)"
    r"|(?:\b(?:schreef|escreveu|napisal|schrieb)\b.{0,100}:\s*$)|(?:<[^<>\s]+@[^<>\s]+>\s*:?\s*$)"
)
_BEGINS_ATTRIBUTION: Final = re.compile(
    r"\s*(?:on |op |am |le |el |il |em |a |w dniu|dnia|no dia|\d{1,4}[-./]\d|(?:mon|tue|wed|thu|fri|sat|sun|pon|wt|sr|czw|pt|sob|niedz|ndz)\b|[^:]{0,80}<[^<>\s]+@|[^:]{0,60}\b(?:schreef|escreveu|napisal|wrote|schrieb)\b)"
)
_FROM: Final = re.compile(
    r"[\s*_]*(?:from|von|van|de|da|od|from sender|afzender|absender|expediteur|remitente|mittente|remetente|nadawca)[\s*_]*:[\s*_]*\S",
    re.I,
)
_FURTHER_HEADER: Final = re.compile(
    r"[\s*_]*(?:sent|date|to|subject|cc|gesendet|datum|an|betreff|verzonden|verstuurd|aan|onderwerp|envoye|envoye le|a|objet|enviado|enviado el|enviada em|fecha|para|asunto|data|inviato|oggetto|assunto|wyslano|data|do|temat|reply-to)[\s*_]*:"
)
_DIVIDER: Final = re.compile(
    r"\s*[-_=*]{2,}\s*(?:original message|original appointment|oorspronkelijk bericht|origineel bericht|ursprungliche nachricht|originalnachricht|original-nachricht|message d.origine|message original|mensaje original|messaggio originale|mensagem original|oryginalna wiadomosc|wiadomosc oryginalna|reply above this line|please reply above this line|schrijf uw antwoord boven deze regel)\s*[-_=*]*\s*$"
)
_ABOVE_THIS: Final = re.compile(
    r"[\s#\-=_*]*(?:please )?(?:type|write|reply|typ|schrijf|antwoord|antworten|repondez|responda).{0,30}(?:above|boven|oberhalb|au-dessus|encima|acima).{0,30}$"
)
_FORWARDED: Final = re.compile(
    r"\s*(?:[-_=*]{2,}\s*(?:forwarded message|doorgestuurd bericht|weitergeleitete nachricht|message transfere|mensaje reenviado|messaggio inoltrato|mensagem encaminhada|przekazana wiadomosc|wiadomosc przekazana dalej)|begin forwarded message|begin doorgestuurd bericht|anfang der weitergeleiteten|debut du message|inicio del mensaje reenviado|inizio messaggio inoltrato)"
)
_RULE: Final = re.compile(r"\s*[_\-=*]{8,}\s*$")
_LONGEST_LINE: Final = 400


@dataclass(frozen=True, slots=True)
class Own:
    """The lines that are the writer's own. `forwards`: something else is passed on with them."""

    lines: tuple[str, ...]
    forwards: bool


def own_lines(text: str) -> Own:
    """The lines of a raw text that are its writer's own, as plain text."""
    lines = _plain(text).split("\n")
    own: list[str] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        if not line.strip():
            own.append("")
            place += 1
            continue
        if _QUOTED.match(line) and not line.lstrip().startswith(">:"):
            place += 1
            continue
        short = fold(line[:_LONGEST_LINE])
        if _FORWARDED.match(short):
            return Own(tuple(own), forwards=True)
        if _DIVIDER.match(short) or _ABOVE_THIS.match(short) or _is_header(lines, place, short):
            break
        if _RULE.match(short) and place + 1 < len(lines) and _begins_header(lines, place + 1):
            break
        if length := _attribution(lines, place, short):
            place += length
            while place < len(lines) and not lines[place].strip():
                place += 1
            if place < len(lines) and not _QUOTED.match(lines[place]):
                break  # A quotation without marks: nobody can say where it ends.
            continue
        own.append(line.rstrip())
        place += 1
    return Own(tuple(own), forwards=False)


def _plain(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if "<" in text:
        text = _TAG.sub("", _BREAKING_TAG.sub("\n", text))
    if "&" in text:
        text = html.unescape(text)
    return _HIDDEN.sub("", text.replace("\u00a0", " ").replace("\u202f", " "))


def _attribution(lines: list[str], place: int, short: str) -> int:
    """How many lines say "On Tuesday, someone wrote:"; 0 where it does not stand here. Mails wrap it."""
    if not _BEGINS_ATTRIBUTION.match(short):
        return 0
    joined = short
    for length in (1, 2, 3):
        if length > 1:
            following = place + length - 1
            if following >= len(lines) or not lines[following].strip() or _QUOTED.match(lines[following]):
                return 0
            joined = f"{joined.rstrip()} {fold(lines[following][:_LONGEST_LINE]).strip()}"
        after = lines[place + length] if place + length < len(lines) else ""
        ends = joined.rstrip().endswith(":") or not after.strip() or _QUOTED.match(after)
        if ends and _WROTE.search(joined):
            return length
    return 0


def _is_header(lines: list[str], place: int, short: str) -> bool:
    """Whether "From: ..., Sent: ..." of a quoted mail begins here."""
    if not _FROM.match(short):
        return False
    after = [fold(each[:_LONGEST_LINE]) for each in lines[place + 1 : place + 6] if each.strip()]
    return bool(after) and any(_FURTHER_HEADER.match(each) for each in after[:2])


def _begins_header(lines: list[str], place: int) -> bool:
    for following in range(place, min(place + 3, len(lines))):
        if lines[following].strip():
            return _is_header(lines, following, fold(lines[following][:_LONGEST_LINE]))
    return False
