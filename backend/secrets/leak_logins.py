"""Passwords that stand beside a user name: `kim / X`, lists and tables of logins, addresses and commands that carry one."""

import re
from collections.abc import Iterator
from typing import Final

from backend.secrets.leak_names import LABEL
from backend.secrets.leak_tables import cell_of, columns_of, inline_list, password_column
from backend.secrets.leak_values import Span, inside, trimmed
from backend.secrets.leak_words import Strength, is_stop_word, strength

_LOGIN: Final = (
    r"(?:log[ -]?ins?|log in|log on|sign in|logged in|user(?:name)?s?|credentials?|creds|account|admin|access|inlog\w*|aanmeld\w*|"
    r"gebruikers?(?:naam)?|toegang|ftps?|sftp|ssh|c?panel|cpanel|whm|plesk|directadmin|phpmyadmin|webmail|smtp|imap|mailbox\w*|wordpress|"
    r"wp|cms|database|db|rdp|remote desktop|vpn|staging|basic auth|wi-?fi|wlan|gegevens|(?:mijn|onze|my|our|de) (?:gegevens|details)|ht(?:passwd|access)|mysql|root|teamviewer)"
)
_LOGIN_WORD: Final = re.compile(rf"\b{_LOGIN}\b", re.IGNORECASE)
_PAIR: Final = re.compile(
    r"(?<![\w/@.:])(?P<user>(?:[\w-]{1,30}\\)?[\w.+-]{1,64}(?:@[\w-]{1,60}(?:\.[\w-]{1,60}){0,5})?)"
    r"(?P<sep>\s//?\s|/|\s?:\s|:|\s[-–—&|+]\s|,\s|\s(?:and|en|met|with)\s)"
    r"(?P<value>[\"'`“‘]?[^\s/|]\S{0,100})"
)
_QUOTED_PAIR: Final = re.compile(
    r"[\"'“‘][\w.@+-]{2,64}[\"'”’],?\s(?:and|en|met|with|/|&|\+)\s(?:(?:the |het )?\w{2,12}\s)?[\"'“‘](?P<value>[^\"'”’\n]{3,80})[\"'”’]",
    re.IGNORECASE,
)
_COMMA_PAIR: Final = re.compile(r"\s{0,2}[\w.@+-]{2,64}\s?,\s{1,2}(?P<value>\S{3,80})")
_URL: Final = re.compile(r"\b[a-z][a-z0-9+.-]{1,20}://[^\s\"'<>]{1,400}", re.IGNORECASE)
_U_AND_P: Final = re.compile(r"(?:^|[\s,(])p\s?[:=]\s{0,2}(?P<value>\S{2,100})", re.IGNORECASE)
_U: Final = re.compile(r"(?:^|[\s,(])u\s?[:=]\s{0,2}\S", re.IGNORECASE)
_ADDRESS_LINE: Final = re.compile(
    r"[\s>*•\-\d.)]{0,10}[\"']?(?P<user>[\w.+-]{1,64}@[\w.-]{1,120}\w|[\w.-]{1,40})[\"']?(?P<sep>\s{0,3}(?:[:/,;|=]|->|=>|→)\s{0,3}|\s{1,3}[-–—]\s{1,3}|[ \t]{1,40})[\"']?(?P<value>\S{2,100})\s*$"
)
_HOST: Final = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|\b[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}\b")
_LAST: Final = re.compile(
    r"[\s:](?:admin|root|administrator|[\w-]{1,30}\\[\w.-]{1,40})\s{1,3}(?P<value>\S{6,100})\s*$", re.IGNORECASE
)
_THREE: Final = re.compile(r"(?:^|\s)[\w.-]{1,60}\s/\s[\w.@-]{1,80}\s/\s(?P<value>\S{4,100})")
_COMMA_USER: Final = re.compile(
    r"\b(?:administrator|admin|root|user\s\S{1,40})\s{0,2},\s{0,2}(?P<value>\S{6,100})", re.IGNORECASE
)
_ALONE: Final = re.compile(r"[\s>]{0,8}(?P<value>\S{6,60})\s*$")
_HEADING: Final = re.compile(r"(?<![\w])(?:pass|ww|pw)(?![\w])|wachtwoord|password|passwd|pwd|paswoord", re.IGNORECASE)


