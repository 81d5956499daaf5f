"""What `npm start` prints when everything runs: where to go and who to be there."""

from __future__ import annotations

from pathlib import Path

from backend.demo.sign_ins import SIGN_INS
from backend.settings import Settings


def greeting(settings: Settings, *, catches_mail: bool, logs: Path) -> str:
    rows = [("Portal", "Sign in as", "E-mail address", "Password")]
    last_host = ""
    for sign_in in SIGN_INS:
        address = settings.origin(sign_in.host) if sign_in.host != last_host else ""
        rows.append((address, sign_in.role, sign_in.email, sign_in.password))
        last_host = sign_in.host
    lines = ["", "Countersign is running. Ctrl-C stops it.", "", *_aligned(rows), ""]
    lines.append("Desk      the portal's address with /desk, for agents and admins")
    if catches_mail:
        lines.append(f"Mail      http://127.0.0.1:{settings.mail_page_port}  (every mail that was sent)")
    lines.append(f"Write to  127.0.0.1:{settings.mail_port} by SMTP, as a mail server would")
    lines.append(f"Logs      {logs}")
    return "\n".join(lines) + "\n"


def _aligned(rows: list[tuple[str, str, str, str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
