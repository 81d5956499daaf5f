"""What another server reports of a mail of ours: in the form of RFC 3464, 6533 and 5965, or in the words of its maker."""

import re
from typing import Final, Literal

from backend.mailboxes.reading.body import Body
from backend.mailboxes.reading.charsets import text_of
from backend.mailboxes.reading.headers import Headers, one_line, read_headers, words_of
from backend.mailboxes.reading.machines import is_daemon
from backend.mailboxes.reading.mime import Part
from backend.mailboxes.reading.parts import BounceReport
from backend.mailboxes.reading.people import plain_address
from backend.mailboxes.reading.plain_bounces import plain_report

_MOST: Final = 200_000
_MOST_RECIPIENTS: Final = 100
_ACTIONS: Final[dict[str, Literal["failed", "delayed", "delivered"]]] = {
    "failed": "failed", "delayed": "delayed", "delivered": "delivered", "relayed": "delivered", "expanded": "delivered"
}  # fmt: skip
_ID_LINE: Final = re.compile(r"^[ \t>]{0,8}message-id:\s*(<[!-;=?-~]{1,240}>)", re.IGNORECASE | re.MULTILINE)


def report_of(root: Part, body: Body, sender: str, subject: str, text: str) -> BounceReport | None:
    """The report that a mail is, or None."""
    if root.media_type == "multipart/report" and "disposition" in root.type.parameters.get("report-type", "").lower():
        return None
    about = _message_id(root.headers, body, text)
    for part in body.reports:
        raw = text_of(part.content(_MOST), part.charset or "utf-8")
        report = _complaint(raw, about) if "feedback" in part.media_type else _delivery(raw, about)
        if report is not None:
            return report
    if root.media_type == "multipart/report" or is_daemon(sender) or _is_postmaster(sender):
        certain = root.media_type == "multipart/report" or is_daemon(sender)
        return plain_report(root.headers, text, subject, about, certain=certain)
    return (
        plain_report(root.headers, text, subject, about, certain=False)
        if root.headers.has("x-failed-recipients")
        else None
    )


def _is_postmaster(sender: str) -> bool:
    return sender.partition("@")[0] in ("postmaster", "mail-administrator", "mailadmin", "no-reply", "noreply")


def _blocks(raw: str) -> list[dict[str, str]]:
    blocks: list[dict[str, str]] = []
    for text in re.split(r"\n[ \t]*\n", raw.replace("\r\n", "\n").replace("\r", "\n").strip("\n"))[:500]:
        headers, _ = read_headers(text.encode("utf-8", "replace"), 0, len(text.encode("utf-8", "replace")))
        fields: dict[str, str] = {}
        for name, value in headers.lines:
            fields.setdefault(name, one_line(words_of(headers.plain(value))))
        if fields:
            blocks.append(fields)
    return blocks


def _address(value: str) -> str:
    kind, sign, address = value.partition(";")
    address = (address if sign else kind).strip()
    address = re.sub(r"\\x\{([0-9A-Fa-f]{1,6})\}", _letter, address)
    return plain_address(address)


def _letter(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "?"


def _delivery(raw: str, about: str | None) -> BounceReport | None:
    blocks = [
        each for each in _blocks(raw) if "action" in each or "final-recipient" in each or "original-recipient" in each
    ]
    # One failure among deliveries is what one needs to know.
    order = ("failed", "delayed", "delivered")
    rated = [
        (_ACTIONS.get(each.get("action", "").split(" ")[0].strip(";").lower(), _by_status(each)), each)
        for each in blocks
    ]
    if not rated:
        return None
    worst = min((kind for kind, _ in rated), key=order.index)
    chosen = [each for kind, each in rated if kind == worst][:_MOST_RECIPIENTS]
    recipients = [
        _address(each.get("original-recipient", "")) or _address(each.get("final-recipient", "")) for each in chosen
    ]
    status = next(
        (found[0] for each in chosen if (found := re.search(r"[245]\.\d{1,3}\.\d{1,3}", each.get("status", "")))), ""
    )
    code = next((each["diagnostic-code"] for each in chosen if each.get("diagnostic-code")), "")
    words = code.partition(";")[2].strip() if re.match(r"[\w-]{1,20}\s*;", code) else code
    return BounceReport(
        kind=worst, recipients=tuple(dict.fromkeys(filter(None, recipients))), status=status, diagnostic=words[:1_000], message_id=about
    )  # fmt: skip


def _by_status(block: dict[str, str]) -> Literal["failed", "delayed", "delivered"]:
    return {"2": "delivered", "4": "delayed"}.get(block.get("status", "")[:1], "failed")  # type: ignore[return-value]  # Its values are.


def _complaint(raw: str, about: str | None) -> BounceReport | None:
    fields: dict[str, str] = {}
    for block in _blocks(raw):
        fields = {**block, **fields}
    if "feedback-type" not in fields:
        return None
    recipient = _address(fields.get("original-rcpt-to", "")) or _address(fields.get("removal-recipient", ""))
    return BounceReport(
        kind="complaint", recipients=(recipient,) if recipient else (), status="", diagnostic=fields["feedback-type"][:100], message_id=about
    )  # fmt: skip


def _message_id(headers: Headers, body: Body, text: str) -> str | None:
    """The id of the mail that came back: from its own headers, where they came with it."""
    for part in body.messages:
        inner, _ = read_headers(part.source, part.begin, part.end)
        if found := inner.ids("message-id"):
            return found[0]
    for file in body.files:
        if (
            file.media_type in ("text/rfc822-headers", "message/global-headers", "message/rfc822-headers")
            and file.size < _MOST
        ):
            raw = file.content()
            if found := read_headers(raw, 0, len(raw))[0].ids("message-id"):
                return found[0]
    if in_text := _ID_LINE.search(text):
        return in_text[1]
    return next(
        iter(headers.ids("in-reply-to") or headers.ids("x-original-message-id") or headers.ids("references")), None
    )
