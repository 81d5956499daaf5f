"""What was taken as thanks: the rows of the daily review."""

from datetime import datetime
from typing import Self

import strawberry
from strawberry import ID

from backend.database import Row
from backend.graphql.types.common import Node
from backend.graphql.types.company import Person
from backend.graphql.types.enums import CHANNELS, AuthorSide, Channel
from backend.tickets.thanks.review import Review


@strawberry.type(
    description="A message that was taken as thanks, or the button that says that all is fine; that has no text."
)
class ThankYou(Node):
    number: int
    subject: str
    text: str | None
    author: Person
    channel: Channel
    at: datetime
    avoided: bool = strawberry.field(description="Whether a reply would have reopened the ticket, or opened another.")
    was_reply_at: datetime | None = strawberry.field(description="When a member said that it was a reply.")
    was_reply_by: str | None

    @classmethod
    def of(cls, row: Row) -> Self:
        return cls(
            id=ID(str(row["id"])),
            number=row["number"],
            subject=row["subject"],
            text=row["body"],
            author=Person(
                id=ID(str(row["author_id"])), name=row["author_name"], email=row["author_email"], side=AuthorSide.CLIENT
            ),
            channel=CHANNELS[row["channel"]],
            at=row["at"],
            avoided=row["avoided"],
            was_reply_at=row["undone_at"],
            was_reply_by=row["undone_by_name"],
        )


@strawberry.type(description="Reopenings that did not happen, and the minutes that each would have cost.")
class Saved:
    reopenings: int
    minutes: int


@strawberry.type(description="A day's thanks, latest first, and what they saved.")
class ThanksReview:
    day: datetime
    thanks: list[ThankYou]
    minutes_each: int
    this_month: Saved
    in_total: Saved

    @classmethod
    def of(cls, review: Review) -> Self:
        return cls(
            day=review.day,
            thanks=[ThankYou.of(each) for each in review.thanks],
            minutes_each=review.minutes_each,
            this_month=Saved(reopenings=review.month_count, minutes=review.month_minutes),
            in_total=Saved(reopenings=review.total_count, minutes=review.total_minutes),
        )
