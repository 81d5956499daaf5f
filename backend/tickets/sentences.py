"""What a ticket's state and history say in plain words, in the reader's language and the company's zone."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from backend.tickets.lifecycle.policy import Policy, Status
from backend.tickets.lifecycle.words import LIFECYCLE_WORDS
from backend.tickets.mail_history import MAIL_HISTORY, MAIL_WORDS, mail_values
from backend.tickets.moves.sentences import moved_sentence
from backend.tickets.priorities import PRIORITY
from backend.tickets.routing.words import ROUTING_HISTORY, routing_sentence
from backend.tickets.thanks.sentences import THANKS_HISTORY, thanks_sentence
from backend.tickets.timers.words import OF_PROMISES, OF_TIMERS, key_and_moment
from backend.tickets.timers.words import WORDS as WORDS_OF_TIMERS
from backend.verification.words import ASKED, NEEDED

_WORDS: Final[dict[str, dict[str, str]]] = {
    "until": {"en": "{status} until {when}", "nl": "{status} tot {when}"},
    "closes": {"en": "{status}, closes {when}", "nl": "{status}, sluit {when}"},
    "today": {"en": "today {time}", "nl": "vandaag {time}"},
    "tomorrow": {"en": "tomorrow {time}", "nl": "morgen {time}"},
    "TicketTransferred": {
        "en": "Moved from {from_department} to {to_department}; it keeps its place in the queue",
        "nl": "Verplaatst van {from_department} naar {to_department}; de plaats in de wachtrij blijft",
    },
    "StatusChanged": {"en": "{status}", "nl": "{status}"},
    "StatusChanged.staff": {"en": "Status: {status}", "nl": "Status: {status}"},
    "StatusChanged.timer": {"en": "{status}, by itself", "nl": "{status}, vanzelf"},
    "StatusChanged.tag": {"en": "{status}, by itself: {tag}", "nl": "{status}, vanzelf: {tag}"},
    "ReminderSent": {"en": "Reminder sent", "nl": "Herinnering gestuurd"},
    "FollowUpOpened": {"en": "Goes on as #{number}", "nl": "Gaat verder als #{number}"},
    "SecretAsked": {"en": "Asked for a secret: {label}", "nl": "Vroeg om een geheim: {label}"},
    "SecretViewed": {"en": "Viewed the secret “{label}”", "nl": "Bekeek het geheim “{label}”"},
    "SecretDestroyed.closed": {
        "en": "Secret “{label}” destroyed, since the request is closed",
        "nl": "Geheim “{label}” vernietigd, want het verzoek is gesloten",
    },
    "SecretDestroyed.expired": {
        "en": "Secret “{label}” destroyed, since its time was up",
        "nl": "Geheim “{label}” vernietigd, want de termijn was om",
    },
    "SecretDestroyed.by_hand": {"en": "Destroyed the secret “{label}”", "nl": "Vernietigde het geheim “{label}”"},
    "MessageMasked": {
        "en": "The mail held what looks like a password or card number: it was masked and sealed",
        "nl": "In de e-mail stond wat op een wachtwoord of kaartnummer lijkt: dat is gemaskeerd en verzegeld",
    },
    "PriorityChanged": {"en": "Priority: {priority}", "nl": "Prioriteit: {priority}"},
    "ProofAsked": {
        "en": "Mailed {name} a link to prove it: {needed}",
        "nl": "{name} een link gemaild om het te bewijzen: {needed}",
    },
    "AccountNamed": {"en": "Names an account: {named}", "nl": "Noemt een account: {named}"},
    "WentOnWithoutProof": {
        "en": "Went on without proof ({what} needs {needed}): {reason}",
        "nl": "Zonder bewijs verdergegaan ({what} vereist {needed}): {reason}",
    },
    "WentOnWithoutProof.set_status": {"en": "status “{status}”", "nl": "status ‘{status}’"},
    "WentOnWithoutProof.reply": {"en": "a reply with “{status}”", "nl": "een antwoord met ‘{status}’"},
    "WentOnWithoutProof.transfer": {"en": "the transfer to {department}", "nl": "de overdracht aan {department}"},
    "PinRecorded": {
        "en": "Proof by voice recorded: {name} read out the support PIN ({level})",
        "nl": "Bewijs aan de telefoon vastgelegd: {name} las de support-pincode voor ({level})",
    },
    "LevelRaised": {"en": "Proved: {method}", "nl": "Bewezen: {method}"},
    "ProofLocked": {
        "en": "Proof by {method} locked after too many wrong tries",
        "nl": "Bewijs met {method} geblokkeerd na te veel foute pogingen",
    },
    "ProofLockLifted": {
        "en": "Proof by {method} unlocked by the mailed link",
        "nl": "Bewijs met {method} vrijgegeven met de gemailde link",
    },
    **LIFECYCLE_WORDS,
    **MAIL_WORDS,
    "AttachmentInfected": {
        "en": "A virus was found in “{name}” ({found}): it is kept apart",
        "nl": "In ‘{name}’ is een virus gevonden ({found}): het wordt apart bewaard",
    },
    "ProofRefused": {"en": "A proof by {method} was refused", "nl": "Een bewijs met {method} werd geweigerd"},
    **WORDS_OF_TIMERS,
}
_METHODS: Final = {
    "card": {"en": "the card's last four digits", "nl": "de laatste vier cijfers van de kaart"},
    "password": {"en": "the account password", "nl": "het wachtwoord van het account"},
    "signed_in": {"en": "signed in", "nl": "ingelogd"},
    "email": {"en": "e-mail", "nl": "e-mail"},
    "totp": {"en": "a code of the authenticator app", "nl": "een code van de authenticatie-app"},
    "passkey": {"en": "a passkey", "nl": "een passkey"},
    "pin": {"en": "the support PIN, by voice", "nl": "de support-pincode, aan de telefoon"},
}
_LEVELS: Final = {
    "signed_in": {"en": "signed in", "nl": "ingelogd"},
    "card": {"en": "card digits proved", "nl": "kaartcijfers bewezen"},
    "password": {"en": "account password proved", "nl": "accountwachtwoord bewezen"},
    "second_factor": {"en": "second factor proved", "nl": "tweede factor bewezen"},
}
_PRIORITIES: Final = {
    "critical": {"en": "critical", "nl": "kritiek"},
    "urgent": {"en": "urgent", "nl": "dringend"},
    "high": {"en": "high", "nl": "hoog"},
    "medium": {"en": "medium", "nl": "normaal"},
    "low": {"en": "low", "nl": "laag"},
}


def named(names: Mapping[str, str], language: str) -> str:
    """A name in the reader's language, else in English, else in any."""
    return names.get(language) or names.get("en") or next(iter(names.values()))


