"""What of a mail's parts is its text, and what came with it: the choices that mail programs make (RFC 2046, 2387, 1847, 3156)."""

import html
import re
from dataclasses import dataclass, field
from typing import Final

from backend.mailboxes.reading.calendar import calendar_notice
from backend.mailboxes.reading.charsets import text_of
from backend.mailboxes.reading.file_names import file_name, told_apart
from backend.mailboxes.reading.headers import clean, one_line, read_headers
from backend.mailboxes.reading.html_text import html_to_text
from backend.mailboxes.reading.mime import Part
from backend.mailboxes.reading.notices import Notice
from backend.mailboxes.reading.parts import MailPart
from backend.mailboxes.reading.plain_text import enriched, flowed, without_files
from backend.mailboxes.reading.sealed import signed_content
from backend.mailboxes.reading.tnef import unpack

MOST_SOURCE: Final = 1_000_000
"""Bytes of a text part that are looked at."""
MOST_FILES: Final = 1_000
_MOST_TEXTS: Final = 200
_MOST_DEPTH: Final = 60
_MOST_PACKAGE: Final = 40 * 2**20
_PLAIN: Final = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext", "application/xhtml+xml"})
_NEVER_SHOWN: Final = frozenset({"text/x-amp-html", "text/watch-html"})
_PACKAGES: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_SEALED: Final = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})


@dataclass(slots=True)
class Body:
    """What was found. Each text is the plain one and, where it came as such, the HTML."""

    texts: list[tuple[str, str | None]] = field(default_factory=list)
    files: list[MailPart] = field(default_factory=list)
    messages: list[Part] = field(default_factory=list)
    reports: list[Part] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    cut: bool = False

    @property
    def text(self) -> str:
        return "\n\n".join(each for text, _ in self.texts if (each := text.strip("\n")).strip())

    @property
    def html(self) -> str | None:
        if all(each is None for _, each in self.texts):
            return None
        return "\n".join(
            each if each is not None else f'<div style="white-space: pre-wrap">{html.escape(text)}</div>'
            for text, each in self.texts
        )


def read_body(root: Part) -> Body:
    """Go through the parts of a mail."""
    body = Body()
    _collect(root, body, 0, alone=True)
    names = told_apart(part.name for part in body.files)
    body.files = [_named(part, name) for part, name in zip(body.files, names, strict=True)]
    return body


def _named(part: MailPart, name: str) -> MailPart:
    if part.name == name:
        return part
    return MailPart(
        name=name, media_type=part.media_type, size=part.size, content_id=part.content_id, inline=part.inline,
        source=part.source, begin=part.begin, end=part.end, encoding=part.encoding,
    )  # fmt: skip


def _collect(part: Part, body: Body, depth: int, *, alone: bool = False) -> None:
    while part.media_type.startswith("multipart/") and len(part.children) == 1:
        part = part.children[0]
    kind = part.media_type
    if kind.startswith("multipart/"):
        if not part.children:
            _plain_leaf(part, body)  # It says that it has parts, and has none.
        elif depth > _MOST_DEPTH:
            body.cut = True
        elif kind == "multipart/alternative":
            _alternative(part, body, depth)
        elif kind == "multipart/encrypted":
            body.notices.append(Notice(code="encrypted"))
            for child in part.children:
                _attach(child, body)
        elif kind == "multipart/related":
            start = part.type.parameters.get("start", "").strip("<>")
            ordered = sorted(part.children, key=lambda child: not start or _content_id(child) != start)
            for child in ordered:
                _collect(child, body, depth + 1)
        else:
            for place, child in enumerate(part.children):
                if kind == "multipart/signed" and place:
                    _attach(child, body)
                else:
                    _collect(child, body, depth + 1)
    else:
        _leaf(part, body, alone=alone)


def _alternative(part: Part, body: Body, depth: int) -> None:
    """Of several forms of one text: the plain one to read, the last HTML to show; files in any of them are kept."""
    forms: list[Body] = []
    for child in part.children:
        if child.media_type in _NEVER_SHOWN:
            continue
        form = Body()
        _collect(child, form, depth + 1)
        forms.append(form)
        body.files += form.files[: max(0, MOST_FILES - len(body.files))]
        body.messages += form.messages
        body.reports += form.reports
        body.notices += form.notices
        body.cut = body.cut or form.cut
    plain = next((form for form in forms if form.html is None and form.text.strip()), None)
    rich = next((form for form in reversed(forms) if form.html is not None), None)
    rich_text = rich.text if rich is not None else ""
    text = plain.text if plain is not None else rich_text
    if plain is not None and rich is not None and _is_stub(text, rich_text):
        text = rich_text
    if text.strip() or rich is not None:
        body.texts.append((text, rich.html if rich is not None else None))


def _is_stub(text: str, rich_text: str) -> bool:
    """Whether a plain form only says that one should look at the other."""
    return len(text) < 300 and len(rich_text) > len(text) and bool(
        re.search(r"\bhtml\b.{0,80}\b(?:view|client|reader|program|support|e-?mail|browser)|(?:view|client|reader|program|support|browser)\w*\b.{0,80}\bhtml\b", text, re.I | re.S)
    )  # fmt: skip


def _leaf(part: Part, body: Body, *, alone: bool) -> None:
    kind = part.media_type
    name = _name_of(part)
    attached = part.disposition.value == "attachment" or (part.disposition.value == "" and bool(name) and not alone)
    if kind in _NEVER_SHOWN:
        return
    if kind in _PLAIN and not attached and not (name and body.texts) and len(body.texts) < _MOST_TEXTS:
        _plain_leaf(part, body)
        return
    if kind in ("text/calendar", "application/ics"):
        notice = calendar_notice(text_of(part.content(MOST_SOURCE), part.charset or "utf-8"), part.type.parameters.get("method", ""))  # fmt: skip
        if notice is not None and notice.code not in [each.code for each in body.notices]:
            body.notices.append(notice)
    if kind in _PACKAGES or name.lower() == "winmail.dat":
        if _package(part, body):
            return
    elif kind in _SEALED:
        _sealed(part, body)
        return
    elif kind in ("message/rfc822", "message/global", "message/news"):
        body.messages.append(part)
    elif kind in ("message/delivery-status", "message/global-delivery-status", "message/feedback-report"):
        body.reports.append(part)
    elif kind == "message/partial":
        body.notices.append(Notice(code="piece", what=one_line(part.type.parameters.get("number", "?"))[:20]))
        if alone:
            _plain_leaf(part, body)
            return
    _attach(part, body)


def _plain_leaf(part: Part, body: Body) -> None:
    """A text that is shown. An empty one of many is none."""
    raw = part.content(MOST_SOURCE)
    body.cut = body.cut or part.end - part.begin > MOST_SOURCE
    text = clean(text_of(raw, part.charset))
    kind = part.media_type
    if kind in ("text/html", "application/xhtml+xml") or (kind.startswith("multipart/") and re.match(r"\s*<(?:!doctype html|html)\b", text, re.I)):  # fmt: skip
        if text.strip():
            body.texts.append((html_to_text(text), text))
        return
    if kind in ("text/enriched", "text/richtext"):
        text = enriched(text)
    elif part.type.parameters.get("format", "").lower() == "flowed":
        text = flowed(text, delete_space=part.type.parameters.get("delsp", "").lower() == "yes")
    text, letters = without_files(text)
    for letter in letters:
        _add(body, letter.content, file_name(letter.name, "application/octet-stream"), "application/octet-stream")
    if text.lstrip().startswith("-----BEGIN PGP MESSAGE-----"):
        body.notices.append(Notice(code="encrypted"))
    if text.strip():
        body.texts.append((text, None))


def _attach(part: Part, body: Body) -> None:
    if len(body.files) >= MOST_FILES:
        body.cut = True
        return
    kind = part.media_type if not part.media_type.startswith("multipart/") else "application/octet-stream"
    content_id = _content_id(part)
    name = _name_of(part)
    if kind in ("message/rfc822", "message/global"):
        inner, _ = read_headers(part.source, part.begin, part.end)
        subject = re.sub(r"[/\\:]", "-", inner.words("subject"))[:100]
        name = name if name.lower().endswith(".eml") else f"{name or subject or 'message'}.eml"
    body.files.append(
        MailPart(
            name=file_name(name, kind, "calendar" if kind == "text/calendar" else ""),
            media_type=kind,
            size=part.size(),
            content_id=content_id,
            inline=bool(content_id) and kind.startswith("image/") and part.disposition.value != "attachment",
            source=part.source,
            begin=part.begin,
            end=part.end,
            encoding=part.encoding,
        )
    )


def _add(body: Body, content: bytes, name: str, kind: str, content_id: str = "") -> None:
    if len(body.files) >= MOST_FILES:
        body.cut = True
        return
    body.files.append(
        MailPart(
            name=name, media_type=kind, size=len(content), content_id=content_id,
            inline=bool(content_id) and kind.startswith("image/"), source=content, end=len(content),
        )
    )  # fmt: skip


def _package(part: Part, body: Body) -> bool:
    """Unpack a winmail.dat. Says whether that was one; what is none is kept as it is."""
    if part.end - part.begin > _MOST_PACKAGE:
        return False
    raw = part.content()
    package = unpack(raw)
    if package is None or not (package.files or package.text or package.html):
        return False
    for file in package.files:
        kind = file.media_type if re.fullmatch(r"[\w.+-]+/[\w.+-]+", file.media_type) else "application/octet-stream"
        _add(body, raw[file.begin : file.end], file_name(file.name, kind), kind, file.content_id)
    if not body.texts:
        markup = clean(package.html)[:MOST_SOURCE] or None
        text = clean(package.text)[:MOST_SOURCE] or (html_to_text(markup) if markup else "")
        if text.strip():
            body.texts.append((text, markup))
    return True


def _sealed(part: Part, body: Body) -> None:
    """S/MIME in one part: what is only signed is shown, what is encrypted is kept and said."""
    named = part.type.parameters.get("smime-type", "").lower()
    inner = signed_content(part.content()) if named != "enveloped-data" else None
    if inner is not None:
        from backend.mailboxes.reading.mime import read_mime

        _collect(read_mime(inner).root, body, _MOST_DEPTH // 2)
    elif named not in ("certs-only", "signed-receipt"):
        body.notices.append(Notice(code="encrypted"))
    _attach(part, body)


def _content_id(part: Part) -> str:
    return one_line(part.headers.first("content-id")).strip("<> ")[:250]


def _name_of(part: Part) -> str:
    return part.disposition.parameters.get("filename") or part.type.parameters.get("name") or ""
