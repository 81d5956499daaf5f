"""From words to what is read: plain text, and HTML in the colours of the company. No picture is loaded from anywhere."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from backend.mailboxes.outgoing.templates import FOLDER, Block, Rendered

BUTTONS: Final = {
    "en": {
        "ticket": "Open the ticket",
        "proof_lock": "Lift the lock",
        "invitation": "Choose a password",
        "prove": "Prove it",
        "secret_asked": "Send it sealed",
        "reset_password": "Choose a new password",
        "sign_in": "Sign in",
        "access_code": "See your requests",
        "security_notice": "See how you sign in",
        "new_browser": "See where you are signed in",
        "keep_open": "Keep it open",
        "close_now": "It works, close it now",
        "work_taken_over": "See unfinished work",
        "work_handed_back": "See unfinished work",
    },
    "nl": {
        "ticket": "Ticket openen",
        "proof_lock": "Blokkade opheffen",
        "invitation": "Wachtwoord kiezen",
        "prove": "Bewijzen",
        "secret_asked": "Verzegeld versturen",
        "reset_password": "Nieuw wachtwoord kiezen",
        "sign_in": "Inloggen",
        "access_code": "Uw verzoeken bekijken",
        "security_notice": "Bekijken hoe u inlogt",
        "new_browser": "Bekijken waar u bent ingelogd",
        "keep_open": "Open houden",
        "close_now": "Het werkt, nu sluiten",
        "work_taken_over": "Onafgemaakt werk bekijken",
        "work_handed_back": "Onafgemaakt werk bekijken",
    },
}
LEVELS: Final = {
    "en": {
        "none": "not verified",
        "email": "sender of the e-mail verified",
        "signed_in": "signed in",
        "card": "card digits proved",
        "password": "account password proved",
        "second_factor": "second factor proved",
    },
    "nl": {
        "none": "niet geverifieerd",
        "email": "afzender van de e-mail geverifieerd",
        "signed_in": "ingelogd",
        "card": "kaartcijfers bewezen",
        "password": "accountwachtwoord bewezen",
        "second_factor": "tweede factor bewezen",
    },
}
TICKET_LINE: Final = {"en": "Ticket {number} · Verification: {level}", "nl": "Ticket {number} · Verificatie: {level}"}
REPLY_LINE: Final = {
    "en": "To answer, reply to this mail; your answer goes to the ticket. Never send passwords by e-mail.",
    "nl": "Beantwoord deze e-mail om te reageren; uw antwoord komt bij het ticket. Stuur nooit wachtwoorden per e-mail.",
}
NO_REPLY_LINE: Final = {
    "en": "This mail was sent automatically.",
    "nl": "Deze e-mail is automatisch verstuurd.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the words: the company, the button's label, and the lines at the foot."""

    language: str
    company: str
    color: str
    button: str
    foot: tuple[str, ...]


def foot_lines(language: str, number: int | None, level: str | None) -> tuple[str, ...]:
    """The foot of a mail: of which ticket it is, what was verified, and how to answer."""
    if number is None or level is None:
        return (NO_REPLY_LINE[language],)
    ticket = TICKET_LINE[language].format(number=number, level=LEVELS[language][level])
    return (ticket, REPLY_LINE[language])


def to_text(mail: Rendered, frame: Frame) -> str:
    """The mail as plain text."""
    parts = [
        f"{button_of(block, frame)}:\n{block.text}" if block.kind == "link" else block.text for block in mail.blocks
    ]
    return "\n\n".join([*parts, "-- \n" + "\n".join((frame.company, *frame.foot))]) + "\n"


def button_of(block: Block, frame: Frame) -> str:
    """The label of a link's button: the mail's, or that of the answer."""
    return BUTTONS[frame.language][block.label] if block.label else frame.button


def to_html(mail: Rendered, frame: Frame) -> str:
    """The mail as HTML; every text in it is escaped."""
    return _layout().render(
        mail=mail,
        frame=frame,
        on_color=readable_on(frame.color),
        button_of=button_of,
        lines=lambda text: Markup("<br>\n").join(text.split("\n")),
    )


def readable_on(color: str) -> str:
    """Black or white, whichever is read more easily on the colour (WCAG 2.2, relative luminance)."""

    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(color[at : at + 2], 16)) for at in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#ffffff" if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 else "#000000"


@lru_cache(maxsize=1)
def _layout() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string((FOLDER / "layout.html").read_text("utf-8"))
