"""What a check found, in one line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the doctor: what it is about, whether it is well, and the words."""

    about: str
    well: bool
    words: str


def judged(about: str, wrong: list[str], otherwise: str) -> Finding:
    """Well with these words where nothing is wrong, else all that is."""
    return Finding(about=about, well=not wrong, words="; ".join(wrong) or otherwise)
