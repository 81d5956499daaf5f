"""The words of mails: the product's own in `templates/`, or the tenant's from `mail_templates`.

A template is plain text with named fields: `{{ subject }}`, and `{% if closes_at %}...{% endif %}` within a paragraph.
Nothing else of Jinja is let through, so a tenant's words can neither call, loop nor reach into a value. A paragraph that
is `{{ message }}` alone shows a message as a quotation; one that is `{{ link }}` alone becomes the button, and so do
`{{ keep_open_link }}` and `{{ close_now_link }}` with labels of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from backend.database import row
from backend.log import get_log

FIELDS: Final = (
    "company", "name", "number", "earlier_number", "subject", "department", "author", "message", "link",
    "requester", "needed", "link_until", "closes_at", "secret", "proof_needed", "waits_for_client", "solved",
    "access_code", "change", "when", "address", "browser", "due_at", "aim", "answer", "solution",
    "keep_open_link", "close_now_link",
    "access_code", "change", "when", "address", "browser", "giver", "taker", "numbers",
)  # fmt: skip
"""What a template may name. A field that a mail does not have is empty."""

MUST_SAY: Final = ("access_code", "keep_open_link", "close_now_link")
"""What a mail that brings it never leaves out, whatever a tenant's own words are."""

ANSWERS: Final = {"{{keep_open_link}}": "keep_open", "{{close_now_link}}": "close_now"}
"""Paragraphs that are a link with a button of its own."""

FOLDER: Final = Path(__file__).parent / "templates"
NAMES: Final = tuple(sorted(file.stem for file in (FOLDER / "en").glob("*.txt")))

_ALLOWED = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Not)
_environment = SandboxedEnvironment(autoescape=False, undefined=StrictUndefined, keep_trailing_newline=True)
_log = get_log(__name__)


class TemplateProblem(ValueError):
    """A template cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Words:
    """A template: its subject and its text, in which blank lines part the paragraphs."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a mail: words, the message of a person, or a link, whose button has the label `label`."""

    kind: Literal["text", "message", "link"]
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail in words, before it has a layout."""

    subject: str
    blocks: tuple[Block, ...]


def check(words: Words) -> None:
    """See that a template can be used.

    Raises:
        TemplateProblem: it names a field that is not offered, or uses more of Jinja than named fields.
    """
    for part in (words.subject, *_paragraphs(words.body)):
        _template(part)


def render(words: Words, fields: Mapping[str, str]) -> Rendered:
    """Put the fields into the words. Paragraphs that turn out empty are left out.

    Raises:
        TemplateProblem: see `check`.
    """
    known = {name: fields.get(name, "") for name in FIELDS}
    blocks: list[Block] = []
    for paragraph in _paragraphs(words.body):
        text = _render_part(paragraph, known).strip("\n")
        if text.strip():
            bare = paragraph.replace(" ", "")
            label = ANSWERS.get(bare, "")
            kind: Literal["text", "message", "link"] = (
                "message" if bare == "{{message}}" else "link" if bare == "{{link}}" or label else "text"
            )
            blocks.append(Block(kind, text, label))
    return Rendered(" ".join(_render_part(words.subject, known).split()), tuple(blocks))


async def render_for_tenant(name: str, language: str, fields: Mapping[str, str]) -> Rendered:
    """A mail in the bound tenant's words; in the product's where the tenant has none, or has words that cannot be used."""
    own = await row("select subject, body from mail_templates where name = $1 and language = $2", name, language)
    if own is not None:
        try:
            return render(_with_all_that_must_be_said(own["body"], own["subject"], name, language, fields), fields)
        except TemplateProblem as problem:
            _log.warning("mail_template_unusable", name=name, language=language, problem=str(problem))
    return render(product_words(name, language), fields)


def _with_all_that_must_be_said(body: str, subject: str, name: str, language: str, fields: Mapping[str, str]) -> Words:
    """A tenant's words, and the product's paragraph for what stands in this mail alone and is not named in them."""
    unsaid = [field for field in MUST_SAY if fields.get(field) and field not in body]
    if not unsaid:
        return Words(subject, body)
    own = _paragraphs(body)
    at = next((place for place, each in enumerate(own) if each.replace(" ", "") == "{{link}}"), len(own))
    product = _paragraphs(product_words(name, language).body)
    own[at:at] = [each for each in product if any(field in each for field in unsaid)]
    if at == len(_paragraphs(body)):
        own.append("{{ link }}")
    return Words(subject, "\n\n".join(own))


@lru_cache(maxsize=256)
def product_words(name: str, language: str) -> Words:
    """The product's own words for a mail.

    Raises:
        KeyError: there is no such mail.
    """
    if name not in NAMES:
        raise KeyError(name)
    subject, _, body = (FOLDER / language / f"{name}.txt").read_text("utf-8").partition("\n")
    return Words(subject, body)


def _paragraphs(body: str) -> list[str]:
    paragraphs: list[list[str]] = [[]]
    for line in body.replace("\r\n", "\n").split("\n"):
        if line.strip():
            paragraphs[-1].append(line.rstrip())
        elif paragraphs[-1]:
            paragraphs.append([])
    return ["\n".join(lines) for lines in paragraphs if lines]


@lru_cache(maxsize=2048)
def _template(part: str) -> Template:
    """Checked and compiled once, for every mail that has these words."""
    try:
        tree = _environment.parse(part)
    except TemplateSyntaxError as wrong:
        raise TemplateProblem(f"The template cannot be read: {wrong.message}") from None
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            raise TemplateProblem("A template holds words and named fields alone.")
        if isinstance(node, nodes.Name) and node.name not in FIELDS:
            raise TemplateProblem(f"There is no field {node.name!r}.")
    return _environment.from_string(part)


def _render_part(part: str, fields: Mapping[str, str]) -> str:
    return _template(part).render(fields)
