"""What a word looks like: a password, a placeholder, code that holds none, or just a word of a sentence."""

import re
from enum import IntEnum
from functools import lru_cache
from typing import Final, Literal

LeakKind = Literal["password", "card", "card_code", "private_key", "api_key", "token"]
QUOTES: Final = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "„": "”", "«": "»", "”": "”", "’": "’"}


class Strength(IntEnum):
    """How much a word looks like a password."""

    NOT = 0  # a placeholder, an address, a number with a unit, code, a hash
    WORD = 1  # letters alone
    MIXED = 2  # two sorts of characters, as hunter2
    STRONG = 3


_PLACEHOLDER: Final = re.compile(
    r"""[\W_]*                                    # nothing but punctuation: ****, ----
    | (.)\1{2,}                                   # one character again and again: xxxx
    | [*x•●.#]{2,}\S{0,4} | \S{0,3}[*•●]{3,}\S*   # half masked
    | <[^>]*>? | \[[^\]]*\]? | \{.*\}?            # <password>, [hidden], {password}
    | \$\{.*\}? | \$\(.*\)? | %[\w()]+% | \$[A-Za-z_]\w*(?:\[.*|->.*)? | @\w+@ | __\w+__
    | \*+\w+\*+
    | (?:\w*[_-])?(?:your|enter|insert|jouw|uw)(?:[_\s-]\w*|(?:new|db|own)?(?:password|pass|wachtwoord|pw|ww|here|hier)\w*)?
    | (?:\w*[_-])?(?:placeholder|redacted|verwijderd|removed|hidden|verborgen)(?:[_\s-]?[a-z]*)
    | change_?it | secret_?here | (?:my|the)_?password(?:_?here)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CODE: Final = re.compile(
    r"""[A-Za-z_$][\w.>$:-]*\(.*                  # a call
    | (?:process|os|req|request|config|settings|self|this|var|local|secrets|data|params|args|options|env|ENV|app)
      (?:\.|->|\[)\S*
    | [\w-]+=["'].*
    | !(?:vault|secret|ref|env|sub|include|ENC)\b.* | ENC\[.* | test_[a-z_]+\d?
    | &?\w*::\w.* | [\w*]+\.\*:.*
    | (?:required|verplicht|nullable|string|sometimes)\|.*
    | (?!password$)(?:\w*_(?:password|passwd|pass|pwd)\w*|\w*(?:password|passwd)(?!\d)\w*)\)*;?   # another name, no value
    """,
    re.VERBOSE,
)
_HASH: Final = re.compile(
    r"(?:[\w.-]{1,60}:)?\$(?:1|2[abxy]?|5|6|y|apr1|argon2\w*|pbkdf2\S*)\$.*|\{S?SHA\d*\}.*|\*[0-9A-F]{40}"
    r"|(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})"
    r"|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?:SHA256|MD5|sha\d+):\S+",
    re.IGNORECASE,
)
_TLD: Final = (
    r"(?:com|net|org|info|biz|io|co|dev|app|nl|be|de|eu|fr|uk|us|at|ch|es|it|pl|se|dk|no|example|test|local|localhost|"
    r"internal|lan|php|html?|css|js|jpe?g|png|gif|pdf|zip|tar|gz|sql|txt|log|conf|cfg|ini|ya?ml|json|xml|py|sh|exe|docx?|xlsx?|kdbx?|csv|pem|key|crt|bak|dump|rdp|ovpn|eml|msg|pst|p12|pfx)"
)
_ADDRESS: Final = re.compile(
    rf"""[a-z][a-z0-9+.-]{{1,20}}:/\S* | unix:\S* | \[?[\w.-]+\]:\d{2, 5}  # an address of the web
    | [^\s@]+@[\w-]+(?:\.[\w-]+)*\.{_TLD} | [\w.+-]+@   # of mail
    | (?:[\w-]+\.)+{_TLD}(?:[:/]\S*)?               # a host, a file
    | (?:\d{{1,3}}\.){{3}}\d{{1,3}}(?:[:/]\S*)? | (?:[0-9a-f]{{0,4}}:){{3,}}[0-9a-f:.]*
    | ~?/(?:[\w.-]+/?)* | [A-Za-z]:\\\S* | \.{{1,2}}/\S*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FIGURE: Final = re.compile(
    r"""v?\d+(?:[.,]\d+)+[a-z]?(?:-\w+)?             # a version, an amount
    | \d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?           # a date
    | \d{1,2}:\d\d(?::\d\d)?(?:am|pm|u)? | \d{1,2}u\d\d
    | \d+(?:x|k|m|g|t|kb|mb|gb|tb|gib|mib|ms|s|sec|min|h|hr|d|u|px|em|%|bit|-bit|eur|usd)\.? | \d{1,3}(?:st|nd|rd|th|e|de|ste)\.?
    | 0x[0-9a-f]+ | \d+(?:x|mb|gb|kb)?/[a-z]{1,10} | (?:\(?\+?\d{2,4}\)?[- ]?)?\(?0\d{1,3}\)?-\d{6,8} | [a-z/-]+\[\d+\]:? | (?:VXNlcm5hbWU|UGFzc3dvcmQ)6?=?
    | \d+-(?:digit|character|char|day|letter|minute|cijferige|tekens?)\w*
    | 24/7 | https?/\d\S* | [€$£]\d\S* | \#\d+ | \d*[a-z]?\d?-?factor
    | (?:tls|ssl|sha|md|php|mysql|mariadb|imap|pop|smtp|http|utf|oauth|office|o|windows|win|ios|iphone|ipad|ipados|android|galaxy|pixel|
        thunderbird|firefox|chrome|safari|edge|roundcube|alma(?:linux)?|rocky|fedora|rhel|suse|vista|postgres(?:ql)?|redis|oracle|magento|
        prestashop|opencart|typo|wordpress|woocommerce|elementor|divi|yoast|gutenberg|nextcloud|owncloud|directadmin|plesk|cpanel|whmcs|softaculous|proxmox|macbook|imac|surface|thinkpad|xbox|playstation|teams|sharepoint|acrobat|photoshop|symfony|django|rails|vue|angular|react|java|jdk|dotnet|net|apache|nginx|tomcat|word|excel|mac\s?os|ipv|wpa|aes|rsa|wp|
        python|node|ubuntu|debian|centos|outlook|exchange|drupal|joomla|laravel|base|bcrypt|argon|mp|ec|qwen|gpt)
      [-_.]?v?\d{1,4}(?:\.\w{1,6}){0,4}[a-z]{0,4}(?:-\w+)? | [hso][-_.]?\d{1,4}
    | (?:kb|cve|rfc|iso|err|error|http|inv|po|so|f|ticket|order|case|ref|nr|no|web|srv|server|host|db|node|vps|ns|mx|mail)
      [-_#:]?\d[\d-]*
    | (?:kvk|btw|bsn|tel|fax)[-.:]?\d+ | 1password | lastpass | keepass\w* | bitwarden | 2fa | mfa | utf8mb4
    """,
    re.VERBOSE | re.IGNORECASE,
)

_STOP_EN: Final = """a about above accepted access across active actually added after again against all already also always am an
 and another any anyone anything are around as ask asked asks at attached available back bad based be because been before
 being below beneath between blank blocked both box broken but by call called can cannot case changed character characters
 clear completely compromised confidential configured confirmed copied correct corrupted could created currently default
 definitely deleted denied did different different disabled do does doesn doesn't doing done don't dots during each easy
 either else emailed empty enclosed encrypted encoded enforced enough enter entered entirely error even ever every exactly
 expired expires expiring exposed fail failed failing fails false field file files fine first following for forgot forgotten
 form from generated get gets given gives gone good got greyed guess guessed had hard has hasn't have haven't he held her here
 hidden his hint hold how however i if ignored in inactive included incorrect incorrectly indeed insecure inside instead into
 invalid is isn isn't issue it its it's itself just kept known last leaked length less like listed local locked long
 longer lost low maximum may me mentioned might min minimum mismatch missing more most much must my n na name needed needs
 neither never new next nil no nobody none nor normal not nothing now null of off often ok okay old on once one only open
 optional or other our out outdated over own part pasted pending per plain please policy possible post printed private
 probably problem prompt protected provided public put quite random rather reachable really received redacted refused reject
 rejected required reset resets right safe said same saved says see seen send sensitive sent separate separately set shared
 she short should shown shows simple simply since so some someone something somewhere soon specified still stolen stored
 string strong stuck such supplied supposed sure synced taken text than that that's the their them then there therefore these
 they this those through to today together too tried true try twice type typed unchanged undefined under unique unknown
 unset until up updated upper use used user username useful using valid validated very via visible wait wants was way we weak
 were what when where whether which while who whose why will with within without won't working works would wrong wrongly yes
 yesterday yet you your yours str int bool varchar object array type forms var let const return function class def tba tbd
 tbc pls text field manager mismatch login logins reuse rotation hash hashes prompt attempts attempt incorrect authentication
 correctly confirm confirmation validation change changes strength expiry recovery request requests link page pages screen
 settings list lists entry entries input value values column option options button dialog popup window form portal account
 accounts system database server servers file host mail email emails message messages details detail info information
 itself himself herself case-sensitive case-insensitive read-only up-to-date all-lowercase lowercase uppercase alphanumeric
 numeric letters digits tekens safely secure secured mandatory immutable permanent temporary obsolete identical
 equal similar cached synced visible masked obfuscated irrelevant relevant compulsory mailed texted below. attached. ready
 accidentally apparently basically definitely obviously presumably strange odd weird ridiculous impossible terrible great
 dutch english german french sticky stale void worthless useless important simple-looking wrong? gibberish garbage cleartext
 plaintext plain-text system-wide user-specific per-user per-account""".replace(".", "").replace("?", "")
_STOP_NL: Final = """aan aangepast achter achterhaald actief afgelopen al alle alleen als altijd ander andere apart beide bekend
 belangrijk beschikbaar beveiligd bevat bij bijlage bijna blijft bovenstaand daar daarna dan dat de deze die dit doet door
 dubbel een eens eerder eerst eigenlijk en er ergens ervan fout foutief geaccepteerd gebruik gebruikt gedeeld geef geen
 gegeven geheim gehackt gekozen gekregen geldig gelekt geldt gelijk gemaakt genoeg gereset gestuurd gevraagd gewijzigd gewoon
 goed graag had heb hebben heeft helaas helemaal herstellen hetzelfde het heel hier hieronder hierboven hoe hoort hun iets ik
 in ingesteld ingevoerd ingevuld inloggen instellen invoeren is ja je jij jouw juist kan klopt knop komt kon kun kunnen kunt
 kwijt lang langer later leeg lukt maar makkelijk meer men met mij mijn minder minimaal minimum misschien moeilijk moest moet
 moeten mogelijk na naam naar nee niet niets nieuw nieuwe nog nodig nooit nu of om onbekend onder ongeldig onjuist ons onveilig
 onze ook oud oude op opgegeven opgeslagen opnieuw opvragen over per pas periode prima privé raar resetten staat steeds stond
 sturen stuur te tekens telefonisch terug tijdelijk toch toegestuurd toegang toen tot tussen twee u uit uw vaak van vanwege
 veel veilig veld veranderd veranderen vergeten verificatie verkeerd verlopen verloopt verplicht verschillend versleuteld
 verstuurd verzonden via volgens volgt volgende volgen voor vorige vraag vragen vul waar waarom wachtwoord was wat weer weet
 weg wel welk welke werd werkt werkte wie wij wijzig wijzigen wil willen word worden wordt zal ze zeer zelf zelfde zelfs zie
 zij zijn zo zoals zonder zou zwak gebruikersnaam gebruiker hoofdlettergevoelig onleesbaar geblokkeerd verborgen wijzigbaar
 n/a getal cijfers letters zoek idem ditto verdwenen kapot leesbaar zichtbaar bewaard verloren gelijk gelukt n.v.t nvt ntb onbruikbaar aangemaakt bevestigd bevestigen vervallen vervangen vernieuwd
 ingetrokken klaar onnodig overbodig raden uniek correct lastig simpel"""
STOP_WORDS: Final = frozenset(_STOP_EN.split()) | frozenset(_STOP_NL.split())
_ENDINGS: Final = re.compile(
    r".{2,}(?:ed|ing|ly|able|ible|ful|less|ous|ive|ical|ised|ized|n't|'s|’s|s'|heid|baar|lijk|erd|eerd|igd|ende)$",
    re.IGNORECASE,
)
"""Endings of words that say something about a password instead of being one."""
_CLASSES: Final = (re.compile(r"[a-zß-öø-ÿ]"), re.compile(r"[A-ZÀ-ÖØ-Þ]"), re.compile(r"\d"))
_LETTER_PAIR: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


_REMEMBERED: Final = 4096
"""Words of the text at hand, which many rules ask about; `forget` follows as soon as it was searched."""


@lru_cache(maxsize=_REMEMBERED)
def is_stop_word(word: str) -> bool:
    """A word of sentences about passwords, with what may hang at it."""
    bare = word.strip("\"'`“”‘’.,;:!?()[]{}<>*").lower().replace("’", "'")
    return bare in STOP_WORDS or bare.split("-")[0] in ("case", "too", "non", "hoofdletter", "auto", "self", "user")


@lru_cache(maxsize=_REMEMBERED)
def strength(value: str) -> Strength:
    """How much a single word (or the inside of quotes) looks like a password."""
    if not 2 <= len(value) <= 200 or value.strip() == "":
        return Strength.NOT
    if any(each.fullmatch(value) for each in (_PLACEHOLDER, _CODE, _HASH, _ADDRESS, _FIGURE)):
        return Strength.NOT
    lower, upper, digit = (bool(each.search(value)) for each in _CLASSES)
    other = any(ord(letter) > 0x17F and letter.isalpha() for letter in value)
    sign = any(not letter.isalnum() and not letter.isspace() for letter in value)
    if _LETTER_PAIR.fullmatch(value) and not (upper and lower and not value.istitle() and not value[0].isupper()):
        return Strength.WORD if "-" not in value else Strength.MIXED
    sorts = lower + upper + digit + sign + other
    if sorts >= 3 or (sorts == 2 and digit and sign and len(value) >= 8):
        return Strength.STRONG
    if sorts == 2 or (digit and len(value) >= 4) or (upper and lower) or other:
        return Strength.MIXED
    return Strength.WORD


def forget() -> None:
    """No word of a text outlives the search."""
    strength.cache_clear()
    is_stop_word.cache_clear()


def reads_as_prose(word: str) -> bool:
    """A plain word that tells about a password: `wrong`, `required`, `encrypted`."""
    return is_stop_word(word) or bool(_ENDINGS.fullmatch(word))
