"""Passwords that programs take: in addresses, on command lines, in calls."""

import re
from collections.abc import Iterator
from typing import Final

from backend.secrets.leak_values import Span, inside, strength_of
from backend.secrets.leak_words import Strength, is_stop_word

_URL: Final = re.compile(r"(?<=://)[^\s:/@\"'<>]{0,128}:(?P<value>[^\s/\"'<>]{1,256})@(?=[\w\[])")
_COMMANDS: Final = tuple(
    (needles, re.compile(each, flags))
    for needles, each, flags in (
        (("mysql", "mariadb"), r"\b(?:mysql\w*|mariadb\w*)\b[^\n|;]{0,200}?\s-p(?P<value>'[^'\n]{1,100}'|\"[^\"\n]{1,100}\"|[^\s'\"]\S{0,100})", 0),
        (("sshpass",), r"\bsshpass\s{1,3}-p\s{0,3}(?P<value>'[^'\n]{1,100}'|\"[^\"\n]{1,100}\"|[^\s'\"]\S{0,100})", 0),
        (("-password", "-passwd", "-pass", "-pwd", "-db"), r"(?<![\w.])--?(?:password|passwd|pass|pwd|passphrase|db-?pass(?:word)?)\d?[ =](?P<value>'[^'\n]{1,100}'|\"[^\"\n]{1,100}\"|[^\s'\"-]\S{0,100})", 0),
        (("curl", "http", "wget"), r"\b(?:curl|http|https|wget)\b[^\n|;]{0,200}?\s(?:-u|--user|-a)[ =]?[\"']?[^\s:\"']{1,80}:(?P<value>[^\s\"']{1,100})", 0),
        (("docker", "podman", "helm", "skopeo", "oc", "az", "mongo", "mysqladmin", "7z", "plink", "pscp", "putty", "psftp", "sqlcmd", "bcp", "xfreerdp"), r"\b(?:(?:docker|podman|helm|skopeo|oc|az)\b(?=[^\n|;]{0,60}\blogin\b)|mongo\w*|mysqladmin|7za?|plink|pscp|putty|psftp|sqlcmd|bcp|xfreerdp)\b[^\n|;]{0,160}?\s(?:-pw?[ =]|-P[ =](?=\D)|/p(?:ass(?:word)?)?:)(?P<value>'[^'\n]{1,100}'|\"[^\"\n]{1,100}\"|[^\s'\"-]\S{0,100})", 0),
        (("7z", "rar", "zip"), r"\b(?:7za?|rar|unrar|zip|unzip)\b[^\n|;]{0,80}?\s(?:-p|-P\s)(?P<value>'[^'\n]{1,100}'|\"[^\"\n]{1,100}\"|[^\s'\"-]\S{2,100})", 0),
        (("password",), r"\bPASSWORD\s?\(\s?(?P<value>'[^'\n]{1,100}'|\"[^\"\n]{1,100}\")\s?\)", 0),
        (("auth",), r"\b(?:basic_?)?auth\w{0,12}[\"']?\s?[:=]\s?[\"'][\w.@-]{1,60}:(?P<value>[^\s\"']{2,100})[\"']", re.IGNORECASE),
        (("<",), r"<[^<>\n]{1,60}\b(?:name|key|id)=[\"'][\w.:-]{0,60}?(?:password|passwd|pwd|pass|wachtwoord)[\"'][^<>\n]{0,60}>(?P<value>[^<\s][^<\n]{1,100})</", re.IGNORECASE),
        (("</td>",), r">\s{0,3}(?:password|passwd|pwd|pass|wachtwoord|ww)\s?:?\s?</t[dh]>\s{0,20}<td[^<>\n]{0,80}>(?P<value>[^<\s][^<\n]{1,100})</td>", re.IGNORECASE),
        (("bcrypt", "hash::", "password_hash", "make_password", "md5", "sha1", "encrypt", "old_password"), r"\b(?:bcrypt|password_hash|Hash::make|make_password|md5|sha1|encrypt|old_password)\(\s?(?P<value>'[^'\n]{1,100}'|\"[^\"\n]{1,100}\")", re.IGNORECASE),
        (("useradd", "usermod"), r"\b(?:useradd|usermod)\b[^\n]{0,80}?\s(?:-p|--password)\s(?P<value>'[^'\n]{1,100}'|\"[^\"\n]{1,100}\"|[^\s'\"-]\S{0,100})", 0),
        (("--from-literal",), r"--from-literal=[\w.-]{0,40}?(?:password|passwd|pass|pwd)=(?P<value>'[^'\n]{1,100}'|\"[^\"\n]{1,100}\"|[^\s'\"]\S{0,100})", re.IGNORECASE),
        (("convertto",), r"\bConvertTo-SecureString\s{1,2}(?:-String\s)?(?P<value>'[^'\n]{1,100}'|\"[^\"\n]{1,100}\")", re.IGNORECASE),
        (("teamviewer", "anydesk"), r"\b(?:teamviewer|anydesk)\b[\w \t.:,]{0,40}?[/,][ \t]{0,2}(?P<value>(?=\w{0,12}[a-z])(?=\w{0,12}\d)\w{4,20})\b", re.IGNORECASE),
        (("admin", "root", "beheerder"), r"\b(?:admin|root|administrator|beheerder)\s?[/:]\s?(?P<value>(?=[^\s]{0,40}\d)(?=[^\s]{0,40}[^\w\s./,])[^\s/]{6,60})(?=\s|$)", 0),
        (("net user",), r"\bnet user\s\S{1,60}\s(?P<value>(?![/*])\S{3,100})", re.IGNORECASE),
        (("open",), r"\bopen\s-u\s?\S{1,60}?,(?P<value>[^\s,]{1,100})", 0),
        (("value=",), r"<(?:\w{1,30}[_.:-])?(?:password|passwd|pwd|pass|wachtwoord)\s{1,4}value=(?P<value>\"[^\"\n]{1,100}\"|'[^'\n]{1,100}')", re.IGNORECASE),
        (("net use",), r"\bnet use\b[^\n]{0,120}?/user:\S{1,60}\s{1,3}(?P<value>\S{1,100})", re.IGNORECASE),
        (("smbclient",), r"\bsmbclient\b[^\n]{0,120}?-U\s?\S{1,60}?%(?P<value>\S{1,100})", 0),
        (("lftp",), r"\blftp\b[^\n]{0,80}?-u\s?\S{1,60}?,(?P<value>[^\s,]{1,100})", 0),
        (("redis-cli",), r"\bredis-cli\b[^\n]{0,80}?\s-a\s{1,3}(?P<value>\S{1,100})", 0),
        (("requirepass", "masterauth"), r"\b(?:requirepass|masterauth)\s{1,4}(?P<value>\S{1,100})", 0),
        (("pass",), r"(?m)^[>\s\d.-]{0,12}PASS\s(?P<value>\S{2,100})\s*$", 0),
        (("chpasswd",), r"[\w.@-]{1,60}:(?P<value>[^\s\"'|:]{2,100})[\"']?\s{0,3}\|\s{0,3}(?:sudo )?chpasswd\b", 0),
        (("htpasswd",), r"\bhtpasswd\s[^\n]{0,20}?-\w{0,4}b\w{0,4}\s\S{1,80}\s\S{1,60}\s(?P<value>\S{2,100})", 0),
        (("ldap",), r"\bldap\w{2,12}\b[^\n]{0,160}?\s-w\s{0,2}(?P<value>'[^'\n]{1,100}'|\"[^\"\n]{1,100}\"|[^\s'\"]\S{0,100})", 0),
        (("sudo",), r"\bsudo\b[^\n|]{0,40}<<<\s?(?P<value>'[^'\n]{1,100}'|\"[^\"\n]{1,100}\")", 0),
        (("echo",), r"\becho\s(?P<value>'[^'\n]{1,100}'|\"[^\"\n]{1,100}\"|\S{1,100})\s?\|\s?(?:sudo\s[^\n]{0,10}-S|passwd\s--stdin)", 0),
        (("identified",), r"\bIDENTIFIED\s(?:WITH\s\S{1,40}\s)?BY\s{1,3}(?P<value>'[^'\n]{1,100}'|\"[^\"\n]{1,100}\")", re.IGNORECASE),
        (("value=",), r"\b(?:key|name|id)=[\"'][\w.:-]{0,60}?(?:password|passwd|pwd|pass)[\"']\s{1,4}value=(?P<value>\"[^\"\n]{1,100}\"|'[^'\n]{1,100}')", re.IGNORECASE),
        (("sqlplus",), r"\bsqlplus\s[^\s/]{1,40}/(?P<value>[^\s@]{3,60})(?=@|\s|$)", 0),
        (("rclone",), r"\brclone obscure (?P<value>\S{4,60})", 0),
        (("enable",), r"\benable (?:secret|password)(?: \d)? (?P<value>\S{3,60})", re.IGNORECASE),
        (("--password-file",), r"--password-file=<\(echo (?P<value>\S{3,60})\)", 0),
        (("net use",), r"\bnet use\s\S{1,60}\s\S{1,120}\s(?P<value>(?![/*])\S{4,60})\s/user:", re.IGNORECASE),
        (("</",), r"<(?:\w{1,30}[_.:-])?(?:password|passwd|pwd|pass|wachtwoord)>(?P<value>[^<\n]{2,100})</", re.IGNORECASE),
    )
)  # fmt: skip
"""With what a text must have in it before the pattern is worth its time."""
_AT_HOST: Final = re.compile(r"(?<=\w)@(?:[\w-]{1,60}\.){1,5}\w{1,20}$")
_STANDS_FOR_ONE: Final = frozenset(
    ["password", "passwd", "pass", "passw", "pwd", "pw", "secret", "wachtwoord", "ww", "geheim", "test", "token"]
)
"""What documentation writes in the place of a password."""
_CALL: Final = re.compile(
    r"(?:\bauth\s?=\s?\(|(?:login|connect|PDO|mysqli|auth|authenticate|credentials?|BasicAuth|signin|sign_in)\w{0,12}\s?\()(?P<arguments>[^\n]{4,240})",
    re.IGNORECASE,
)
_ADMIN: Final = r"(?:admin\w{0,10}|root|ubnt|pi|user|beheer(?:der)?)"
_PAIRS: Final = (
    re.compile(  # an address, and a word with a sign in it that no name has
        r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}\s?(?://?|=>|->|→|[,|&+]|\s-\s|\s(?:plus|and|en|met|with)\s)\s?"
        r"(?P<value>(?=\S{0,60}[!#$%^&*?=])(?=\S{0,60}\d)(?=\S{0,60}[A-Za-z])[^\s/|@]{6,60})(?=\s|$)"
    ),
    re.compile(
        rf"\b(?:ilo|idrac|ipmi|nas|camera|recorder|router|modem|switch|firewall|access point|printer|vps)\b[^\n]{{0,20}}?[:=\s]\s?{_ADMIN}\s?[/:|]\s?(?P<value>[^\s/|]{{5,60}})(?=\s|$)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:credentials|creds|inloggegevens|log-?in details)\b(?:\s(?:are|is|zijn))?\s?:?\s(?P<user>[a-z][\w.-]{1,30}),?\s(?:(?:and|en)\s)?"
        r"(?P<value>(?=\S{0,60}\d)(?=\S{0,60}[^\w\s.,])[^\s/|@]{6,60})(?=\s|$)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:(?:\bs?ftps?|\bssh)\s[\w.-]{1,40}:|(?<!\S)(?:root|admin):)(?P<value>[^\s:@/]{5,60})@(?=(?:[\w-]{1,60}\.){1,5}\w)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?m)^[ \t>]{0,8}(?:user|login|gebruiker|inlog)[ \t]{1,4}[\w.@-]{2,40}[ \t]{1,4}(?P<value>(?=\S{0,60}\d)(?=\S{0,60}[A-Za-z])[^\s:=]{6,60})[ \t\r]*$",
        re.IGNORECASE,
    ),
    re.compile(r"(?<!\S)[\w.*-]{1,80}:(?:\d{2,5}|\*):[\w*-]{1,40}:[\w*-]{1,40}:(?P<value>[^\s:]{3,80})(?=\s|$)"),
)
_INSERT: Final = re.compile(
    r"\bINTO\s[^\s(]{1,80}\s?\((?P<columns>[^()\n]{4,300})\)\s{0,4}VALUES\s{0,4}\((?P<values>[^()\n]{4,600})\)",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(r"'[^'\n]{0,120}'|\"[^\"\n]{0,120}\"|[^\s,'\"]{1,60}")
_LITERAL: Final = re.compile(r"'(?P<one>[^'\n]{0,120})'|\"(?P<two>[^\"\n]{0,120})\"")
_MAIL_AND: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}(?::(?P<value>[^\s:/]{6,100})|\s\((?P<inside>[^\s()]{6,60})\))"
)


