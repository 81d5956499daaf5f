"""Private keys, keys of programs and tokens: by their own shape, or by what stands before them."""

import re
from base64 import b64decode
from collections.abc import Iterator
from typing import Final

from backend.secrets.leak_words import LeakKind, is_stop_word, strength

_KNOWN: Final = re.compile(
    r"""(?<![\w-])(?:
      (?P<api_key>
        (?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16} | [sr]k_(?:live|test)_[A-Za-z0-9]{10,200} | whsec_[A-Za-z0-9+/=]{16,200}
      | gh[pousr]_[A-Za-z0-9]{20,255} | github_pat_[A-Za-z0-9_]{22,255} | glpat-[\w-]{16,100} | xox[abeprs]-[A-Za-z0-9-]{10,250}
      | SG\.[\w-]{16,32}\.[\w-]{32,64} | AIza[\w-]{30,40} | npm_[A-Za-z0-9]{30,50} | pypi-[\w-]{40,250} | dop_v1_[0-9a-f]{64}
      | key-[0-9a-f]{32} | [0-9a-f]{32}-us\d{1,2} | SK[0-9a-f]{32} | sk-(?:proj-|ant-)?[\w-]{20,200} | hf_[A-Za-z0-9]{30,40} | shp(?:at|ss|ca|pa)_[0-9a-fA-F]{32}
      | live_[A-Za-z0-9]{30,50} | test_(?=[A-Za-z]{0,30}\d)[A-Za-z0-9]{24,50} | AGE-SECRET-KEY-1[A-Z0-9]{50,70} | \d{8,10}:AA[\w-]{33} | EAACEdEose0cBA\w{10,200}
      | https://hooks\.slack\.com/services/[\w/]{20,100}
      | x(?:key|smtp)sib-[0-9a-f]{40,80}-\w{10,20} | NRAK-[A-Z0-9]{20,40} | dckr_pat_[\w-]{20,60} | ATATT3[\w=-]{20,250} | hvs\.[\w-]{20,150} | sq0(?:atp|csp)-[\w-]{20,60}
      | (?:ntn|sbp|re|gsk|figd|dp\.(?:pt|st)|rzp_live|sntrys|access|rubygems|vercel|oauth)_(?=[A-Za-z_]{0,40}\d)[A-Za-z0-9_-]{20,120} | (?:tskey|nvapi|pplx|xai|CFPAT|pat-[a-z]{2}\d|glrt|gldt|GR1348941)-(?=[A-Za-z-]{0,40}\d)[\w-]{16,120}
      | https://(?:discord(?:app)?\.com/api/webhooks|\w{2,20}\.webhook\.office\.com/webhookb2)/[\w/@-]{20,200}
      | GOCSPX-[\w-]{20,40} | cst_[\w-]{20,100} | PMAK-[0-9a-f]{24}-[0-9a-f]{34} | rnd_[A-Za-z0-9]{20,60} | lin_api_\w{30,60}
      )
    | (?P<token> ey[JK][\w-]{8,2000}\.[\w-]{8,4000}\.[\w-]{8,2000} | ya29\.[\w-]{10,300} )
    )""",
    re.VERBOSE,
)
_AWS_SECRET: Final = re.compile(
    r"(?:AKIA|ASIA)[A-Z0-9]{16}[^A-Za-z0-9](?s:.{0,80}?)(?<![A-Za-z0-9/+])(?P<value>(?=[A-Za-z/+]{0,39}\d)[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])"
)
"""The secret half that stands behind its public half."""
_AUTHORIZATION: Final = re.compile(
    r"\b(?:authorization|authorisation)\b[\"']?\s?[:=]\s?[\"']?(?:basic|bearer|token|digest)\s{1,2}(?P<value>[\w.~+/=-]{8,4000})"
    r"|\bbearer\s{1,2}(?P<bearer>(?=[\w.~+/=-]{0,80}\d)[\w.~+/=-]{16,4000})",
    re.IGNORECASE,
)
_BASIC: Final = re.compile(r"\bBasic[ \t]{1,2}(?P<value>[A-Za-z0-9+/]{8,400}={0,2})(?![\w+/=])")
_MAILED_LINK: Final = re.compile(
    r"https?://[^\s\"'<>]{3,200}?/(?:[\w-]{0,20}(?:reset|invite|invitation|activat|activeer|magic|one-time|herstel|uitnodig|set-password|sign-?in-?link)[\w-]{0,20})/"
    r"(?P<value>(?=[A-Za-z_-]{0,60}\d)(?=[\d_-]{0,60}[A-Za-z])[\w-]{16,200})(?=$|[\s/?#.,;)\"'<>])",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"(?<![A-Za-z])(?P<name>(?:[\w-]{0,40}[_ -])?(?:api[ _-]?(?:key|token|secret|sleutel)|apikey|secret[ _-]?(?:access[ _-]?)?key|"
    r"client[ _-]?secret|(?:access|auth|refresh|bearer|api|bot|deploy|personal|session)[ _-]?token|token|(?:session|app|signing|webhook|"
    r"shared|consumer|jwt)[ _-]?secret|secret|api-?sleutel|geheime sleutel|sleutel (?:voor|van) de api|encryption[ _-]?key|"
    r"(?:auth|secure_auth|logged_in|nonce)_(?:key|salt)|account[ _-]?key|(?:authenticator|totp|2fa|otp)[ _-]?(?:geheim|secret|key|sleutel|seed)|(?:x-)?auth[ _-]?key|global[ _-]?(?:api[ _-]?)?key|private[ _-]?key|app[ _-]?key|access[ _-]?key))(?![A-Za-z0-9_])",
    re.IGNORECASE,
)
_SECRET_NAME: Final = re.compile(r"(?:auth|secure_auth|logged_in|nonce)_(?:key|salt)", re.IGNORECASE)
_SAYS_SO: Final = re.compile(r"[:=>,]|\s(?:is|was|luidt)\s", re.IGNORECASE)
_UUID: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_NO_SECRET_LINK: Final = re.compile(
    r"(?:unsubscribe|afmeld\w*|uitschrijv\w*|opt-?out)\S{0,50}$|verification[ _-]token$", re.IGNORECASE
)
_TAKES_UUID: Final = re.compile(
    r"(?:api|access|auth|server|secret|client)[ _-]?(?:token|key|sleutel|secret)", re.IGNORECASE
)
_TO_VALUE: Final = re.compile(
    r"[\"'`*_]{0,3}\]?(?P<gap>\s(?:for|of|from|van|voor|on|we|i|you|that|which|die|wij|ik)\s[^\n:=]{1,50}?)?(?:\s?(?:=>|:=|[:=])\s?|\s(?:is|was|luidt)\s(?:nu |now |:)?|[\"']\s?,\s?|\s)[*_]{0,2}"
    r"(?P<quote>[\"'`“]?)",
    re.IGNORECASE,
)
_BEGIN: Final = re.compile(r"-----BEGIN (?P<what>[A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?)-----")
_BODY: Final = re.compile(r"(?:\s*[>|\s]{0,4}[A-Za-z0-9+/=:, -]{1,80}(?=\s|$))*")


