"""What stands below a mail and is no part of it: name, title, address, telephone, disclaimer, "Sent from my iPhone"."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backend.quotes.fold import fold
from backend.quotes.footers import DASHES, is_footer
from backend.tickets.thanks.phrases import Phrases, phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The lists of `words/signatures.toml`."""

    labels: frozenset[str]
    titles: frozenset[str]
    small: frozenset[str]
    never: frozenset[str]
    often_no_names: frozenset[str]
    rather_names: frozenset[str]
    forms: frozenset[str]


_FILE: Final = Path(__file__).parent / "words" / "signatures.toml"
_WORDS: Final = _Words(**{name: frozenset(listed.split()) for name, listed in tomllib.loads(_FILE.read_text()).items()})
_DISCLAIMER: Final = re.compile(
    r"confidential|privileged|intended (?:solely|only|recipient|for)|addressee|disclaimer|received (?:this|it) in error|registered (?:in|office|company|number)|company (?:number|registration)|vertrouwelijk|geadresseerde|uitsluitend bestemd|aansprakelijk|vertraulich|rechtlich geschutzt|nicht der richtige adressat|adressaten|confidentiel|destinataire|confidencial|destinatari|riservat|privacy|poufn|adresata|environment before print|before printing|consider the environment|denk aan het milieu|milieu voordat|drucken dieser|umwelt|avant d.imprimer|imprimer ce|antes de imprimir|medio ambiente|meio ambiente|prima di stampare|stampare (?:questa|questo)|srodowisk|wydrukowaniem|algemene voorwaarden|rgpd|gdpr|dsgvo|rodo|avg"
)
_WEB: Final = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}|\b[\w-]{1,63}\.(?:com|net|org|nl|de|fr|es|it|pt|pl|be|eu|uk|io|co|example|info|br|ch|at)(?:\.[a-z]{2})?\b(?:/\S*)?"
)
_NUMBER: Final = re.compile(r"\+?\(?\d[\d\s()./\-–+]{4,24}\d")
_COMPANY: Final = re.compile(
    r"\b(?:b\.?v|n\.?v|v\.?o\.?f|gmbh|e\.?k|a\.?g|k\.?g|ug|ohg|gbr|ltd|limited|llc|llp|inc|plc|corp|sarl|sas|sasu|eurl|s\.?a|s\.?l|s\.?l\.?u|s\.?r\.?l|s\.?p\.?a|s\.?n\.?c|lda|ltda|eireli|sp\.? z ?o\.?o|s\.?c|sp\.? k|holding|group|groep|gruppe|groupe|grupo|gruppo|studio|agency|bureau|consulting|solutions|services|foundation|stichting|vereniging|verein|association|asociacion|associazione|associacao|fundacja|school|university|universiteit|universitat|universite|hospital|church|council)\b"
)


def without_signature(lines: Sequence[str]) -> list[str]:
    """The lines of a message above its signature. What may be a message still, as a P.S. is, stays."""
    found = phrases()
    kept = _without_disclaimers(lines)
    for place, line in enumerate(kept):
        if DASHES.match(line) and any(each.strip() for each in kept[:place]):
            rest = _said_below(kept[place + 1 :], found)
            kept = [*kept[:place], *rest]
            break
    end = len(kept)
    names = False
    place = end
    while place:
        line = kept[place - 1]
        if not line.strip():
            place -= 1
            continue
        if is_footer(line):
            place -= 1
            end = place
            continue
        if is_name(line, found):
            names = True
            place -= 1
            end = place
            continue
        if _is_detail(line, found):
            place -= 1
            if names:
                end = place
            continue
        if place < end and _is_closing(line, found):
            end = place
        break
    first = next((number for number, line in enumerate(kept, 1) if line.strip() and not is_footer(line)), 0)
    end = max(end, first)
    return [each for each in kept[:end] if not is_footer(each)]


def is_name(line: str, found: Phrases) -> bool:
    """Whether the line is someone's name and nothing else: "J. de Vries", "Anna", "Dr Thomas Brandt (he/him)"."""
    if len(line) > 60 or any(each.isdigit() for each in line):
        return False
    words = re.findall(r"[^\W\d_]+", re.sub(r"\((?:he|she|they|hij|zij|er|sie)[^()]{0,20}\)", "", line, flags=re.I))
    if not 1 <= len(words) <= 6 or re.search(r"[?!:;@=]", line):
        return False
    folded = [fold(each) for each in words]
    known = False
    for word, plain in zip(words, folded, strict=True):
        is_rather = plain in _WORDS.rather_names and word[0].isupper()
        if plain in found.names and (is_rather or plain not in _WORDS.often_no_names):
            known = True
        elif (
            plain in _WORDS.small
            or plain in _WORDS.titles
            or (len(plain) == 1 and word.isupper())
            or plain in _WORDS.forms
            or (word[0].isupper() and plain not in found.common and not looks_like_word(plain))
            or (known and word[0].isupper() and len(words) == 2 and plain not in _WORDS.never)
        ):
            continue
        else:
            return False
    if known:
        return words[0][0].isupper() or len(words) == 1
    real = [word for word, plain in zip(words, folded, strict=True) if len(plain) > 1 and plain not in _WORDS.small]
    return bool(real) and len(words) <= 4 and all(each[0].isupper() for each in real)


def _said_below(lines: Sequence[str], found: Phrases) -> list[str]:
    """Lines below the dashes that may be a message still: a postscript, a request, a question, or words that go on in
    small letters in a paragraph of their own."""
    said = []
    opens_paragraph = False
    for line in lines:
        if not line.strip():
            opens_paragraph = True
            continue
        if not _below_dashes(line) or (opens_paragraph and _goes_on(line, found)):
            said.append(line)
        opens_paragraph = False
    return said


