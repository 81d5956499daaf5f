"""What a calendar file says, in a line: which appointment, when, where (RFC 5545)."""

import re
from typing import Final

from backend.mailboxes.reading.headers import one_line
from backend.mailboxes.reading.notices import Code, Notice

_MOST: Final = 100_000
_FOLD: Final = re.compile(r"\r?\n[ \t]")
_LINE: Final = re.compile(r"([A-Za-z-]{1,40})((?:;[^:\n\"]{0,300}(?:\"[^\"\n]{0,300}\")?)*):([^\n]*)")
_TIME: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d{0,2}(Z?))?")
_CODES: Final[dict[str, Code]] = {
    "REQUEST": "invited", "PUBLISH": "invited", "REPLY": "invitation_answered", "CANCEL": "invitation_cancelled"
}  # fmt: skip


def calendar_notice(text: str, method: str) -> Notice | None:
    """The line for a calendar file; None where it holds no appointment. `method` is what the part's type says of it."""
    lines = _FOLD.sub("", text[:_MOST]).replace("\r", "").split("\n")
    found: dict[str, tuple[str, str]] = {}
    inside = False
    for line in lines:
        upper = line.strip().upper()
        if upper in ("BEGIN:VEVENT", "BEGIN:VTODO"):
            if inside:
                break
            inside = True
        elif upper in ("END:VEVENT", "END:VTODO"):
            break
        elif (match := _LINE.match(line)) and (inside or match[1].upper() == "METHOD"):
            found.setdefault(match[1].upper(), (match[2], match[3].strip()))
    if not inside:
        return None
    method = (found["METHOD"][1] if "METHOD" in found else method).upper()
    summary = _text(found.get("SUMMARY", ("", ""))[1]) or "?"
    when = _when(*found.get("DTSTART", ("", "")))
    where = _text(found.get("LOCATION", ("", ""))[1])
    answer = re.search(r"PARTSTAT=([\w-]+)", found.get("ATTENDEE", ("", ""))[0], re.IGNORECASE)
    return Notice(
        code=_CODES.get(method, "invitation_changed"),
        what=", ".join(each for each in (summary, when, where) if each)[:300],
        answer=answer[1].lower() if answer else "",
    )


def _when(parameters: str, value: str) -> str:
    found = _TIME.match(value)
    if found is None:
        return ""
    day = f"{found[1]}-{found[2]}-{found[3]}"
    if found[4] is None:
        return day
    zone = re.search(r"TZID=\"?([^;:\"]{1,60})", parameters)
    return f"{day} {found[4]}:{found[5]}" + (" UTC" if found[6] else f" ({zone[1]})" if zone else "")


def _text(value: str) -> str:
    return one_line(re.sub(r"\\([\\;,])", r"\1", re.sub(r"\\[nN]", " ", value)))[:200]
