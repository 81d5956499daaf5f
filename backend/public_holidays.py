"""Public holidays by country and subdivision, from the `holidays` package. The door to it: nothing else imports it."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import holidays

_LANGUAGES: Final = {"en": ("en_US", "en_GB"), "nl": ("nl",)}


@lru_cache(maxsize=1024)
def public_holidays(
    country: str, subdivision: str | None, year: int, language: str | None = None
) -> Mapping[date, str]:
    """The days of a year with their names, in order: in the language where the package has them, else in the country's.

    A year that the package does not know has none.

    Raises:
        ValueError: there is no such country or subdivision.
    """
    if subdivision is not None and subdivision not in subdivisions(country):
        raise ValueError(f"{country} has no subdivision {subdivision}.")
    if country not in countries():
        raise ValueError(f"No holidays are known of {country}.")
    known = getattr(holidays, country).supported_languages
    spoken = next((each for each in _LANGUAGES.get(language or "", ()) if each in known), None)
    found = holidays.country_holidays(country, subdiv=subdivision, years=year, expand=False, language=spoken)
    return MappingProxyType({day: found[day] for day in sorted(found)})


@lru_cache(maxsize=1)
def countries() -> tuple[str, ...]:
    """The countries by ISO 3166 code of two letters."""
    return tuple(sorted(code for code in holidays.list_supported_countries() if len(code) == 2))


def subdivisions(country: str) -> Mapping[str, str]:
    """The subdivisions of a country that have holidays of their own: code and name."""
    if country not in countries():
        return {}
    entity = getattr(holidays, country)
    aliases = entity.get_subdivision_aliases()
    return {code: (aliases.get(code) or [code])[0] for code in entity.subdivisions}