def passwords_of_logins(text: str) -> Iterator[Span]:
    """Line by line, with what the lines above announced: a heading of a list, the columns of a table, a login."""
    at, list_until, login_until, column = 0, -1, -1, None
    above = ""
    for number, line in enumerate(text.split("\n")):
        if 2 < len(line) <= 400:
            table = columns_of(line)
            if column is not None and table and table[0] == column[0] and len(table[1]) > column[1]:
                yield from cell_of(line, at, column)
            elif table and (position := password_column(table[1])) is not None:
                column = (table[0], position)
            else:
                column = column if not line.strip() and column and column[0] == "|" else None
                pairs = list(_pairs(line, at, login_until >= number))
                yield from inline_list(line, at)
                yield from pairs
                announced = list_until >= number
                row = _ADDRESS_LINE.match(line) if announced or "@" in line else None
                if not pairs and row and _row_holds(text, row, announced, at, len(line)):
                    span = inside(text, at + row.start("value"), at + row.end("value"))
                    if span:
                        yield span
                    list_until = number + 2 if announced else list_until
                elif (
                    not pairs
                    and (alone := _ALONE.match(line))
                    and (login_until >= number or _told_later(text, above, at))
                ):
                    value = trimmed(alone["value"])
                    if _stands_alone(value, after_address=_IS_ADDRESS.fullmatch(above) is not None):
                        yield at + alone.start("value"), at + alone.start("value") + len(value)
            if (
                len(line) > 1
                and _HEADING.search(line)
                and (line.rstrip().endswith((":", ")", "-", ".")) or len(line) < 60)
            ):
                list_until = number + 3
            if len(line) > 1 and _LOGIN_WORD.search(line):
                login_until = number + 3
        above = line.strip() or above
        at += len(line) + 1


def _told_later(text: str, above: str, at: int) -> bool:
    """Below an address, where the text goes on about a password."""
    if _IS_ADDRESS.fullmatch(above) is None:
        return False
    return any(each.search(text, at, at + 160) is not None for each in (LABEL, _LOGIN_WORD))


def _stands_alone(value: str, *, after_address: bool) -> bool:
    if is_stop_word(value) or LABEL.fullmatch(value):
        return False
    if re.match(r"[\w.\[\]-]{1,40}[=:;|]", value):
        return False
    level = strength(value)
    return level >= Strength.STRONG and (after_address or any(not each.isalnum() for each in value))


def _row_holds(text: str, row: re.Match[str], announced: bool, at: int, length: int) -> bool:
    value = trimmed(row["value"])
    level = strength(value)
    if _FIELDS.fullmatch(row["user"].lower()) or (re.match(r"[\w.]{1,30}[:=]", value) and LABEL.match(value)):
        return False
    if is_stop_word(value) or LABEL.fullmatch(row["user"]) or (is_stop_word(row["user"]) and "@" not in row["user"]):
        return False
    if announced:
        mixed = "@" in row["user"] or (any(map(str.isdigit, value)) and any(map(str.isalpha, value)))
        return level >= (Strength.MIXED if mixed else Strength.STRONG)
    if level < Strength.STRONG or "@" not in row["user"]:
        return False
    around = text[max(0, at - 160) : at + length + 160]
    return _reads_as_password(value) or bool(LABEL.search(around))


def _reads_as_password(value: str) -> bool:
    """Three sorts of characters: beside an address such a word can be little else."""
    sorts = (str.islower, str.isupper, str.isdigit, lambda each: not each.isalnum())
    return any(map(str.isalpha, value)) and sum(any(map(sort, value)) for sort in sorts) >= 3


