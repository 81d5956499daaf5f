"""A status of a lifecycle, as its reader calls it."""

from typing import Self

import strawberry

from backend.graphql.types.enums import MEANINGS, Meaning
from backend.tickets.lifecycle.policy import Status as PolicyStatus
from backend.tickets.sentences import named


@strawberry.type(description="A status of the company's lifecycle, with its names in the reader's language.")
class Status:
    key: str
    name: str
    client_name: str
    meaning: Meaning

    @classmethod
    def of(cls, status: PolicyStatus, language: str) -> Self:
        return cls(
            key=status.key,
            name=named(status.names, language),
            client_name=named(status.client_names, language),
            meaning=MEANINGS[status.meaning],
        )
