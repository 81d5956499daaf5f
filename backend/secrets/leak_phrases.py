"""Passwords of several words, and the codes that stand in for a second factor."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from backend.secrets.leak_names import labels_in
from backend.secrets.leak_values import Span
from backend.secrets.leak_words import is_stop_word, reads_as_prose

_BEFORE_PHRASE: Final = re.compile(
    r"(?:\s{1,2}(?:of|for|voor|van)\s[^\n.,;:]{1,40}?)?\s{1,2}(?:(?P<to>(?:(?:has been|was|is|zou|moet|graag|aub|gisteren|nu|now|zelf|yesterday|werd)\s){0,3}"
    r"(?:changed|set|reset|updated|veranderd|gewijzigd|gezet|aangepast|veranderen|wijzigen|zetten|ingesteld|instellen)\s(?:to|into|as|naar|in|op)"
    r"|to|into|naar|in|op)|(?P<is>is|was|wordt|becomes|=|luidt|will be|should be|must be|moet zijn|moet worden)(?:\s(?:now|nu|dan))?)\s{0,2}:?\s{1,2}",
    re.IGNORECASE,
)
_WORDS: Final = re.compile(r"[a-zà-ÿ]{3,14}(?:[ -][a-zà-ÿ]{3,14}){3,9}(?![\w-])")
_AFTER_PHRASE: Final = re.compile(
    r"[ \t]*(?:$|[\n.,;!?)(\"'–—]|-\s|(?:yesterday|today|now|but|and|by the way|btw|trouwens|for|because|so|please|thanks|since|after|last|this|gisteren|vandaag|nu|maar|"
    r"en|voor|want|dus|graag|aub|sinds|na|vorige|deze)\b)",
    re.IGNORECASE,
)
_FUNCTION: Final = re.compile(
    r"(?:a|an|the|some\w*|any\w*|every\w*|one|it|its|what|whatever|that|this|these|those|my|your|our|his|her|their|be|been|is|was|are|not|no|never|"
    r"more|much|very|too|longer|stronger|safer|same|different|another|other|and|or|but|with|without|for|from|of|on|in|by|at|to|as|so|because|since|"
    r"which|who|when|where|if|then|than|yesterday|today|now|last|again|please|thanks|you|we|they|i|he|she|expire\w*|require\w*|accept\w*|match\w*|"
    r"een|de|het|iets|wat|die|dat|dit|deze|mijn|jullie|uw|onze|zijn|haar|niet|geen|nooit|meer|veel|heel|zeer|te|langer|sterker|veiliger|zelfde|ander\w*|"
    r"en|of|maar|met|zonder|voor|van|op|in|bij|aan|als|want|omdat|sinds|gisteren|vandaag|nu|vorige|weer|graag|dus|zodat|je|jij|wij|ze|ik|hij|om|eerst|"
    r"wachtwoord\w*|password\w*|avoid|prevent|block|restore|protect|keep|make|let|allow|help|secure|fix|solve|test|enable|disable|force|meet|comply|word|wordt|worden|cijfers|letters|tekens|digits|characters|random|default|standaard)",
    re.IGNORECASE,
)
"""Words that belong to the sentence around a passphrase."""
_CHANGES: Final = re.compile(
    r"\b(?:changed?|changing|set|reset|updated?|made|put|wijzig\w*|gewijzigd|verander\w*|zet|zette|gezet|aangepast|ingesteld)\b",
    re.IGNORECASE,
)
_CODES: Final = re.compile(
    r"\b(?:(?:back-?\s?up|recovery|herstel|rescue|scratch|nood|reserve|emergency)[ -]?(?:codes?|keys?|sleutels?)|(?:2fa|mfa|tfa|two[- ]factor)[ -]codes)"
    r"\b(?:\s(?:for|of|voor|van|from|uit)\s[^\n:=]{1,40}?|\s[^\n:=.]{1,40}?(?=\s?[:=]))?(?P<lead>\s?(?:[:=]|\b(?:is|are|zijn|was)\b)\s?:?|\s)",
    re.IGNORECASE,
)
_CODE: Final = re.compile(
    r"[\s,;/|*•]{0,6}(?:(?:and|or|en|of|-|\d{1,2}[.)])\s{1,2}){0,2}[\"'`]?"
    r"(?P<value>\d{3,4}[ \t]\d{3,4}(?![\w-])|(?=[A-Za-z-]{0,30}\d)[A-Za-z0-9]{3,12}(?:-[A-Za-z0-9]{2,12}){1,6}|"
    r"(?=[A-Za-z]{0,12}\d)[A-Za-z0-9]{6,16}|(?=[A-Z]{0,6}\d)[A-Z0-9]{4,6}(?: [A-Z0-9]{4,6}){1,5})(?![\w-])[\"'`]?"
)
_QUESTION: Final = re.compile(
    r"\b(?:security|secret|memorable|beveiligings?|geheime?|controle|veiligheids)[ -]?(?:questions?|vraag|vragen|answers?|antwoord(?:en)?)\b",
    re.IGNORECASE,
)
_ANSWERS: Final = re.compile(r"answer|antwoord|\bname\b|\bnaam\b", re.IGNORECASE)
_WORD: Final = r"[^\s.,;!?:()\"']{2,40}(?:['’][^\s.,;!?:()\"']{1,20})?"
_TO_ANSWER: Final = r"(?:(?P<sign>[:=])|\b(?:is|was|luidt)\b:?)\s{0,2}(?P<quote>[\"'“‘]?)"
_TO_END: Final = rf"(?P<value>{_WORD}(?:[ ](?!(?:and|en|but|maar|for|voor|please|aub|but|so)\b){_WORD}){{0,3}})(?=[\"'”’.,;!?)\n]|\s(?:and|en|but|maar|for|voor|please|aub|so)\b|\s*$)"
_ANSWER_RIGHT_HERE: Final = re.compile(
    rf"(?:\s?\([^()\n]{{1,60}}\)|\)|\s(?:for|of|van|voor)\s[^\n:=]{{1,40}}?)?\s?{_TO_ANSWER}{_TO_END}", re.IGNORECASE
)
_ANSWER_AFTER: Final = re.compile(
    rf"(?s:.{{0,120}}?)\b(?:answer|antwoord)\b[^\n:=.?]{{0,30}}?\s?{_TO_ANSWER}{_TO_END}", re.IGNORECASE
)
_NO_CODE: Final = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}-\d{1,2}-\d{4}|\d+(?:st|nd|rd|th|min|digit\w*)", re.IGNORECASE)


def phrases_in(text: str) -> Iterator[Span]:
    for label in labels_in(text):
        lead = _BEFORE_PHRASE.match(text, label.end(), label.end() + 110)
        words = _WORDS.match(text, lead.end()) if lead else None
        if lead and words:
            changes = _CHANGES.search(text, max(0, label.start() - 40), lead.end()) is not None
            if lead["is"] or changes:
                yield from _phrase(text, words, _FUNCTION.fullmatch if changes else is_stop_word)


def _phrase(text: str, words: re.Match[str], of_the_sentence: Callable[[str], object]) -> Iterator[Span]:
    """The words up to the first that belongs to the sentence again; four at least, and none that talks about passwords."""
    end, count = words.start(), 0
    for word in re.finditer(r"[a-zà-ÿ]+", words[0]):
        if of_the_sentence(word[0]) or (count < 4 and reads_as_prose(word[0]) and not is_stop_word(word[0])):
            break
        end, count = words.start() + word.end(), count + 1
    if count >= 4 and count <= 8 and _AFTER_PHRASE.match(text, end):
        yield words.start(), end


def is_sentence_word(word: str) -> bool:
    """Whether a word belongs to the sentence rather than to a password made of words."""
    return _FUNCTION.fullmatch(word) is not None


def answers_in(text: str) -> Iterator[Span]:
    """What a security question is answered with: a name or two, where the text says that it is the answer."""
    for question in _QUESTION.finditer(text):
        for pattern in (_ANSWER_RIGHT_HERE, _ANSWER_AFTER):
            found = pattern.match(text, question.end(), question.end() + 200)
            if found is None or (
                pattern is _ANSWER_RIGHT_HERE
                and not _ANSWERS.search(text, max(0, question.start() - 40), question.end())
            ):
                continue
            words, first = found["value"], found["value"].split()[0]
            plain = first.islower() and not found["sign"] and not any(map(str.isdigit, first)) and not found["quote"]
            if plain or is_stop_word(first) or first.startswith(("*", "<", "[")):
                continue
            yield found.start("value"), found.start("value") + len(words.rstrip())
            break


def codes_in(text: str) -> Iterator[Span]:
    """One-time codes for the day the telephone is lost, one or a list of them."""
    for label in _CODES.finditer(text):
        at, named = label.end(), label["lead"].strip() != ""
        for _ in range(16):
            code = _CODE.match(text, at)
            if code is None or _NO_CODE.fullmatch(code["value"]):
                break
            if named or not code["value"].isalpha():
                yield code.span("value")
            at = code.end()
