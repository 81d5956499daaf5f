"""What the history says of who works on a ticket, and what it is, in the reader's language."""

from collections.abc import Mapping
from typing import Any, Final

CATEGORY_NAMES: Final[dict[str, dict[str, str]]] = {
    "question": {"en": "question", "nl": "vraag"},
    "work_request": {"en": "work request", "nl": "werkverzoek"},
    "project_message": {"en": "message on a project", "nl": "bericht over een project"},
}
_WORDS: Final[dict[str, dict[str, str]]] = {
    "TicketAssigned": {"en": "Assigned to {assignee}", "nl": "Toegewezen aan {assignee}"},
    "TicketAssigned.none": {"en": "Assigned to nobody", "nl": "Aan niemand toegewezen"},
    "TicketAssigned.answered_first": {
        "en": "Assigned to {assignee} because they answered first",
        "nl": "Toegewezen aan {assignee}, die als eerste antwoordde",
    },
    "TicketAssigned.project_lead": {
        "en": "Assigned to {assignee} because they lead the project {project}",
        "nl": "Toegewezen aan {assignee}, die het project {project} leidt",
    },
    "TicketAssigned.usual_agent": {
        "en": "Assigned to {assignee} because they have worked with this client most",
        "nl": "Toegewezen aan {assignee}, die het meest met deze klant heeft gewerkt",
    },
    "TicketAssigned.next_available.none": {
        "en": "Assigned to {assignee} because they are next available: no open tickets",
        "nl": "Toegewezen aan {assignee}, als eerste beschikbaar: geen open tickets",
    },
    "TicketAssigned.next_available.one": {
        "en": "Assigned to {assignee} because they are next available: 1 open ticket",
        "nl": "Toegewezen aan {assignee}, als eerste beschikbaar: 1 open ticket",
    },
    "TicketAssigned.next_available": {
        "en": "Assigned to {assignee} because they are next available: {load} open tickets",
        "nl": "Toegewezen aan {assignee}, als eerste beschikbaar: {load} open tickets",
    },
    "TicketAssigned.nobody_fits": {
        "en": "Assigned to nobody: {previous} does not work in this department, and nobody there is available",
        "nl": "Aan niemand toegewezen: {previous} werkt niet op deze afdeling, en daar is niemand beschikbaar",
    },
    "TicketTakenOver": {
        "en": "{assignee} took this over from {previous}, who is away",
        "nl": "{assignee} nam dit over van {previous}, die afwezig is",
    },
    "TicketHandedBack": {
        "en": "Handed back to {assignee}; {previous} had it meanwhile",
        "nl": "Teruggegeven aan {assignee}; {previous} had het intussen",
    },
    "CategoryChanged": {
        "en": "This is a {category}, not a {old_category}",
        "nl": "Dit is een {category}, geen {old_category}",
    },
    "ProjectChosen": {"en": "Belongs to the project {project}", "nl": "Hoort bij het project {project}"},
    "ProjectChosen.none": {"en": "Belongs to no project", "nl": "Hoort bij geen project"},
}
ROUTING_HISTORY: Final = ("TicketAssigned", "TicketTakenOver", "TicketHandedBack", "CategoryChanged", "ProjectChosen")


def routing_sentence(type_: str, data: Mapping[str, Any], *, language: str, names: Mapping[str, str]) -> str:
    """One of `ROUTING_HISTORY` as a sentence; `names` holds people by id."""
    values: dict[str, object] = {
        "assignee": names.get(data.get("assignee_id") or "", "?"),
        "previous": names.get(data.get("previous_id") or "", "?"),
        "load": data.get("load"),
        "project": data.get("project"),
    }
    key = type_
    match type_:
        case "TicketAssigned":
            key = _assigned(data)
        case "CategoryChanged":
            values |= {name: CATEGORY_NAMES[data[name]][language] for name in ("category", "old_category")}
        case "ProjectChosen" if data["project_id"] is None:
            key = "ProjectChosen.none"
        case _:
            pass
    return _WORDS[key][language].format(**values)


def _assigned(data: Mapping[str, Any]) -> str:
    because = data.get("because")
    if because == "next_available":
        return {0: f"TicketAssigned.{because}.none", 1: f"TicketAssigned.{because}.one"}.get(
            data["load"], f"TicketAssigned.{because}"
        )
    if because is not None:
        return f"TicketAssigned.{because}"
    return "TicketAssigned" if data["assignee_id"] is not None else "TicketAssigned.none"
