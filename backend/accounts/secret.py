"""What somebody typed to prove who they are, wrapped so that it does not slip into a log or a traceback."""

from typing import Final


class Secret:
    """A password or card digits. It shows itself masked; `reveal` is for the comparison and the hash alone."""

    __slots__ = ("_text",)

    MASK: Final = "[secret]"

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return self.MASK

    def __reduce__(self) -> str:
        raise TypeError("A secret is not written anywhere.")
