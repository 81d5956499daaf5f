"""Why a hosting panel could not be asked."""


class PanelAway(Exception):
    """The panel gave no answer that could be believed; `code` is a code of `errors.WORDS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
