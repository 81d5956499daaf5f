"""What a request is (FIELD.md B2): its kind says it, or its department where it has none; staff change it."""

from typing import Final, Literal, TypeAlias

Category: TypeAlias = Literal["question", "work_request", "project_message"]
CATEGORIES: Final[tuple[Category, ...]] = ("question", "work_request", "project_message")
