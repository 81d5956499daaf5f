"""Types that stand under all others: nodes, pages, problems."""

import strawberry


@strawberry.interface(description="Something with an id of its own.")
class Node:
    id: strawberry.ID


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type(
    description="An expected refusal. `code` is stable, `message` is for people in the reader's language, "
    "`field` names the input that it is about."
)
class Problem:
    code: str
    message: str
    field: str | None


@strawberry.type(description="It is done.")
class Done:
    ok: bool


def page_info(cursors: "list[str] | tuple[str, ...]", *, more: bool, after: str | None) -> PageInfo:
    """The place of a page whose rows have these cursors."""
    return PageInfo(
        has_next_page=more,
        has_previous_page=after is not None,
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
    )