def passwords_of_programs(text: str) -> Iterator[Span]:
    for found in _URL.finditer(text):
        level, value = strength_of(text, found.span("value")), found["value"]
        if (level or value.isalpha()) and value.lower() not in _STANDS_FOR_ONE:
            yield found.span("value")
    lowered = text.lower()
    for needles, command in _COMMANDS:
        for found in command.finditer(text) if any(each in lowered for each in needles) else ():
            span = inside(text, *found.span("value"))
            if span and (host := _AT_HOST.search(text, *span)):
                span = span[0], host.start()
            value = text[span[0] : span[1]] if span else ""
            if span and strength_of(text, span) and not is_stop_word(value) and value not in _STANDS_FOR_ONE:
                yield span
    for insert in _INSERT.finditer(text):
        yield from _of_insert(text, insert)
    for pattern in _PAIRS:
        for found in pattern.finditer(text):
            span = inside(text, *found.span("value"))
            if span and strength_of(text, span) >= Strength.MIXED and _mixed(text[span[0] : span[1]]):
                yield span
    for call in _CALL.finditer(text):
        yield from _of_call(text, call)
    for found in _MAIL_AND.finditer(text):
        start, end = found.span("value" if found["value"] else "inside")
        span = inside(text, start, end)
        if span and strength_of(text, span) == Strength.STRONG:
            yield span