def _goes_on(line: str, found: Phrases) -> bool:
    words = re.findall(r"[^\W\d_]+", line)
    return (
        len(words) >= 3
        and (line.strip()[0].islower() or "?" in line)
        and not (_WEB.search(fold(line)) or is_footer(line) or _is_detail(line, found))
    )


def _below_dashes(line: str) -> bool:
    """Whether a line below the dashes may go: anything that asks nothing and begins no postscript."""
    plain = fold(line).strip()
    if re.match(r"(?:p\W?s\b|ps\b|pd\b|n\W?b\b)", plain):
        return False
    if re.search(
        r"\b(?:please|graag|bitte|prosze|por favor|s.il vous plait|per favore|kunt u|kan je|could you|can you|konnen sie|pouvez|puede|puo|pode|czy)\b",
        plain,
    ):
        return bool(_DISCLAIMER.search(plain))
    return True


def looks_like_word(plain: str) -> bool:
    """Whether the ending is one of words and hardly of names."""
    return len(plain) >= 6 and plain.endswith(
        ("tion", "ment", "ness", "ing", "ung", "ungen", "keit", "heit", "cion", "cao", "zione", "acja", "acje", "anie", "enie", "osc", "sci", "mente", "ado", "ada", "ato", "ata", "ito", "ed", "able", "ible", "elijk", "lich", "bar", "ige", "isch", "eren", "iert", "ieren", "iamo", "iamo", "ujemy", "uje", "owac", "owane", "owany")
    )  # fmt: skip


def _is_closing(line: str, found: Phrases) -> bool:
    words = re.findall(r"[^\W\d_]+", fold(line))
    return 0 < len(words) <= 8 and all(each in found.known for each in words)


def _is_detail(line: str, found: Phrases) -> bool:
    """Whether the line is a part of a signature beside the name: title, company, address, numbers, addresses."""
    if len(line) > 140:
        return False
    plain = fold(line)
    if not any(each.isalnum() for each in plain):
        return "?" not in plain
    if "?" in plain or "!" in plain:
        return False
    if re.fullmatch(
        r"\s*[\[<(](?:image|cid|inline|logo|afbeelding|bild|imagen?|immagine|imagem|obraz)[^\[\]<>()]{0,120}[\])>]\s*",
        plain,
    ):
        return True
    has_contact = bool(_WEB.search(plain) or _NUMBER.search(plain))
    is_company = bool(_COMPANY.search(plain))
    left = _NUMBER.sub(" ", _WEB.sub(" ", line))
    words = re.findall(r"[^\W_]+", left)
    folded = [fold(each) for each in words]
    if has_contact and all(each in _WORDS.labels or each in _WORDS.small or each.isdigit() for each in folded):
        return True
    titles = sum(each in _WORDS.titles for each in folded)
    digits = any(any(letter.isdigit() for letter in each) for each in folded)
    if sum(each.isdigit() for each in plain) >= 2 and len(words) >= 3:
        # An address: a city may be a word of some language too.
        return len(words) <= 14 and all(
            word[0].isdigit()
            or len(each) <= 2
            or each in _WORDS.small
            or (word[0].isupper() and each not in _WORDS.never)
            for word, each in zip(words, folded, strict=True)
        )
    strange = [
        word
        for word, each in zip(words, folded, strict=True)
        if not (
            len(each) == 1
            or each in _WORDS.titles
            or each in _WORDS.labels
            or each in _WORDS.small
            or any(letter.isdigit() for letter in each)
            or (word[0].isupper() and each not in found.common)
        )
    ]
    if (
        titles
        and folded[0] in _WORDS.titles
        and len(words) <= 4
        and all(fold(word) not in found.common for word in strange)
    ):
        return True
    if strange or len(words) > 14:
        return (
            (is_company or titles > 0)
            and len(words) <= 10
            and all(word[0].isupper() and fold(word) not in _WORDS.never for word in strange)
        )
    return (
        has_contact
        or is_company
        or titles > 0
        or (digits and len(words) >= 2)
        or all(word[0].isupper() for word, each in zip(words, folded, strict=True) if each not in _WORDS.small)
    )


def _without_disclaimers(lines: Sequence[str]) -> list[str]:
    """The lines without paragraphs of lawyers."""
    kept: list[str] = []
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            paragraph.append(line)
            continue
        if paragraph:
            joined = fold(" ".join(paragraph))
            if not (len(joined) >= 30 and _DISCLAIMER.search(joined) and "?" not in joined and _is_lawyers(joined)):
                kept += paragraph
        kept.append(line)
        paragraph = []
    return kept


def _is_lawyers(joined: str) -> bool:
    return bool(
        re.search(
            r"\b(?:e-?mail|message|bericht|mail|nachricht|courriel|mensaje|correo|messaggio|mensagem|wiadomosc|print|printing|imprimer|imprimir|stampare|drucken|drukowaniem|registered|company|voorwaarden|disclaimer)\b",
            joined,
        )
    ) and not re.search(r"\b(?:thanks|thank you|bedankt|danke|gracias|grazie|obrigad[oa]|dziekuje)\b", joined)


def is_often_no_name(word: str) -> bool:
    """Whether a first name is a word as well: "Will", "May", "Mark"."""
    return word in _WORDS.often_no_names


def is_rather_a_name(word: str) -> bool:
    """Whether a word with a capital that somebody thanks is a name, though it is a word as well."""
    return word in _WORDS.rather_names
