"""Expected refusals: words of the domain with a code, in the languages of the product.

An edge translates a Refusal once; anything else that is raised is a surprise, masked and logged.
"""

from collections.abc import Mapping

from backend.refusal_words import WORDS


class Refusal(Exception):
    """An expected refusal: `code` is stable, `field` names the input that it is about.

    The message is made in the reader's language by `message`; a value that is itself words stands in each language.
    """

    def __init__(self, code: str, field: str | None = None, **values: object) -> None:
        super().__init__(WORDS[code]["en"].format(**_in_language(values, "en")))
        self.code = code
        self.field = field
        self.values = values

    def message(self, language: str) -> str:
        """The refusal in the reader's language; English where the language is unknown."""
        words = WORDS[self.code]
        return words.get(language, words["en"]).format(**_in_language(self.values, language))


def _in_language(values: Mapping[str, object], language: str) -> dict[str, object]:
    return {
        name: value.get(language, value["en"]) if isinstance(value, Mapping) else value
        for name, value in values.items()
    }
