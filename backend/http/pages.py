"""The pages of the SPA and their assets, read once at start from the folder that the build made."""

import html
import mimetypes
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from backend.clock import ahead
from backend.errors import Refusal
from backend.http.security import CONTENT_SECURITY_POLICY
from backend.tenants.queries import Company, get_company
from backend.tenants.stylesheet import stylesheet_hash

DIST: Final = Path(__file__).resolve().parents[2] / "dist"
_MARK: Final = "<!--brand-->"
_NOT_BUILT: Final = "<!doctype html><title>Not built</title><p>The pages are not built yet: run npm run build."


@dataclass(frozen=True, slots=True)
class Asset:
    """A file with its media type, and its brotli form where the build made one."""

    media_type: str
    plain: bytes
    brotli: bytes | None


class Pages:
    """What the build made, in memory: a few megabytes that never change while the process runs."""

    def __init__(self, dist: Path = DIST) -> None:
        self.assets = {
            str(file.relative_to(dist)): _asset(file)
            for file in sorted((dist / "assets").rglob("*") if dist.exists() else [])
            if file.is_file() and file.suffix not in (".br", ".gz", ".map")
        }
        self.portal = _page(dist / "index.html")
        self.desk = _page(dist / "desk" / "index.html")

    def page(self, path: str, company: Company) -> str:
        """The entry page for a path, with the company's language, name and stylesheet."""
        page = self.desk if path == "/desk" or path.startswith("/desk/") else self.portal
        head = (
            f"<title>{html.escape(company.name)}</title>"
            f'<link rel="stylesheet" href="/brand/{stylesheet_hash(company)}.css" />'
        )
        # In development the business clock may have been moved, and the page counts its times from there.
        moved = int(ahead() / timedelta(milliseconds=1))
        clock = f' data-clock-ahead="{moved}"' if moved else ""
        return page.replace(_MARK, head).replace('<html lang="en">', f'<html lang="{company.language}"{clock}>')


class PageController(Controller):
    """Assets by their hashed names; any other address is a page of the portal or, under /desk, of the desk."""

    @get("/assets/{path:path}")
    async def asset(
        self, request: Request[Any, Any, Any], path: FromPath[str], pages: NamedDependency[Pages]
    ) -> Response[bytes]:
        """A hashed asset. One that is not there is refused, never answered by a page."""
        found = pages.assets.get(f"assets{path}")
        if found is None:
            raise Refusal("not_found")
        headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
        if found.brotli is not None and "br" in request.headers.get("accept-encoding", ""):
            return Response(found.brotli, media_type=found.media_type, headers={**headers, "Content-Encoding": "br"})
        return Response(found.plain, media_type=found.media_type, headers=headers)

    @get("/robots.txt")
    async def robots(self) -> Response[str]:
        """Portals are for a company's clients, not for search engines."""
        return Response("User-agent: *\nDisallow: /\n", media_type="text/plain")

    @get(["/", "/{path:path}"])
    async def page(self, request: Request[Any, Any, Any], pages: NamedDependency[Pages]) -> Response[str]:
        """A page of the SPA."""
        return Response(
            pages.page(request.url.path, await get_company()),
            media_type="text/html",
            headers={"Cache-Control": "no-cache", "Content-Security-Policy": CONTENT_SECURITY_POLICY},
        )


def _page(file: Path) -> str:
    return file.read_text() if file.exists() else _NOT_BUILT


def _asset(file: Path) -> Asset:
    brotli = file.with_name(file.name + ".br")
    return Asset(
        mimetypes.guess_type(file.name)[0] or "application/octet-stream",
        file.read_bytes(),
        brotli.read_bytes() if brotli.exists() else None,
    )
