"""What people call a password, well or badly spelled, and whether a word behind it only talks about it."""

import re
from functools import lru_cache
from typing import Final

from backend.secrets.leak_values import Span, is_quoted
from backend.secrets.leak_words import Strength, is_stop_word, reads_as_prose, strength

_MISTYPED: Final = (
    r"pass?(?:owr|wro|wor|wr|wo|or|wrod|worr|woor|woo|wwor|wir|wer|wpr|wo?rds?)ds?|p(?:ss|sas|asss)words?|possword|passwor|passwo?dr?|paswords?|"
    r"wach?t?(?:wo+r|woo|wor|oor|wr|wro|or|owor|woor)[dt]{1,2}|wa(?:ct|ch|hct|cth|cht|tch)woo?r[dt]{0,2}|wachwtoord|wachtwoodr|watchtwoord|wwoord"
)
_NAMES: Final = (
    r"pass[ -]?words?|p/w|passw|pasw|passwort|passwd|pass[ -]?phrase|pass[ -]?code|passe?woord(?:en)?|paswoord(?:en)?|wacht[ -]?woord(?:en|zin)?|wachtw(?:rd)?\.?|"
    rf"{_MISTYPED}|"
    r"mot de passe|contraseña|пароль|pass|pswd|p-?word|pwd|psw|pw|ww|pin[ -]?codes?|inlogcodes?|toegangscodes?|verhuis(?:codes?|token)|"
    r"(?:access|door|entry|alarm|gate|unlock|login|transfer|epp|auth(?:ori[sz]ation|info)?|autorisatie|deur|alarm)[ -]?codes?|"
    r"puk[ -]?codes?|pin|puk|secret word|geheim woord|wacht(?:zin|frase)"
)
LABEL: Final = re.compile(
    rf"(?:(?<![\w]))(?P<before>(?:[A-Za-z][\w.]{{0,40}}?[_.-]|[A-Za-z]{{2,30}}?(?=P(?:ass|wd))|[a-z]{{2,20}}(?=wachtwoord|password)|_{{1,2}}|(?:root|bind|db|user|ftp|mail|smtp|imap|admin|login|app|sql|my|mijn|net|web|wifi)(?=pass|pw|ww|pin))?)"
    rf"(?P<name>{_NAMES})(?P<number>(?:\d| \d(?= ?[:=]))?)(?![^\W_])(?!_[A-Za-z\d])",
    re.IGNORECASE,
)
_HINT: Final = re.compile(
    r"p[aosw]|p/w|p.{0,2}s[sw]|w[aw]|mot de|contrase|пароль|pin|puk|code|verhuist|secret w|geheim w", re.IGNORECASE
)
"""What every label has in it: found at once, where the label itself takes its time."""


@lru_cache(maxsize=2)
def labels_in(text: str) -> tuple[re.Match[str], ...]:
    """All labels, looked for only where a hint of one is near; each rule asks for those of the same text."""
    found: list[re.Match[str]] = []
    start = end = 0
    for hint in _HINT.finditer(text):
        if hint.start() - 48 > end:
            found += LABEL.finditer(text, start, end)
            start = hint.start() - 48
        end = min(len(text), hint.end() + 64)
    found += LABEL.finditer(text, start, end)
    return tuple(found)


CODES: Final = re.compile(r".*codes?|pin|puk", re.IGNORECASE)

_TALKS: Final = re.compile(
    r"password|wachtwoord|passphrase|incorrect|invalid|required|wrong|expired|ongeldig|onjuist|verplicht|verkeerd|verlopen|vergeten|forgot|reset|"
    r"chang|wijzig|instel|must|moet|should|minim|maxim|too |te (?:kort|lang|zwak)|log ?in|inlog|user|gebruiker|account|e-?mail|update|save|opslaan|"
    r"error|fail|fout|mislukt|denied|geweigerd|authent|enter|invoer|strong|sterk|weak|zwak|never|nooit|protect|beveilig|match|komen? niet|strength|remember|onthoud|again|opnieuw|show|toon",
    re.IGNORECASE,
)
"""What stands in quotes is the wording of a message or a button, no password of several words."""


def is_prose(text: str, span: Span) -> bool:
    value = text[span[0] : span[1]]
    if is_quoted(text, span) and len(value.split()) > 1:
        return _TALKS.search(value) is not None
    if LABEL.fullmatch(value) and not is_quoted(text, span):
        return True
    return (
        is_stop_word(value.split()[0]) or (strength(value) < Strength.MIXED and reads_as_prose(value))
        if value.strip()
        else True
    )