def keys_in(text: str) -> Iterator[tuple[LeakKind, int, int]]:
    yield from _private_keys(text)
    for found in _KNOWN.finditer(text):
        yield ("token" if found["token"] else "api_key"), found.start(), found.end()
    for found in _AWS_SECRET.finditer(text):
        yield "api_key", *found.span("value")
    for found in _AUTHORIZATION.finditer(text):
        group = "value" if found["value"] else "bearer"
        if not is_stop_word(found[group]):
            yield "token", *found.span(group)
    for found in _BASIC.finditer(text):
        if _is_login(found["value"]):
            yield "token", *found.span("value")
    for found in _MAILED_LINK.finditer(text):
        yield "token", *found.span("value")
    for label in _LABEL.finditer(text):
        yield from _labelled(text, label)


def _labelled(text: str, label: re.Match[str]) -> Iterator[tuple[LeakKind, int, int]]:
    lead = _TO_VALUE.match(text, label.end(), label.end() + 90)
    if (
        lead is None
        or _NO_SECRET_LINK.search(text, max(0, label.start() - 60), label.end())
        or re.search(
            r"(?:public|publishable|site|csrf|xsrf|unexpected|openbare|licen[cs]e|enable)[ _-]{0,2}\w{0,8}$",
            text[max(0, label.start() - 16) : label.start("name")],
            re.IGNORECASE,
        )
    ):
        return
    if re.match(r"(?:public|publishable|site|csrf|xsrf|unexpected|licen[cs]e|enable)", label["name"], re.IGNORECASE):
        return
    if lead["gap"] and not _SAYS_SO.search(lead[0]):
        return  # `bad token for request 9c1d22ab` names the request.
    start, quote = lead.end(), lead["quote"]
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    if quote:
        end = text.find("”" if quote == "“" else quote, start, min(line_end, start + 300))
        if end < 0:
            return
    else:
        word = re.compile(r"[^\s\"'<>,;&]{1,300}").match(text, start)
        if word is None:
            return
        end = start + len(word[0].rstrip(".):]}"))
    value = text[start:end]
    if (
        _is_key(value)
        or (_UUID.fullmatch(value) and _TAKES_UUID.search(text, max(0, label.start() - 12), label.end()))
        or (quote and _SECRET_NAME.search(label["name"]) and len(value) > 30 and " unique phrase" not in value)
    ):
        yield ("token" if "token" in label["name"].lower() else "api_key"), start, end


def _is_login(value: str) -> bool:
    """Whether this is `name:password` as browsers send it (RFC 7617)."""
    try:
        plain = b64decode(value, validate=True).decode()
    except ValueError:
        return False
    return ":" in plain[1:-1] and plain.isprintable()


def _is_key(value: str) -> bool:
    if not 8 <= len(value) <= 300 or any(each.isspace() for each in value) or is_stop_word(value):
        return False
    letters, digits = sum(each.isalpha() for each in value), sum(each.isdigit() for each in value)
    if re.fullmatch(r"[0-9a-fA-F]{16,128}", value) and letters and digits:
        return True
    if value.startswith(("pk_", "http://", "https://", "$", "{", "<", "[")) or "(" in value or not strength(value):
        return False
    return digits > 0 and letters > 0 and (digits >= 2 or len(value) >= 16) and len(set(value)) > 4


def _private_keys(text: str) -> Iterator[tuple[LeakKind, int, int]]:
    """From BEGIN to END; where the END was cut off, as far as the lines look like a key."""
    at = 0
    while begin := _BEGIN.search(text, at):
        closing = f"-----END {begin['what']}-----"
        end = text.find(closing, begin.end())
        following = _BEGIN.search(text, begin.end())
        if end >= 0 and (following is None or end < following.start()):
            at = end + len(closing)
        elif end < 0 or following is not None:
            at = _cut_off(text, begin.end())
        yield "private_key", begin.start(), at


def _cut_off(text: str, start: int) -> int:
    line = re.compile(r"\s{0,8}[> ]{0,4}[A-Za-z0-9+/=]{8,80}[ \t\r]{0,4}(?:\n|$)")
    at = start
    while found := line.match(text, at):
        at = found.end()
    return len(text[:at].rstrip()) if at > start else start
