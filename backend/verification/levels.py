"""How much is proved: the levels in their fixed order, and what reaches each."""

from typing import Final, Literal, TypeAlias, get_args

Level: TypeAlias = Literal["none", "email", "signed_in", "card", "password", "second_factor"]
Method: TypeAlias = Literal["email", "signed_in", "card", "password", "totp", "passkey", "pin"]
StepUp: TypeAlias = Literal["card", "password", "totp", "passkey"]
"""What is typed anew, within a session."""

Tried: TypeAlias = Literal[StepUp, "pin"]
"""What can be guessed, so that tries are counted: what is typed anew, and the PIN that the client's side reads out."""

STEP_UPS: Final[tuple[StepUp, ...]] = get_args(StepUp)

# A second factor proves as much as the password does, no more.
_RANK: Final[dict[str, int]] = {"none": 0, "email": 1, "signed_in": 2, "card": 3, "password": 4, "second_factor": 4}

LEVEL_OF: Final[dict[Method, Level]] = {
    "email": "email",
    "signed_in": "signed_in",
    "card": "card",
    "password": "password",
    "totp": "second_factor",
    "passkey": "second_factor",
    "pin": "signed_in",
}
"""The level that a method proves; a support PIN carries that of the session that showed it, which is at least this."""


def rank(level: str) -> int:
    """The place of a level in the order. Raises: KeyError where it is none."""
    return _RANK[level]


def reaches(level: str, needed: str) -> bool:
    """Whether what is proved is at least what is needed."""
    return rank(level) >= rank(needed)


def highest(*levels: str) -> str:
    """The highest of some levels; the first of those that are equal, `none` of none."""
    return max(levels, key=rank, default="none")