def _pairs(line: str, at: int, login_before: bool) -> Iterator[Span]:
    if _U.search(line):
        found = _U_AND_P.search(line)
        if found and strength(trimmed(found["value"])) >= Strength.WORD:
            yield at + found.start("value"), at + found.start("value") + len(trimmed(found["value"]))
            return
    comma = _COMMA_USER.search(line)
    if comma and _HOST.search(line) and strength(trimmed(comma["value"])) >= Strength.STRONG:
        yield at + comma.start("value"), at + comma.start("value") + len(trimmed(comma["value"]))
        return
    login = _LOGIN_WORD.search(line)
    last = _LAST.search(line)
    if last and login and strength(trimmed(last["value"])) == Strength.STRONG and not _FIELD.match(last["value"]):
        yield at + last.start("value"), at + last.start("value") + len(trimmed(last["value"]))
        return
    if login and (inner := _IN_BRACKETS.search(line) or _BASIC_AUTH.search(line) or _ADMIN_AND.search(line)):
        value = trimmed(inner["value"])
        if strength(value) >= Strength.MIXED and not is_stop_word(value) and not LABEL.fullmatch(value):
            yield at + inner.start("value"), at + inner.start("value") + len(value)
            return
    three = _THREE.search(line)
    if three and login and strength(trimmed(three["value"])) == Strength.STRONG:
        yield at + three.start("value"), at + three.start("value") + len(trimmed(three["value"]))
        return
    both = _both_named(line)
    if login is None and not login_before and both < 0:
        return
    quoted = _QUOTED_PAIR.search(line, login.start()) if login else None
    if quoted and strength(quoted["value"]) >= Strength.MIXED:
        yield at + quoted.start("value"), at + quoted.end("value")
        return
    if both >= 0 and (listed := _COMMA_PAIR.match(line, both)) and strength(trimmed(listed["value"])) >= Strength.MIXED:
        yield at + listed.start("value"), at + listed.start("value") + len(trimmed(listed["value"]))
        return
    line, place = _URL.sub(lambda url: " " * len(url[0]), line), 0
    while pair := _PAIR.search(line, place):
        place = pair.end("user")
        span = inside(line, pair.start("value"), pair.end("value"))
        if span is None:
            continue
        value = line[span[0] : span[1]]
        if _is_pair(line, pair, value, both=both, login=login):
            yield at + span[0], at + span[1]
            yield from _further_pairs(line, at, pair)
            return


def _further_pairs(line: str, at: int, pair: re.Match[str]) -> Iterator[Span]:
    """`a@x / X, b@x / Y`: more of them behind one another, written alike."""
    place = pair.end("value")
    while (more := _PAIR.search(line, place)) and more["sep"] == pair["sep"]:
        place = more.end("user")
        span = inside(line, more.start("value"), more.end("value"))
        value = line[span[0] : span[1]] if span else ""
        if span and "@" in more["user"] and strength(value) >= Strength.MIXED and not is_stop_word(value):
            yield at + span[0], at + span[1]
            place = span[1]


def _both_named(line: str) -> int:
    """Where `user/pass:` or `gebruikersnaam/wachtwoord:` ends in the line; -1 where it is not."""
    found = _BOTH_NAMED.search(line)
    return found.end() if found else -1


