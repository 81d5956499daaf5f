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


class _Reader:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.skipping = 0
        self.link = ""

    def opened(self, tag: str, attributes: str) -> None:
        if tag in _SKIPPED:
            self.skipping += not attributes.rstrip().endswith("/")
        elif tag in _PARAGRAPHS:
            self.parts.append("\n\n" if tag not in ("div", "table") else "\n")
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
            self.parts.append("\n\n" if tag not in ("div", "table") else "\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")
        elif tag == "a":
            shown = self.parts[-1].strip() if self.parts else ""
            if self.link.startswith(("http://", "https://")) and shown and shown != self.link:
                self.parts.append(f" ({self.link})")
            self.link = ""

    def text(self, raw: str) -> None:
        if raw and not self.skipping:
            self.parts.append(_SPACE.sub(" ", unescape(raw)))


def html_to_text(html: str) -> str:
    """The text of an HTML mail, with its links written out. Never raises, whatever the markup looks like."""
    reader = _Reader()
    _read(html[:MOST_HTML], reader)
    text = "".join(reader.parts).replace("\xa0", " ")
    lines = [re.sub(r" {2,}", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


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
