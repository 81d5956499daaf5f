"""What the reader of a mail should know of it beside its text, in words: it is encrypted, it invites, it is one piece of several."""

from dataclasses import dataclass
from typing import Final, Literal

Code = Literal["encrypted", "invited", "invitation_changed", "invitation_cancelled", "invitation_answered", "piece", "too_many_parts"]  # fmt: skip

_WORDS: Final[dict[str, dict[Code, str]]] = {
    "en": {
        "encrypted": "(This mail is encrypted: it is attached as it came, and cannot be read here.)",
        "invited": "(Invitation: {what})",
        "invitation_changed": "(Calendar: {what})",
        "invitation_cancelled": "(Cancelled: {what})",
        "invitation_answered": "(Answer to an invitation, {answer}: {what})",
        "piece": "(This mail is piece {number} of a larger one, which its sender's program has cut.)",
        "too_many_parts": "(This mail has more parts than are shown. The original is kept.)",
    },
    "nl": {
        "encrypted": "(Deze e-mail is versleuteld: hij is bijgevoegd zoals hij kwam, en kan hier niet gelezen worden.)",
        "invited": "(Uitnodiging: {what})",
        "invitation_changed": "(Agenda: {what})",
        "invitation_cancelled": "(Geannuleerd: {what})",
        "invitation_answered": "(Antwoord op een uitnodiging, {answer}: {what})",
        "piece": "(Deze e-mail is deel {number} van een grotere, die het programma van de afzender heeft geknipt.)",
        "too_many_parts": "(Deze e-mail heeft meer delen dan er getoond worden. Het origineel is bewaard.)",
    },
}
_ANSWERS: Final = {
    "en": {"accepted": "accepted", "declined": "declined", "tentative": "perhaps", "": "not said"},
    "nl": {"accepted": "aangenomen", "declined": "afgewezen", "tentative": "misschien", "": "niet gezegd"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One such thing: `what` names an appointment or a number, `answer` how somebody answered."""

    code: Code
    what: str = ""
    answer: str = ""

    def words(self, language: str) -> str:
        answers = _ANSWERS[language]
        return _WORDS[language][self.code].format(
            what=self.what, number=self.what, answer=answers.get(self.answer, answers[""])
        )