def status_sentence(status: Status, closes_at: datetime | None, *, language: str, time_zone: str, at: datetime) -> str:
    """The status in a client's words: "Waiting for you until Tuesday 10:00", "Solved, closes tomorrow 10:00"."""
    name = named(status.client_names, language)
    if closes_at is None:
        return name
    words = _WORDS["until" if status.meaning == "waiting_for_client" else "closes"]
    return words[language].format(status=name, when=when(closes_at, language=language, time_zone=time_zone, at=at))


def when(moment: datetime, *, language: str, time_zone: str, at: datetime) -> str:
    """A moment as people say it: today, tomorrow, a weekday within six days, else a date; with the time."""
    zone = ZoneInfo(time_zone)
    local, today = moment.astimezone(zone), at.astimezone(zone).date()
    locale = "en_GB" if language == "en" else language
    time = format_time(local, "HH:mm", locale=locale)
    if local.date() == today:
        return _WORDS["today"][language].format(time=time)
    if local.date() == today + timedelta(days=1):
        return _WORDS["tomorrow"][language].format(time=time)
    days = (local.date() - today).days
    return f"{format_date(local, 'EEEE' if 0 < days < 7 else 'd MMMM', locale=locale)} {time}"


def on(moment: datetime, *, language: str, time_zone: str) -> str:
    """A moment as it is written down for good: weekday, date and time."""
    locale = "en_GB" if language == "en" else language
    local = moment.astimezone(ZoneInfo(time_zone))
    return f"{format_date(local, 'EEEE d MMMM', locale=locale)} {format_time(local, 'HH:mm', locale=locale)}"


def history_sentence(
    type_: str, data: Mapping[str, Any], *, language: str, policy: Policy, names: Mapping[str, str], for_staff: bool,
    time_zone: str = "UTC",
) -> str:  # fmt: skip
    """A piece of history as a sentence. `names` holds departments and accounts by id, as far as the reader may know them."""
    if type_ in ROUTING_HISTORY:
        return routing_sentence(type_, data, language=language, names=names)
    if type_ in THANKS_HISTORY:
        return thanks_sentence(type_, data, language)
    values: dict[str, object] = {}
    key = type_
    match type_:
        case "TicketTransferred":
            values = {
                "from_department": names.get(data["from_department_id"], "?"),
                "to_department": names.get(data["to_department_id"], "?"),
            }
        case "StatusChanged":
            status = policy.status(data["status"])
            named_by = (status.names if for_staff else status.client_names) if status else {"en": data["status"]}
            values = {"status": named(named_by, language), "tag": data.get("tag")}
            if data.get("by_timer"):
                key = "StatusChanged.tag" if data.get("tag") else "StatusChanged.timer"
            elif for_staff:
                key = "StatusChanged.staff"
        case "TicketTagged":
            values = {"tag": data["tag"]}
        case "TookVersion":
            values = {"version": data["version"]}
        case "FollowUpOpened":
            values = {"number": data["follow_up_number"]}
        case "TicketSplit" | "TicketsMerged" | "SplitUndone" | "MergeUndone":
            return moved_sentence(type_, data, language)
        case "PriorityChanged":
            values = {"priority": _PRIORITIES[PRIORITY[data["urgency"]]][language]}
        case "ProofAsked":
            values = {"name": names.get(data["account_id"], "?"), "needed": ASKED[data["needed"]][language]}
        case "AccountNamed":
            values = {"named": data["named"]}
        case "WentOnWithoutProof":
            status = policy.status(data["status"] or "")
            what = _WORDS[f"WentOnWithoutProof.{data['act']}"][language].format(
                status=named(status.names, language) if status else data["status"],
                department=names.get(data["department_id"] or "", "?"),
            )
            values = {"what": what, "needed": NEEDED[data["needed"]][language], "reason": data["reason"]}
        case "PinRecorded":
            values = {"name": names.get(data["account_id"], "?"), "level": _LEVELS[data["level"]][language]}
        case "LevelRaised" | "ProofLocked" | "ProofLockLifted" | "ProofRefused":
            values = {"method": _METHODS[data["method"]][language]}
        case "AttachmentInfected":
            values = {"name": data["name"], "found": data["found"]}
        case "SecretAsked" | "SecretViewed":
            values = {"label": data["label"]}
        case "SecretDestroyed":
            key = f"SecretDestroyed.{data['because']}"
            values = {"label": data["label"]}
        case _ if type_ in MAIL_HISTORY:
            values = mail_values(data)
        case _ if type_ in (*OF_TIMERS, *OF_PROMISES):
            key, moment = key_and_moment(type_, data)
            values = {"when": on(moment, language=language, time_zone=time_zone) if moment else ""}
        case _:
            values = {}
    return _WORDS[key][language].format(**values)
