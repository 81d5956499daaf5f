"""The tenant's own stylesheet: brand tokens for light and dark, each readable on its ground."""

from hashlib import sha256

from backend.tenants.brand import contrast, contrast_ratio
from backend.tenants.queries import Company

_FONTS = {
    "inter": '"Inter Variable", Inter, system-ui, sans-serif',
    "system": "system-ui, sans-serif",
    "serif": '"Iowan Old Style", "Palatino Linotype", Palatino, Georgia, serif',
}
_LIGHT, _DARK = "#ffffff", "#15171c"


def stylesheet(company: Company) -> str:
    """The CSS of the tenant's brand."""
    light, dark = _tokens(company, _LIGHT), _tokens(company, _DARK)
    return (
        f":root{{{light}--brand-font:{_FONTS[company.font]}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n"
        f":root[data-theme=dark]{{{dark}}}\n"
    )


def stylesheet_hash(company: Company) -> str:
    """Names the stylesheet by its content, so that its address may be cached for ever."""
    return sha256(stylesheet(company).encode()).hexdigest()[:16]


def _tokens(company: Company, ground: str) -> str:
    primary = contrast(company.primary_color, ground).corrected
    second = contrast(company.secondary_color or company.primary_color, ground).corrected
    on_primary = max(("#ffffff", "#15171c"), key=lambda ink: contrast_ratio(ink, primary))
    return (
        f"--brand-primary:{primary};--brand-text:{primary};--brand-secondary:{second};--brand-on-primary:{on_primary};"
        f"--brand-soft:color-mix(in oklab,{primary} 10%,{ground});"
    )
