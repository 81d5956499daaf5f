"""A company's brand: name, colours, font and logo, readable whatever the company chooses."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from backend.actor import Actor, require_admin
from backend.database import transaction
from backend.errors import Refusal
from backend.events import record
from backend.tenants.events import CompanyChanged
from backend.tenants.tables import Tenant
from backend.text import one_line

FONTS = ("inter", "system", "serif")
LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3: text against its ground."""
MOST_LOGO_BYTES = 262_144
_COLOR = re.compile(r"#[0-9a-f]{6}")
_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Contrast:
    """A colour against white: its ratio (1 to 21), whether text in it can be read, and the nearest colour that can."""

    ratio: float
    passes: bool
    corrected: str


def color_of(raw: str, field: str) -> str:
    """A colour as #rrggbb in lower case. Raises: Refusal where it is not one."""
    color = raw.strip().lower()
    if not _COLOR.fullmatch(color):
        raise Refusal("not_a_color", field)
    return color


def contrast(color: str, ground: str = "#ffffff") -> Contrast:
    """How readable a colour is as text on a ground, and the nearest one that is: darker on a light ground, else lighter."""
    ratio = contrast_ratio(color, ground)
    if ratio >= LEAST_CONTRAST:
        return Contrast(round(ratio, 2), True, color)
    towards = 0 if _luminance(ground) > 0.18 else 255
    parts = _parts(color)
    for step in range(1, 101):
        mixed = tuple(round(part + (towards - part) * step / 100) for part in parts)
        corrected = "#{:02x}{:02x}{:02x}".format(*mixed)
        if contrast_ratio(corrected, ground) >= LEAST_CONTRAST:
            return Contrast(round(ratio, 2), False, corrected)
    return Contrast(round(ratio, 2), False, "#000000" if towards == 0 else "#ffffff")


def contrast_ratio(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


async def update_brand(actor: Actor, *, name: str, primary_color: str, secondary_color: str | None, font: str) -> None:
    """Change name, colours and font. The colours are kept as chosen; the stylesheet corrects what could not be read.

    Raises:
        Refusal: not an admin, or a field that cannot be kept.
    """
    require_admin(actor)
    values: dict[Any, Any] = {
        Tenant.name: one_line(name, "name", 200),
        Tenant.primary_color: color_of(primary_color, "primaryColor"),
        Tenant.secondary_color: color_of(secondary_color, "secondaryColor") if secondary_color else None,
        Tenant.font: font,
    }
    async with transaction():
        await Tenant.update(values).where(Tenant.id == actor.tenant_id)
        await record(actor, CompanyChanged(what="brand"))


def logo_type(picture: bytes) -> str:
    """The media type of a picture by its first bytes.

    Raises:
        Refusal: no PNG, JPEG or WebP, or larger than a logo may be.
    """
    if len(picture) > MOST_LOGO_BYTES:
        raise Refusal("too_large", "file", most="256 kB")
    for signature, media_type in _SIGNATURES.items():
        if picture.startswith(signature):
            return media_type
    if picture[:4] == b"RIFF" and picture[8:12] == b"WEBP":
        return "image/webp"
    raise Refusal("not_an_image", "file")


def logo_key(actor: Actor, picture: bytes) -> str:
    """Where the file store keeps this picture: named by its content, so that its address may be cached for ever."""
    return f"{actor.tenant_id}/logo/{sha256(picture).hexdigest()[:32]}"


def logo_url(key: str | None) -> str | None:
    """The address of a logo on the portal, named by its content."""
    return f"/logo/{key.rsplit('/', 1)[1]}" if key else None


async def set_logo(actor: Actor, key: str | None, media_type: str | None) -> None:
    """Show the picture that the file store keeps under this key as the logo, or none.

    Raises:
        Refusal: not an admin.
    """
    require_admin(actor)
    async with transaction():
        await Tenant.update({Tenant.logo_key: key, Tenant.logo_type: media_type}).where(Tenant.id == actor.tenant_id)
        await record(actor, CompanyChanged(what="logo"))


def _parts(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    red, green, blue = (
        part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in _parts(color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
