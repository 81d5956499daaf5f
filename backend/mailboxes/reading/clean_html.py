"""The HTML of a mail as it may be shown in a frame of its own: nothing that runs, asks, covers, or fetches by itself."""

import re
from typing import Final

import nh3

MOST_HTML: Final = 500_000
"""Characters of HTML that are looked at."""
_MOST_TAGS: Final = 30_000
_MOST_DEPTH: Final = 400

_TAGS: Final = {
    "a", "abbr", "address", "article", "b", "bdi", "bdo", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup",
    "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strike",
    "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
}  # fmt: skip
_SHOWN: Final = {"align", "valign", "dir", "lang", "title", "width", "height", "style"}
_ATTRIBUTES: Final = {
    **dict.fromkeys(_TAGS, _SHOWN),
    "a": _SHOWN | {"href"},
    "img": _SHOWN | {"alt", "data-cid", "data-remote-src"},
    "td": _SHOWN | {"colspan", "rowspan", "bgcolor"},
    "th": _SHOWN | {"colspan", "rowspan", "bgcolor"},
    "tr": _SHOWN | {"bgcolor"},
    "table": _SHOWN | {"bgcolor", "border", "cellpadding", "cellspacing"},
    "font": _SHOWN | {"color", "face", "size"},
    "ol": _SHOWN | {"start", "type"},
    "blockquote": _SHOWN | {"type"},
    "div": _SHOWN | {"data-quote"},
}
_STYLES: Final = {
    "color", "background-color", "font-weight", "font-style", "font-size", "font-family", "text-decoration", "text-align",
    "vertical-align", "white-space", "border", "border-top", "border-right", "border-bottom", "border-left", "border-color",
    "border-style", "border-width", "border-collapse", "border-spacing", "padding", "padding-top", "padding-right", "padding-bottom",
    "padding-left", "margin-top", "margin-bottom", "line-height", "list-style-type", "direction",
}  # fmt: skip
_DROPPED: Final = {"script", "style", "head", "title", "template", "noscript", "object", "svg", "math", "iframe", "select", "textarea", "audio", "video", "canvas"}  # fmt: skip
_IMG: Final = re.compile(r"<img\b([^<>]{0,20000})>", re.IGNORECASE)
_SRC: Final = re.compile(r"\bsrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_OURS: Final = re.compile(r"\bdata-(?:cid|remote-src|quote)\b", re.IGNORECASE)
_OPENING: Final = re.compile(r"<(/?)(\w{1,12})[^<>]*+>")
_EMPTY: Final = frozenset({"br", "hr", "img", "col", "wbr", "input", "meta", "link", "base", "area"})


def clean_html(html: str) -> str | None:
    """The HTML made safe, its pictures as references: `data-cid` names a part of the mail, `data-remote-src` what another
    server has, for a screen to load when asked. None where there is too much of it, and where nothing is left.
    """
    html = html[:MOST_HTML].replace("\0", "")
    if html.count("&") > _MOST_TAGS or _depth(html) > _MOST_DEPTH:
        return None
    marked = _IMG.sub(_marked, _OURS.sub("data-not-ours", html))
    cleaned = nh3.clean(
        marked,
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
        filter_style_properties=_STYLES,
        attribute_filter=_filtered,
    )
    return cleaned.strip() or None


def _filtered(tag: str, name: str, value: str) -> str | None:
    del tag
    if name == "style" and ("(" in value or "\\" in value):
        # Colours may be functions; nothing else that is one may stay.
        kept = [each.strip() for each in value.split(";") if re.fullmatch(r"[\w\s:#%.,'\"!-]*(?:rgba?\([\d\s,.%]*\))?[\w\s!-]*", each.strip())]  # fmt: skip
        return ";".join(each for each in kept if each) or None
    if name == "data-remote-src" and not re.match(r"https?://", value, re.IGNORECASE):
        return None
    return value[:4_000]


def _marked(found: re.Match[str]) -> str:
    attributes = found[1]
    source = _SRC.search(attributes)
    if source is None:
        return found[0]
    value = (source[1] or source[2] or source[3] or "").strip().replace('"', "&quot;")
    left = attributes[: source.start()] + attributes[source.end() :]
    if value.lower().startswith("cid:"):
        return f'<img data-cid="{value[4:]}" {left}>'
    return (
        f'<img data-remote-src="{value}" {left}>' if value.lower().startswith(("http:", "https:")) else f"<img {left}>"
    )


def _depth(html: str) -> int:
    """How deep elements stand in each other at most; far too many count as too deep."""
    depth = deepest = 0
    for count, found in enumerate(_OPENING.finditer(html)):
        if count > _MOST_TAGS:
            return _MOST_DEPTH + 1
        if found[2].lower() in _EMPTY or found[0].endswith("/>"):
            continue
        depth = max(0, depth - 1) if found[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest
