"""HTML mails as plain text: what a person would have read, and nothing that runs.

The tags are found here and not by the library's parser, which reads markup that is never closed again and again: a
minute for fifty kilobytes. No search below goes past the next `<`, so the time grows with the length alone.
"""

import re
from html import unescape
from typing import Final

MOST_HTML: Final = 500_000
"""Characters of HTML that are looked at."""

_SKIPPED = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "svg"})
_BREAKS = frozenset({"br", "tr", "li", "dt", "dd", "hr"})
_PARAGRAPHS = frozenset(
    ["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "section", "article"]
)  # fmt: skip

_COMMENT = "<!--"
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>")
_OTHER = re.compile(r"<[/!?a-zA-Z][^<>]*>")
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
# Where a quotation begins and ends, and where a line ends unless it has just begun; until the lines are made.
_OPEN, _CLOSE, _EDGE = "\x01", "\x02", "\x03"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CITED = re.compile(
    r"\btype\s*=\s*[\"']?cite|gmail_quote|protonmail_quote|yahoo_quoted|moz-cite|border-left\s*:", re.IGNORECASE
)
_INDENTED = re.compile(r"border\s*:\s*(?:none|0)|margin(?:-left)?\s*:[^;\"']{0,30}\b40px", re.IGNORECASE)
_MOST_DEPTH: Final = 20


class _Reader:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.skipping = 0
        self.link = ""
        self.pre = 0
        self.quotes: list[bool] = []

    def opened(self, tag: str, attributes: str) -> None:
        if tag in _SKIPPED:
            self.skipping += not attributes.rstrip().endswith("/")
        elif tag in _PARAGRAPHS:
            self.pre += tag == "pre"
            self.parts.append("\n\n" if tag not in ("div", "table") else _EDGE)
            if tag == "blockquote":
                self.quotes.append(bool(_CITED.search(attributes)) or not _INDENTED.search(attributes))
                self.parts.append(_OPEN if self.quotes[-1] else "")
        elif tag in _BREAKS:
            self.parts.append("\n- " if tag == "li" else "\n")
        elif tag == "a":
            found = _HREF.search(attributes)
            self.link = unescape(found[1] or found[2] or found[3] or "") if found else ""
        elif tag == "body":
            self.skipping = 0  # A head that was never closed hides nothing of the body.

    def closed(self, tag: str) -> None:
        if tag in _SKIPPED:
            self.skipping = max(0, self.skipping - 1)
        elif tag in _PARAGRAPHS:
            self.pre = max(0, self.pre - (tag == "pre"))
            if tag == "blockquote" and self.quotes and self.quotes.pop():
                self.parts.append(_CLOSE)
            self.parts.append("\n\n" if tag not in ("div", "table") else _EDGE)
        elif tag in ("td", "th"):
            self.parts.append(" ")
        elif tag == "a":
            shown = self.parts[-1].strip() if self.parts else ""
            if self.link.startswith(("http://", "https://")) and shown and shown != self.link:
                self.parts.append(f" ({self.link})")
            self.link = ""

    def text(self, raw: str) -> None:
        if raw and not self.skipping:
            text = _CONTROL.sub("", unescape(raw))
            self.parts.append(text if self.pre else _SPACE.sub(" ", text))


def html_to_text(html: str) -> str:
    """The text of an HTML mail, with its links written out. Never raises, whatever the markup looks like."""
    reader = _Reader()
    _read(html[:MOST_HTML], reader)
    text = "".join(reader.parts).replace("\xa0", " ").replace("\r\n", "\n")
    lines: list[str] = []
    depth = 0
    for raw in _with_edges(text).split("\n"):
        depth += raw.count(_OPEN)  # What opens on a line stands before its words, what closes behind them.
        line = raw.replace(_OPEN, "").replace(_CLOSE, "")
        line = re.sub(r"(?<=\S) {2,}", " ", line).rstrip() if line.strip() else ""
        mark = "> " * min(depth, _MOST_DEPTH)
        lines.append(f"{mark}{line.strip()}".rstrip())
        depth = max(0, depth - raw.count(_CLOSE))
    return "\n".join(_without_blanks(lines)).strip()


def _with_edges(text: str) -> str:
    """The text with the edges of blocks as line feeds: none where the line is empty."""
    parts: list[str] = []
    begun = False
    for part in re.split(f"([\n{_EDGE}])", text):
        if part == _EDGE:
            parts.append("\n" if begun else "")
            begun = False
        else:
            parts.append(part)
            begun = part != "\n" and (begun or bool(part.strip(f" {_OPEN}{_CLOSE}")))
    return "".join(parts)


def _without_blanks(lines: list[str]) -> list[str]:
    """The lines with one blank one at most between two others; none at the beginning and end of a quotation."""
    kept: list[str] = []
    for place, line in enumerate(lines):
        bare = line.strip("> ")
        before = kept[-1] if kept else ""
        if not bare and (not kept or not before.strip("> ")):
            if kept and line.count(">") < before.count(">"):
                kept[-1] = line
            continue
        if not bare and place + 1 < len(lines):
            following = next((each for each in lines[place + 1 : place + 50] if each.strip("> ")), "")
            line = ("> " * min(_marks(before), _marks(following))).rstrip()
        kept.append(line)
    return kept


def _marks(line: str) -> int:
    return (len(line) - len(line.lstrip("> "))) // 2 + (line.rstrip() == ">" * len(line.strip()) and bool(line.strip()))


def _read(html: str, reader: _Reader) -> None:
    said = at = 0  # What stands between the two is text that was not handed on yet.
    while (at := html.find("<", at)) >= 0:
        if html.startswith(_COMMENT, at):
            reader.text(html[said:at])
            end = html.find("-->", at + len(_COMMENT))
            said = at = len(html) if end < 0 else end + 3
        elif tag := _TAG.match(html, at):
            reader.text(html[said:at])
            if tag[1]:
                reader.closed(tag[2].lower())
            else:
                reader.opened(tag[2].lower(), tag[3])
            said = at = tag.end()
        elif other := _OTHER.match(html, at):
            reader.text(html[said:at])
            said = at = other.end()
        else:
            at += 1  # A sign that stands for itself.
    reader.text(html[said:])
