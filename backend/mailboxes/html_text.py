"""HTML mails as plain text: what a person would have read, and nothing that runs."""

import re
from html.parser import HTMLParser
from typing import Final

MOST_HTML: Final = 2_000_000
"""Characters of HTML that are looked at."""

_SKIPPED = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "svg"})
_BREAKS = frozenset({"br", "tr", "li", "dt", "dd", "hr"})
_PARAGRAPHS = frozenset(
    {
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "table",
        "blockquote",
        "pre",
        "section",
        "article",
    }
)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.skipping = 0
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self.skipping += 1
        elif tag in _PARAGRAPHS:
            self.parts.append("\n\n" if tag not in ("div", "table") else "\n")
        elif tag in _BREAKS:
            self.parts.append("\n- " if tag == "li" else "\n")
        elif tag == "a":
            self.link = dict(attrs).get("href") or ""
        elif tag == "body":
            self.skipping = 0  # A head that was never closed hides nothing of the body.

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
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

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.parts.append(re.sub(r"\s+", " ", data))


def html_to_text(html: str) -> str:
    """The text of an HTML mail, with its links written out. Never raises, whatever the markup looks like."""
    reader = _Reader()
    reader.feed(html[:MOST_HTML])
    reader.close()
    text = "".join(reader.parts).replace("\xa0", " ")
    lines = [re.sub(r" {2,}", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