def _is_pair(line: str, pair: re.Match[str], value: str, *, both: int, login: re.Match[str] | None) -> bool:
    level, user, sep = strength(value), pair["user"], pair["sep"].strip()
    if not level or is_stop_word(value) or is_stop_word(user) or LABEL.fullmatch(user) or LABEL.fullmatch(value):
        return False
    if pair.start() == both or (both >= 0 and 0 <= pair.start() - both <= 2):
        return True
    if user.isdigit() and ":" in sep:
        return False
    after = line[pair.end("value") : pair.end("value") + 30]
    is_login_name = _LOGIN_WORD.fullmatch(user) is not None
    led = login is not None and bool(
        re.search(
            rf"\b{_LOGIN}\b[^\n]{{0,40}}?(?::|=|-|→|>|\b(?:is|its|it's)\b|\bwith\b|\bmet\b|\bas\b|\bals\b)\s{{0,2}}$",
            line[: pair.start()],
            re.IGNORECASE,
        )
    )
    if is_login_name and ":" in sep and user.lower() not in ("admin", "root", "wordpress"):
        return False  # `FTP: X` names a thing, not a user.
    if sep == ",":
        return level >= Strength.STRONG and "@" in user and led
    if sep in ("and", "en", "met", "with", "&", "+"):
        return level >= Strength.STRONG and (led or "@" in user)
    if sep == "|" and login is not None and len(line) < 80:
        return level >= Strength.STRONG and any(not each.isalnum() for each in value)
    if sep in ("with", "met") and "@" in user:
        return level >= Strength.STRONG
    if sep in ("/", "-", "–") and _LOGIN_RIGHT_BEFORE.search(line[: pair.start()]):
        return (
            any(map(str.isdigit, value))
            and any(map(str.isalpha, value))
            and not after.startswith("/")
            and "=" not in value
        )
    if sep in ("/", "//") and pair["sep"].startswith(" ") and level >= Strength.STRONG and login is not None:
        return True
    if sep == "/" and pair["sep"] == "/":
        return (led and (level >= Strength.MIXED or not after.strip())) or (
            level >= Strength.STRONG and login is not None and not re.search(r"\.\w{2,4}$", value) and pair.start() < 2
        )
    if sep == ":" and pair["sep"] == ":":
        if re.fullmatch(r"[^\s:]{0,20}:\d{1,5}:.*", value):
            return False  # a line of /etc/passwd
        if user.lower() in ("admin", "root") and level >= Strength.STRONG:
            return True
        return led and not value.isdigit() and level >= Strength.WORD
    if led:
        return level >= Strength.MIXED or (
            sep == "/" and _LOGIN_ONLY.search(line[: pair.start()]) is not None and len(after.split()) <= 5
        )
    return level >= Strength.STRONG and ("@" in user or user.lower() in ("admin", "root"))


_BOTH_NAMED: Final = re.compile(
    r"\b(?:u|id|users?(?:name)?|login|inlog(?:naam)?|gebruiker(?:snaam)?|name)\s?(?:/|&|\+|and|en)\s?(?:p|pass(?:word)?|pw|pwd|ww|wachtwoord)s?\b"
    r"\s?(?::|=|is|are|zijn|-)\s?",
    re.IGNORECASE,
)
_IN_BRACKETS: Final = re.compile(
    r"\((?P<user>[a-z][\w.@-]{1,40})\s?/\s?(?P<value>(?=[^()\s]{0,40}\d)(?=[^()\s]{0,40}[A-Za-z])[^()\s/]{6,60})\)",
    re.IGNORECASE,
)
_BASIC_AUTH: Final = re.compile(
    r"\bbasic auth\w*[,:]?\s(?:[\w]{2,10}\s)?[\w.-]{2,40}\s/\s(?P<value>\S{6,60})", re.IGNORECASE
)
_ADMIN_AND: Final = re.compile(
    r"[\s:](?:admin|root|administrator|beheerder)\s{1,3}(?P<value>(?=\S{0,60}\d)(?=\S{0,60}[A-Za-z])(?=\S{0,60}[!#$%^&*+~])[^\s/=:@]{6,60})(?=\s|$)",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(r"[A-Za-z_]{2,20}=")
_IS_ADDRESS: Final = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,120}\w")
_FIELDS: Final = re.compile(
    r"(?:aan|agent|case|client|code|customer|database|date|datum|db|device|domain|domein|e-mail|email|error|"
    r"factuur|folder|from|gebruiker|gebruikersnaam|host|inlognaam|invoice|ip|kenmerk|klantnummer|login|map|"
    r"mobile|model|naam|name|onderwerp|order|os|path|phone|poort|port|protocol|quota|ref|serial|server|site|"
    r"status|subject|tel|telefoon|ticket|to|type|url|user|username|van|version)"
)
_LOGIN_RIGHT_BEFORE: Final = re.compile(r"\b(?:log ?in|inlog|gebruiker|user|credentials|creds)\s$", re.IGNORECASE)
_LOGIN_ONLY: Final = re.compile(
    r"(?:log[ -]?in|inlog\w*|credentials|creds|user|gebruiker)\b[^\n]{0,20}$", re.IGNORECASE
)
