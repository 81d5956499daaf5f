"""What a mail about signing in says: what changed, when, from where and by which browser."""

from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_datetime as in_words

from backend.accounts.browsers import browser_of
from backend.database import Row

CHANGES: Final[dict[str, dict[str, str]]] = {
    "en": {
        "totp_added": "An authenticator app was set up as your second factor.",
        "totp_removed": "The authenticator app was removed from your account.",
        "passkey_added": "A passkey was added to your account.",
        "passkey_removed": "A passkey was removed from your account.",
        "recovery_codes_made": "New recovery codes were made. The old ones no longer work.",
        "recovery_code_used": "A recovery code was used to confirm that it is you. It works no more.",
        "factors_reset": "An administrator removed the second factors from your account and signed you out everywhere.",
        "password_changed": "Your password was changed, and you were signed out everywhere else.",
    },
    "nl": {
        "totp_added": "Er is een authenticator-app ingesteld als uw tweede factor.",
        "totp_removed": "De authenticator-app is van uw account verwijderd.",
        "passkey_added": "Er is een passkey aan uw account toegevoegd.",
        "passkey_removed": "Er is een passkey van uw account verwijderd.",
        "recovery_codes_made": "Er zijn nieuwe herstelcodes gemaakt. De oude werken niet meer.",
        "recovery_code_used": "Er is een herstelcode gebruikt om te bevestigen dat u het bent. Die werkt niet meer.",
        "factors_reset": "Een beheerder heeft de tweede factoren van uw account verwijderd en u overal uitgelogd.",
        "password_changed": "Uw wachtwoord is gewijzigd en u bent overal elders uitgelogd.",
    },
}
ON: Final = {"en": "{browser} on {system}", "nl": "{browser} op {system}"}
UNKNOWN: Final = {"en": "an unknown browser", "nl": "een onbekende browser"}
_WHEN: Final = "EEEE d MMMM, HH:mm"


def about_signing_in(facts: Row, language: str) -> dict[str, str]:
    """The fields of such a mail."""
    at = facts["signed_in_at"] or facts["happened_at"]
    found = {"when": in_words(at, _WHEN, tzinfo=ZoneInfo(facts["time_zone"]), locale=language)}
    if facts["what"] in CHANGES[language]:
        found["change"] = CHANGES[language][facts["what"]]
    if facts["address"] is not None:
        found |= {"address": facts["address"], "browser": _browser(facts["user_agent"], language)}
    return found


def _browser(user_agent: str, language: str) -> str:
    browser, system = browser_of(user_agent)
    if browser and system:
        return ON[language].format(browser=browser, system=system)
    return browser or system or UNKNOWN[language]