def _mixed(value: str) -> bool:
    return any(map(str.isalpha, value)) and not value.isalpha() and not is_stop_word(value)


def _of_insert(text: str, insert: re.Match[str]) -> Iterator[Span]:
    """The literal that stands where the columns say that a password does."""
    columns = [each.strip(" `\"'").lower() for each in insert["columns"].split(",")]
    literals = list(_FIELD.finditer(text, *insert.span("values")))
    for column, literal in zip(columns, literals, strict=False):
        if len(columns) == len(literals) and column.endswith(("password", "passwd", "pwd", "pass", "wachtwoord")):
            span = inside(text, *literal.span())
            if span and text[literal.start()] in "'\"" and strength_of(text, span):
                yield span


def _of_call(text: str, call: re.Match[str]) -> Iterator[Span]:
    """Of the literals of `connect('host', 'user', 'X')` the one that looks most like a password, never the first."""
    best: tuple[Strength, Span] | None = None
    start, end = call.span("arguments")
    for number, literal in enumerate(_LITERAL.finditer(text, start, end)):
        span = literal.span("one" if literal["one"] is not None else "two")
        level = strength_of(text, span)
        value = text[span[0] : span[1]]
        likely = level >= Strength.STRONG or (level == Strength.MIXED and any(each.isdigit() for each in value))
        first = number == 0 and not call["arguments"].startswith("$")
        if not first and likely and " " not in value and (best is None or level > best[0]):
            best = level, span
    if best:
        yield best[1]
