"""What the desk and the portal ask for, with the `__typename` that their cache adds to every selection."""

from typing import Final

_PERSON: Final = "{ __typename id name email side }"
_STATUS: Final = "{ __typename key name clientName meaning }"
_PROOF: Final = "{ __typename method level at by address expiresAt scope }"
_MAIL: Final = "{ __typename recipient state at reason }"

_ROW: Final = f"""
    __typename id number subject priority category channel level requiredLevel waitingSince lastActivityAt
    status {_STATUS}
    department {{ __typename id name }}
    client {{ __typename id name }}
    requester {_PERSON}
    assignee {_PERSON}
    attestation {_PROOF}
"""

_PAGE: Final = f"""{{
    __typename
    edges {{ __typename cursor node {{ {_ROW} }} }}
    pageInfo {{ __typename hasNextPage endCursor }}
}}"""

# The least that shows a queue: who asks, who has it, where it is, what is proved.
QUEUE: Final = """query Queue($departmentId: ID, $view: QueueView!, $first: Int!) {
    queue(departmentId: $departmentId, view: $view, first: $first) {
        edges {
            cursor
            node {
                id number subject waitingSince level
                status { name }
                department { name }
                client { name }
                requester { name }
                assignee { name }
                attestation { method at }
            }
        }
        pageInfo { hasNextPage endCursor }
    }
}"""

DESK_QUEUE: Final = f"""query Queue($departmentId: ID, $view: QueueView!, $first: Int!) {{
    queue(departmentId: $departmentId, view: $view, mine: false, unassigned: false, first: $first) {_PAGE}
}}"""

COUNTS: Final = "query ViewCounts { viewCounts { __typename departmentId view mine unassigned count } }"

SEARCH: Final = f"""query DeskSearch($query: String!, $first: Int!, $after: String) {{
    search(query: $query, first: $first, after: $after) {_PAGE}
}}"""

TICKET: Final = f"""query DeskTicket($number: Int!) {{
    ticket(number: $number) {{
        {_ROW}
        tags openedAt solvedAt closedAt firstRespondedAt requesterRole
        kind {{ __typename id name }}
        client {{
            __typename id number name cardOnFile
            services(first: 20) {{ __typename id name plan server }} serviceCount
            locks {{ __typename method tries lockedUntil }}
            recentTickets(first: 6) {{ __typename id number subject lastActivityAt status {_STATUS} }}
        }}
        followUpOf {{ __typename id number subject }}
        followUps {{ __typename id number subject }}
        timers {{ __typename id action dueAt }}
        receipt {_MAIL}
        abilities {{
            __typename reply note assign transfer setStatus seeInternal
            statuses {_STATUS}
        }}
        timeline(first: 100) {{
            __typename
            edges {{
                __typename
                node {{
                    __typename
                    ... on Message {{ id kind channel body at level author {_PERSON} attestation {_PROOF} mail {_MAIL} }}
                    ... on HistoryEntry {{ id at type sentence by {{ __typename id name }} }}
                }}
            }}
            pageInfo {{ __typename hasNextPage endCursor }}
        }}
    }}
}}"""

OPEN: Final = f"""mutation OpenTicket($input: OpenTicketInput!) {{
    openTicket(input: $input) {{
        __typename
        ... on OpenTicketSuccess {{
            number receiptTo
            ticket {{
                __typename id number subject statusSentence lastActivityAt
                status {_STATUS}
                department {{ __typename id name }}
            }}
        }}
        ... on Problem {{ code message field }}
    }}
}}"""
