"""What is in doubt although every word of it may belong to thanks: complaints, wishes that something be done, additions.

"Thanks for the problems" complains where "thanks for solving the problems" does not; "thanks for a quick reply" waits for
one; "thanks for your help, check the server" asks for more. A text is looked at by its pieces between commas and ends.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from backend.tickets.thanks.tokens import Token

_THANKS: Final = re.compile(
    r"(?:thank|thx|tnx|ty$|dank|bedank|merci|remerci|graci|agrade|grazi|ringrazi|obrig|dziek|podziek|apprecia|gratef|cheers)"
)
_FOR: Final = frozenset(
    ["for", "4", "voor", "fur", "fuer", "pour", "por", "pela", "pelo", "pelas", "pelos", "per", "za"]
)
_AND: Final = frozenset(["and", "en", "und", "et", "y", "e", "i", "oraz"])
_TROUBLE: Final = re.compile(
    r"(?:mess|problem\w{0,3}|probleem|problemen|problemes?|issues?|troubles?|hassle|inconvenience|errors?|storing(?:en)?|fehlers?"
    r"|storung(?:en)?|soucis?|incidencias?|erro|errore|blad|bledu|delay)"
)
_HELP: Final = re.compile(
    r"(?:help|hilf|hulp|geholp|geholf|aid|aiut|ayud|ajud|pomo|fix|gefix|solv|solu|oplos|opgelost|los|gelost|behe|behob|klar"
    r"|resol|resuel|risol|sort|deal|handl|assist|support|unterst|beistand|look|work|job|regel|geregeld|reg[lu]|repa|depan"
    r"|correc|corrig|verhol|verhelp|afhand|herstel|kijk|uitzoek|zoek|bearbeit|erled|kumm|einsatz|arbeit|trait|interven|prise"
    r"|mise|attention|patien|geduld|cierplivos|cierpliw|pazienz|pacienc|apoy|apoi|soport|suport|arregl|atenc|atend|interes"
    r"|trabaj|trabalh|gestion|sistem|ripar|ripr|occup|ocup|lavor|cura|support|assis|consert|arranj|repar|esclarec|rozwiaz|napraw|usun"
    r"|wspar|zaj|ogarn|zalatw|sprawdz|wyjasn|explain|explica|expliq|erklar|uitleg|spieg|chiar|your$|taking|going|quick|swift|speed"
    r"|rapid|schnell|snel|szybk|clear|invest|debug|check|reply|respon|answer|antwort|antwoord|repon|respuest|rispost|odpow)"
)
"""What may be done about trouble, by the beginnings of words."""
_THING: Final = re.compile(
    r"(?:websites?|webseite|homepage|sites?|webshop|shop|pages?|pagin[ae]s?|servers?|serveur|servidor|serwer[ay]?|hosting|domains?"
    r"|domein\w*|domaine|domin\w+|domen[ay]|dns|records?|mailbox\w*|inbox|postvak|postfach\w*|boite|buzon|casella|caixa|skrzynk[ai]"
    r"|accounts?|kont[oa]|compte|cuenta|conta|backups?|database|datenbank|certifica\w*|certyfikat\w*|zertifikats?|ssl"
    r"|password|wachtwoord|migration|instal\w+|config\w+|tickets?|links?|video|manual|anleitung\w*)"
)
_ACTS: Final = frozenset(
    [
        "call",
        "check",
        "fix",
        "look",
        "update",
        "restore",
        "reset",
        "install",
        "set",
        "mail",
        "email",
        "message",
        "let",
        "keep",
        "tell",
        "answer",
        "reply",
        "respond",
        "explain",
        "handle",
        "action",
        "confirm",
        "follow",
        "controleren",
        "checken",
        "bellen",
        "herstellen",
        "kijken",
        "regelen",
    ]
)
"""Verbs that ask for something where a piece begins with them."""
_URGENT: Final = frozenset(["soon", "asap", "spoed"])
_URGENT_PAIRS: Final = frozenset(
    [
        ("as", "possible"), ("snel", "mogelijk"), ("vandaag", "nog"), ("noch", "heute"), ("plus", "vite"), ("so", "soon"),
        ("one", "of"), ("part", "of"), ("some", "of"), ("few", "of"), ("bit", "of"), ("being", "late"), ("so", "late"),
    ]
)  # fmt: skip
_WAITED_FOR: Final = re.compile(
    r"(?:repl(?:y|ies)|responses?|answers?|updates?|call|callback|solution|fix|fixing|confirmation|feedback|follow|explanation|help|info"
    r"|information|action|resolution|respuestas?|contestacion|solucion|resposta|retorno|risposta|riscontro)$"
)
_UNSAID: Final = frozenset(["a", "an", "any", "some", "una", "uma"])
_SOON: Final = re.compile(
    r"(?:umgehend|zeitnah|kurzfristig|kurz|baldig|sofortig|dringend)en?$|(?:kurze|umgehende|zeitnahe|sofortige)$"
)
_SAID: Final = frozenset(["die", "ihre", "ihren", "deine", "deinen", "eure", "euren", "den", "der", "das"])
_WOULD: Final = frozenset(["would", "d", "ll", "will"])

_ALL: Final = frozenset(
    [
        "all",
        "alle",
        "allemaal",
        "tous",
        "toutes",
        "todos",
        "todas",
        "tutti",
        "tutte",
        "wszystkim",
        "more",
        "both",
        "beide",
    ]
)
_WHERE: Final = frozenset(
    ["to", "from", "for", "an", "aan", "van", "voor", "von", "fur", "pour", "para", "a", "ao", "dla", "do", "od"]
)
_ME: Final = frozenset(["me", "mij", "mich", "mir", "moi", "mi", "mim", "mnie"])
_TOO: Final = frozenset(["too", "also", "ook", "auch", "aussi", "tambien", "anche", "tambem", "tez", "rowniez"])
_ANEW: Final = frozenset([("schon", "wieder")])


def doubt_in(words: Sequence[Token]) -> Token | None:
    """The first word that makes it doubtful that the text only thanks, if there is one."""
    for place, (one, two) in enumerate(itertools.pairwise(words)):
        if not two.opens_sentence and (
            (one.word, two.word) in _URGENT_PAIRS or (one.word in _WOULD and two.word == "appreciate")
        ):
            return words[place + 1]
    for after_comma, piece in _pieces(words):
        if (found := _complaint(piece) or _wish(piece)) is not None:
            return found
        if (found := _answer(piece, words)) is not None:
            return found
        if after_comma and (found := _addition(piece)) is not None:
            return found
    return None


def _pieces(words: Sequence[Token]) -> Iterator[tuple[bool, Sequence[Token]]]:
    """The pieces between commas and the ends of sentences, and whether a comma stands before them."""
    begin = 0
    for place in range(1, len(words) + 1):
        if place == len(words) or words[place].opens_sentence or words[place].after_comma:
            yield words[begin].after_comma and not words[begin].opens_sentence, words[begin:place]
            begin = place


def _complaint(piece: Sequence[Token]) -> Token | None:
    """Trouble that the piece thanks for, and nothing done about it."""
    helped = False
    for token in piece:
        if _TROUBLE.fullmatch(token.word) and not helped and any(_THANKS.match(each.word) for each in piece):
            return token
        helped = helped or bool(_HELP.match(token.word))
    return None


def _wish(piece: Sequence[Token]) -> Token | None:
    """What is still to come: "a quick reply", "kurze Rückmeldung", "soon"."""
    thanked = False
    unsaid = said = False
    for place, token in enumerate(piece):
        word = token.word
        if thanked and word in _URGENT:
            return token
        if thanked and _SOON.match(word) and not said:
            return token
        if word == "late" and place + 1 < len(piece) and _WAITED_FOR.match(piece[place + 1].word) and thanked:
            return token
        if unsaid and _WAITED_FOR.match(word) and (place < 2 or piece[place - 1].word not in ("great", "big")):
            return token
        if word in _UNSAID and thanked:
            unsaid = True
        elif word in _SAID or word in (
            "the",
            "your",
            "this",
            "that",
            "of",
            "with",
            "and",
            "la",
            "su",
            "sua",
            "vossa",
            "to",
        ):
            said, unsaid = True, False
        thanked = thanked or bool(_THANKS.match(word))
    return None


def _answer(piece: Sequence[Token], words: Sequence[Token]) -> Token | None:
    """A piece that rather answers than praises: "all, thanks", "to Chris, thanks", "me too", "schon wieder, danke"."""
    if len(words) > 5 or any(_THANKS.match(each.word) for each in piece):
        return None
    said = [each.word for each in piece]
    answers = (
        all(each in _ALL for each in said)
        or (len(piece) == 2 and piece[0].word in _WHERE and piece[1].is_capital and piece[0] is words[0])
        or (not _ME.isdisjoint(said) and not _TOO.isdisjoint(said))
        or tuple(said) in _ANEW
        or said[0] in ("bei", "bij", "chez")
    )
    return piece[0] if answers else None


def _addition(piece: Sequence[Token]) -> Token | None:
    """A thing that comes after a comma, or an act that is asked for there."""
    first = piece[1] if piece[0].word in _AND and len(piece) > 1 else piece[0]
    if first.word in _FOR or any(_THANKS.match(each.word) for each in piece):
        return None
    if first.word in _ACTS:
        return first
    return next((each for each in piece if _THING.fullmatch(each.word)), None)
